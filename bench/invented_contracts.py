"""Contracts between parties that do not exist, clause by clause."""

from __future__ import annotations

from bidkit.kernel.language import Language

INVENTED = {
    Language.ZH: (
        "第一条 标的物", "1.1 卖方向买方供应水位遥测终端40台、网关6台，型号见附件一。",
        "第二条 价款与支付", "2.1 合同总价为人民币480,000.00元（大写：肆拾捌万元整），含13%增值税。",
        "2.2 合同签订后10日内支付30%，到货验收合格后30日内支付65%，质保期满后支付5%。",
        "2.3 卖方应在每次付款前7日提交等额增值税专用发票。",
        "第三条 交付与验收", "3.1 卖方应于2026年8月31日前将货物运至项目现场并完成安装调试。",
        "3.2 买方应在收到验收申请后15日内组织验收，逾期未组织的视为验收合格。",
        "第四条 质量保证", "4.1 质保期为验收合格之日起24个月，卖方应在接到通知后4小时内响应。",
        "第五条 违约责任", "5.1 卖方逾期交货的，每逾期一日按迟交部分价款的0.5‰支付违约金。",
        "5.2 违约金总额不超过合同总价的5%。", "5.3 买方逾期付款的，按同期贷款市场报价利率支付利息。",
        "第六条 争议解决", "6.1 因本合同产生的争议，双方协商不成的，提交青澜仲裁委员会仲裁。",
        "第七条 其他", "7.1 本合同一式四份，双方各执两份，自双方签字盖章之日起生效。",
    ),
    Language.EN: (
        "1. Supply", "1.1 The Supplier shall deliver 40 telemetry units and 6 gateways as listed in Annex 1.",
        "2. Price and payment", "2.1 The price is EUR 120,000.00 excluding VAT.",
        "2.2 The Buyer shall pay 30% within 10 days of signature, 60% within 30 days of acceptance and 10% later.",
        "3. Delivery", "3.1 The Supplier shall complete installation by August 31, 2026.",
        "4. Warranty", "4.1 The warranty period is 24 months from acceptance; response is within 4 hours.",
        "5. Liability", "5.1 For each day of delay the Supplier shall pay 0.5% of the price of the delayed goods.",
        "5.2 Liquidated damages shall not exceed 10% of the price.",
        "5.3 Neither party is liable for loss of profit.",
        "6. Disputes", "6.1 Any dispute shall be settled by arbitration under the rules of the Harbour City Chamber.",
        "7. General", "7.1 This contract is made in 2 copies and enters into force upon signature by both parties.",
    ),
}  # fmt: skip

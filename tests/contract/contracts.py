"""Invented contracts that are in order, and short ways to review one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bidkit.contract.reading import reading_of
from bidkit.contract.review import Review, review, view_of
from bidkit.contract.review_model import Circumstances, ContractView, Source
from bidkit.contract.stated_terms import stated_terms
from bidkit.contract.three_way import Statement, statements_of
from bidkit.ingest.align.versions import version_of
from bidkit.kernel.language import Language
from bidkit.vocabulary.playbooks import playbook

CLEAN_ZH = """水位监测设备采购合同
甲方（买方）：青澜市水务局
乙方（卖方）：远帆智控科技有限公司
签订日期：2026年5月8日
第一条 标的物
1.1 乙方向甲方供应水位遥测终端40台、网关6台，名称、型号、规格和数量见附件1。
第二条 合同价款
2.1 合同总价为人民币480,000.00元（大写：肆拾捌万元整），含13%增值税，乙方开具增值税专用发票。
第三条 付款
3.1 付款方式：合同签订后10日内支付合同总价的30%，验收合格后30日内支付合同总价的65%，质保期满后10日内支付合同总价的5%。
第四条 交货
4.1 乙方应在合同签订后60日内将货物送达甲方指定地点，交货地点为青澜市清河路1号。
4.2 货物采用适合长途运输的包装，运费由乙方承担。
4.3 货物的所有权和毁损灭失的风险自交付时转移给甲方。
第五条 质量标准与验收
5.1 货物质量标准为现行国家标准。
5.2 甲方应在收到验收申请后15日内组织验收，逾期未组织的视为验收合格。
第六条 质量保证
6.1 质保期为验收合格之日起24个月，乙方应在接到报修后4小时内响应。
第七条 违约责任
7.1 乙方逾期交货的，每逾期一日按迟交部分价款的0.5‰支付违约金，违约金累计不超过合同总价的5%。
7.2 甲方逾期付款的，每逾期一日按未付款的0.5‰支付违约金。
7.3 任何一方因不可抗力不能履行合同的，不承担违约责任，但应及时通知对方并提供证明。
第八条 保密
8.1 双方对在履行本合同中知悉的对方商业秘密负有保密义务。
第九条 合同解除
9.1 一方根本违约，经书面催告30日内仍未改正的，守约方可以解除合同。
第十条 争议解决
10.1 因本合同发生争议，协商不成的，向甲方所在地人民法院起诉。
第十一条 合同生效
11.1 本合同自双方签字并盖章之日起生效，一式四份。按第7.1条计算的违约金从货款中扣除。
附件1 货物清单
甲方（盖章）：青澜市水务局
乙方（盖章）：远帆智控科技有限公司
"""

CLEAN_EN = """SUPPLY CONTRACT
This Contract is made on May 8, 2026 between Harbour City Water Office (the "Buyer") and Longsail Controls Ltd \
(the "Supplier").
1. Subject
1.1 The Supplier shall supply and deliver 40 telemetry units and 6 gateways as listed in Annex 1.
2. Price
2.1 The contract price is EUR 120,000.00 excluding VAT.
3. Payment
3.1 Payment terms: the Buyer shall pay 30% of the contract price within 10 days of signature, 60% within 30 days of \
acceptance and 10% at the end of the warranty.
3.2 If the Buyer is late with a payment, it shall pay interest of 0.02% per day on the late amount.
4. Delivery
4.1 The Supplier shall deliver the goods within 60 days after signature of the contract to the Buyer's depot.
4.2 Title and risk of loss pass to the Buyer on delivery.
5. Acceptance
5.1 The Buyer shall inspect the goods and give its acceptance within 15 days of delivery, failing which they are \
deemed accepted.
6. Warranty
6.1 The warranty period is 24 months from acceptance.
7. Delay and liability
7.1 For each day of delay the Supplier shall pay liquidated damages of 0.05% of the price of the delayed goods.
7.2 Liquidated damages shall not exceed 5% of the contract price.
7.3 Each party's total liability under this Contract is limited to the contract price. Neither party is liable for \
loss of profit.
7.4 Neither party is liable for failure to perform caused by force majeure.
8. Termination
8.1 Either party may terminate this Contract by notice if the other party commits a material breach and does not \
cure it within 30 days.
9. Confidentiality
9.1 Each party shall keep confidential the information it receives from the other and not disclose it to third parties.
10. Law and disputes
10.1 This Contract is governed by the laws of Freeland. Disputes arising from it shall be finally settled by \
arbitration under the rules of the Harbour City Chamber.
Annex 1 List of goods
"""

CLEAN = {Language.ZH: CLEAN_ZH, Language.EN: CLEAN_EN}


def circumstances(**changes: Any) -> Circumstances:
    """A tender under no special law, reviewed in May 2026."""
    known = Circumstances(on=date(2026, 5, 10), awarded_on=date(2026, 4, 20))
    return replace(known, **changes)


def viewed(text: str, name: str = "contract.txt") -> ContractView:
    """The contract with this text as the checks see it."""
    return view_of(reading_of(version_of(text.encode(), name)))


def said(text: str, source: Source) -> tuple[Statement, ...]:
    """The terms the text states, as a source to compare with."""
    return statements_of(stated_terms(version_of(text.encode(), "source.txt").accepted), source)


def reviewed(text: str, sources: Sequence[Statement] = (), book: str = "sale", **changes: Any) -> Review:
    """The review of the contract with this text."""
    view = viewed(text)
    return review(
        view.reading,
        sources,
        circumstances(**changes),
        playbook(book, view.language),
        {"price": Decimal(480000), "interest": Decimal("0.06")},
    )

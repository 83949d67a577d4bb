from __future__ import annotations

import pytest

from bidkit.contract.clauses import passage_as_json, read_clauses, typed_passages
from bidkit.contract.cues import TEXT, TITLE, clause_types, cues
from bidkit.contract.segment import segment, title_of
from bidkit.ingest.read import read_bytes
from bidkit.kernel.language import Language

ZH = """设备采购合同

甲方（采购人）：云岭水务
乙方（供应商）：青石机电

第一条 合同标的
本合同标的为水泵三台，规格型号详见附件一。

第二条 合同价款
合同总价为人民币壹佰万元整。

第三条 付款方式
3.1 合同签订后7日内，甲方支付合同总价的30%作为预付款。
3.2 验收合格后支付至合同总价的95%。

第四条 质量保证金
预留合同总价的5%作为质量保证金。

第五条 违约责任
乙方逾期交货的，每逾期一日按合同总价的0.5‰支付违约金，违约金总额不超过合同总价的10%。

第六条 其他
因本合同发生的争议，提交甲方所在地人民法院诉讼解决。
因不可抗力不能履行合同的，免除责任。
"""
EN = """PUMP SUPPLY AGREEMENT

1. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of Oregon.

2. Limitation of Liability. In no event shall the aggregate liability of either party under this Agreement exceed the \
total amount paid by the Buyer during the preceding twelve (12) months.

3. Insurance. The Seller shall maintain commercial general liability insurance with limits of at least $1,000,000 per \
occurrence and shall name the Buyer as an additional insured.

4. Assignment. Neither party may assign this Agreement without the prior written consent of the other party.

5. Force Majeure. Neither party is liable for delay caused by an act of God.

6. Colour. The pumps are blue.
"""


def _document(text: str, name: str = "contract.txt"):  # type: ignore[no-untyped-def]
    return read_bytes(text.encode(), name)


def _types(text: str) -> set[str]:
    return {passage.type for passage in typed_passages(_document(text))}


def test_a_contract_is_cut_at_its_printed_numbers_and_each_clause_knows_the_titles_above() -> None:
    clauses = {clause.number: clause for clause in segment(_document(ZH))}
    assert clauses["第三条"].title == "付款方式"
    assert clauses["3.2"].path == ("付款方式",)
    assert clauses["3.2"].heading == "付款方式"
    assert "95%" in clauses["3.2"].text


def test_every_sentence_of_the_body_is_in_exactly_one_clause() -> None:
    document = _document(EN)
    spans = [(s.block, s.start, s.end) for clause in segment(document) for s in clause.sentences]
    assert len(spans) == len(set(spans))
    assert all(document.blocks[block].text[start:end].strip() for block, start, end in spans)
    assert {block for block, _, _ in spans} == {block.anchor.block for block in document.blocks}


@pytest.mark.parametrize(
    ("words", "language", "title"),
    [
        ("Term and Termination. This Agreement lasts a year.", Language.EN, "Term and Termination"),
        ("The Seller shall deliver the pumps to the site within thirty days.", Language.EN, ""),
        ("ASSIGNMENT", Language.EN, "ASSIGNMENT"),
        ("：付款方式：", Language.ZH, "付款方式"),
        ("甲方应在收到发票后三十日内付款。", Language.ZH, ""),
    ],
)
def test_a_title_is_what_stands_before_the_first_sentence(words: str, language: Language, title: str) -> None:
    assert title_of(words, language) == title


def test_types_of_a_chinese_contract_come_from_headings_and_set_phrases() -> None:
    types = _types(ZH)
    assert {"parties", "subject_matter", "contract_price", "payment", "retention", "breach_of_contract"} <= types
    assert {"liquidated_damages", "cap_on_liability", "dispute_resolution", "force_majeure"} <= types
    assert not types & {"insurance", "confidentiality", "training", "spare_parts", "source_code_escrow"}


def test_types_of_an_english_contract_come_from_the_scorer_and_the_cues() -> None:
    types = _types(EN)
    assert {"governing_law", "cap_on_liability", "insurance", "anti_assignment", "force_majeure"} <= types
    assert not types & {"source_code_escrow", "non_compete", "joint_ip_ownership", "liquidated_damages"}


def test_a_clause_about_nothing_known_has_no_type() -> None:
    clause = next(clause for clause in read_clauses(_document(EN)) if clause.number == "6.")
    assert clause.types == ()


def test_the_text_of_a_passage_is_really_at_its_anchor() -> None:
    for text in (ZH, EN):
        document = _document(text)
        for passage in typed_passages(document):
            anchor = passage.anchor
            assert document.blocks[anchor.block].text[anchor.start : anchor.end] == passage.text
            assert 0 < passage.confidence <= 1
            assert passage.type in clause_types()


def test_the_same_contract_is_read_the_same_way_from_text_and_markdown() -> None:
    assert _types(ZH) == {p.type for p in typed_passages(_document(ZH.replace("\n", "\n\n"), "contract.md"))}


def test_a_passage_as_plain_values_has_type_text_anchor_and_confidence() -> None:
    plain = passage_as_json(typed_passages(_document(EN))[0])
    assert list(plain) == ["type", "text", "anchor", "confidence"]
    assert {"file", "page", "block", "start", "end", "path"} == set(plain["anchor"])


def test_every_type_but_the_document_name_has_cues_in_one_of_the_languages() -> None:
    told = {cue.type for language in Language for where in (TITLE, TEXT) for cue in cues(language, where)}
    assert set(clause_types()) - told == set()


def test_the_codelist_has_the_41_categories_of_cuad() -> None:
    assert len(clause_types()[:41]) == 41
    assert clause_types()[:2] == ("document_name", "parties")
    assert clause_types()[40] == "third_party_beneficiary"

from __future__ import annotations

import pytest

from bidkit.contract.statement_wording import statement_codes, statement_cues
from bidkit.contract.statements import Verdict, judge, judge_statements
from bidkit.ingest.read import read_bytes
from bidkit.kernel.errors import UsageError

AGREEMENT = """MUTUAL NON-DISCLOSURE AGREEMENT

1. "Confidential Information" means any business, financial and technical information disclosed orally, visually or in \
writing, whether or not marked as confidential.

2. The Receiving Party shall not use the Confidential Information for any purpose other than the Purpose.

3. Confidential Information does not include information which: (a) was independently developed by the Receiving Party \
without use of the Confidential Information; or (b) is lawfully received from a third party without restriction.

4. The Receiving Party shall not reverse engineer, decompile or disassemble any software or sample.

5. No licence under any patent, copyright or other right is granted by this Agreement.
"""


def _verdicts(text: str) -> dict[str, Verdict]:
    found = judge_statements(read_bytes(text.encode(), "nda.txt"))
    return {one.statement: one.verdict for one in found}


def test_every_statement_gets_a_verdict_in_the_order_of_the_codelist() -> None:
    assert tuple(_verdicts(AGREEMENT)) == statement_codes()


def test_what_the_agreement_says_is_entailed() -> None:
    verdicts = _verdicts(AGREEMENT)
    said = ("verbal_information", "independent_development", "acquisition_from_third_party", "no_reverse_engineering")
    assert {code: verdicts[code] for code in said} == dict.fromkeys(said, Verdict.ENTAILMENT)


def test_what_the_agreement_does_not_speak_of_is_not_mentioned() -> None:
    verdicts = _verdicts(AGREEMENT)
    assert verdicts["no_solicitation"] is Verdict.NOT_MENTIONED
    assert verdicts["return_or_destruction"] is Verdict.NOT_MENTIONED


def test_a_verdict_rests_on_sentences_at_their_place_and_none_rests_on_nothing() -> None:
    document = read_bytes(AGREEMENT.encode(), "nda.txt")
    for found in judge_statements(document):
        assert bool(found.evidence) is (found.verdict is not Verdict.NOT_MENTIONED)
        for one in found.evidence:
            anchor = one.anchor
            assert document.blocks[anchor.block].text[anchor.start : anchor.end] == one.text
    engineering = next(f for f in judge_statements(document) if f.statement == "no_reverse_engineering")
    assert "reverse engineer" in engineering.evidence[0].text


def test_nothing_is_mentioned_in_no_text() -> None:
    assert {j.verdict for j in judge([])} == {Verdict.NOT_MENTIONED}


def test_a_chinese_agreement_is_refused_rather_than_misjudged() -> None:
    with pytest.raises(UsageError, match="English"):
        judge_statements(read_bytes("双方应对商业秘密保密。".encode(), "nda.txt"))


def test_cues_speak_of_known_statements() -> None:
    assert {name.split("/")[0] for name, _ in statement_cues()} <= set(statement_codes())

"""Documents -> Solicitation: the steps in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bidkit.ingest.model import SourceDocument
from bidkit.kernel.errors import NothingFound
from bidkit.requirements.contradictions import contradictions
from bidkit.requirements.criteria import criteria_of
from bidkit.requirements.facts import find_facts
from bidkit.requirements.knockouts import tender_rules
from bidkit.requirements.marks import read_legend
from bidkit.requirements.model import Requirement, Solicitation
from bidkit.requirements.rows import Judged, judge_pieces, rows_of
from bidkit.requirements.scorer import Scorer, load_scorer
from bidkit.requirements.segment import document_language, segment


def read_solicitation(documents: Sequence[SourceDocument], scorer: Scorer | None = None) -> Solicitation:
    """Everything found in one tender package; `scorer` is the shipped one unless another is handed in.

    Raises NothingFound when not one requirement stands in any of the documents.
    """
    scorer = scorer or load_scorer()
    cut = [(document, document_language(document), segment(document)) for document in documents]
    legend = read_legend(documents)
    rules = tender_rules([piece for _, _, pieces in cut for piece in pieces], legend)
    rows: list[Requirement] = []
    judged: list[Judged] = []
    for document, language, pieces in cut:
        ours = judge_pieces(document, pieces, language, scorer)
        rows += rows_of(ours, rules)
        judged += ours
    if not rows:
        raise NothingFound(
            "no requirement was found",
            where=", ".join(document.name for document in documents) or "no document",
            next_step="check that this is a tender and that its text can be selected",
        )
    facts, fact_findings = find_facts(documents)
    criteria = criteria_of(rows)
    found = contradictions(documents, judged, rows, criteria, legend, facts)
    reading = tuple(finding for document in documents for finding in document.findings)
    most = Counter(spoken for _, spoken, pieces in cut for _ in pieces).most_common(1)
    return Solicitation(
        language=most[0][0],
        requirements=tuple(rows),
        legend=legend,
        facts=facts,
        criteria=criteria,
        findings=(*fact_findings, *found, *reading),
    )

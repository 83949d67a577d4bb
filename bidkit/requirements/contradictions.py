"""What the tender itself gets wrong: the draft of the clarification questions.

Source: the field's habit of asking before the question deadline; numbering gaps, score sums that do not add up,
attachments that are named and missing, marks without a legend.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.requirements.marks import effect_of
from bidkit.requirements.model import EvaluationCriterion, KeyFact, MarkMeaning, Requirement
from bidkit.requirements.rows import Judged

_ORDINALS = {sign: at for at, sign in enumerate("一二三四五六七八九十", start=1)}
_ATTACHMENT = re.compile(
    r"(?:附件|附表|(?i:Attachment|Annex(?:ure)?|Appendix|Exhibit))\s*([0-9]{1,2}|[A-Z](?![a-z])|[一二三四五六七八九十])"
)
_LAST_NUMBER = re.compile(r"([0-9]+|[一二三四五六七八九十]+|[①-⑳])(?=[^0-9一二三四五六七八九十①-⑳]*$)")
_TOLERANCE = 0.01


def contradictions(
    documents: Sequence[SourceDocument],
    judged: Sequence[Judged],
    rows: Sequence[Requirement],
    criteria: Sequence[EvaluationCriterion],
    legend: Sequence[MarkMeaning],
    facts: Sequence[KeyFact],
) -> tuple[Finding, ...]:
    """Every contradiction found, in reading order within each kind."""
    return (
        *_numbering_gaps(judged),
        *_score_sum(criteria, facts),
        *_missing_attachments(documents),
        *_unexplained_marks(rows, legend),
    )


def _numbering_gaps(judged: Sequence[Judged]) -> Iterable[Finding]:
    lists: dict[tuple[object, ...], list[tuple[int, Judged]]] = defaultdict(list)
    for one in judged:
        piece = one.piece
        number = _ordinal(piece.label)
        if number is not None and piece.first and piece.table is None:
            shape = _LAST_NUMBER.sub("n", piece.label)
            lists[(one.block.anchor.file_sha256, piece.group, shape, piece.trail)].append((number, one))
    for items in lists.values():
        for (before, last), (after, one) in pairwise(items):
            if after == before + 2:
                yield Finding(
                    "numbering-gap",
                    Severity.WARN,
                    (("before", _bare(last.piece.label)), ("after", _bare(one.piece.label))),
                    (one.block.anchor,),
                )


def _ordinal(label: str) -> int | None:
    """The last number of a printed label ("（3）" 3, "1.10" 10, "④" 4); None without one up to twenty in signs."""
    found = _LAST_NUMBER.search(label)
    number = found.group() if found else ""
    if number.isdigit() and number.isascii():
        return int(number)
    if number in _ORDINALS:
        return _ORDINALS[number]
    return ord(number) - ord("①") + 1 if number and "①" <= number <= "⑳" else None


def _bare(label: str) -> str:
    return label.strip("（()）、.． ")


def _score_sum(criteria: Sequence[EvaluationCriterion], facts: Sequence[KeyFact]) -> Iterable[Finding]:
    weights = next((fact.winner.value for fact in facts if fact.key == "weights"), None)
    stated = sum(weights.values()) if isinstance(weights, dict) and weights else 100
    by_file: dict[str, list[EvaluationCriterion]] = defaultdict(list)
    for criterion in criteria:
        by_file[criterion.anchor.file_sha256].append(criterion)
    for group in by_file.values():
        total = sum(criterion.points or 0 for criterion in group)
        if len(group) > 2 and abs(total - stated) > _TOLERANCE:
            yield Finding(
                "score-sum",
                Severity.WARN,
                (("sum", f"{total:g}"), ("stated", f"{stated:g}")),
                (group[0].anchor, group[-1].anchor),
            )


def _missing_attachments(documents: Sequence[SourceDocument]) -> Iterable[Finding]:
    files = [squash(document.name) for document in documents]
    titles: set[str] = set()
    named: dict[str, Anchor] = {}
    for document in documents:
        for block in document.blocks:
            if block.kind in (BlockKind.TOC_LINE, BlockKind.FURNITURE, BlockKind.COMMENT):
                continue
            found = list(_ATTACHMENT.finditer(block.text))
            keys = [squash(one.group()) for one in found]
            if found and found[0].start() < 3 and (block.kind is BlockKind.HEADING or len(block.text) < 60):
                titles.update(keys)
            else:
                named |= {key: block.anchor for key in keys if key not in named}
    for key, anchor in named.items():
        if key not in titles and not any(key in file for file in files):
            yield Finding("missing-attachment", Severity.WARN, (("name", key),), (anchor,))


def _unexplained_marks(rows: Sequence[Requirement], legend: Sequence[MarkMeaning]) -> Iterable[Finding]:
    seen: dict[str, Anchor] = {}
    for row in rows:
        if row.mark and not effect_of(row.mark, legend):
            seen.setdefault(row.mark, row.anchor)
    for mark, anchor in seen.items():
        yield Finding("mark-without-legend", Severity.WARN, (("mark", mark),), (anchor,))

"""`script/eval changes`: what an addendum changes, on the real pairs and on changes put in on purpose."""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.goals import Measure, table
from bench.invented import heading, sentence
from bench.mutations import (
    Mutated,
    Mutation,
    Mutator,
    added,
    date,
    edited,
    mark,
    moved,
    number,
    removed,
    strength,
    wording,
)
from bench.shared import SHARED, require_shared
from bidkit.ingest.align import match_key, tokens
from bidkit.ingest.align.links import links_of
from bidkit.ingest.model import SourceDocument
from bidkit.ingest.read import read_bytes, read_file
from bidkit.kernel.errors import UnreadableFile
from bidkit.requirements.changes import ChangeKind, TenderChange
from bidkit.requirements.changes.carry import RowFate, carry
from bidkit.requirements.changes.consolidate import consolidate
from bidkit.requirements.changes.diff import changes_of, compare_documents
from bidkit.requirements.solicitation import read_solicitation
from bidkit.usecases.tender_diff import diff_files

MUTATORS: dict[str, Mutator] = {
    "number": edited("number", number),
    "date": edited("date", date),
    "strength": edited("strength", strength),
    "mark": edited("mark", mark),
    "wording": edited("wording", wording),
    "added": added,
    "removed": removed,
    "moved": moved,
}
_EN, _ZH = SHARED / "data" / "tenders-en", SHARED / "data" / "tenders-zh"
_SECTION = re.compile(r"Section\s+(\d+\.\d+)")
_FILES, _TIMES = 24, 2


@dataclass(frozen=True, slots=True)
class PairScore:
    """How much of one real pair was found."""

    name: str
    found: int
    of: int
    missed: tuple[str, ...] = ()


def real_pairs() -> Iterator[PairScore]:
    """Each pair whose issuer lists the changes, and each re-issue against a plain comparison of its words."""
    ak = _EN / "ak-ies-milestone2"
    before, after = _one(ak, "v1*/*.md"), _one(ak, "v2*/*.md")
    notice = _one(ak, "00*.pdf")
    listed = _SECTION.findall("\n".join(block.text for block in read_file(notice).blocks))
    for name, new in (
        ("ak-ies: listed sections, re-issued", [after]),
        ("ak-ies: listed sections, by the notice", [notice]),
    ):
        said = [" ".join((*change.section, change.old)) for change in diff_files(before, new).changes]
        missed = [number for number in listed if not any(number in text for text in said)]
        yield PairScore(name, len(listed) - len(missed), len(listed), tuple(missed))
    yield _words("ak-ies: words that differ", before, after)
    books = _one(ak, "v0*/*.xlsx"), _one(ak, "02*.xlsx")
    yield _words("ak-ies workbook: words that differ", *books)
    yield _words("gsa-iaas: words that differ", _one(_EN, "gsa-iaas/v1*/*.md"), _one(_EN, "gsa-iaas/v2*/*.md"))
    form = diff_files(_one(_EN, "gsa-iaas/v1*/*.md"), [_one(_EN, "gsa-iaas/SF*.pdf")]).changes
    reissue = diff_files(_one(_EN, "gsa-iaas/v1*/*.md"), [_one(_EN, "gsa-iaas/v2*/*.md")]).changes
    by_form = [c for c in form if c.kind is ChangeKind.CHANGED and c.old]
    yield PairScore(
        "gsa-iaas: by the form field", sum(any(f.old == r.old for f in by_form) for r in reissue), len(reissue)
    )
    yield from _links()
    bacg = sorted((_ZH / "compliance-wiki").rglob("*BACG2024000097*.docx"))
    yield _words("BACG2024000097-A: words that differ", bacg[0], bacg[-1])


def _one(folder: Path, pattern: str) -> Path:
    return next(iter(sorted(folder.glob(pattern))))


def _links() -> Iterator[PairScore]:
    old, new = _one(_EN, "gsa-searchgov/v1*/*.md"), _one(_EN, "gsa-searchgov/v2*/*.md")
    pairs = zip(links_of(old.read_bytes(), old.name), links_of(new.read_bytes(), new.name), strict=True)
    differ = {(was[1], now[1]) for was, now in pairs if was != now}
    said = [(c.old, c.new) for c in diff_files(old, [new]).changes]
    found = sum(any(was in a and now in b for a, b in said) for was, now in differ)
    yield PairScore("gsa-searchgov: links, re-issued", found, len(differ))
    notice = diff_files(old, [_one(_EN, "gsa-searchgov/Amendment 1*.pdf")]).changes
    yield PairScore(
        "gsa-searchgov: links, by the notice", sum(any(was in c.old for c in notice) for was, _ in differ), len(differ)
    )
    answers = _one(_EN, "gsa-searchgov/RFQ Amendment 2*.pdf"), _one(_EN, "gsa-searchgov/RFQ Amendment 3*.pdf")
    yield _words("gsa-searchgov answers: words that differ", *answers)


def _words(name: str, old: Path, new: Path) -> PairScore:
    """How many of the words that one file has more often than the other stand in the changes."""
    first, second = _counted(old), _counted(new)
    changes = diff_files(old, [new]).changes
    gone, come = _bag(change.old for change in changes), _bag(change.new for change in changes)
    wanted = [("-", w, first[w] - second[w]) for w in first if first[w] > second[w]]
    wanted += [("+", w, second[w] - first[w]) for w in second if second[w] > first[w]]
    missed = [f"{sign}{word}" for sign, word, count in wanted if (gone if sign == "-" else come)[word] < count]
    return PairScore(name, len(wanted) - len(missed), len(wanted), tuple(missed))


def _counted(path: Path) -> dict[str, int]:
    return _bag(block.text for block in read_file(path).blocks)


def _bag(texts: Iterator[str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for text in texts:
        for word in tokens(text):
            if word.strip() and any(sign.isalnum() for sign in word):
                found[match_key(word).lower()] += 1
    return found


def invented(chinese: bool) -> SourceDocument:
    """An invented tender of some length."""
    parts = []
    for section in range(6):
        parts.append(f"# {heading(section, chinese)}")
        parts += [f"{section + 1}.{n} {sentence(section * 20 + n, chinese)}" for n in range(1, 13)]
        parts.append("投标截止时间为2026年5月6日9时30分。" if chinese else "Offers are due by May 6, 2026 at noon.")
    return read_bytes("\n\n".join(parts).encode(), "invented.md")


def bases() -> Iterator[SourceDocument]:
    """Invented and real tenders to put changes into."""
    yield invented(chinese=True)
    yield invented(chinese=False)
    files = [p for f in (_ZH, _EN) for p in sorted(f.rglob("*")) if p.suffix.lower() in (".md", ".docx", ".pdf")]
    dice = random.Random(5)
    for path in dice.sample(files, min(len(files), _FILES)):
        try:
            document = read_file(path)
        except UnreadableFile:
            continue
        if 80 <= len(document.blocks) <= 4000:
            yield document


def right(mutated: Mutated, changes: Sequence[TenderChange]) -> bool:
    """Whether exactly this change was told, with its class."""
    return len(changes) == 1 and fits(mutated.mutation, changes[0])


def fits(mutation: Mutation, change: TenderChange) -> bool:
    """Whether a change tells what was put in."""
    kinds = {"added": ChangeKind.ADDED, "removed": ChangeKind.REMOVED, "moved": ChangeKind.MOVED}
    kind = kinds.get(mutation.name, ChangeKind.CHANGED)
    named = kind is not ChangeKind.CHANGED or change.what.value == mutation.name
    return change.kind is kind and named and _in(change.old, mutation.old) and _in(change.new, mutation.new)


def _in(told: str, put: str) -> bool:
    return (match_key(told) in match_key(put)) if told and put else not told and not put


def answers_kept() -> tuple[int, int]:
    """(answers still with their row or flagged, all answers) over a real re-issue and an order carried out."""
    old, new = _one(_EN, "gsa-iaas/v1*/*.md"), _one(_EN, "gsa-iaas/v2*/*.md")
    order = _one(_EN, "gsa-iaas/SF*.pdf")
    before, kept, every = read_file(old), 0, 0
    in_force = consolidate([before], [read_file(order)], diff_files(old, [order]))
    ak = _EN / "ak-ies-milestone2"
    for first, second in (
        ([before], [read_file(new)]),
        ([before], list(in_force)),
        ([read_file(_one(ak, "v1*/*.md"))], [read_file(_one(ak, "v2*/*.md"))]),
    ):
        rows, later = read_solicitation(first).requirements, read_solicitation(second).requirements
        work = {row.id: f"answer to {row.text}" for row in rows}
        links = carry(rows, work, later).links
        fates = Counter(link.fate.value for link in links)
        print(f"rows carried over: {dict(fates)}")
        every += len(rows)
        kept += sum(
            link.work == work[link.old.id]
            and (link.new is None or link.new.id == link.old.id)
            and link.reopens == (link.new is None or link.new.text != link.old.text or link.fate is RowFate.CHANGED)
            for link in links
            if link.old is not None
        )
    return kept, every


def main() -> int:
    """Print every figure; 1 where a goal is not reached."""
    require_shared()
    pairs = list(real_pairs())
    for pair in pairs:
        print(f"{pair.name:44} {pair.found:>5}/{pair.of:<5} {' '.join(pair.missed[:12])}")
    outcomes: dict[str, list[bool]] = defaultdict(list)
    silent: list[bool] = []
    for document in bases():
        silent.append(not changes_of(compare_documents(document, document)))
        for name, mutate in MUTATORS.items():
            for seed in range(_TIMES):
                mutated = mutate(document, random.Random(seed))
                if mutated is not None:
                    found = changes_of(compare_documents(document, mutated.document))
                    outcomes[name].append(right(mutated, found))
                    if not outcomes[name][-1]:
                        _show(document.name, mutated.mutation, found)
        outcomes["several"] += _several(document)
    print()
    for name, marks in outcomes.items():
        print(f"{name:12} {sum(marks):>4}/{len(marks)}")
    every = [one for marks in outcomes.values() for one in marks]
    kept, answers = answers_kept()
    measures = (
        Measure("addendum: issuers' own changes found", sum(p.found for p in pairs) / sum(p.of for p in pairs), 0.99),
        Measure("addendum: class of changes put in right", sum(every) / len(every), 0.97),
        Measure("addendum: answers kept or flagged", kept / answers, 1.0),
        Measure("addendum: equal documents without changes", sum(silent) / len(silent), 1.0),
    )
    print(f"\n{table(measures)}")
    return 0 if all(measure.reached for measure in measures) else 1


def _several(document: SourceDocument) -> list[bool]:
    """Three changes of different kinds at once, each found with its class and nothing else told."""
    now = document
    put: list[Mutation] = []
    for seed, name in enumerate(("number", "removed", "wording", "added")):
        mutated = MUTATORS[name](now, random.Random(100 + seed))
        if mutated is not None and not any(match_key(mutated.mutation.old) == match_key(p.new) for p in put):
            now = mutated.document
            put.append(mutated.mutation)
    found = changes_of(compare_documents(document, now))
    return [any(fits(mutation, change) for change in found) and len(found) <= len(put) for mutation in put]


def _show(name: str, mutation: Mutation, found: Sequence[TenderChange]) -> None:
    print(f"  {name[:30]}: {mutation.name} {mutation.old[:90]!r} -> {mutation.new[:90]!r}")
    for change in found[:3]:
        print(f"      told {change.kind.value} {change.what.value} {change.old[:80]!r} -> {change.new[:80]!r}")


if __name__ == "__main__":
    sys.exit(main())

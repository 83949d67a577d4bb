"""`script/eval contracts`: two versions of a contract, changes put in on purpose; other formats; redlines; speed."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from bench.goals import Measure, table
from bench.invented import heading, sentence
from bench.invented_contracts import INVENTED
from bench.mutations import (
    Mutated,
    Mutation,
    Mutator,
    added,
    blank,
    date,
    edited,
    moved,
    number,
    removed,
    strength,
    wording,
)
from bench.shared import SHARED
from bidkit.contract.changes import ContractChange, ContractChangeKind
from bidkit.contract.compare import compare_versions
from bidkit.documents.redline.word import Side, redline
from bidkit.ingest.align import match_key
from bidkit.ingest.align.versions import Version, accepted_view, original_view, read_version, version_of
from bidkit.ingest.docx import read_docx
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.ingest.read import read_bytes, read_file
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language

CONTRACTS = SHARED / "data" / "contracts"
_BASES = 24
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WHO = 'w:author="Counterparty" w:date="2026-03-01T08:00:00Z"'


def unit(text: str, _: Language, dice: random.Random) -> str | None:
    """Another unit behind a number."""
    swaps = (
        ("‰", "%"),
        ("工作日", "日"),
        ("个月", "日"),
        ("小时", "日"),
        ("days", "months"),
        ("hours", "days"),
        ("日内", "个工作日内"),
    )
    fit = [(a, b) for a, b in swaps if re.search(rf"\d\s*{a}", text)]
    if not fit:
        return None
    old, new = dice.choice(fit)
    return re.sub(rf"(\d\s*){old}", rf"\g<1>{new}", text, count=1)


def split(text: str, _: Language, __: random.Random) -> str | None:
    """A tenth of the price paid later."""
    shares = list(re.finditer(r"(\d+)\s*[%％]", text))
    if len(shares) < 2 or int(shares[0][1]) < 11:
        return None
    first, last = shares[0], shares[-1]
    text = text[: last.start(1)] + str(int(last[1]) + 10) + text[last.end(1) :]
    return text[: first.start(1)] + str(int(first[1]) - 10) + text[first.end(1) :]


def forum(text: str, _: Language, __: random.Random) -> str | None:
    """Another place for disputes."""
    for old, new in (
        ("仲裁委员会仲裁", "人民法院诉讼解决"),
        ("arbitration", "the courts at the seat of the Buyer"),
        ("State of", "Province of"),
    ):
        if old in text:
            return text.replace(old, new, 1)
    return None


def words(text: str, _: Language, __: random.Random) -> str | None:
    """The amount in words made another than the one in figures."""
    found = re.search(r"[壹贰叁肆伍陆柒捌玖][拾佰仟万]", text)
    if found is None:
        return None
    digits = "壹贰叁肆伍陆柒捌玖"
    return text[: found.start()] + digits[digits.index(found[0][0]) - 1] + text[found.start() + 1 :]


MUTATORS: dict[str, Mutator] = {
    "number": edited("number", number), "unit": edited("unit", unit), "date": edited("date", date),
    "payment split": edited("payment split", split), "forum": edited("forum", forum),
    "blank": edited("blank", blank), "words and figures": edited("words and figures", words),
    "strength": edited("strength", strength), "wording": edited("wording", wording),
    "deleted": removed, "inserted": added, "moved": moved,
}  # fmt: skip
_KINDS = {
    "deleted": ContractChangeKind.DELETED, "removed": ContractChangeKind.DELETED,
    "inserted": ContractChangeKind.INSERTED, "added": ContractChangeKind.INSERTED, "moved": ContractChangeKind.MOVED,
}  # fmt: skip
_NO_VALUE = frozenset({"forum", "wording", "strength", "removed", "added", "moved"})


def bases() -> Iterator[SourceDocument]:
    """Our own contracts, and those kept beside the project where they are there."""
    for clauses in INVENTED.values():
        yield read_bytes("\n\n".join(clauses).encode(), "invented.md")
    files = [
        p
        for p in sorted(CONTRACTS.rglob("*"))
        if p.suffix in (".txt", ".md", ".docx", ".pdf") and "README" not in p.name
    ]
    for path in files:
        if "cn_law" in path.parts or "cuad" in path.parts:
            continue
        try:
            yield read_file(path)
        except UnreadableFile:
            continue
    yield from _cuad()


def _cuad() -> Iterator[SourceDocument]:
    archive = CONTRACTS / "cuad" / "contracts-txt.zip"
    if not archive.is_file():
        return
    with zipfile.ZipFile(archive) as inside:
        names = sorted(n for n in inside.namelist() if n.endswith(".txt"))
        for name in random.Random(3).sample(names, min(_BASES, len(names))):
            try:
                yield read_bytes(inside.read(name), Path(name).name)
            except UnreadableFile:
                continue


def fits(mutation: Mutation, change: ContractChange) -> bool:
    """Whether a change tells what was put in, with the value where there is one."""
    kind = _KINDS.get(mutation.name, ContractChangeKind.CHANGED)
    valued = bool(change.value_changes) or mutation.name in _NO_VALUE
    return change.kind is kind and valued and _same(change.old, mutation.old) and _same(change.new, mutation.new)


def _same(told: str, put: str) -> bool:
    return (
        (match_key(put) in match_key(told) or match_key(told) in match_key(put))
        if told and put
        else not told and not put
    )


def mutations() -> tuple[dict[str, list[bool]], int, list[bool]]:
    """(found or not by name, changes told that were not put in, unmutated pairs that told nothing)."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    extra, silent = 0, []
    for document in bases():
        base = Version(document)
        silent.append(not compare_versions(base, base).changes)
        for name, mutate in MUTATORS.items():
            for seed in range(2):
                mutated = mutate(document, random.Random(seed))
                if mutated is None:
                    continue
                told = compare_versions(base, Version(mutated.document)).changes
                found = [change for change in told if fits(mutated.mutation, change)]
                outcomes[name].append(bool(found))
                extra += len(told) - len(found[:1])
                if not found or len(told) > 1:
                    _show(document.name, mutated, told)
    return outcomes, extra, silent


def _show(name: str, mutated: Mutated, told: Sequence[ContractChange]) -> None:
    put = mutated.mutation
    print(f"  {name[:30]}: {put.name} {put.old[:80]!r} -> {put.new[:80]!r}")
    for change in told[:3]:
        print(f"      told {change.kind.value} {change.old[:70]!r} -> {change.new[:70]!r}")


def tracked() -> tuple[int, int]:
    """(right, of): clauses edited openly and silently in one Word file, each told as what it is."""
    right = of = 0
    for clauses in INVENTED.values():
        for seed in range(8):
            dice = random.Random(seed)
            shown, hidden = dice.sample(
                [i for i, c in enumerate(clauses) if re.search(r"\d+(?=[%‰日个]| days| months)", c)], 2
            )
            silent = re.sub(r"(\d+)(?=[%‰日个]| days| months)", lambda m: str(int(m[1]) + 3), clauses[hidden], count=1)
            new = [_paragraph(c) for c in clauses]
            new[hidden] = _paragraph(silent)
            new[shown] = _tracked(clauses[shown])
            comparison = compare_versions(
                version_of(_docx([_paragraph(c) for c in clauses]), "a.docx"), version_of(_docx(new), "b.docx")
            )
            of += 1
            told = [(c.tracked, c.old) for c in comparison.changes]
            right += told == [(False, clauses[hidden]), (True, clauses[shown])]
    return right, of


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _tracked(text: str) -> str:
    found = re.search(r"(\d+)(?=[%‰日个]| days| months)", text)
    assert found is not None
    before, after = text[: found.start()], text[found.end() :]
    return (
        f'<w:p><w:r><w:t xml:space="preserve">{escape(before)}</w:t></w:r>'
        f'<w:del w:id="1" {_WHO}><w:r><w:delText>{found[0]}</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {_WHO}><w:r><w:t>{int(found[0]) + 1}</w:t></w:r></w:ins>'
        f'<w:r><w:t xml:space="preserve">{escape(after)}</w:t></w:r></w:p>'
    )


def _docx(paragraphs: Sequence[str]) -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with tempfile.SpooledTemporaryFile() as target:
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            )
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{relations}/officeDocument" Target="word/document.xml"/></Relationships>',
            )
            archive.writestr(
                "word/document.xml",
                f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>',
            )
        target.seek(0)
        return target.read()


def redlines() -> tuple[int, int]:
    """(right, of): redlines of Word files whose accepted and rejected texts are the two versions to the letter."""
    right = of = 0
    dice = random.Random(9)
    for clauses in INVENTED.values():
        for _ in range(6):
            new = [c for c in clauses if dice.random() > 0.1]
            new = [
                re.sub(r"(\d+)(?=[%日]| days)", lambda m: str(int(m[1]) + 4), c) if dice.random() < 0.3 else c
                for c in new
            ]
            first, second = new.pop(dice.randrange(len(new))), dice.randrange(len(new))
            new.insert(second, first)
            old_file, new_file = _docx([_paragraph(c) for c in clauses]), _docx([_paragraph(c) for c in new])
            made = redline(
                Side("a.docx", old_file),
                Side("b.docx", new_file),
                author="us",
                when="2026-01-01T00:00:00Z",
                language=Language.EN,
            )
            of += 1
            right += _said(original_view(made, "r")) == list(clauses) and _said(accepted_view(made, "r")) == new
    return right, of


def _said(data: bytes) -> list[str]:
    return [b.text for b in read_docx(data, "r.docx").blocks if b.kind is not BlockKind.COMMENT]


def round_trips() -> list[tuple[str, int]]:
    """(file and way, changes told) for Word files saved anew and printed by another program; [] without LibreOffice."""
    office = shutil.which("soffice")
    files = sorted(CONTRACTS.rglob("*.docx"))
    if office is None:
        return []
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for place, source in enumerate([*files, None]):
            base = Path(folder, f"{place}.docx")
            base.write_bytes(source.read_bytes() if source else _docx([_paragraph(c) for c in INVENTED[Language.ZH]]))
            for form in ("docx", "pdf"):
                made = Path(folder, form, f"{place}.{form}")
                subprocess.run(
                    [office, "--headless", "--convert-to", form, "--outdir", str(made.parent), str(base)],
                    check=True, capture_output=True,
                )  # fmt: skip
                before = read_version(base)
                told = compare_versions(before, read_version(made, before.marks)).changes
                out.append((f"{source.name if source else 'invented'} -> {form}", len(told)))
                for change in told[:3]:
                    print(f"      told {change.kind.value} {change.old[:70]!r} -> {change.new[:70]!r}")
    return out


def speed() -> float:
    """Seconds for a pair of 113 pages, reading and comparing."""
    clauses = []
    for n in range(113 * 14):
        clauses.append(heading(n, True) if n % 14 == 0 else f"{n // 14}.{n % 14} {sentence(n, True)}本款编号{n}。")
    new = [c.replace("天", "日") if n % 60 == 7 else c for n, c in enumerate(clauses) if n % 211]
    files = _docx([_paragraph(c) for c in clauses]), _docx([_paragraph(c) for c in new])
    begin = time.perf_counter()
    compare_versions(version_of(files[0], "a.docx"), version_of(files[1], "b.docx"))
    return time.perf_counter() - begin


def main() -> int:
    """Print every figure; 1 where a goal is not reached."""
    outcomes, extra, silent = mutations()
    for name, marks in outcomes.items():
        print(f"{name:20} {sum(marks):>4}/{len(marks)}")
    every = [one for marks in outcomes.values() for one in marks]
    open_right, open_of = tracked()
    lines_right, lines_of = redlines()
    trips = round_trips()
    for name, told in trips:
        print(f"{name[:70]:72} {told}")
    seconds = speed()
    print(f"113 pages compared in {seconds:.2f} s")
    measures = (
        Measure("contracts: changes put in found", sum(every) / len(every), 0.98),
        Measure("contracts: changes told that were put in", sum(every) / max(1, sum(every) + extra), 0.97),
        Measure("contracts: equal versions without changes", sum(silent) / len(silent), 1.0),
        Measure("contracts: silent and tracked told apart", open_right / open_of, 0.98),
        Measure("contracts: redlines exact both ways", lines_right / lines_of, 1.0),
        Measure("contracts: saved anew or printed, no change", _share(trips), 0.80),
        Measure("contracts: 113 pages within 3 s", float(seconds <= 3), 1.0),
    )
    print(f"\n{table(measures)}")
    return 0 if all(measure.reached for measure in measures) else 1


def _share(trips: Sequence[tuple[str, int]]) -> float | None:
    return sum(not told for _, told in trips) / len(trips) if trips else None


if __name__ == "__main__":
    sys.exit(main())

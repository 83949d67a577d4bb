"""The papers of a check: workbook, self-check, score self-assessment, commented copies of the volumes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bidkit.documents.sealing.pages import write_score_table, write_self_check
from bidkit.documents.sealing.sheet import write_findings
from bidkit.documents.sealing.word import commented
from bidkit.ingest.read import read_bytes
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.sealing import Checked
from bidkit.usecases.sealing_words import view_of

_WORD = ".docx"
_SELF_CHECK, _SCORE = "self-check.pdf", "score-self-assessment.pdf"


def write_papers(
    store: Store,
    checked: Checked,
    *,
    language: Language | None = None,
    xlsx: Path | None = None,
    pdf: Path | None = None,
    word: Path | None = None,
) -> tuple[Path, ...]:
    """The files written: the workbook at `xlsx`, both tables in the folder `pdf`, commented copies in `word`.

    Without any of them nothing is written. Writing twice gives the same files. Raises PrintingUnavailable where PDF
    pages cannot be made, UsageError for a place one may not write.
    """
    if not (xlsx or pdf or word):
        return ()
    spoken = language or checked.deal.language
    with store.read() as work:
        view = view_of(checked, spoken, work.responses.of(checked.deal))
    made: list[Path] = []
    if xlsx:
        write_whole(xlsx, write_findings(view, spoken))
        made.append(xlsx)
    if pdf:
        pdf.mkdir(parents=True, exist_ok=True)
        for name, data in ((_SELF_CHECK, write_self_check(view, spoken)), (_SCORE, write_score_table(view, spoken))):
            write_whole(pdf / name, data)
            made.append(pdf / name)
    if word:
        word.mkdir(parents=True, exist_ok=True)
        for name, data in _copies(store, checked, spoken):
            write_whole(word / name, data)
            made.append(word / name)
    return tuple(made)


def _copies(store: Store, checked: Checked, language: Language) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of every Word volume with a fault; what cannot be opened any more is left out."""
    view = view_of(checked, language)
    for file in checked.stored.files:
        faults = [fault for fault in view.faults if fault.file == file.name and not fault.waived]
        if not faults or not file.name.lower().endswith(_WORD):
            continue
        data = store.blobs.get(file.sha256)
        try:
            document = read_bytes(data, file.name)
        except UnreadableFile:
            continue
        # Names come from outside: only their last part is a file's name.
        name = Path(file.name.replace("\\", "/")).name
        yield name, commented(data, document, faults, language, checked.stored.at)

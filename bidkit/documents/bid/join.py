"""Ready Word files put behind one another: annexes, data sheets, other people's parts."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.enum.text import WD_BREAK
from docxcompose.composer import Composer

from bidkit.documents.bid.package import Package


def joined(main: bytes, annexes: Sequence[bytes], *, name: str = "bid") -> bytes:
    """`main` with each annex behind it on a page of its own; styles, lists and pictures come along.

    The parts of `main` keep their controls, so the result can be edited and merged like any other build. Raises
    UnreadableFile for an annex that is no safe Word file.
    """
    for number, annex in enumerate((main, *annexes)):
        Package.open(annex, f"{name}, file {number + 1}")
    document = docx.Document(io.BytesIO(main))
    composer = Composer(document)
    for annex in annexes:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        composer.append(docx.Document(io.BytesIO(annex)))
    buffer = io.BytesIO()
    composer.save(buffer)
    return Package.open(buffer.getvalue(), name).save()

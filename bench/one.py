"""One act on one file in a process of its own: `python -m bench.one ACT FILE TIMES` prints what it costs.

Acts come in pairs: the plainest way to the file's text, and the product's reader over the same file.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench import gates

if TYPE_CHECKING:
    from bidkit.requirements.model import Solicitation

Act = Callable[[Path], int]


def raw_docx(path: Path) -> int:
    """Characters of a docx by parsing its main part with lxml and joining the text of each paragraph."""
    from lxml import etree

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    texts = ["".join(node.text or "" for node in paragraph.iter(word + "t")) for paragraph in root.iter(word + "p")]
    return sum(map(len, texts))


def raw_pdf(path: Path) -> int:
    """Characters of a pdf by asking pdfium for each page's text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def read(path: Path) -> int:
    """Blocks our reader makes of the file."""
    from bidkit.ingest.read import read_file

    return len(read_file(path).blocks)


def rows(path: Path) -> int:
    """Requirement rows of the file, reading included."""
    return len(_solicitation(path).requirements)


def matrix(path: Path) -> int:
    """Bytes of the matrix of the file's rows; the rows are read once before the clock starts."""
    from bidkit.documents.matrix import write_matrix
    from bidkit.documents.model import DealHeader

    tender = _kept(path)
    return len(write_matrix(tender, DealHeader("BENCH", "Bench", "Nobody", tender.language), {}, tender.language))


def raw_matrix(path: Path) -> int:
    """Bytes of a plain workbook with the same verbatim texts, places and kinds, without any formatting."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(_kept(path).requirements):
        cells = (row.clause, row.text, row.lead_in, " > ".join(row.section), row.anchor.page, row.mark)
        for column, cell in enumerate((*cells, row.kind.value, row.force.value, row.points, row.id)):
            sheet.write(number, column, cell)
    book.close()
    return len(target.getvalue())


def _solicitation(path: Path) -> Solicitation:
    from bidkit.ingest.read import read_file
    from bidkit.requirements.solicitation import read_solicitation

    return read_solicitation((read_file(path),))


@cache
def _kept(path: Path) -> Solicitation:
    return _solicitation(path)


_OF_DEALS = (gates.pipeline_pdf, gates.pipeline_xlsx, gates.gates, gates.dossier)
ACTS: dict[str, Act] = {a.__name__: a for a in (raw_docx, raw_pdf, read, rows, matrix, raw_matrix, *_OF_DEALS)}


def main() -> None:
    """Print what the act named on the command line costs, as JSON.

    `seconds` on the clock and `cpu` of the processor are lists, `cold` is of the processor before the first of them.
    """
    act, path, times = ACTS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3])
    if act in (matrix, raw_matrix):
        _kept(path)
    if act in _OF_DEALS:
        act(path)  # imports and rules as data are read once in a process
    cold, result = time.process_time(), 0
    seconds, cpu = [], []
    for _ in range(times):
        begin, worked = time.perf_counter(), time.process_time()
        result = act(path)
        cpu.append(time.process_time() - worked)
        seconds.append(time.perf_counter() - begin)
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    print(json.dumps({"seconds": seconds, "cpu": cpu, "cold": cold, "peak_mb": peak, "result": result}))


if __name__ == "__main__":
    main()

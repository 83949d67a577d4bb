"""Writes the sample tender packages under samples/zh and samples/en: `python samples/make_samples.py`.

Buyers, names, places and sentences are invented. The packages hold contradictions on purpose (two validity periods,
scores that do not add up, an attachment that is missing), listed in expected.yaml. Equal sources give equal bytes.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import xlsxwriter
from markup import parse
from to_docx import WordSample
from to_pdf import pdf_of

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
_MADE = datetime(2027, 3, 8, 9, 0)  # noqa: DTZ001  the file format stores no zone


def word(source: str, language: str, header: str, title: str) -> bytes:
    """A Word file of the source."""
    sample = WordSample(language, header)
    sample.write(parse(SOURCE / source))
    return sample.data(title)


def workbook(title: str, sheets: dict[str, str]) -> bytes:
    """A workbook with a merged title row, a header row and one sheet for each csv source."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": title, "created": _MADE})
    heading = book.add_format({"bold": True, "font_size": 14, "align": "center"})
    head, cell = (
        book.add_format({"bold": True, "border": 1, "bg_color": "#E8EDF3"}),
        book.add_format({"border": 1, "text_wrap": True}),
    )
    for name, source in sheets.items():
        with (SOURCE / source).open(encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle))
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, len(rows[0]) - 1, title, heading)
        for r, row in enumerate(rows, start=1):
            for c, text in enumerate(row):
                sheet.write(r, c, int(text) if text.isdigit() else text, head if r == 1 else cell)
        for c in range(len(rows[0])):
            sheet.set_column(c, c, 8 if c == 0 else max(14, min(60, max(len(row[c]) for row in rows) * 2)))
        sheet.freeze_panes(2, 0)
    book.close()
    return buffer.getvalue()


def packages() -> dict[str, bytes]:
    """Path under samples/ -> content."""
    zh, en = "项目编号：QLSW-ZB-2027-031", "RFP No. HRTA-2027-014"
    return {
        "zh/招标文件.docx": word("zh_tender.txt", "zh", zh, "泵站智慧监测与调度平台建设项目招标文件"),
        "zh/附件1 泵站清单与现场条件.xlsx": workbook(
            "附件 1　泵站清单与现场条件", {"泵站清单": "zh_stations.csv", "现场施工要求": "zh_site_rules.csv"}
        ),
        "zh/补充说明（第1号）.pdf": pdf_of(parse(SOURCE / "zh_supplement.txt"), "zh", zh, "补充说明（第1号）"),
        "en/RFP HRTA-2027-014.pdf": pdf_of(
            parse(SOURCE / "en_rfp.txt"), "en", en, "Request for Proposals HRTA-2027-014"
        ),
        "en/Addendum 1.docx": word("en_addendum.txt", "en", en, "Addendum No. 1"),
        "en/Attachment B Price Schedule.xlsx": workbook(
            "Attachment B Price Schedule", {"Prices": "en_prices.csv", "Notes": "en_price_notes.csv"}
        ),
    }


def main() -> None:
    """Writes every file that differs from what is there."""
    for name, data in packages().items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{len(data):>8} {name}")


if __name__ == "__main__":
    main()

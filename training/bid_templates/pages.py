"""Bodies of the house templates: cover, contents, opening words, and the place of the parts."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

Words = dict[str, Any]
_LABEL, _VALUE, _LINE = 3500, 5570, 9070
_COPY_HEIGHT = 3000  # twips, room for the copy of an identity card
_BREAK = '<w:p><w:pPr><w:pStyle w:val="BidGap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def volume_body(template: Words, texts: Words) -> str:
    """Cover page, contents, opening words and `{{ parts }}`."""
    cover = texts["cover"]
    blank = paragraph("BidCover", "")
    head = [
        paragraph("BidCoverLabel", cover["number"]),
        *(blank,) * 5,
        paragraph("Subtitle", "{{ project_name }}"),
        *(blank,) * 2,
        paragraph("Title", template.get("cover_title", cover["title"])),
        paragraph("Subtitle", "{{ volume_title }}"),
        paragraph("Subtitle", template.get("cover_mark", cover["mark"])),
        *(blank,) * 6,
        _lines(template.get("cover_lines", cover["lines"])),
        _BREAK,
    ]
    contents = [paragraph("TOCHeading", texts["contents"]), _contents(), _BREAK]
    opening = [block(item) for item in template.get("opening", [])]
    return "".join([*head, *contents, *opening, paragraph("BidBody", "{{ parts }}")])


def form_body(template: Words) -> str:
    """The words of a form."""
    return "".join(block(item) for item in template["body"])


def block(item: Words) -> str:
    """One block of `texts.yaml`: a single key that names its style, or `table`."""
    ((kind, value),) = item.items()
    if kind == "table":
        return _grid(value)
    if kind == "copies":
        return _copies(value)
    style = {
        "title": "BidFormTitle",
        "body": "BidBody",
        "note": "BidNote",
        "sign": "BidSign",
        "plain": "BidCover",
        "numbered": "BidNumbered",
        "heading": "Heading1",
    }[kind]
    return paragraph(style, value)


def paragraph(style: str, text: str) -> str:
    """A paragraph; placeholders keep a run of their own, so that Word never splits them."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs(text)}</w:p>'


def runs(text: str) -> str:
    """Runs of a text, placeholders apart."""
    out, rest = "", text
    while rest:
        before, mark, after = rest.partition("{{")
        out += _run(before)
        if not mark:
            break
        name, _, rest = after.partition("}}")
        out += _run("{{" + name + "}}")
    return out


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _lines(lines: list[list[str]]) -> str:
    rows = ""
    for label, value in lines:
        rule = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="7F7F7F"/></w:tcBorders>'
        rows += (
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{_LABEL}" w:type="dxa"/>'
            f'<w:vAlign w:val="bottom"/></w:tcPr>{paragraph("BidCoverLabel", label)}</w:tc>'
            f'<w:tc><w:tcPr><w:tcW w:w="{_VALUE}" w:type="dxa"/>{rule}<w:vAlign w:val="bottom"/></w:tcPr>'
            f"{paragraph('BidCover', value)}</w:tc></w:tr>"
        )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_LINE}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        f'<w:gridCol w:w="{_LABEL}"/><w:gridCol w:w="{_VALUE}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _grid(rows: list[list[str]]) -> str:
    columns = len(rows[0])
    shares = [_LABEL, _VALUE] if columns == 2 else [_LINE // columns] * columns
    out = ""
    for at, row in enumerate(rows):
        style = "BidTableHead" if at == 0 and columns > 2 else "BidTableText"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph('BidTableHead' if columns == 2 and c == 0 else style, text)}</w:tc>"
            for c, (width, text) in enumerate(zip(shares, row, strict=True))
        )
        repeat = "<w:tblHeader/>" if style == "BidTableHead" else ""
        out += f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in shares)
    look = "1" if columns > 2 else "0"
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BidTable"/><w:tblW w:w="{sum(shares)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="{look}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{out}</w:tbl>{paragraph('BidBody', '')}"
    )


def _copies(heads: list[str]) -> str:
    """Boxes side by side in which copies of documents are pasted."""
    width = _LINE // len(heads)

    def cells(style: str, texts: list[str]) -> str:
        return "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(style, text)}</w:tc>'
            for text in texts
        )

    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BidTable"/><w:tblW w:w="{width * len(heads)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr><w:tblGrid>'
        + f'<w:gridCol w:w="{width}"/>'
        * len(heads)
        + f"</w:tblGrid><w:tr>{cells('BidTableHead', heads)}</w:tr><w:tr><w:trPr><w:cantSplit/>"
        f'<w:trHeight w:val="{_COPY_HEIGHT}" w:hRule="atLeast"/></w:trPr>{cells("BidTableText", [""] * len(heads))}'
        f"</w:tr></w:tbl>{paragraph('BidBody', '')}"
    )


def _contents() -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        '</w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
        f'{sign("begin")}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
        f"{sign('separate')}{sign('end')}</w:p></w:sdtContent></w:sdt>"
    )

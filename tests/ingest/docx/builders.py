"""Small invented Word files, written as XML so that every odd shape can be made."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from bidkit.ingest.docx import read_docx
from bidkit.ingest.model import Block, BlockKind, SourceDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def a_run(text: str, properties: str = "") -> str:
    """A run; `properties` is the content of its w:rPr."""
    holder = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{holder}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def a_paragraph(content: str = "", properties: str = "") -> str:
    """A paragraph of plain text or, where `content` starts with a tag, of that XML."""
    inner = content if content.startswith("<") or not content else a_run(content)
    holder = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{holder}{inner}</w:p>"


def styled(style: str, content: str) -> str:
    """A paragraph in `style`."""
    return a_paragraph(content, f'<w:pStyle w:val="{style}"/>')


def listed(num_id: int, level: int, content: str) -> str:
    """A paragraph at `level` of list `num_id`."""
    return a_paragraph(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def a_cell(content: str, properties: str = "") -> str:
    """A table cell of plain text or XML."""
    inner = content if content.startswith("<") else a_paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def a_row(*cells: str, properties: str = "") -> str:
    """A table row; a cell that is no XML becomes a plain cell."""
    inner = "".join(cell if cell.startswith("<w:tc>") else a_cell(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def a_table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def a_style(key: str, name: str, content: str = "", kind: str = "paragraph", based_on: str = "") -> str:
    """A style; `content` holds its w:pPr and w:rPr."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{base}{content}</w:style>'


def a_level(depth: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    """A list level."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def an_abstract(key: int, *content: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(content)}</w:abstractNum>'


def a_num(key: int, abstract: int, *overrides: str) -> str:
    """A list instance."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{"".join(overrides)}</w:num>'


def a_docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    parts: dict[str, str] | None = None,
    content_type: str = _MAIN,
    namespaces: str = NAMESPACES,
) -> bytes:
    """A whole package; `parts` are further parts by kind ("footnotes", "comments", "header", …), content only."""
    parts = {"styles": styles, "numbering": numbering, **(parts or {})}
    roots = {"header": "hdr", "footer": "ftr"}
    relations = "".join(f'<Relationship Id="r{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    files = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        f"<Override PartName='/word/document.xml' ContentType='{content_type}'/></Types>",
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
    }
    for kind, content in parts.items():
        root = roots.get(kind, kind)
        files[f"word/{kind}.xml"] = f"<w:{root} {namespaces}>{content}</w:{root}>"
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    """A zip of text files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def _relations(content: str) -> str:
    return (
        f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{content}</Relationships>"
    )


def read(body: str, *, styles: str = "", numbering: str = "", parts: dict[str, str] | None = None) -> SourceDocument:
    """The document read from a package with this body."""
    return read_docx(a_docx(body, styles=styles, numbering=numbering, parts=parts), "invented.docx")


def texts(document: SourceDocument, *kinds: BlockKind) -> list[str]:
    """The texts of the blocks, of `kinds` only where any is given."""
    return [block.text for block in document.blocks if not kinds or block.kind in kinds]


def labels(document: SourceDocument) -> list[str]:
    """The rendered labels of the blocks."""
    return [block.label for block in document.blocks]


def rows(document: SourceDocument) -> list[Block]:
    """The table rows."""
    return [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]

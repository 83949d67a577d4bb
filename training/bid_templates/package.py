"""A template as a package: body, styles, numbering, headers and footers, settings."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from training.bid_templates.pages import runs
from training.bid_templates.styles import W, numbering_xml, styles_xml

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = ("styles", "numbering", "settings", "header1", "header2", "footer1", "footer2")


def write_package(body: str, language: str, texts: dict[str, Any], *, furniture: bool, title: str) -> bytes:
    """The bytes of one template; `furniture` gives it running headers and footers and a cover without them."""
    names = [name for name in _PARTS if furniture or not name[-1].isdigit()]
    references = (
        "".join(
            f'<w:{name[:-1]}Reference w:type="{"default" if name[-1] == "1" else "first"}" r:id="rId_{name}"/>'
            for name in names
            if name[-1].isdigit()
        )
        if furniture
        else ""
    )
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1531" w:right="1418" w:bottom="1418" '
        'w:left="1418" w:header="794" w:footer="737" w:gutter="0"/>'
        f'{"<w:titlePg/>" if furniture else ""}<w:docGrid w:linePitch="312"/></w:sectPr>'
    )
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>{body}{section}</w:body></w:document>',
        "word/styles.xml": styles_xml(language),
        "word/numbering.xml": numbering_xml(texts["chapter"]),
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator></dc:creator></cp:coreProperties>",
    }
    if furniture:
        parts |= {
            "word/header1.xml": _margin("hdr", "Header", texts["header"]),
            "word/footer1.xml": _margin("ftr", "Footer", texts["footer"]),
            "word/header2.xml": _empty("hdr"),
            "word/footer2.xml": _empty("ftr"),
        }
    return _zip(parts, names)


def _margin(root: str, style: str, text: str) -> str:
    """A line whose `[tab]`, `[page]` and `[pages]` become a tab and page fields."""
    inner = ""
    rest = text
    while rest:
        before, mark, rest = rest.partition("[")
        inner += runs(before)
        if mark:
            word, _, rest = rest.partition("]")
            inner += "<w:r><w:tab/></w:r>" if word == "tab" else _field("PAGE" if word == "page" else "NUMPAGES")
    return f'<w:{root} xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p></w:{root}>'


def _field(name: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _empty(root: str) -> str:
    return f'<w:{root} xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="BidGap"/></w:pPr></w:p></w:{root}>'


def _zip(parts: dict[str, str], names: list[str]) -> bytes:
    def kind(name: str) -> str:
        return name.rstrip("12")

    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_CT}.{kind(name)}+xml"/>' for name in names
    )
    relations = "".join(
        f'<Relationship Id="rId_{name}" Type="{_R}/{kind(name)}" Target="{name}.xml"/>' for name in names
    )
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{_CT}.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
        f'Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
    } | parts
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)),
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}',
            )
    return buffer.getvalue()

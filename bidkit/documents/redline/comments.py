"""Comments of ours in a Word file: the part is made where the file has none, others' comments stay."""

from __future__ import annotations

from lxml import etree

from bidkit.documents.redline.foreign import plain_run
from bidkit.documents.redline.marks import Marker
from bidkit.ingest.align.word_parts import WordParts, parsed_xml
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

PART = "word/comments.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_NAMESPACE = n.w("")[1:-1]


def comment(parts: WordParts, marker: Marker, paragraph: Element, text: str) -> None:
    """Adds a comment with `text` to the content of `paragraph`, which stands in the main part."""
    root = _part(parts)
    entry = marker.mark(root, n.COMMENT)
    key = entry.get(n.ID, "")
    entry.set(n.w("initials"), marker.author[:2])
    body = entry.makeelement(n.P)
    body.append(plain_run(entry, text))
    entry.append(body)
    root.append(entry)
    start = paragraph.makeelement(n.w("commentRangeStart"), {n.ID: key})
    paragraph.insert(1 if paragraph.find(n.PPR) is not None else 0, start)
    paragraph.append(paragraph.makeelement(n.w("commentRangeEnd"), {n.ID: key}))
    run = paragraph.makeelement(n.R)
    run.append(run.makeelement(n.COMMENT_REF, {n.ID: key}))
    paragraph.append(run)


def _part(parts: WordParts) -> Element:
    if PART not in parts.roots:
        parts.roots[PART] = etree.Element(n.w("comments"), nsmap={"w": _NAMESPACE})
        parts.files[PART] = b""
        _add_to(parts, _TYPES, "Override", PartName=f"/{PART}", ContentType=_TYPE)
        _add_to(parts, _RELATIONS, "Relationship", Id="rIdBidkitComments", Type=_KIND, Target="comments.xml")
    return parts.roots[PART]


def _add_to(parts: WordParts, name: str, tag: str, **attributes: str) -> None:
    root = parsed_xml(parts.files[name]) if name in parts.files else None
    if root is None:
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        root = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})  # type: ignore[dict-item]
    space = etree.QName(root).namespace
    etree.SubElement(root, f"{{{space}}}{tag}", attributes)
    parts.files[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

"""A Word file taken as the base of another: its styles, numbering, fonts and theme stay, everything private goes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from bidkit.ingest.docx.package import open_package

Element = Any
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KEPT = frozenset({"styles", "numbering", "fontTable", "theme", "settings", "image", "hyperlink"})
_FURNITURE = frozenset({"header", "footer"})
_TYPES = "[Content_Types].xml"
_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"  # some programs read no prefix here
_EPOCH = (2000, 1, 1, 0, 0, 0)


class WordBase:
    """The main part and the parts it may keep. `furniture` keeps headers and footers: for our own templates."""

    def __init__(self, data: bytes, name: str, *, furniture: bool = False) -> None:
        archive = open_package(data, name).archive
        self._parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
        self._main = self._target("", "officeDocument") or "word/document.xml"
        self._kinds = _KEPT | _FURNITURE if furniture else _KEPT
        self.root = parse(self._parts[self._main])
        self.body = next(child for child in self.root if str(child.tag).endswith("}body"))

    def save(self, title: str, properties: Mapping[str, str]) -> bytes:
        """The file with the body as it is now and these document properties; equal content gives equal bytes.

        No author is named, whoever wrote the base.
        """
        relations, kept = self._relations()
        parts = {
            self._main: _serialised(self.root),
            _rels_of(self._main): relations,
            "_rels/.rels": _root_relations(self._main),
            _CORE: _core(title),
            _CUSTOM: _custom(properties),
            **{part: self._parts[part] for part in kept},
            **{_rels_of(part): self._parts[_rels_of(part)] for part in kept if _rels_of(part) in self._parts},
        }
        settings = posixpath.join(posixpath.dirname(self._main), "settings.xml")
        if settings in parts:
            parts[settings] = _plain_settings(parts[settings])
            parts.pop(_rels_of(settings), None)
        parts[_TYPES] = self._types(parts)
        return _zipped(parts)

    def _target(self, source: str, kind: str) -> str | None:
        for relation in self._relation_list(source):
            if relation.get("Type", "").rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
                return _resolved(source, relation.get("Target", ""))
        return None

    def _relation_list(self, source: str) -> list[Element]:
        part = _rels_of(source)
        return list(parse(self._parts[part])) if part in self._parts else []

    def _relations(self) -> tuple[bytes, list[str]]:
        """The relations of the main part that are still used, and the parts they lead to."""
        used = {value for node in self.root.iter() for name, value in node.attrib.items() if name.startswith(_R)}
        root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=_unprefixed(_RELATIONS))
        kept: list[str] = []
        for relation in self._relation_list(self._main):
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            by_id = kind in ("image", "hyperlink", *_FURNITURE)
            if kind not in self._kinds or (by_id and relation.get("Id") not in used):
                continue
            external = relation.get("TargetMode") == "External"
            target = _resolved(self._main, relation.get("Target", ""))
            if kind == "image" and external:
                continue
            if not external and target not in self._parts:
                continue
            root.append(relation)
            if not external:
                kept.append(target)
        return _serialised(root), kept

    def _types(self, parts: Iterable[str]) -> bytes:
        root = parse(self._parts[_TYPES])
        names = {f"/{part}" for part in parts}
        for entry in list(root):
            if entry.get("PartName") and entry.get("PartName") not in names:
                root.remove(entry)
        stated = {entry.get("PartName") for entry in root}
        for part, kind in ((_CORE, _CORE_TYPE), (_CUSTOM, _CUSTOM_TYPE)):
            if f"/{part}" not in stated:
                etree.SubElement(root, f"{{{root.nsmap[None]}}}Override", PartName=f"/{part}", ContentType=kind)
        return _serialised(root)


def parse(data: bytes) -> Element:
    """The root of `data`; nothing outside the bytes is fetched and no entity is expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _unprefixed(namespace: str, **more: str) -> Any:
    return {None: namespace, **more}


def _resolved(source: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def _rels_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _root_relations(main: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="{main}"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="{_CORE}"/>'
        f'<Relationship Id="rId3" Type="{custom}" Target="{_CUSTOM}"/></Relationships>'
    ).encode()


def _core(title: str) -> bytes:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dc = "http://purl.org/dc/elements/1.1/"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc})
    etree.SubElement(root, f"{{{dc}}}title").text = title
    return _serialised(root)


def _custom(properties: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=_unprefixed(_PROPERTIES, vt=_VT))
    for number, (name, value) in enumerate(properties.items(), start=2):
        one = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(one, f"{{{_VT}}}lpwstr").text = value
    return _serialised(root)


def properties_of(data: bytes, name: str) -> dict[str, str]:
    """The custom document properties of a Word file that are texts; empty where it has none."""
    archive = open_package(data, name).archive
    if _CUSTOM not in archive.NameToInfo:
        return {}
    try:
        root = parse(archive.read(_CUSTOM))
    except etree.XMLSyntaxError:
        return {}
    return {one.get("name", ""): "".join(str(text) for text in one.itertext()) for one in root}


def _plain_settings(data: bytes) -> bytes:
    """Settings without what reaches outside or belongs to the buyer's file: template, mail merge, protection."""
    root = parse(data)
    gone = ("attachedTemplate", "mailMerge", "documentProtection", "writeProtection", "trackRevisions", "rsids")
    for child in list(root):
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in (*gone, "footnotePr", "endnotePr", "docVars"):
            root.remove(child)
    return _serialised(root)


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for part in sorted(parts, key=lambda name: (name != _TYPES, name)):
            entry = zipfile.ZipInfo(part, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[part])
    return buffer.getvalue()

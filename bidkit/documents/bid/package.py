"""A Word package held open for editing: parts, relations, content types; saved the same way every time."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass

from lxml import etree

from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.package import open_package
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.identity import sha256_of

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIXED_DATE = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: the last word of its type, the part it leads to or, when `external`, the address."""

    kind: str
    target: str
    external: bool = False


class Package:
    """The parts of one .docx; `tree(part)` is parsed once and written back by `save`."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._trees: dict[str, Element] = {}
        self.main = self._main()

    @classmethod
    def open(cls, data: bytes, name: str) -> Package:
        """The package in `data`; `name` is for messages. Raises UnreadableFile as the Word reader does."""
        archive = open_package(data, name).archive
        package = cls({entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()})
        if not package.body().tag.startswith("{http://schemas.openxmlformats.org/"):
            raise UnreadableFile(
                "unreadable",
                "the file is strict OOXML, which cannot be edited in place",
                where=name,
                next_step="save it as an ordinary Word document (.docx)",
            )
        return package

    def _main(self) -> str:
        return next((r.target for r in self.relations("").values() if r.kind == "officeDocument"), "word/document.xml")

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def bytes_of(self, part: str) -> bytes:
        """The part as it would be saved now."""
        tree = self._trees.get(part)
        return self._parts[part] if tree is None else _serialised(tree)

    def tree(self, part: str) -> Element:
        """The root element of an XML part; changes to it are saved."""
        if part not in self._trees:
            self._trees[part] = parse(self._parts[part])
        return self._trees[part]

    def document(self) -> Element:
        """The root of the main part."""
        return self.tree(self.main)

    def body(self) -> Element:
        """The body of the main part; raises UnreadableFile where the document has none."""
        for child in self.document():
            if isinstance(child.tag, str) and child.tag.endswith("}body"):
                return child
        raise UnreadableFile(
            "unreadable", "the main part has no body", where=self.main, next_step="open and save it in Word"
        )

    def related(self, kind: str, source: str | None = None) -> str | None:
        """The first part of `kind` ("styles", "numbering", "comments", …) that `source` (the main part) leads to."""
        relations = self.relations(self.main if source is None else source).values()
        return next((r.target for r in relations if r.kind == kind and not r.external and r.target in self), None)

    def related_tree(self, kind: str) -> Element | None:
        """The root of that part, None where the document has no such part."""
        part = self.related(kind)
        return None if part is None else self.tree(part)

    def relations(self, source: str) -> dict[str, Relation]:
        """The relations of `source` by id; "" means the package itself."""
        part = _relations_part(source)
        if part not in self._parts:
            return {}
        folder = posixpath.dirname(source)
        found = {}
        for relation in self.tree(part):
            external = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = Relation(relation.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found

    def relate(self, source: str, relation: Relation) -> str:
        """The id of `relation` from `source`, made where it does not exist yet."""
        present = self.relations(source)
        for key, known in present.items():
            if known == relation:
                return key
        part = _relations_part(source)
        if part not in self._parts:
            self._parts[part] = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        number = len(present) + 1
        while f"rId{number}" in present:
            number += 1
        made = etree.SubElement(self.tree(part), f"{{{_RELATIONS}}}Relationship")
        made.set("Id", f"rId{number}")
        made.set("Type", OFFICE + relation.kind)
        if relation.external:
            made.set("Target", relation.target)
            made.set("TargetMode", "External")
        else:
            made.set("Target", posixpath.relpath("/" + relation.target, "/" + posixpath.dirname(source)))
        return f"rId{number}"

    def drop_relations(self, source: str, ids: set[str]) -> None:
        """Removes relations of `source`."""
        part = _relations_part(source)
        if part in self._parts:
            for relation in [r for r in self.tree(part) if r.get("Id") in ids]:
                self.tree(part).remove(relation)

    def rename_relation(self, source: str, old: str, new: str) -> None:
        """Gives a relation of `source` another id."""
        for relation in self.tree(_relations_part(source)):
            if relation.get("Id") == old:
                relation.set("Id", new)

    def put(self, part: str, data: bytes, content_type: str) -> str:
        """Adds or replaces a part and states its type; the name used."""
        self._parts[part] = data
        self._trees.pop(part, None)
        types = self.tree(_TYPES_PART)
        name = "/" + part
        for override in types:
            if override.get("PartName") == name:
                override.set("ContentType", content_type)
                return part
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=name, ContentType=content_type)
        return part

    def content_type(self, part: str) -> str:
        """The stated type of a part, by its own entry or its extension; "" where neither says."""
        extension = part.rsplit(".", 1)[-1].lower()
        default = ""
        for entry in self.tree(_TYPES_PART):
            if entry.get("PartName") == "/" + part:
                return entry.get("ContentType", "")
            if (entry.get("Extension") or "").lower() == extension:
                default = entry.get("ContentType", "")
        return default

    def put_media(self, data: bytes, extension: str, content_type: str) -> str:
        """A media part with these bytes, named after them, so that the same picture is kept once."""
        return self.put(f"word/media/bid-{sha256_of(data)[:16]}.{extension}", data, content_type)

    def ensure(self, kind: str, root: str) -> Element:
        """The root of the main part's `kind` ("comments", "numbering"), made empty where there is none."""
        part = self.related(kind)
        if part is None:
            part = f"word/{kind}.xml"
            namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            self.put(part, f'<w:{root} xmlns:w="{namespace}"/>'.encode(), f"{_WORD}.{kind}+xml")
            self.relate(self.main, Relation(kind, part))
        return self.tree(part)

    def save(self) -> bytes:
        """The package as bytes; equal content gives equal bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            for part in sorted(self._parts, key=lambda name: (name != _TYPES_PART, name)):
                entry = zipfile.ZipInfo(part, _FIXED_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, self.bytes_of(part))
        return buffer.getvalue()


def parse(data: bytes) -> Element:
    """The root of `data`; nothing outside the bytes is fetched and no entity is expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _serialised(tree: Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations_part(source: str) -> str:
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")

"""Taking blocks from one Word file into another with everything they lean on: styles, lists, pictures, notes."""

from __future__ import annotations

import copy
import posixpath

from lxml import etree

from bidkit.documents.bid.look import style_ids
from bidkit.documents.bid.package import Package, Relation
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.kernel.identity import sha256_of

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STYLE_REFERENCES = (n.P_STYLE, n.R_STYLE, n.w("tblStyle"))
_STYLE_LINKS = (n.w("basedOn"), n.w("next"), n.w("link"))
_NUM, _ABSTRACT, _ABSTRACT_ID = n.w("num"), n.w("abstractNum"), n.w("abstractNumId")
_BOOKMARKS = (n.w("bookmarkStart"), n.w("bookmarkEnd"))
_COMMENTS = (n.w("commentRangeStart"), n.w("commentRangeEnd"), n.COMMENT_REF)
_NOTES = {n.FOOTNOTE_REF: ("footnotes", n.FOOTNOTE), n.ENDNOTE_REF: ("endnotes", n.ENDNOTE)}
_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class Carrier:
    """Copies elements of `source` so that they stand in `target` as they stood where they came from."""

    def __init__(self, source: Package, target: Package) -> None:
        self._source, self._target = source, target
        self._styles: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._relations: dict[str, str] = {}
        self._comments: dict[str, str] = {}
        self._notes: dict[tuple[str, str], str] = {}
        self._bookmarks: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._source_names = _names_by_id(source)
        styles = target.related_tree("styles")
        self._target_ids = {} if styles is None else style_ids(styles)
        self._same_styles = _same(source, target, "styles")
        self._same_lists = _same(source, target, "numbering")
        self._next_id = _highest(target, _BOOKMARKS) + 1
        self._next_drawing = 2000 + sum(1 for _ in target.document().iter(_DRAWING_ID))

    def carry(self, element: Element) -> Element:
        """A copy of `element` for the target. Section breaks inside it are left behind: the target has its own."""
        made = copy.deepcopy(element)
        self._adopt(made)
        for section in list(made.iter(n.SECT_PR)):
            parent = section.getparent()
            if parent is not None:
                parent.remove(section)
        return made

    def _adopt(self, made: Element) -> None:
        for node in made.iter(etree.Element):
            tag = node.tag
            if tag in _STYLE_REFERENCES:
                node.set(n.VAL, self._style(node.get(n.VAL, "")))
            elif tag == n.NUM_ID:
                node.set(n.VAL, self._list(node.get(n.VAL, "0")))
            elif tag in _BOOKMARKS:
                self._bookmark(node)
            elif tag in _COMMENTS:
                node.set(n.ID, self._comment(node.get(n.ID, "")))
            elif tag in _NOTES:
                node.set(n.ID, self._note(tag, node.get(n.ID, "")))
            elif tag == _DRAWING_ID:
                self._next_drawing += 1
                node.set("id", str(self._next_drawing))
            for name, value in node.attrib.items():
                if isinstance(name, str) and name.startswith(_R):
                    node.set(name, self._relation(str(value)))

    def _bookmark(self, node: Element) -> None:
        old = node.get(n.ID, "")
        if node.tag == _BOOKMARKS[0] or old not in self._bookmarks:
            self._bookmarks[old] = str(self._next_id)
            self._next_id += 1
        node.set(n.ID, self._bookmarks[old])

    def _style(self, style: str) -> str:
        if self._same_styles or not style:
            return style
        if style not in self._styles:
            name = self._source_names.get(style, "")
            known = self._target_ids.get(name) if name else None
            self._styles[style] = known if known is not None else self._import_style(style, name)
        return self._styles[style]

    def _import_style(self, style: str, name: str) -> str:
        styles, own = self._target.related_tree("styles"), self._source.related_tree("styles")
        found = None if own is None else next((s for s in own if s.get(n.STYLE_ID) == style), None)
        if styles is None or found is None or not name:
            return style
        taken = set(self._target_ids.values())
        made_id = style if style not in taken else f"{style}X{len(taken)}"
        # Known before its links are followed: styles may name each other.
        self._styles[style] = self._target_ids[name] = made_id
        made = copy.deepcopy(found)
        made.set(n.STYLE_ID, made_id)
        if made.get(n.w("default")) is not None:
            del made.attrib[n.w("default")]
        for link in made.iterchildren(*_STYLE_LINKS):
            link.set(n.VAL, self._style(link.get(n.VAL, "")))
        for number in made.iter(n.NUM_ID):
            number.set(n.VAL, self._list(number.get(n.VAL, "0")))
        styles.append(made)
        return made_id

    def _list(self, number: str) -> str:
        if self._same_lists or number in ("", "0"):
            return number
        if number not in self._lists:
            self._lists[number] = number
            self._lists[number] = self._import_list(number)
        return self._lists[number]

    def _import_list(self, number: str) -> str:
        own = self._source.related_tree("numbering")
        if own is None:
            return "0"
        num = next((e for e in own.iterchildren(_NUM) if e.get(n.NUM_ID) == number), None)
        named = None if num is None else num.find(_ABSTRACT_ID)
        wanted = None if named is None else named.get(n.VAL)
        abstract = next((e for e in own.iterchildren(_ABSTRACT) if e.get(_ABSTRACT_ID) == wanted), None)
        if num is None or abstract is None:
            return "0"
        lists = self._target.ensure("numbering", "numbering")
        abstracts = list(lists.iterchildren(_ABSTRACT))
        new_abstract = str(max((n.number(a.get(_ABSTRACT_ID)) for a in abstracts), default=0) + 1)
        made = copy.deepcopy(abstract)
        made.set(_ABSTRACT_ID, new_abstract)
        for unique in list(made.iterchildren(n.w("nsid"), n.w("tmpl"))):
            made.remove(unique)
        for linked in made.iter(n.P_STYLE, n.w("numStyleLink"), n.w("styleLink")):
            linked.set(n.VAL, self._style(linked.get(n.VAL, "")))
        lists.insert(len(abstracts), made)
        new_number = str(max((n.number(e.get(n.NUM_ID)) for e in lists.iterchildren(_NUM)), default=0) + 1)
        copied = copy.deepcopy(num)
        copied.set(n.NUM_ID, new_number)
        reference = copied.find(_ABSTRACT_ID)
        if reference is not None:
            reference.set(n.VAL, new_abstract)
        lists.append(copied)
        return new_number

    def _relation(self, key: str) -> str:
        if key not in self._relations:
            relation = self._source.relations(self._source.main).get(key)
            if relation is None:
                return key
            target = relation.target if relation.external else self._part(relation.target)
            made = Relation(relation.kind, target, relation.external)
            self._relations[key] = self._target.relate(self._target.main, made)
        return self._relations[key]

    def _part(self, part: str) -> str:
        """The target's name of a source part, copied with the parts it leads to."""
        if part in self._parts or part not in self._source:
            return self._parts.get(part, part)
        data = self._source.bytes_of(part)
        folder, file = posixpath.split(part)
        name = part
        if name in self._target and self._target.bytes_of(name) != data:
            name = posixpath.join(folder, f"c{sha256_of(data)[:12]}-{file}")
        self._parts[part] = name
        if name not in self._target:
            self._target.put(name, data, self._source.content_type(part))
            for key, relation in self._source.relations(part).items():
                target = relation.target if relation.external else self._part(relation.target)
                made = self._target.relate(name, Relation(relation.kind, target, relation.external))
                if made != key:
                    # The part's own bytes name the old key, so it must stay.
                    self._target.rename_relation(name, made, key)
        return name

    def _comment(self, key: str) -> str:
        if key not in self._comments:
            own = self._source.related_tree("comments")
            found = None if own is None else next((c for c in own if c.get(n.ID) == key), None)
            comments = self._target.ensure("comments", "comments")
            number = str(max((n.number(c.get(n.ID), -1) for c in comments), default=-1) + 1)
            self._comments[key] = number
            if found is not None:
                made = copy.deepcopy(found)
                made.set(n.ID, number)
                comments.append(made)
        return self._comments[key]

    def _note(self, tag: str, key: str) -> str:
        kind, element = _NOTES[tag]
        if (tag, key) not in self._notes:
            own = self._source.related_tree(kind)
            found = None if own is None else next((c for c in own if c.get(n.ID) == key), None)
            notes = self._target.ensure(kind, kind)
            number = str(max((n.number(c.get(n.ID), 0) for c in notes), default=0) + 1)
            self._notes[tag, key] = number
            if found is not None:
                made = copy.deepcopy(found)
                made.tag = element
                made.set(n.ID, number)
                for style in made.iter(*_STYLE_REFERENCES):
                    style.set(n.VAL, self._style(style.get(n.VAL, "")))
                notes.append(made)
        return self._notes[tag, key]


def _names_by_id(package: Package) -> dict[str, str]:
    styles = package.related_tree("styles")
    return {} if styles is None else {style: name for name, style in style_ids(styles).items()}


def _same(source: Package, target: Package, kind: str) -> bool:
    one, other = source.related(kind), target.related(kind)
    return one is not None and other is not None and source.bytes_of(one) == target.bytes_of(other)


def _highest(package: Package, tags: tuple[str, ...]) -> int:
    return max((n.number(node.get(n.ID)) for node in package.document().iter(*tags)), default=0)

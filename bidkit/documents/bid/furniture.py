"""Styles, headers and footers of three versions: a person's changes stay, new looks of the template come in."""

from __future__ import annotations

import copy

from lxml import etree

from bidkit.documents.bid.look import style_ids
from bidkit.documents.bid.package import Package
from bidkit.documents.bid.reading import text_of
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_REFERENCES = (n.w("headerReference"), n.w("footerReference"))
_KEPT = (n.NAME, n.w("basedOn"), n.w("next"), n.w("link"))
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def merge_styles(base: Package, theirs: Package, ours: Package) -> None:
    """Takes over each style the template changed and the person did not."""
    if _same(base, ours, "styles"):
        return
    old, mine, new = (package.related_tree("styles") for package in (base, theirs, ours))
    if old is None or mine is None or new is None:
        return
    olds, mines, news = (_by_name(root) for root in (old, mine, new))
    for name, style in news.items():
        before, now = olds.get(name), mines.get(name)
        if now is None or before is None or _looks(now) != _looks(before) or _looks(before) == _looks(style):
            continue
        for child in [c for c in now if c.tag not in _KEPT]:
            now.remove(child)
        now.extend([copy.deepcopy(c) for c in style if c.tag not in _KEPT])


def merge_furniture(base: Package, theirs: Package, ours: Package) -> None:
    """Takes over each header and footer whose words the source changed and the person did not."""
    olds, mines, news = (_margins(package) for package in (base, theirs, ours))
    for place, new in news.items():
        old, mine = olds.get(place), mines.get(place)
        if old is None or mine is None:
            continue
        if _words(theirs, mine) != _words(base, old) or _words(base, old) == _words(ours, new):
            continue
        root, source = theirs.tree(mine), ours.tree(new)
        if ours.relations(new):
            continue  # a picture would have to come along
        ids = {} if (styles := theirs.related_tree("styles")) is None else style_ids(styles)
        names = {} if (own := ours.related_tree("styles")) is None else {v: k for k, v in style_ids(own).items()}
        for child in list(root):
            root.remove(child)
        for child in source:
            made = copy.deepcopy(child)
            for style in made.iter(n.P_STYLE, n.R_STYLE):
                known = names.get(style.get(n.VAL, ""), "")
                style.set(n.VAL, ids.get(known, style.get(n.VAL, "")))
            root.append(made)


def _by_name(root: Element) -> dict[str, Element]:
    by_id = {style.get(n.STYLE_ID, ""): style for style in root.iterchildren(n.w("style"))}
    return {name: by_id[key] for name, key in style_ids(root).items() if key in by_id}


def _looks(style: Element) -> bytes:
    made = copy.deepcopy(style)
    for child in [c for c in made if c.tag not in (n.PPR, n.RPR, n.TBLPR, n.w("tblStylePr"))]:
        made.remove(child)
    made.attrib.clear()
    etree.cleanup_namespaces(made)
    return etree.tostring(made, method="c14n")


def _margins(package: Package) -> dict[str, str]:
    """ "header default" and the like -> part, of the last section."""
    section = package.body().find(n.SECT_PR)
    relations = package.relations(package.main)
    found = {}
    for reference in () if section is None else section.iterchildren(*_REFERENCES):
        relation = relations.get(reference.get(_RELATION, ""))
        if relation is not None and relation.target in package:
            found[f"{relation.kind} {reference.get(n.TYPE, 'default')}"] = relation.target
    return found


def _words(package: Package, part: str) -> str:
    return " ".join(text_of(package.tree(part)).split())


def _same(one: Package, other: Package, kind: str) -> bool:
    first, second = one.related(kind), other.related(kind)
    return first is not None and second is not None and one.bytes_of(first) == other.bytes_of(second)

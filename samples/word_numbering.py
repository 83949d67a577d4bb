"""Automatic numbering for the Word samples: abstract definitions and a fresh instance for every restart."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

# name -> levels of (number format, printed pattern)
LISTS = {
    "zh_outline": [
        ("chineseCountingThousand", "第%1章"),
        ("chineseCountingThousand", "%2、"),
        ("chineseCountingThousand", "（%3）"),
    ],
    "en_outline": [("decimal", "Section %1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")],
    "articles": [("chineseCountingThousand", "第%1条")],
    "clauses": [("decimal", "%1."), ("decimal", "%1.%2")],
    "zh_items": [("decimal", "%1."), ("decimal", "（%2）")],
    "en_items": [("lowerLetter", "(%1)"), ("lowerRoman", "(%2)")],
    "star": [("none", "★")],
}
_FIRST_ID = 40


class Numbering:
    """Gives out numbering instances of one document."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        for element in list(self._root):
            self._root.remove(element)
        self._abstract = {name: _FIRST_ID + index for index, name in enumerate(LISTS)}
        for name, levels in LISTS.items():
            self._root.append(_abstract_xml(self._abstract[name], levels))
        self._next = 1

    def instance(self, name: str) -> int:
        """A new list of this kind that starts again at one."""
        number, self._next = self._next, self._next + 1
        restarts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in range(len(LISTS[name]))
        )
        kind = f'<w:abstractNumId w:val="{self._abstract[name]}"/>'
        self._root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{kind}{restarts}</w:num>'))
        return number


def put_in_list(properties: Any, number: int, level: int) -> None:
    """Makes paragraph (or style) properties part of list `number`."""
    old = properties.find(qn("w:numPr"))
    if old is not None:
        properties.remove(old)
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def _abstract_xml(number: int, levels: list[tuple[str, str]]) -> Any:
    body = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (form, pattern) in enumerate(levels)
    )
    head = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
    return parse_xml(f"{head}{body}</w:abstractNum>")

"""List and clause numbers typed into a text: where they end and which list they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "一二三四五六七八九十百零〇"
# A number before one of these is a value ("2.5米", "3.5 mm"), not a clause number.
_UNIT = (
    r"(?:\s*(?:%|％|‰|℃|°|米|倍|元(?!件)|万|亿|年(?!度)|个(?!人)|月(?!度)|日(?![常志])|天|小时|"
    r"分(?![包项])|秒|台(?!账)|套|人(?![员力])|次(?!数)|份(?!额)|路(?!由)|英寸|寸|吨|平方|立方|千|"
    r"mm|cm|km|m2|m³|kg|mg|ml|mL|GB|TB|MB|GHz|MHz|Hz|kW|kV|V|W|A(?! [a-z])|L|"
    r"dB|bit|x|×|\*|~|～|-|±|≥|≤|/)(?![a-zA-Z]{3}))"
)
_SHAPES: tuple[tuple[str, str], ...] = (
    ("chapter", rf"第\s*[{_CN}\d]+\s*[章册卷编篇]|第\s*[{_CN}\d]+\s*部分"),
    ("section", rf"第\s*[{_CN}\d]+\s*节"),
    ("article", rf"第\s*[{_CN}\d]+\s*条"),
    ("cn-paren", rf"[（(]\s*[{_CN}]{{1,3}}\s*[)）]"),
    ("cn", rf"[{_CN}]{{1,3}}\s*[、.．，]"),
    ("letter-dec", r"[A-Z](?:\.\d{1,3})+\.?(?=\s|$)"),
    ("dec", rf"\d{{1,3}}(?:[.．]\d{{1,3}})+(?:[.．、](?!\d))?(?!\d)(?!{_UNIT})"),
    ("paren", r"[（(]\s*\d{1,3}\s*[)）]"),
    ("half-paren", r"\d{1,3}\s*[)）]"),
    ("dot", rf"\d{{1,3}}\s*[、．.](?!\d)(?!{_UNIT})"),
    ("circle", r"[①-⑳⑴-⒇⒈-⒛❶-❿]"),
    ("roman-paren", r"[（(]\s*[ivx]{1,6}\s*[)）](?=\s|\S)"),
    ("roman", r"[ivx]{1,6}[.)](?=\s)"),
    ("letter-paren", r"[（(]\s*[A-Za-z]\s*[)）]"),
    ("letter", r"[A-Za-z][.)](?=\s)|[A-Za-z][)、）]"),
    ("bullet", r"[•●◆▪■○◇➢➤▶·\uf06c\uf0b7\uf0d8](?=\s|[^\s])|[-–—*o](?=\s)"),
)
_NUMBER = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (_, pattern) in enumerate(_SHAPES)))
_MARK = re.compile(r"[★▲※#＃☆△*＊]+")
_SPACE = re.compile(r"[\s\u3000]*")
# Where a mark is also an ordinary sign ("* " as a bullet, "#1" as a number), only these count without a legend.
SURE_MARKS = frozenset("★▲※☆△")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before the words of a piece: `label` and `mark` ("" where absent), and where the words start."""

    label: str
    shape: str
    mark: str
    end: int


def read_lead(text: str, rendered: str = "") -> Lead:
    """The printed number and mark at the start of `text`; `rendered` is a number a word processor put before it.

    Handles marks before, inside and after the number ("★2.1", "1.1★", "★（一）"). `shape` names the list family,
    "" without a number; decimal numbers of n parts have the shape "dec<n>".
    """
    at, label, shape, mark = _SPACE.match(text).end(), "", "", ""  # type: ignore[union-attr]
    if rendered:
        label, shape, mark = _rendered(rendered)
    for _ in range(3):
        marked = _MARK.match(text, at)
        if marked and not mark and _is_mark(marked.group(), text, marked.end()):
            mark, at = marked.group()[0], _skip(text, marked.end())
            continue
        numbered = _NUMBER.match(text, at)
        if numbered and not label:
            label, shape = numbered.group().strip(), _shape(numbered)
            at = _skip(text, numbered.end())
            continue
        break
    return Lead(label, shape, mark, at)


def shape_of(label: str) -> str:
    """The list family of a printed label, "" when it is none."""
    found = _NUMBER.match(f"{label.strip()} ")
    return _shape(found) if found else ("bullet" if label.strip() else "")


def _rendered(label: str) -> tuple[str, str, str]:
    bare = label.strip()
    marks = [c for c in bare if c in SURE_MARKS]
    number = "".join(c for c in bare if c not in SURE_MARKS).strip()
    return number, shape_of(number) if number else "bullet", marks[0] if marks else ""


def _shape(found: re.Match[str]) -> str:
    name = _SHAPES[int((found.lastgroup or "s0")[1:])][0]
    if name == "dec":
        return f"dec{len(re.findall(r'[0-9]+', found.group()))}"
    return name


def _is_mark(sign: str, text: str, end: int) -> bool:
    if sign[0] in SURE_MARKS:
        return True
    return end < len(text) and not text[end].isspace()


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]

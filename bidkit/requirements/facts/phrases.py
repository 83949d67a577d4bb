"""Names, places and short printed terms out of a reading."""

from __future__ import annotations

import re

from bidkit.kernel.language import Language
from bidkit.requirements.facts.cover import names_a_body
from bidkit.requirements.facts.cues import answers, methods
from bidkit.requirements.facts.options import chosen_option
from bidkit.requirements.facts.reading import Reading
from bidkit.terms.dates import find_dates
from bidkit.terms.quantities import find_quantities

_NAMED = re.compile(r"(?:名\s*称|name)\s*[：:]\s*", re.IGNORECASE)
_NAME_END = re.compile(
    r"\s*(?:地\s*址|联\s*系|电\s*话|邮\s*编|传\s*真|项目编号|采购编号|招标编号|（盖章|\(盖章|（公章|（以下|\(以下|（招标编号|(?:采购|招标)?代理机构\s*[（(：:]|备案单位|address|phone|e-?mail|contact)|[。；;|]|\s{4,}|<br",
    re.IGNORECASE,
)
_EDGE = " \t*_：:，,。；;“”\"'‘’《》|~"
_ENGLISH_END = re.compile(
    r"\s+(?:RF[PQ]\b|will\b|shall\b|is\b|are\b|has\b|who\b|which\b|that\b|to (?:procure|provide|purchase|obtain)\b).*"
)
_SENTENCE_END = {Language.ZH: re.compile(r"[。；;\n]"), Language.EN: re.compile(r"(?<=[a-z)%0-9])[.;](?=\s|$)|\n")}
_LONGEST = {Language.ZH: 90, Language.EN: 330}
_LONGEST_TERM = {Language.ZH: 60, Language.EN: 240}
_LONGEST_STAGES = {Language.ZH: 240, Language.EN: 340}
_LONGEST_NAME = {Language.ZH: 60, Language.EN: 180}
_LIST_ITEM = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]+[)）.、．]|第[一二三四五六七八九十]+[次笔期阶])")
_WRAPPED = {Language.ZH: 32, Language.EN: 70}
_PERIODS = frozenset({"day", "week", "month", "year", "hour"})
_TERM = re.compile(r"\b(?:longer|greater of)\b[^.]{0,80}\bterm\b|\bmaximum time\b", re.IGNORECASE)
_COPIES = re.compile(r"[\d一壹二贰两三叁四肆五伍]\s*[份套本正]|cop(?:y|ies)|original", re.IGNORECASE)
_MONEY_WORD = re.compile(r"[%％]|支付|付款|结算|付清|invoice|pay", re.IGNORECASE)


def name(reading: Reading) -> str | None:
    """The name of a project or body: the first line, or what follows 名称：; None for blanks and sentences."""
    text = reading.text.strip()
    if not text:
        in_text = reading.language is Language.EN and reading.line.cell is None
        text = "" if in_text and not _heads_a_body(reading) else reading.tail
    named = _NAMED.search(text[:80])
    if named:
        text = text[named.end() :]
    first, _, rest = text.strip().partition("\n")
    rest = rest or ("" if "\n" in text.strip() else reading.tail)
    if reading.line.cell is not None and reading.key == "buyer" and 0 < len(rest) < 60 and "\n" not in rest:
        first += f", {rest}" if reading.language is Language.EN else ""
    if reading.key == "buyer" and not reading.text.strip():
        first = _with_division(first, rest, reading.language)
    on_page = reading.line.cell is None or reading.line.block.anchor.page is not None
    wrapped = on_page and not reading.stated
    if rest and wrapped and _runs_on(first, reading):
        first += ("" if reading.language is Language.ZH else " ") + rest.split("\n")[0]
    value = _NAME_END.split(first.strip(_EDGE), maxsplit=1)[0].strip(_EDGE)
    if reading.language is Language.ZH:
        value = re.split(r"[，,]", value, maxsplit=1)[0]
    else:
        value = _ENGLISH_END.split(value, maxsplit=1)[0].strip(_EDGE)
    if reading.line.cell is not None and "（" in rest[:2] and reading.language is Language.ZH:
        value += rest.split("\n")[0].strip()
    if not value or answers("blank").search(value) or answers("refer").search(value):
        return None
    if len(value) > _LONGEST_NAME[reading.language] or len(value) < 3:
        return None
    return re.sub(r"\s+", " ", value.replace("<br>", " "))


def _heads_a_body(reading: Reading) -> bool:
    """Whether a label printed alone with its colon stands above the name of a body."""
    below = reading.tail.split("\n")[0]
    return reading.key == "buyer" and reading.line.text.endswith(":") and names_a_body(below, reading.language)


def _with_division(first: str, rest: str, language: Language) -> str:
    """A body with the part of it that the next line names, where a cover prints them below each other."""
    below = rest.split("\n", maxsplit=1)[0].strip()
    both = all(names_a_body(text, language) and len(text) < _WRAPPED[language] for text in (first, below))
    return f"{first}, {below}" if both and language is Language.EN and not re.search(r"[:.]$", below) else first


def _runs_on(first: str, reading: Reading) -> bool:
    following = reading.tail.split("\n")[0]
    if _LIST_ITEM.match(following) or re.search(r"[：:]", following[:16]):
        return False
    long_line = len(reading.line.text) >= _WRAPPED[reading.language] and reading.line.block.anchor.page is not None
    open_end = first.count("（") > first.count("）") or first.endswith(("—", "、", "–"))
    return open_end or (long_line and not re.search(r"[。；;.]$", first))


def place(reading: Reading) -> str | None:
    """A place of opening; what stands before the place (date, label) is cut off."""
    text = "\n".join(part for part in (reading.text.strip(), _address(reading)) if part)
    found = find_dates(text)
    if found:
        text = text[found[-1].end :].lstrip(" （）()北京时间\n")
        text = re.sub(r"^\s*(?:开标)?地点[：:]?|^\s*(?:时|整)?[，,]?在|^[\s,]*(?:at|in)\s+(?=[\dA-Z])", "", text)
    value = re.split(
        r"[。；;]|(?<=[室厅楼层])(?=[二三四五六七八九十]、)|\n(?=[（(\d一二三四五六七八九十]+[)）.、．])",
        text.strip(_EDGE + "\n"),
        maxsplit=1,
    )[0].strip(_EDGE)
    value = re.split(r"，(?:届时|请)", re.sub(r"\s+", " ", value), maxsplit=1)[0]
    if len(value) < 4 or len(value) > 160 or answers("blank").search(value) or _refers(value):
        return None
    return value


def _refers(value: str) -> bool:
    """Whether a value only says where to look, with or without the label it repeats."""
    return any(answers("refer").search(part) for part in (value, value.rpartition("：")[2]))


def _address(reading: Reading) -> str:
    """The next line where the value is empty or the address stands below the host's name."""
    first = reading.tail.split("\n")[0]
    if not reading.text.strip():
        return first
    return (
        first
        if re.search(r"[路街道号楼室厅]", first)
        and not re.search(r"[路街道号楼室厅]", reading.text)
        and len(first) < 60
        and not re.search(r"[：:。]", first)
        else ""
    )


def phrase(reading: Reading) -> str | None:
    """A term as printed, short: up to the end of its sentence; None without any number in a period or count."""
    text = _text(reading)
    value = _first_sentence(text, reading.language, _LONGEST_TERM[reading.language])
    if not value or answers("blank").search(value) or answers("refer").search(value):
        return None
    periods = any(quantity.unit in _PERIODS for quantity in find_quantities(value))
    return value if periods or find_dates(value) or (reading.language is Language.EN and _TERM.search(value)) else None


def stages(reading: Reading) -> str | None:
    """Payment terms as printed: the first sentences, with the list items below that carry a share."""
    limit = _LONGEST_STAGES[reading.language]
    value = _with_items(reading)[:limit]
    if len(value) == limit:
        cut = max((value.rfind(mark) for mark in "。；;\n."), default=-1)
        value = value[:cut] if cut > limit // 3 else value
    value = re.sub(r"\s*\n\s*", " ", value).strip(_EDGE)
    if len(value) < 6 or answers("refer").search(value) or not _MONEY_WORD.search(value):
        return None
    return None if "___" in value or "＿＿" in value or re.search(r"【\s*】|\s{4,}[%％元]", value) else value


def _with_items(reading: Reading) -> str:
    """The text with the lines below it as long as they go on listing payments."""
    text = reading.text.strip()
    if text and (reading.stated or reading.line.cell is not None):
        return text
    parts = [text] if text else []
    for line in reading.tail.split("\n"):
        ends = bool(parts) and parts[-1].endswith(("。", ".")) and not _LIST_ITEM.match(line)
        if ends or (parts and not _MONEY_WORD.search(line) and _LIST_ITEM.match(line)):
            break
        parts.append(line)
    return ("" if reading.line.block.anchor.page and reading.language is Language.ZH else " ").join(parts)


def method(reading: Reading) -> str | None:
    """The evaluation method by its own name, else the printed clause."""
    text = reading.text.strip() or reading.tail.strip()
    chosen = chosen_option(text[: _LONGEST[reading.language]])
    if not chosen:
        return None
    known = methods().search(chosen)
    if known:
        return known[0]
    value = _first_sentence(chosen, reading.language, _LONGEST[reading.language])
    if reading.language is Language.ZH and (len(value) > 60 or not re.search(r"由低到高", value)):
        return None
    return None if len(value) < 3 or answers("refer").search(value) or answers("blank").search(value) else value


def copies(reading: Reading) -> str | None:
    """How many copies are asked, as printed up to the full stop."""
    text = reading.text.strip() or reading.tail.strip()
    if reading.text and reading.tail and not re.search(r"[。.]$", text) and text not in reading.tail:
        text = f"{text}\n{reading.tail}"
    value = re.split(r"。|\n(?=[（(]?[\d一二三四五六七八九十]+[)）.、．\s])", text, maxsplit=1)[0]
    value = re.sub(r"\s*\n\s*", " ", value)[: _LONGEST[reading.language]].strip(_EDGE)
    return value if _COPIES.search(value) else None


def _text(reading: Reading) -> str:
    text = reading.text.strip()
    if not text:
        return reading.tail.strip()
    if reading.stated:
        return text
    following = reading.tail.split("\n")[0]
    runs_on = not re.search(r"[。；;.]$", text) and len(reading.line.text) >= _WRAPPED[reading.language]
    if following and reading.line.cell is None and runs_on and not _LIST_ITEM.match(following):
        return _joined(text, reading) if reading.line.block.anchor.page else text
    return text


def _joined(text: str, reading: Reading) -> str:
    glue = "" if reading.language is Language.ZH else " "
    return text + glue + glue.join(reading.tail.split("\n"))


def _first_sentence(text: str, language: Language, limit: int) -> str:
    chosen = chosen_option(text[:limit]) or ""
    parts = _SENTENCE_END[language].split(chosen)
    value = parts[0].strip(_EDGE)
    for part in parts[1:]:
        if len(value) >= 6:
            break
        value = f"{value} {part.strip(_EDGE)}".strip()
    if len(value) > limit:
        value = value[:limit].rsplit("，" if language is Language.ZH else " ", 1)[0]
    return "" if value and not find_quantities(value) and len(value) < 2 else value

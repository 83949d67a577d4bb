"""An addendum that lists its changes -> one instruction for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import language_of
from bidkit.requirements.changes.cues import first, patterns
from bidkit.requirements.numbering import read_lead, shape_of
from bidkit.requirements.sentences import sentences

_ACTS = ("change", "before", "after", "set", "remove", "add", "update")
_LEFT_OUT = frozenset({BlockKind.TOC_LINE, BlockKind.FURNITURE, BlockKind.COMMENT})
_INLINE_ITEM = re.compile(r"(?<=[:：;；.。?？]\s)(?=\d{1,2}[.)、]\s)|(?<=[.;:]\s)(?=\*\s)")
_ITEM = re.compile(r"^\s*\d{1,3}[.)、．]\s+")
_QUOTED = re.compile(r"^[“\"「]([^“”\"「」]+)[”\"」][。.;；,，]?$")
_LONGEST = 4_000
_POINTER = 80  # characters of an answer that only points to another place
_TITLE_LINES = 12
_SHORTEST = 15  # characters of a demand; shorter items of a list are names
_FOLLOWING = 30  # lines that may belong to an instruction


@dataclass(frozen=True, slots=True)
class Instruction:
    """One ordered change. `act` is "change" (old text given), "set" (new text given), "remove", "add", "update" (which
    place, not what) or "answer" (`where` is the question, `new` the answer).

    `where` is what the addendum says about the place, `text` its own sentence, `anchor` the place in the addendum.
    """

    act: str
    where: str
    old: str
    new: str
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    anchor: Anchor
    shape: str = ""  # of its number
    heading: bool = False

    @property
    def bare(self) -> str:
        """The line without a bullet before it."""
        return self.text[read_lead(self.text).end :] if self.shape == "bullet" else self.text


@dataclass(slots=True)
class _Reading:
    found: list[Instruction] = field(default_factory=list)
    before: tuple[str, str, _Line] | None = None  # (where, old, line) that waits for its new text
    question: list[str] = field(default_factory=list)
    asked: bool = False
    listing: str | None = None  # below a title that announces changes: the shape of its number


def read_instructions(document: SourceDocument) -> list[Instruction]:
    """Every change the document orders and every answer it gives, in reading order; [] where it orders nothing."""
    state = _Reading()
    lines: list[_Line] = []
    tables: dict[int, tuple[int | None, int | None, int | None, str]] = {}
    for block in document.blocks:
        if block.kind in _LEFT_OUT or not block.text.strip(" |\n"):
            continue
        if block.kind is BlockKind.TABLE_ROW and block.place is not None:
            if _columns(block, tables):
                continue
            if (columns := tables.get(block.place.table)) is not None:
                state.found += _from_row(block, columns)
                continue
        lines += _lines(block)
    titled = any(first("qa_title", line.text[:120]) for line in lines[:_TITLE_LINES])
    if titled and not any(first("answer", line.bare) for line in lines):
        state.found += _numbered_answers(lines)
    else:
        _read_lines(lines, state)
    return sorted(state.found, key=lambda one: one.anchor.block)


def _columns(block: Block, tables: dict[int, tuple[int | None, int | None, int | None, str]]) -> bool:
    """Whether the row is the header of a table of changes or answers; its columns are noted then."""
    assert block.place is not None
    texts = {cell.column: cell.text.strip() for cell in block.cells if not cell.continued}
    for before, after, act in (
        ("before_column", "after_column", "change"),
        ("question_column", "answer_column", "answer"),
    ):
        # A table of answers may count its questions in a column "Question #" before the questions themselves.
        old = next((c for c, text in reversed(texts.items()) if len(text) < 40 and first(before, text)), None)
        new = next((c for c, text in texts.items() if c != old and len(text) < 40 and first(after, text)), None)
        if old is not None and new is not None:
            where = next((c for c, t in texts.items() if c not in (old, new) and first("where_column", t)), None)
            tables[block.place.table] = old, new, where, act
            return True
    return False


def _from_row(block: Block, columns: tuple[int | None, int | None, int | None, str]) -> Iterator[Instruction]:
    old_at, new_at, where_at, act = columns
    texts = {cell.column: cell.text.strip() for cell in block.cells}
    old, new = texts.get(old_at or 0, ""), texts.get(new_at or 0, "")
    where = texts.get(where_at, "") if where_at is not None else ""
    if act == "answer":
        if new:
            yield from _answer(old, new, block.text, block.anchor)
    elif old or new:
        yield Instruction(_act_of(old, new), where, old, new, block.text, block.anchor)


def _act_of(old: str, new: str) -> str:
    blank = re.compile(r"^[\s/\\\-—–_无]*$")
    if blank.match(new) or first("gone", new):
        return "remove"
    return "add" if blank.match(old) else "change"


def _lines(block: Block) -> Iterator[_Line]:
    text = block.text
    if block.kind is BlockKind.FORM_FIELD:
        text = text.partition(": ")[2] or text
    label = f"{block.label} " if block.label else ""
    for place, line in enumerate(text[:_LONGEST].split("\n")):
        shown = (label if place == 0 else "") + line.strip()
        if shown.strip():
            for part in _INLINE_ITEM.split(shown):
                if part.strip():
                    lead = read_lead(part.strip())
                    yield _Line(part.strip(), block.anchor, lead.shape, block.kind is BlockKind.HEADING)


def _read_lines(lines: Sequence[_Line], state: _Reading) -> None:
    at = 0
    while at < len(lines):
        line = lines[at]
        if (asked := first("question", line.bare)) is not None:
            state.question, state.asked = [asked["text"]], True
            at += 1
            continue
        if (said := first("answer", line.bare)) is not None and (state.question or state.asked):
            following = _following(lines, at, answer=True)
            answer = " ".join([said["text"], *(other.text for other in following)]).strip()
            state.found += _answer(" ".join(state.question).strip(), answer, line.text, line.anchor)
            state.question, state.asked = [], False
            at += 1 + len(following)
            continue
        taken = _instruction(lines, at, state)
        if taken:
            at += taken
            state.question, state.asked = [], False
            continue
        if first("changes_title", line.text[read_lead(line.text).end :].strip()) is not None:
            state.listing = line.shape
        elif line.heading or (line.shape and line.shape == state.listing):
            state.listing = None
        elif state.listing is not None and line.shape and (stated := _stated(line)) is not None:
            state.found.append(stated)
            at += 1
            continue
        if line.shape or line.text.rstrip().endswith(("?", "？")):
            state.question = [line.text]
        elif state.question:
            state.question.append(line.text)
        at += 1


def _numbered_answers(lines: Sequence[_Line]) -> Iterator[Instruction]:
    """Questions by number with what stands under each, where a paper of answers says neither word at them."""
    groups: list[list[_Line]] = []
    for line in lines:
        if line.shape in _QUESTION_SHAPES:
            groups.append([line])
        elif groups and not line.heading:
            groups[-1].append(line)
    for question, *answers in groups:
        if answers:
            answer = " ".join(line.text[read_lead(line.text).end :] for line in answers)
            yield from _answer(question.text, answer, question.text, question.anchor)


def _answer(question: str, answer: str, text: str, anchor: Anchor) -> Iterator[Instruction]:
    """The changes an answer orders; else the answer itself, unless it only points to another one."""
    language = language_of(answer)
    ordered = [
        one
        for start, end in sentences(answer, language)
        if (one := _match(answer[start:end], anchor)) is not None
        and one.act in ("change", "set", "remove")
        and (one.old or one.act != "set" or _is_firm(one))
    ]
    if ordered:
        yield from ordered
    elif answer and (len(answer) > _POINTER or first("no_answer", answer) is None):
        yield Instruction("answer", question, "", answer, text, anchor)


def _is_firm(one: Instruction) -> bool:
    return any(sign.isdigit() for sign in one.new) or len(one.where) <= 40


def _instruction(lines: Sequence[_Line], at: int, state: _Reading) -> int:
    """How many lines the instruction at `at` takes; 0 where there is none."""
    line = lines[at]
    found = _match(line.text, line.anchor)
    if found is None:
        parts = [line.text[a:b] for a, b in sentences(line.text, language_of(line.text))]
        several = [one for part in parts if len(parts) > 1 and (one := _match(part, line.anchor)) is not None]
        state.found += [one for one in several if one.act not in ("before", "after")]
        return 1 if several else 0
    taken = 1
    open_ended = not (found.new if found.act != "before" else found.old).strip()
    if found.act in ("before", "after", "set", "add") and open_ended:
        following = _following(lines, at, answer=False)
        taken += len(following)
        text = "\n".join(other.text for other in following).strip().strip('“”"「」')
        found = Instruction(
            found.act,
            found.where,
            text if found.act == "before" else found.old,
            found.new if found.act == "before" else text,
            found.text,
            found.anchor,
        )
    _note(found, line, state)
    return taken


def _stated(line: _Line) -> Instruction | None:
    """A demand that a list of changes states without ordering anything: something new; None for a mere title."""
    text = line.text[read_lead(line.text).end :].strip()
    if len(text) < _SHORTEST or text.endswith(("?", "？", ":", "：")):
        return None
    return Instruction("add", "", "", text, line.text, line.anchor)


def _note(found: Instruction, line: _Line, state: _Reading) -> None:
    if found.act == "before":
        state.before = (found.where, found.old, line)
    elif found.act == "after":
        where, old = (state.before[0], state.before[1]) if state.before else (found.where, "")
        state.found.append(
            Instruction("change" if old else "set", where or found.where, old, found.new, found.text, found.anchor)
        )
        state.before = None
    elif found.new.strip() or found.act in ("remove", "update"):
        state.found.append(found)


def _match(text: str, anchor: Anchor) -> Instruction | None:
    bare = _ITEM.sub("", text[read_lead(text).end :] or text)
    if bare.rstrip().endswith(("?", "？")):
        return None
    for act in _ACTS:
        for pattern in patterns(act):
            found = pattern.search(bare)
            if found is None:
                continue
            named = found.groupdict()
            where = " ".join(filter(None, (named.get("where"), named.get("title"))))
            if act == "change" and not named.get("where"):
                where = bare[: found.start()]
            old, new = (_unquoted(named.get(side) or "") for side in ("old", "new"))
            return Instruction(act, where.strip(" ,，:："), old, new, text, anchor)
    return None


def _unquoted(text: str) -> str:
    found = _QUOTED.match(text.strip())
    return found[1].strip() if found else text.strip()


def _following(lines: Sequence[_Line], at: int, *, answer: bool) -> list[_Line]:
    """The lines that belong to the one at `at`: up to the next instruction, question, heading or item of its list."""
    own = lines[at].shape
    out: list[_Line] = []
    for line in lines[at + 1 : at + 1 + _FOLLOWING]:
        if line.heading or first("question", line.bare) or first("answer", line.bare):
            break
        if (own not in ("", "bullet") and line.shape == own) or (
            answer and line.shape and line.shape in _QUESTION_SHAPES
        ):
            break
        if not answer and _match(line.text, line.anchor) is not None:
            break
        out.append(line)
    return out


_QUESTION_SHAPES = frozenset({shape_of("1."), shape_of("1)"), shape_of("1、")})

"""Tick boxes: which of the printed options is the chosen one."""

from __future__ import annotations

import re

TICKED, EMPTY = "☑☒■√✓✔þ▣", "□☐¨○◇▢"
_BOX = re.compile(f"[{TICKED}{EMPTY}]")
_BREAK = re.compile(r"[/／\n、|，,；;]")


def chosen_option(text: str) -> str | None:
    """The chosen text among printed options; `text` itself where no box is printed, None where nothing is chosen.

    Ticked options win, joined by a space. Where only empty boxes are printed, an option without a box is the chosen
    one (its tick was lost on the way: "不接受 / □接受"); with a box at every option the choice is open.
    """
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return text
    ticked: list[str] = []
    rest: list[str] = []
    for number, box in enumerate(boxes):
        end = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
        option = text[box.end() : end].strip(" /／\n、|【】[]，,；;")
        (ticked if box[0] in TICKED else rest).append(option)
    if ticked:
        return " ".join(option for option in ticked if option) or None
    lead = text[: boxes[0].start()].strip(" /／\n、|【】[]，,；;：:")
    if lead and len(lead) <= 20 and not lead.endswith(("：", ":", "是否")):
        return lead
    after_break = [_BREAK.split(option, maxsplit=1) for option in rest]
    unboxed = [parts[1].strip() for parts in after_break if len(parts) == 2 and 0 < len(parts[1].strip()) <= 20]
    return unboxed[0] if len(unboxed) == 1 else None

"""The deal everything hangs on, from the first lead to the hand-over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language

_CODE = re.compile(r"[^\W_][\w.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Deal:
    """One opportunity with one customer; `code` is unique in a store and printed on everything we make.

    `language` is the language our own papers on the deal are written in. `created_at` is aware. `revision` counts
    the stored changes of the deal, 1 = as created; a change is refused when it was made on an older revision.
    """

    code: str
    name: str
    customer: str
    language: Language
    created_at: datetime
    revision: int = 1


def deal_code(text: str) -> str:
    """`text` as a deal code: 1 to 64 letters, digits, ".", "_" or "-" that begin with a letter or digit.

    Chinese letters count as letters. Raises UsageError for anything else, so that a code is always safe in a file name.
    """
    code = text.strip()
    if not _CODE.fullmatch(code) or code.endswith("."):
        raise UsageError(
            f"{text!r} cannot be a deal code",
            where="CODE",
            next_step="use up to 64 letters, digits, '.', '_' or '-', letter or digit first, as in D-2026-001",
        )
    return code

"""The one family of errors: each says what, where and what to do next, and knows its exit status."""

from __future__ import annotations


class BidkitError(Exception):
    """We cannot go on. `code` is stable for programs, the message is for people, `exit_status` for the shell.

    The message has three parts: what is wrong, where (file, page, field), and what to do next.
    It never holds tender text, personal data or secrets.
    """

    code = "error"
    exit_status = 1

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        self.what, self.where, self.next_step = what, where, next_step
        head = f"{where}: {what}" if where else what
        super().__init__(f"{head}; {next_step}" if next_step else head)


class UsageError(BidkitError):
    """The call itself is wrong: an unknown name, a missing file, a value of the wrong shape."""

    code = "usage"
    exit_status = 2


class UnreadableFile(BidkitError):
    """A file cannot be read; `reason` is one of the codes of `schemas/codelists/refusals.csv`."""

    code = "unreadable"
    exit_status = 3

    def __init__(self, reason: str, what: str, *, where: str, next_step: str) -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.reason = reason


class NothingFound(BidkitError):
    """A tender was read and no requirement was found in it: an error, never a pass."""

    code = "nothing-found"
    exit_status = 4


class Conflict(BidkitError):
    """Somebody else changed the same thing, or the act contradicts what is stored."""

    code = "conflict"
    exit_status = 5


class NotFound(BidkitError):
    """The store does not know this code, id or file."""

    code = "not-found"
    exit_status = 6


class StoreUnavailable(BidkitError):
    """The database or the file storage cannot be used now; nothing was changed."""

    code = "store-unavailable"
    exit_status = 7

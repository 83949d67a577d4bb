"""Brings the store up to date in a process of its own, so that the one that watches stays small."""

from __future__ import annotations

import sys

from bidkit.cli.console import say
from bidkit.cli.options import opened_store
from bidkit.kernel.errors import BidkitError


def main() -> int:
    """The exit status: 0 once the store can be used."""
    try:
        with opened_store():
            return 0
    except BidkitError as error:
        say(str(error))
        return error.exit_status


if __name__ == "__main__":
    sys.exit(main())

"""The use cases for people and scripts; the one place where an error becomes an exit status.

In: words on a command line. Out: results on stdout or in a file, messages on stderr, an exit status.
Rooms are loaded inside the commands that use them, so that help and mistakes answer at once.
"""

from bidkit.cli.main import main

__all__ = ["main"]

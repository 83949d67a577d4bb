"""What `--help` teaches: examples that can be copied, and what an exit status means."""

from __future__ import annotations


def examples(*lines: str) -> str:
    """An epilog that shows `lines` as they stand; a line that begins with a space explains the one above."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


EPILOG = (
    examples(
        "bidkit parse tender.pdf                          every demand of a tender, one JSON object a line",
        "bidkit parse tender.docx annex.zip -o rows.xlsx  the same as a spreadsheet to work in",
        "bidkit facts tender.pdf                          deadlines, amounts, weights, and what contradicts what",
        'bidkit deal new D-2026-001 --name "Pump stations" --customer "Harbour City Water" --language en',
        "bidkit tender add D-2026-001 tender.pdf annex.zip",
        "bidkit matrix D-2026-001 -o matrix.xlsx          the compliance matrix; what you type in it is kept",
        "bidkit brief D-2026-001 -o brief.pdf             one page: what, who, when, how much, what to ask",
    )
    + """

\b
Exit status:
  0   done
  1   unexpected error, please report it
  2   wrong call: unknown option, missing file, value of the wrong shape
  3   a file could not be read; with several files the others were read and their rows printed
  4   no requirement was found
  5   conflict: somebody else changed it, or it contradicts what is stored
  6   there is no such deal or file in the store
  7   database or file storage cannot be used now; nothing was changed
  8   PDF pages cannot be made on this machine
  9   the audit chain is broken
  10  the deal may not go on here: a gate is shut, or you may not decide; the message says why
  11  refused: bidkit is not for this, the message names the law
  130 interrupted
  141 the program that reads our output has gone

\b
Data lies under BIDKIT_HOME; BIDKIT_PERSON says who you are, BIDKIT_DATABASE_URL and BIDKIT_STORAGE_URL
name other engines. Messages go to stderr, results to stdout."""
)

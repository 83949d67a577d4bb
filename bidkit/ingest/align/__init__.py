"""One alignment of two documents for addenda and contract versions alike.

In: two sequences of Passages (texts with their numbers) in reading order. Out: an Alignment that accounts for every
passage of both sides exactly once, with moves; and word-level differences of two texts. Pure; refuses nothing.
"""

from bidkit.ingest.align.inline import differences, merged_differences
from bidkit.ingest.align.model import Alignment, Difference, Link, Passage
from bidkit.ingest.align.passages import align
from bidkit.ingest.align.tokens import match_key, tokens

__all__ = [
    "Alignment",
    "Difference",
    "Link",
    "Passage",
    "align",
    "differences",
    "match_key",
    "merged_differences",
    "tokens",
]

"""Ids made from content, so that the same thing gets the same id on every machine and every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def sha256_of(data: bytes) -> str:
    """The lower-case hexadecimal SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def squash(text: str) -> str:
    """`text` without white space, punctuation, case and width: two prints of one sentence give one string."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()


def content_id(prefix: str, *parts: str) -> str:
    """A stable id such as `req-3f9c2b7d41e0`, equal whenever the squashed parts are equal."""
    digest = hashlib.sha256("\x1f".join(squash(p) for p in parts).encode()).hexdigest()
    return f"{prefix}-{digest[:12]}"

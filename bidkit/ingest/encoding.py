"""Bytes to text: byte order marks, declared character sets, and the sets Chinese and Western files really use."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from bidkit.kernel.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pages that call themselves gb2312 or gbk use characters of its successor, those that say latin-1 use Microsoft's.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252", "ascii": "cp1252"}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ROWS = re.compile(rb"[\x80-\xff]{2,}")
_GUESSED_FROM = 64 * 1024


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of `data` with "\\n" line ends: by byte order mark, else UTF-8, else `declared`, else the likeliest set.

    Among guesses gb18030 comes before big5 and cp1252, for most undeclared files of the trade are Chinese.
    Raises UnreadableFile "wrong-type" where the bytes are no text at all.
    """
    mark = next((encoding for start, encoding in _MARKS if data.startswith(start)), None)
    if mark:
        return _lines(data.decode(mark, errors="replace"))
    if looks_binary(data):
        raise UnreadableFile("wrong-type", "the content is not text", where=name, next_step="check the file")
    for encoding in ("utf-8", *_declared(declared)):
        try:
            return _lines(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _lines(data.decode(_likeliest(data), errors="replace"))


def looks_binary(data: bytes) -> bool:
    """Whether the first 64 KB hold NUL or more than a few other control bytes, as no text does; UTF-16 has its mark."""
    head = data[:_GUESSED_FROM]
    if any(data.startswith(start) for start, _ in _MARKS):
        return False
    return b"\0" in head or len(_CONTROL.findall(head)) > 2 + len(head) // 500


def _declared(declared: str | None) -> tuple[str, ...]:
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return ()
    return (_WIDER.get(name, name),)


def _likeliest(data: bytes) -> str:
    """gb18030, big5hkscs or cp1252: letters outside ASCII stand alone in Western text and in rows in Chinese text."""
    head = data[:_GUESSED_FROM]
    high = sum(byte >= 0x80 for byte in head)
    best = from_bytes(head, cp_isolation=["gb18030", "big5hkscs", "cp1252"]).best()
    if best is not None and best.encoding == "big5hkscs" and high * 4 >= len(head):
        return "big5hkscs"
    in_rows = sum(len(row) for row in _ROWS.findall(head))
    return "gb18030" if in_rows >= 0.7 * high and _decodes(data, "gb18030") else "cp1252"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""The controls that say which part a piece of a Word file is: `w:sdt` with a tag, and a bookmark as a second name.

Word and WPS keep the tag. LibreOffice keeps neither the tag nor the extent of a block control, but it keeps bookmarks:
so each part is also spanned by a bookmark whose name gives the id back.
"""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.kernel.identity import sha256_of

_MARK = "bk1"
_BOOKMARK = "bk_"
_DIGEST = 12
TAG, ALIAS = n.w("tag"), n.w("alias")
BOOKMARK, BOOKMARK_END = n.w("bookmarkStart"), n.w("bookmarkEnd")


@dataclass(frozen=True, slots=True)
class Tag:
    """Which part at which revision, and the digest of the text that was generated for it; "" after a foreign save."""

    id: str
    revision: int
    digest: str = ""

    def __str__(self) -> str:
        return f"{_MARK}|{self.id}|{self.revision}|{self.digest}"


def tag_of(control: Element) -> Tag | None:
    """The tag of a control of ours, None for any other control."""
    tag = control.find(f"{n.SDT_PR}/{TAG}")
    fields = (tag.get(n.VAL, "") if tag is not None else "").split("|")
    if len(fields) != 4 or fields[0] != _MARK or not fields[1] or not fields[2].isdigit():
        return None
    return Tag(fields[1], int(fields[2]), fields[3])


def digest_of(text: str) -> str:
    """The digest a tag carries: of the text without white space, so that a re-save does not change it."""
    return sha256_of("".join(text.split()).encode())[:_DIGEST]


def bookmark_name(part: str) -> str:
    """The bookmark's name of a part."""
    return _BOOKMARK + part.replace("-", "_")


def part_of_bookmark(name: str) -> str | None:
    """The part a bookmark names, None for other bookmarks."""
    return name[len(_BOOKMARK) :].replace("_", "-") if name.startswith(_BOOKMARK) and len(name) > 3 else None

"""What a record file showed when it was written, kept inside it, so that what people typed can be told apart."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence

from bidkit.documents.contract_review.lines import FindingLine
from bidkit.documents.contract_review.model import RecordPaper, RecordReadBack, VerdictEdit
from bidkit.kernel.errors import UnreadableFile

_NAME = "bidkit.contract."
_CHUNK = 30_000
_LARGEST = 16 * 1024 * 1024
Typed = Mapping[str, tuple[str, str, str]]


def as_properties(paper: RecordPaper, lines: Sequence[FindingLine]) -> dict[str, str]:
    """Deal, round and the three editable texts of every finding as document properties."""
    plain = {
        "code": paper.deal.code,
        "round": paper.round.number,
        "shown": {line.id: [line.verdict, line.reason, line.text] for line in lines},
    }
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode())
    text = base64.b64encode(packed).decode()
    return {f"{_NAME}{at // _CHUNK:04d}": text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)}


def as_text(paper: RecordPaper, lines: Sequence[FindingLine]) -> list[str]:
    """The same as short texts for cells."""
    return list(as_properties(paper, lines).values())


def read_back(chunks: Sequence[str], typed: Typed, name: str) -> RecordReadBack:
    """What was typed, held against what the file had shown. Raises UnreadableFile where the file is no record."""
    try:
        packed = base64.b64decode("".join(chunks), validate=True)
        plain = json.loads(zlib.decompressobj().decompress(packed, _LARGEST))
        code, number = str(plain["code"]), int(plain["round"])
        shown = {str(key): tuple(map(str, texts)) for key, texts in plain["shown"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise _stranger(name) from error
    edits = []
    for finding, texts in typed.items():
        before = shown.get(finding, ("", "", ""))
        if len(before) == 3:
            edits.append(VerdictEdit(finding, *texts, shown=(before[0], before[1], before[2])))
    return RecordReadBack(code, number, tuple(edits))


def properties_in(properties: Mapping[str, str]) -> list[str]:
    """The chunks among a file's document properties, in order."""
    return [value for key, value in sorted(properties.items()) if key.startswith(_NAME)]


def _stranger(name: str) -> UnreadableFile:
    return UnreadableFile(
        "unreadable",
        "the file is no contract review record of ours",
        where=name,
        next_step="export the record again and copy your entries into it",
    )

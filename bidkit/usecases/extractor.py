"""Which state of the program reads tenders: the same files read by another state may give other rows."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import bidkit
from bidkit.vocabulary.files import data_folder

_ROOMS = ("kernel", "vocabulary", "ingest", "terms", "requirements")
# What is installed beside us decides which files can be read at all.
_PROGRAMS = ("soffice", "libreoffice")
_MODULES = ("rapidocr",)


@cache
def extractor() -> str:
    """A digest of everything of ours that decides what is read out of a file: code, cue words, optional engines."""
    digest = hashlib.sha256(bidkit.__version__.encode())
    for engine in (*filter(shutil.which, _PROGRAMS), *filter(find_spec, _MODULES)):
        digest.update(f"\nengine {engine}".encode())
    for name, path in sorted(_parts()):
        digest.update(f"\n{name} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def _parts() -> Iterator[tuple[str, Path]]:
    package = Path(bidkit.__file__).parent
    for room in _ROOMS:
        yield from _files(package / room)
    yield from _files(data_folder("schemas") / "cues")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path

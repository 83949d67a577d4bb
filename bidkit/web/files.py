"""Files up and down: what a browser sends in a folder of its own for the time of a call, what we make as a download."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi.responses import Response
from starlette.datastructures import UploadFile

from bidkit.kernel.errors import UsageError

_LONGEST = 120
_RESERVED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".ics": "text/calendar",
}


@contextmanager
def taken(files: Sequence[UploadFile]) -> Iterator[tuple[Path, ...]]:
    """The files on disk while the block runs, in their order; each under the last part of its name, made harmless.

    Raises UsageError where no file was chosen.
    """
    given = [file for file in files if file.filename]
    if not given:
        raise UsageError("no file was chosen", where="upload", next_step="choose or drop one")
    with tempfile.TemporaryDirectory(prefix="bidkit-") as folder:
        paths: list[Path] = []
        seen: set[str] = set()
        for number, file in enumerate(given):
            name = safe_name(file.filename or "")
            if name.casefold() in seen:
                name = f"{number + 1}-{name}"
            seen.add(name.casefold())
            path = Path(folder, name)
            with path.open("xb") as out:
                shutil.copyfileobj(file.file, out, 1024 * 1024)
            paths.append(path)
        yield tuple(paths)


def safe_name(said: str) -> str:
    """A file name that is no path, hides nothing and fits every file system; "file" where nothing is left."""
    last = unicodedata.normalize("NFC", said.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cf", "Cc", "Cs"))
    name = _RESERVED.sub("_", kept).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        while len(name.encode()) > _LONGEST:
            stem = stem[:-1]
            name = f"{stem}.{ending}"
    return name.encode()[:_LONGEST].decode("utf-8", "ignore") or "file"


def download(data: bytes, name: str) -> Response:
    """The bytes as a file to be kept, never opened in the room itself."""
    safe = safe_name(name)
    plain = safe.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"}
    kind = _TYPES.get(Path(safe).suffix.lower(), "application/octet-stream")
    return Response(data, media_type=kind, headers=headers)


@contextmanager
def made_in() -> Iterator[Path]:
    """A folder for files that are made for one answer."""
    with tempfile.TemporaryDirectory(prefix="bidkit-") as folder:
        yield Path(folder)

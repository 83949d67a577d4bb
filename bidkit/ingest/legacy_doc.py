"""Legacy .doc files, turned into docx by LibreOffice and read by the Word reader.

In: the bytes of a .doc. Out: a `SourceDocument` that keeps the name and hash of the .doc itself.
Refuses, as UnreadableFile: no LibreOffice, an encrypted or damaged file, a conversion that hangs.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from bidkit.ingest.docx.reader import read_word
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.identity import sha256_of

MEDIA_TYPE = "application/msword"
TIMEOUT_SECONDS = 180.0

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_FIB_MAGIC = b"\xec\xa5"
_FIB_FLAGS = 0x0A
_FIB_ENCRYPTED = 0x0100
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MAC_OFFICE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


def read_doc(data: bytes, name: str, *, timeout: float = TIMEOUT_SECONDS) -> SourceDocument:
    """The document in `data`, a Word 97-2003 file called `name`; needs LibreOffice on the machine.

    Raises UnreadableFile: empty, encrypted, no-office, hung after `timeout` seconds, unreadable.
    """
    if not data:
        raise UnreadableFile("empty", "the file has no bytes", where=name, next_step="check where it came from")
    if _is_encrypted(data):
        raise UnreadableFile("encrypted", "the file is encrypted", where=name, next_step="supply an unlocked copy")
    office = office_program()
    if office is None:
        raise UnreadableFile(
            "no-office",
            "reading a legacy .doc needs LibreOffice, which was not found",
            where=name,
            next_step=f"install it ({_install_hint()}) or save the file as .docx in Word",
        )
    with tempfile.TemporaryDirectory(prefix="bidkit-doc-", ignore_cleanup_errors=True) as folder:
        docx = _convert(office, data, name, Path(folder), timeout)
    return read_word(docx, name, sha256_of(data), MEDIA_TYPE)


def office_program() -> str | None:
    """The path of LibreOffice's program on this machine, None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or (str(_MAC_OFFICE) if _MAC_OFFICE.exists() else None)


def _install_hint() -> str:
    return "brew install --cask libreoffice" if sys.platform == "darwin" else "apt install libreoffice-writer-nogui"


def _is_encrypted(data: bytes) -> bool:
    """Whether an OLE file says of itself that it is encrypted: as a wrapped docx or by the flag of Word's FIB."""
    if not data.startswith(_OLE_MAGIC):
        return False
    if _ENCRYPTED_STREAM in data:
        return True
    for start in range(_SECTOR, len(data) - _SECTOR, _SECTOR):
        if data[start : start + 2] == _FIB_MAGIC:
            flags = int.from_bytes(data[start + _FIB_FLAGS : start + _FIB_FLAGS + 2], "little")
            return bool(flags & _FIB_ENCRYPTED)
    return False


def _convert(office: str, data: bytes, name: str, folder: Path, timeout: float) -> bytes:
    """The docx LibreOffice makes of `data`, in a profile of its own so that calls may run side by side."""
    source, out, profile = folder / "source.doc", folder / "out", folder / "profile"
    source.write_bytes(data)
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx",
        "--outdir",
        str(out),
        str(source),
    ]
    _run(command, name, timeout)
    result = out / "source.docx"
    if not result.is_file():
        raise UnreadableFile(
            "unreadable", "LibreOffice could not read the file", where=name, next_step="open and save it in Word"
        )
    return result.read_bytes()


def _run(command: list[str], name: str, timeout: float) -> None:
    """Runs `command` to its end; on timeout ends it with all its children, for soffice starts one of its own."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise UnreadableFile(
                "hung",
                f"LibreOffice did not finish within {timeout:.0f} seconds",
                where=name,
                next_step="split the file or save it as .docx in Word",
            ) from None

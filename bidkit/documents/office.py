"""The LibreOffice door: Word files laid out as PDF and saved anew, in a profile and a font set-up of our own.

In: the bytes of a .docx. Out: the bytes LibreOffice makes of it. Refuses, as UnreadableFile: no LibreOffice, a file it
cannot read or does not finish in time. What a file would fetch from elsewhere while it is opened is cut off first.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import pylopdf_fonts_zh_cn

from bidkit.documents.bid.package import Package
from bidkit.ingest.legacy_doc import office_program
from bidkit.kernel.errors import UnreadableFile
from bidkit.vocabulary.tables import table

TIMEOUT_SECONDS = 240.0
_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_DOCX = "docx:MS Word 2007 XML"
_STAND_INS = {
    "serif": ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "AR PL SungtiL GB"),
    "sans": ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei"),
}
_HARMLESS = ("hyperlink",)


class Office:
    """One LibreOffice with a profile of its own: start it with `office()`, use it for any number of files in turn."""

    def __init__(self, program: str, folder: Path, timeout: float) -> None:
        self._program, self._folder, self._timeout = program, folder, timeout
        self._count = 0
        self._fonts = folder / "fonts.conf"
        self._fonts.write_text(_font_set_up(folder / "font-cache"), encoding="utf-8")

    def pdf(self, docx: bytes, name: str) -> bytes:
        """The pages of a Word file as PDF, each bookmark a named destination."""
        return self._convert(docx, name, _PDF, "pdf")

    def resaved(self, docx: bytes, name: str) -> bytes:
        """The Word file as LibreOffice saves it."""
        return self._convert(docx, name, _DOCX, "docx")

    def _convert(self, docx: bytes, name: str, target: str, extension: str) -> bytes:
        self._count += 1
        work = self._folder / f"job{self._count}"
        work.mkdir()
        (work / "source.docx").write_bytes(_without_outside_parts(docx, name))
        command = [
            self._program,
            f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", target),
            *("--outdir", str(work / "out"), str(work / "source.docx")),
        ]
        self._run(command, name)
        made = work / "out" / f"source.{extension}"
        if not made.is_file():
            raise UnreadableFile(
                "unreadable", "LibreOffice could not read the file", where=name, next_step="open and save it in Word"
            )
        data = made.read_bytes()
        shutil.rmtree(work, ignore_errors=True)
        return data

    def _run(self, command: list[str], name: str) -> None:
        environment = os.environ | {"FONTCONFIG_FILE": str(self._fonts)}
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environment,
        ) as process:
            try:
                process.wait(self._timeout)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise UnreadableFile(
                    "hung",
                    f"LibreOffice did not finish within {self._timeout:.0f} seconds",
                    where=name,
                    next_step="split the file",
                ) from None


@contextmanager
def office(timeout: float = TIMEOUT_SECONDS) -> Iterator[Office | None]:
    """LibreOffice for the length of a `with` block, None where the machine has none."""
    program = office_program()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="bidkit-office-", ignore_cleanup_errors=True) as folder:
        yield Office(program, Path(folder), timeout)


def _without_outside_parts(docx: bytes, name: str) -> bytes:
    """The file without the templates, pictures and objects it would load from other places."""
    package = Package.open(docx, name)
    changed = False
    for part in package.names():
        if part.endswith(".rels"):
            continue
        outside = {k for k, r in package.relations(part).items() if r.external and r.kind not in _HARMLESS}
        if outside:
            package.drop_relations(part, outside)
            changed = True
    return package.save() if changed else docx


def _font_set_up(cache: Path) -> str:
    """A fontconfig file: the system's fonts, the Chinese fonts we bring, and what stands in for fonts not installed.

    Without stand-ins LibreOffice looks for every Chinese character anew and is many times slower.
    """
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(row["family"])}</string></test>'
        + "".join(
            f'<edit name="family" mode="append" binding="strong"><string>{escape(stand_in)}</string></edit>'
            for stand_in in _STAND_INS[row["generic"]]
        )
        + "</match>"
        for row in table("fonts/aliases.csv", ("family", "generic"))
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{escape(str(folder))}</dir><cachedir>{escape(str(cache))}</cachedir>{aliases}</fontconfig>"
    )

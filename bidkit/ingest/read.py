"""One file in, one SourceDocument out: the content decides which reader is asked, not the name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bidkit.ingest.model import SourceDocument
from bidkit.ingest.sniff import Content, sniff
from bidkit.kernel.errors import BidkitError, UnreadableFile
from bidkit.kernel.finding import Finding, Severity

MAX_BYTES = 300_000_000
_ERROR_PAGE = 2_048

Reader = Callable[[bytes, str], SourceDocument]

# The extensions under which each kind of content is at home.
_AT_HOME = {
    Content.DOCX: frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    Content.DOC: frozenset({".doc", ".dot", ".wps"}),
    Content.SHEET: frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx", ".et"}),
    Content.PDF: frozenset({".pdf"}),
    Content.HTML: frozenset({".html", ".htm", ".xhtml", ".shtml"}),
    Content.MHTML: frozenset({".mht", ".mhtml"}),
    Content.RTF: frozenset({".rtf"}),
    Content.OPEN_TEXT: frozenset({".odt"}),
    Content.TEXT: frozenset({".txt", ".text", ".md", ".markdown", ".mkd"}),
}
_MARKDOWN = frozenset({".md", ".markdown", ".mkd"})
_OFFICE = _AT_HOME[Content.DOCX] | _AT_HOME[Content.DOC] | _AT_HOME[Content.SHEET] | _AT_HOME[Content.PDF]
_READABLE = frozenset().union(*_AT_HOME.values())
# Extensions under which text is read though they are not its own; any other text (code, data) is left alone.
_TEXT_UNDER = _READABLE | {""}


def read_file(path: Path) -> SourceDocument:
    """The document in one file, named by its file name.

    Raises UnreadableFile with a reason of `schemas/codelists/refusals.csv`; "unsupported-type" for an archive, which
    `read_package` opens. Raises it as "unreadable" too when there is no such file or no right to read it.
    """
    return read_bytes(load(path), path.name)


def load(path: Path) -> bytes:
    """The bytes of a regular file of at most 300 MB; raises UnreadableFile "unreadable" or "too-large"."""
    try:
        if not path.is_file():
            raise UnreadableFile("unreadable", "there is no such file", where=str(path), next_step="check the path")
        if os.stat(path).st_size > MAX_BYTES:  # noqa: PTH116 - one call, and a fake can stand in for it
            raise too_large(path.name)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            "unreadable", f"it cannot be opened ({error.strerror})", where=str(path), next_step="check its permissions"
        ) from error


def read_bytes(data: bytes, name: str) -> SourceDocument:
    """The document in `data`; `name` ends in its extension and may be a path inside a package.

    A wrong extension over readable content is a finding "wrong-extension". Raises UnreadableFile as `read_file`;
    whatever a reader stumbles over in a damaged file comes out as "unreadable" with the cause attached.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name)
    content = sniff(data, name)
    extension = PurePosixPath(name).suffix.lower()
    reader = _reader(content, extension, len(data), name)
    try:
        document = reader(data, name)
    except (BidkitError, ImportError):
        raise
    except MemoryError as error:
        raise too_large(name) from error
    except Exception as error:
        raise UnreadableFile(
            "unreadable",
            f"its {content} content cannot be read ({type(error).__name__})",
            where=name,
            next_step="open it in its own program, save it anew and try again",
        ) from error
    if extension in _AT_HOME[content]:
        return document
    values = (("name", name), ("content", content.value), ("extension", extension))
    return replace(document, findings=(Finding("wrong-extension", Severity.NOTE, values), *document.findings))


def too_large(name: str) -> UnreadableFile:
    """The refusal of a file too large to be read."""
    return UnreadableFile("too-large", "the file is too large to be read", where=name, next_step="split it")


def _reader(content: Content, extension: str, size: int, name: str) -> Reader:
    if content is Content.ENCRYPTED:
        raise UnreadableFile("encrypted", "the file is encrypted", where=name, next_step="supply an unlocked copy")
    if content in (Content.HTML, Content.TEXT, Content.MARKUP):
        content = _text_kind(content, extension, size, name)
    reader = _readers().get(content)
    if reader is None:
        raise _not_read(content, extension, name)
    if content is Content.TEXT and extension in _MARKDOWN:
        return _markdown
    return reader


def _text_kind(content: Content, extension: str, size: int, name: str) -> Content:
    """Which reader text goes to by its extension; raises where it is no document or only a server's error message."""
    if extension in _OFFICE and size < _ERROR_PAGE:
        raise UnreadableFile(
            "wrong-type",
            f"its content is {content} of {size} bytes, perhaps the error message of a failed download",
            where=name,
            next_step="fetch the file again",
        )
    if extension in _AT_HOME[Content.TEXT]:
        return Content.TEXT
    if extension in _AT_HOME[Content.HTML]:
        return Content.HTML
    return content if content is Content.HTML or extension in _TEXT_UNDER else Content.BINARY


def _not_read(content: Content, extension: str, name: str) -> UnreadableFile:
    if extension in _READABLE:
        return UnreadableFile(
            "wrong-type", f"its content is {content}, not what {extension} says", where=name, next_step="check the file"
        )
    if content in (Content.ARCHIVE, Content.OTHER_ARCHIVE):
        return UnreadableFile(
            "unsupported-type", f"{content} archives are no single document", where=name, next_step="unpack it first"
        )
    return UnreadableFile(
        "unsupported-type",
        "files of this type are not read",
        where=name,
        next_step="convert it to docx, pdf, xlsx, html, md or txt",
    )


# Each reader is imported when a file of its kind comes up, so that no one pays for engines he does not use.
def _docx(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.docx import read_docx  # noqa: PLC0415

    return read_docx(data, name)


def _doc(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.legacy_doc import read_doc  # noqa: PLC0415

    return read_doc(data, name)


def _pdf(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(data, name)


def _sheet(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.spreadsheet import read_spreadsheet  # noqa: PLC0415

    return read_spreadsheet(data, name)


def _html(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.html import read_html  # noqa: PLC0415

    return read_html(data, name)


def _mhtml(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.html import read_mhtml  # noqa: PLC0415

    return read_mhtml(data, name)


def _markdown(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(data, name)


def _plain(data: bytes, name: str) -> SourceDocument:
    from bidkit.ingest.plain import read_plain  # noqa: PLC0415

    return read_plain(data, name)


def _readers() -> dict[Content, Reader]:
    return {
        Content.DOCX: _docx,
        Content.DOC: _doc,
        Content.RTF: _doc,
        Content.OPEN_TEXT: _doc,
        Content.PDF: _pdf,
        Content.SHEET: _sheet,
        Content.HTML: _html,
        Content.MHTML: _mhtml,
        Content.TEXT: _plain,
    }

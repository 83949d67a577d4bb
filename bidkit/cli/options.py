"""Arguments that several commands share, and how they become doors and values."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language

if TYPE_CHECKING:
    from bidkit.settings import Settings
    from bidkit.store import Store


class Shape(StrEnum):
    """How a list is shown."""

    TABLE = "table"
    JSON = "json"


FileArguments = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="docx, doc, pdf, xlsx, html, md, txt, zips and folders of them")
]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="the deal's code, such as D-2026-001")]
OutOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="write there instead of stdout")]
PersonOption = Annotated[
    str, typer.Option("--as", metavar="PERSON", envvar="BIDKIT_PERSON", help="who does this [default: your login]")
]
LanguageOption = Annotated[Language | None, typer.Option(help="language of the paper [default: the deal's]")]
ShapeOption = Annotated[Shape, typer.Option("--format", help="how to show it")]


def person(name: str) -> str:
    """The name to put on an act: as given, else the login name; raises UsageError where there is none."""
    if name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise UsageError("nobody knows who you are", where="--as", next_step="say it: --as NAME") from error


def settings() -> Settings:
    """The settings in force; raises UsageError naming the variable that has no usable value."""
    from pydantic import ValidationError  # noqa: PLC0415

    from bidkit.settings import Settings  # noqa: PLC0415

    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(f"BIDKIT_{'_'.join(map(str, e['loc'])).upper()}" for e in error.errors())
        raise UsageError("a setting has no usable value", where=names, next_step="correct or unset it") from error


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store of the settings in force, closed at the end."""
    from bidkit.kernel.clock import SystemClock  # noqa: PLC0415
    from bidkit.store import open_store  # noqa: PLC0415

    chosen = settings()
    store = open_store(chosen.database, chosen.storage, SystemClock())
    try:
        yield store
    finally:
        store.close()

"""House templates: found by name and language, filled with values that stay values."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from bidkit.documents.cells import clean
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder

_NAME = re.compile(r"[a-z][a-z0-9-]*")


def house_template(name: str, language: Language) -> bytes:
    """The bytes of `templates/docx/<name>.<language>.docx`; raises NotFound where there is none."""
    path = data_folder("templates") / "docx" / f"{name}.{language.value}.docx"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound(f"no template {name[:60]!r}", where="templates/docx", next_step="choose one of those there")
    return path.read_bytes()


def placeholders_of(template: bytes, where: str = "template") -> frozenset[str]:
    """The names a template uses in its body, headers, footers and properties."""
    try:
        found = DocxTemplate(io.BytesIO(template)).get_undeclared_template_variables(_sandbox())
    except TemplateError as error:
        raise _broken(where, error) from error
    return frozenset(found)


def fill(template: bytes, values: Mapping[str, str], where: str = "template") -> bytes:
    """The template with its placeholders replaced.

    A value is text and nothing else: braces, angle brackets and instructions inside it come out as they are typed.
    Raises UsageError where the template names something unknown or is not well-formed.
    """
    template_file = DocxTemplate(io.BytesIO(template))
    try:
        template_file.render({key: _inert(value) for key, value in values.items()}, _sandbox(), autoescape=True)
    except TemplateError as error:
        raise _broken(where, error) from error
    buffer = io.BytesIO()
    template_file.save(buffer)
    return buffer.getvalue()


def _sandbox() -> SandboxedEnvironment:
    """An environment that offers a template nothing but the values it is given."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    return environment


def _inert(value: str) -> str:
    # The template library turns these four into template marks after rendering: a joiner keeps them apart.
    text = clean(value)
    for mark in ("{_{", "}_}", "{_%", "%_}"):
        text = text.replace(mark, mark[0] + "\u2060" + mark[1:])
    return text


def _broken(where: str, error: TemplateError) -> UsageError:
    return UsageError(
        f"the template cannot be filled ({error})", where=where, next_step="mend its {{ placeholders }} in Word"
    )

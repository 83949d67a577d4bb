"""Finding out which record a file was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from bidkit.documents.forms.model import FormOrigin
from bidkit.kernel.errors import UnreadableFile
from bidkit.vocabulary.forms import form_definitions

PREFIX = "bidkit."
_STAMP = re.compile(r"\b([a-z][a-z0-9_]*) · v(\d{1,6}) · (\S+) · r(\d{1,9})")


def origin_properties(origin: FormOrigin) -> tuple[tuple[str, str], ...]:
    """The document properties that hold a file's origin, as (name, value)."""
    return (
        ("bidkit.form", origin.form),
        ("bidkit.version", str(origin.version)),
        ("bidkit.record", origin.record),
        ("bidkit.revision", str(origin.revision)),
        ("bidkit.deal", origin.deal),
    )


def origin_in_properties(xml: bytes) -> FormOrigin | None:
    """The origin in a file's custom properties; None where there is none or they cannot be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser) if xml else None
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    named = {
        str(one.get("name")): "".join(map(str, one.itertext())).strip() for one in root if isinstance(one.tag, str)
    }
    return origin_of({name.removeprefix(PREFIX): value for name, value in named.items() if name.startswith(PREFIX)})


def origin_in_text(lines: Iterable[str]) -> FormOrigin | None:
    """The origin in the stamp printed under a form; None where no line has one."""
    for line in lines:
        match = _STAMP.search(line)
        if match:
            record = "" if match[3] == "-" else match[3]
            return origin_of({"form": match[1], "version": match[2], "record": record, "revision": match[4]})
    return None


def origin_of(parts: dict[str, str]) -> FormOrigin | None:
    """The origin from its parts by name; None where the form is unknown or a number is none."""
    version, revision = parts.get("version", ""), parts.get("revision", "0")
    if parts.get("form") not in form_definitions() or not version.isdecimal() or not revision.isdecimal():
        return None
    return FormOrigin(parts["form"], int(version), parts.get("record", ""), int(revision), parts.get("deal", ""))


def refuse_stranger(name: str) -> UnreadableFile:
    """The error for a file that none of our forms was made from."""
    return UnreadableFile(
        "wrong-type",
        "this file was not made from one of our forms",
        where=name,
        next_step="export the form anew and copy the entries into it",
    )

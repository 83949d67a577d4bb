"""What a generated file says about itself: the digest of its content, kept as a custom property by every program."""

from __future__ import annotations

from lxml import etree

from bidkit.documents.bid.package import Package, Relation
from bidkit.kernel.identity import sha256_of

_PART = "docProps/custom.xml"
_NAME = "bidkit-build"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def stamp(package: Package) -> str:
    """Writes the digest of the main part into the package and gives it back."""
    digest = sha256_of(package.bytes_of(package.main))
    _write(package, digest)
    return digest


def stamp_as(package: Package, built: Package) -> None:
    """Says that `package` now contains what `built` holds."""
    digest = _read(built)
    if digest is not None:
        _write(package, digest)


def build_of(data: bytes, name: str) -> str | None:
    """The digest of the build a file began as, whoever saved it since; None for a file that was not built by us."""
    return _read(Package.open(data, name))


def _read(package: Package) -> str | None:
    if _PART not in package:
        return None
    entry = next((p for p in package.tree(_PART) if p.get("name") == _NAME and len(p)), None)
    return None if entry is None else entry[0].text


def _write(package: Package, digest: str) -> None:
    if _PART not in package:
        package.put(_PART, f'<Properties xmlns="{_SPACE}" xmlns:vt="{_TYPES}"/>'.encode(), _CONTENT_TYPE)
        package.relate("", Relation("custom-properties", _PART))
    properties = package.tree(_PART)
    entry = next((p for p in properties if p.get("name") == _NAME), None)
    if entry is None:
        numbers = [int(p.get("pid", "1")) for p in properties if p.get("pid", "1").isdigit()]
        entry = etree.SubElement(properties, f"{{{_SPACE}}}property", fmtid=_FORMAT_ID, name=_NAME)
        entry.set("pid", str(max(numbers, default=1) + 1))
        etree.SubElement(entry, f"{{{_TYPES}}}lpwstr")
    entry[0].text = digest

"""A volume as values -> its Word file."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bidkit.documents.bid import oxml
from bidkit.documents.bid.carry import Carrier
from bidkit.documents.bid.compose import Composer
from bidkit.documents.bid.control import Tag, bookmark_name
from bidkit.documents.bid.facts import BidFacts, missing_facts, placeholder_values
from bidkit.documents.bid.look import look_of
from bidkit.documents.bid.model import BidPart, Contents, HouseForm, Volume, check_ids
from bidkit.documents.bid.package import Package, Relation, parse
from bidkit.documents.bid.stamp import stamp
from bidkit.documents.bid.template import fill, house_template, placeholders_of
from bidkit.documents.bid.toc import write_contents
from bidkit.ingest.docx import names as n
from bidkit.kernel.errors import UsageError
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

_PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Built:
    """A Word file, the digest of what it was generated from, and what a person should know about it.

    Keep `docx` as the base of the next merge: it is what people's copies began as.
    """

    docx: bytes
    digest: str
    findings: tuple[Finding, ...] = ()


def build_volume(
    volume: Volume,
    facts: BidFacts,
    language: Language,
    *,
    template: bytes | None = None,
    elsewhere: Mapping[str, str] | None = None,
) -> Built:
    """The Word file of one volume; equal input gives equal bytes.

    `template` replaces the house template, `elsewhere` gives the titles of parts of other volumes that this one names.
    Page numbers are not known yet: `pages.settle` fills them. Raises UsageError for ids that clash or a template
    without a place for the parts.
    """
    check_ids(volume)
    source = template if template is not None else house_template(volume.template, language)
    values = placeholder_values(facts, volume.title, language)
    blank = label("bid", "blank", language)
    # A mark nobody can guess, so that no text of a tender is taken for the place of the parts.
    mark = f"parts-{secrets.token_hex(12)}"
    shown = {name: value or blank for name, value in values.items()} | {_PARTS: mark}
    package = Package.open(fill(source, shown, volume.template), volume.template)
    foreign = _Foreign(facts, language)
    titles = {part.id: part.title or part.id for part in volume.parts} | dict(elsewhere or {})
    composer = Composer(look_of(package, volume.template), language, titles, _media(package), foreign.put)
    _put_parts(package, mark, [composer.part(part) for part in volume.parts], volume.template)
    foreign.fill(package)
    write_contents(package)
    digest = stamp(package)
    used = placeholders_of(source, volume.template) - {_PARTS}
    findings = missing_facts(used, values, volume.title) + foreign.findings
    return Built(package.save(), digest, findings)


def whole_bid(volumes: tuple[Volume, ...], title: str, template: str = "bid-whole") -> Volume:
    """All volumes as one, each below a heading with its title."""
    parts: list[BidPart] = []
    for volume in volumes:
        parts.append(BidPart(f"{volume.id}-volume", 1, volume.title, (), 1, new_page=bool(parts)))
        parts += [
            BidPart(p.id, p.revision, p.title, p.blocks, min(p.level + 1, 4), new_page=False) for p in volume.parts
        ]
    return Volume("whole", title, template, tuple(parts))


def build_form(name: str, facts: BidFacts, language: Language) -> Built:
    """One house form (`bid-letter` or `bid-authorisation`) as a file of its own."""
    source = house_template(name, language)
    values = placeholder_values(facts, "", language)
    blank = label("bid", "blank", language)
    package = Package.open(fill(source, {k: v or blank for k, v in values.items()}, name), name)
    body = package.body()
    inner = [child for child in body if child.tag != n.SECT_PR]
    ready = oxml.control(str(Tag(name, 1)), name, oxml.bookmark(1, bookmark_name(name), ""))
    wrapper = parse(f"<w:body {oxml.NAMESPACES}>{ready}</w:body>".encode())[0]
    body.insert(0, wrapper)
    for element in inner:
        wrapper[1].insert(len(wrapper[1]) - 1, element)
    digest = stamp(package)
    return Built(package.save(), digest, missing_facts(placeholders_of(source, name), values, name))


class _Foreign:
    """Blocks of other files: marked while the parts are written, put in when the package is open."""

    def __init__(self, facts: BidFacts, language: Language) -> None:
        self._facts, self._language = facts, language
        self._waiting: dict[str, HouseForm | Contents] = {}
        self.findings: tuple[Finding, ...] = ()

    def put(self, block: HouseForm | Contents) -> str:
        mark = f"block-{secrets.token_hex(12)}"
        self._waiting[mark] = block
        return mark

    def fill(self, package: Package) -> None:
        if not self._waiting:
            return
        for paragraph in list(package.body().iter(n.P)):
            block = self._waiting.get("".join(t.text or "" for t in paragraph.iter(n.T)))
            if block is None:
                continue
            other = Package.open(self._bytes(block), "contents")
            carrier = Carrier(other, package)
            for child in [c for c in other.body() if c.tag != n.SECT_PR]:
                paragraph.addprevious(carrier.carry(child))
            parent = paragraph.getparent()
            assert parent is not None  # it was found below the body
            parent.remove(paragraph)

    def _bytes(self, block: HouseForm | Contents) -> bytes:
        if isinstance(block, Contents):
            return block.docx
        source = house_template(block.name, self._language)
        values = placeholder_values(self._facts, "", self._language)
        self.findings += missing_facts(placeholders_of(source, block.name), values, block.name)
        blank = label("bid", "blank", self._language)
        return fill(source, {k: v or blank for k, v in values.items()}, block.name)


def _media(package: Package) -> Callable[[bytes, str, str], str]:
    def put(data: bytes, extension: str, content_type: str) -> str:
        part = package.put_media(data, extension, content_type)
        return package.relate(package.main, Relation("image", part))

    return put


def _put_parts(package: Package, mark: str, parts: list[str], where: str) -> None:
    for paragraph in package.body().iterchildren(n.P):
        if "".join(t.text or "" for t in paragraph.iter(n.T)).strip() == mark:
            for part in parse(f"<w:body {oxml.NAMESPACES}>{''.join(parts)}</w:body>".encode()):
                paragraph.addprevious(part)
            package.body().remove(paragraph)
            return
    raise UsageError(
        "the template has no paragraph {{ parts }}", where=where, next_step="put it where the parts are to stand"
    )

"""Everything the check before sealing looks at, out of the store and the files of the bid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from bidkit.deviation.printing import open_points, rows_to_print
from bidkit.documents.office import Office
from bidkit.documents.sealing.properties import file_properties
from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.index import names_pages
from bidkit.gates.sealing.model import Addendum, OwnNames, Properties, Situation, Stranger, Volume, VolumeKind
from bidkit.gates.sealing.volumes import volume_kind
from bidkit.ingest.model import SourceDocument
from bidkit.ingest.read import load, read_bytes
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import BidkitError, Conflict, NotFound, StoreUnavailable, UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import sha256_of, squash
from bidkit.requirements.model import Solicitation
from bidkit.respond.company import CompanyFact, FactKind
from bidkit.store import Store, Work
from bidkit.usecases.amending_log import addenda_of
from bidkit.usecases.delivered import read_delivered
from bidkit.usecases.deviation_work import DeviationWork, deviation_blockers, load_deviations, value_findings
from bidkit.usecases.kinds import ASSIGNMENTS, BID_VOLUMES, COMPANY_FACTS, PAST_ANSWERS, SEALING_CHECKS
from bidkit.usecases.matrix import loaded_tender
from bidkit.usecases.sealing_forms import form_states
from bidkit.usecases.sealing_gate import LATEST
from bidkit.usecases.watch import NOBODY, Watcher

_NAMING_FACTS = ("project_name", "project_number", "buyer", "agency")
_WORD = ".docx"
_PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class BidFile:
    """A file of the bid as it lies there."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return sha256_of(self.data)


def bid_files(paths: Sequence[Path]) -> tuple[BidFile, ...]:
    """The files at `paths`; raises UnreadableFile for one that is not there."""
    return tuple(BidFile(path.name, load(path)) for path in paths)


def latest_files(store: Store, code: str) -> tuple[BidFile, ...]:
    """The volumes as they lie where `bid build` wrote them, or the files of the last check where that is later.

    Raises NotFound where there is neither, UnreadableFile for a volume that was moved away.
    """
    with store.read() as work:
        deal = work.deals.get(code)
        built = [kept for kept in work.of_deal(deal, BID_VOLUMES).all().values() if kept.value.volume != _PROPOSAL]
        checked = work.of_deal(deal, SEALING_CHECKS).find(LATEST)
    last_built = max((kept.at for kept in built), default=None)
    if last_built is not None and (checked is None or checked.at < last_built):
        return bid_files([Path(kept.value.path) for kept in built])
    if checked is None:
        raise NotFound("this bid was not checked yet", where=code, next_step=f"bidkit check {code} --bid FILE")
    return tuple(BidFile(file.name, store.blobs.get(file.sha256)) for file in checked.value.files)


def gather(
    store: Store, code: str, files: Sequence[BidFile], office: Office | None, watcher: Watcher = NOBODY
) -> Situation:
    """The situation of the deal's bid in these files; what cannot be had is None in it.

    Raises NotFound for an unknown deal or one without tender.
    """
    volumes = tuple(_volume(file, office, watcher) for file in files)
    tables = _deviations(store, code, watcher)
    with store.read() as work:
        deal, tender, _ = loaded_tender(work, code)
        facts = {kept.value.id: kept.value for kept in work.of_house(COMPANY_FACTS).all().values()}
        situation = Situation(
            tender,
            volumes,
            store.clock.now(),
            own=own_names(deal, tender, facts.values()),
            responses=work.responses.of(deal),
            strangers=tuple(_strangers(work, deal)),
            facts=facts,
            assignments=tuple(kept.value for kept in work.of_house(ASSIGNMENTS).all().values()),
            deviation_rows=sum(len(table.rows) for table in tables.tables) if tables else 0,
            blank_tables=_blank(tables) if tables else (),
            deviation_blockers=(*deviation_blockers(tables), *_unanswered(tables)) if tables else None,
            value_findings=value_findings(tables) if tables else None,
            addenda=_addenda(work, deal),
        )
    watcher.step("comparing with the tender")
    documents = _tender_documents(store, deal, watcher)
    return _with(
        situation,
        forms=form_states(store, deal, volumes, files, documents),
        tender_text=squash("".join(block.text for document in documents for block in document.blocks)),
        volumes=_marked(volumes, tender),
    )


def own_names(deal: Deal, tender: Solicitation, facts: Iterable[CompanyFact]) -> OwnNames:
    """The names that belong in the deal's bid: those of the tender, of the deal, and our legal names."""
    stated = {fact.key: str(fact.winner.value) for fact in tender.facts if isinstance(fact.winner.value, str)}
    others = {str(other.value) for f in tender.facts if f.key in _NAMING_FACTS for other in f.alternatives}
    legal = [fact for fact in facts if fact.kind is FactKind.LEGAL_NAME]
    named = [fact.value for fact in legal if cue("legal_name").search(fact.attribute)]
    bidders = list(dict.fromkeys(named or [fact.subject for fact in legal]))
    return OwnNames(
        stated.get("project_name", deal.name),
        stated.get("project_number", ""),
        stated.get("buyer", deal.customer),
        stated.get("agency", ""),
        bidders[0] if bidders else "",
        tuple(dict.fromkeys((deal.name, deal.code, deal.customer, *bidders[1:], *sorted(others)))),
    )


def _with(situation: Situation, **changes: object) -> Situation:
    values = {field.name: getattr(situation, field.name) for field in fields(situation)}
    return Situation(**{**values, **changes})


def _volume(file: BidFile, office: Office | None, watcher: Watcher) -> Volume:
    watcher.step(f"reading {file.name}")
    said = file_properties(file.data)
    properties = Properties(**said.as_dict()) if said else None
    try:
        document = read_bytes(file.data, file.name)
    except UnreadableFile as error:
        return Volume(file.name, file.sha256, volume_kind(file.name, None), None, str(error), properties)
    kind, pages = volume_kind(file.name, document), _pages(file, document, office)
    return Volume(file.name, file.sha256, kind, document, "", properties, pages)


def _pages(file: BidFile, document: SourceDocument, office: Office | None) -> tuple[str, ...] | None:
    """The text of each page: of a PDF its own, of a Word file with an index as LibreOffice lays it out, else None."""
    if document.pages is not None:
        return _by_page(document, document.pages)
    if office is None or not file.name.lower().endswith(_WORD) or not names_pages(document):
        return None
    try:
        laid_out = read_bytes(office.pdf(file.data, file.name), f"{file.name}.pdf")
    except UnreadableFile:
        return None
    return _by_page(laid_out, laid_out.pages or 0)


def _by_page(document: SourceDocument, count: int) -> tuple[str, ...]:
    texts: list[list[str]] = [[] for _ in range(count)]
    for block in document.blocks:
        if block.anchor.page and block.anchor.page <= count:
            texts[block.anchor.page - 1].append(block.text)
    return tuple("\n".join(page) for page in texts)


def _marked(volumes: Iterable[Volume], tender: Solicitation) -> tuple[Volume, ...]:
    """The volumes with those marked that may not say who we are: so named, else the technical one where it is asked."""
    asked = any(cue("anonymous_rule").search(row.text) for row in tender.requirements)
    found = []
    for volume in volumes:
        named = bool(cue("anonymous_file").search(volume.name))
        anonymous = named or (asked and volume.kind is VolumeKind.TECHNICAL)
        values = {field.name: getattr(volume, field.name) for field in fields(volume)}
        found.append(Volume(**{**values, "anonymous": anonymous}))
    return tuple(found)


def _strangers(work: Work, deal: Deal) -> Iterable[Stranger]:
    """The customers, projects, numbers and agencies of every other deal, and the names the library warns of."""
    stated = work.tender_facts.by_deal(_NAMING_FACTS)
    for other in work.deals.all():
        if other.code != deal.code:
            named = (other.customer, other.name, *stated.get(other.code, {}).values())
            yield from (Stranger(name, other.code) for name in named if isinstance(name, str))
    for kept in work.of_house(PAST_ANSWERS).all().values():
        if kept.value.source_deal != deal.code:
            for name in kept.value.names:
                yield Stranger(name, kept.value.source_deal or "library")


def _addenda(work: Work, deal: Deal) -> tuple[Addendum, ...]:
    """The revisions after the first that brought other files; a newer program reading the same files is none."""
    receipts = {entry.amendment.revision: entry.receipt for entry in addenda_of(work, deal)}
    found: list[Addendum] = []
    known: set[str] | None = None
    for revision in work.solicitations.all(deal):
        files = work.solicitations.delivered(revision)
        contents = {file.blob.sha256 for file in files}
        if known is not None and contents != known:
            new = tuple(file.name for file in files if file.blob.sha256 not in known)
            receipt = receipts.get(revision.number)
            who = receipt.person if receipt else ""
            found.append(Addendum(len(found) + 2, new, revision.created_at.date(), who))
        known = contents
    return tuple(found)


def _deviations(store: Store, code: str, watcher: Watcher) -> DeviationWork | None:
    try:
        return load_deviations(store, code, watcher)
    except NotFound:
        raise
    except (UnreadableFile, StoreUnavailable):
        return None


def _unanswered(tables: DeviationWork) -> Iterable[Finding]:
    """What a person still has to say to rows that must be printed."""
    found = (finding for table in tables.tables for finding in open_points(table, tables.entries))
    return (finding for finding in found if finding.severity is Severity.BLOCK)


def _blank(tables: DeviationWork) -> tuple[str, ...]:
    """The titles of the tables that would be blank without a person's word for it."""
    found = []
    for table in tables.tables:
        title = table.form.title if table.form else table.table.value
        try:
            rows_to_print(table, tables.entries, tables.statements.get(table.table))
        except Conflict:
            found += [title] if any(not row.band for row in table.rows) else []
    return tuple(found)


def _tender_documents(store: Store, deal: Deal, watcher: Watcher) -> tuple[SourceDocument, ...]:
    try:
        return read_delivered(store, deal, watcher).documents
    except BidkitError:
        return ()

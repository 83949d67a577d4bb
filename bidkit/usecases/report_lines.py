"""What the store holds about a deal, as the lines that reports print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from bidkit.documents.reports.model import DealFacts, DecisionLine, ProofLine, Worth
from bidkit.documents.reports.wording import say, word
from bidkit.gates.at_gate import gate_names
from bidkit.gates.model import Standings
from bidkit.kernel.language import Language
from bidkit.store.entries import DecisionEntry, EvidenceEntry, Person, StoredForm
from bidkit.store.model import DeliveredFile, SolicitationRevision
from bidkit.usecases.deal_file import DealFile
from bidkit.usecases.gate_state import GateState
from bidkit.usecases.gate_words import gate_label, role_label
from bidkit.usecases.gates import stands_at
from bidkit.usecases.report_views import form_titles
from bidkit.vocabulary.acts import acts


def names_of(people: Iterable[Person]) -> dict[str, str]:
    """Login -> the person's name, for everybody whose name is still kept."""
    return {person.login: person.name for person in people if person.name}


def deal_facts(file: DealFile, names: Mapping[str, str], language: Language) -> DealFacts:
    """The head of a report on the deal."""
    deal, profile = file.deal, file.profile
    worth = Worth(profile.value.amount, profile.value.currency) if profile.value else Worth()
    return DealFacts(
        code=deal.code,
        name=deal.name,
        customer=deal.customer,
        owner=names.get(profile.owner, profile.owner),
        worth=worth,
        method=profile.method,
        regime=profile.regime,
        opened_on=deal.created_at.astimezone().date(),
        published_on=profile.published_on,
        closed_on=profile.procurement_closed_on,
        outcome=word("outcome", profile.ending.outcome, language) if profile.ending else "",
    )


def decision_lines(state: GateState, names: Mapping[str, str], language: Language) -> tuple[DecisionLine, ...]:
    """Every decision on the deal, the latest first, each with whether it still holds for what stands at its gate."""
    entries, model, digests = state.file.decision_entries, state.file.book.model, gate_digests(state)
    lines = []
    decided: set[str] = set()
    for entry in sorted(entries, key=lambda e: e.at, reverse=True):
        second = [names.get(signed.by, signed.by) for signed in entry.signatures]
        lines.append(
            DecisionLine(
                at=entry.at,
                gate=gate_label(entry.gate, model, language) if entry.gate in digests else entry.gate,
                topic=entry.topic,
                verdict=entry.verdict,
                by=names.get(entry.by, entry.by),
                role=role_label(entry.role, language),
                reason=entry.reason,
                state=_state(entry, digests.get(entry.gate), replaced=entry.gate in decided),
                second=", ".join(second),
                conditions=entry.conditions,
                overrides=entry.overrides,
            )
        )
        if entry.complete:
            decided.add(entry.gate)
    return tuple(lines)


def proof_lines(
    file: DealFile,
    found: Standings,
    names: Mapping[str, str],
    language: Language,
) -> tuple[ProofLine, ...]:
    """Evidence and filled forms by day.

    A form is listed with what it proves, its digest is of its values. Evidence that only points at a form is not
    listed beside it.
    """
    titles = form_titles(language)
    proves: dict[str, list[str]] = {}
    for standing in found.values():
        for proof in standing.by:
            proves.setdefault(proof, []).append(standing.fact)
    pieces = [_piece(entry, names) for entry in file.evidence if entry.form is None or entry.withdrawal]
    forms = [_form(form, titles, proves, names, language) for form in file.forms]
    return tuple(sorted(chain(pieces, forms), key=lambda line: line.at))


def tender_lines(revision: SolicitationRevision, delivered: Iterable[DeliveredFile]) -> tuple[ProofLine, ...]:
    """The files of the tender in force, as they were handed in."""
    return tuple(
        ProofLine(revision.created_at, "tender", "", file.name, (), "", file.blob.sha256) for file in delivered
    )


def said_of(file: DealFile, language: Language) -> dict[str, str]:
    """Deal and id of a proof, as in D-1/E3 -> the file's name or the form's title."""
    titles = form_titles(language)
    said = {entry.id: entry.file_name or entry.note or entry.id for entry in file.evidence}
    said |= {form.document.id: f"{titles[form.document.form]} {form.document.id}" for form in file.forms}
    return {f"{file.deal.code}/{proof}": text for proof, text in said.items()}


def gate_digests(state: GateState) -> dict[str, str]:
    """Gate -> the digest of what stands there now, for every gate that was decided on and that there still is."""
    known = gate_names(state.file.book.model)
    found: dict[str, str] = {}
    for gate in dict.fromkeys(entry.gate for entry in state.file.decision_entries):
        name, _, topic = gate.partition(":")
        if name in known:
            found[gate] = stands_at(state, name, topic=topic or None).digest
    return found


def _state(entry: DecisionEntry, digest_now: str | None, *, replaced: bool) -> str:
    """An act's approval is bound to the very thing it was asked for, which is not at hand here."""
    if not entry.complete:
        return "pending"
    if replaced:
        return "replaced"
    if entry.digest == digest_now:
        return "valid"
    return "bound" if entry.gate.partition(":")[0] in acts() else "void"


def _piece(entry: EvidenceEntry, names: Mapping[str, str]) -> ProofLine:
    return ProofLine(
        at=entry.at,
        kind=entry.kind,
        origin=entry.origin,
        name=entry.file_name or entry.note or entry.id,
        facts=entry.facts,
        by=names.get(entry.by, entry.by),
        sha256=entry.sha256 or "",
        withdrawn=entry.withdrawal is not None,
    )


def _form(
    form: StoredForm,
    titles: Mapping[str, str],
    proves: Mapping[str, list[str]],
    names: Mapping[str, str],
    language: Language,
) -> ProofLine:
    document, version = form.document, form.version
    state = word("form_state", version.state, language)
    title = say("dossier.form", language, title=titles[document.form], id=document.id, state=state)
    return ProofLine(
        at=version.at,
        kind="form",
        origin="our_record",
        name=title,
        facts=tuple(proves.get(document.id, ())),
        by=names.get(version.by, version.by),
        sha256=version.digest,
        withdrawn=version.state == "void",
    )

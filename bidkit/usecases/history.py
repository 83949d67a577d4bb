"""A deal's file as it was: books only grow, so any earlier state can be put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bidkit.kernel.deal import DealProfile
from bidkit.store import Work
from bidkit.store.entries import EvidenceEntry, JudgementEntry, StoredForm, WaiverEntry
from bidkit.store.forms import DRAFT
from bidkit.store.profiles import NOTHING_KNOWN
from bidkit.usecases.deal_file import DealFile

Entry = TypeVar("Entry", EvidenceEntry, JudgementEntry, WaiverEntry)


@dataclass(frozen=True, slots=True)
class History:
    """A deal's file now, with every state of its profile and its forms."""

    now: DealFile
    profiles: tuple[tuple[datetime, DealProfile], ...]
    versions: tuple[StoredForm, ...]

    def moments(self) -> Iterator[datetime]:
        """Every moment something changed, the latest first."""
        now = self.now
        entries: tuple[EvidenceEntry | JudgementEntry | WaiverEntry, ...] = (
            *now.evidence,
            *now.judgements,
            *now.waivers,
        )
        found = {entry.at for entry in entries}
        found |= {entry.withdrawal.at for entry in entries if entry.withdrawal}
        found |= {at for at, _ in self.profiles} | {form.version.at for form in self.versions}
        found |= {d.at for d in now.decision_entries} | {s.at for d in now.decision_entries for s in d.signatures}
        found |= {seen.at for seen in now.sightings} | {now.deal.created_at}
        yield from sorted(found, reverse=True)

    def as_of(self, moment: datetime) -> DealFile:
        """The file right after what was done at that moment."""
        now = self.now
        profiles = [profile for at, profile in self.profiles if at <= moment]
        return replace(
            now,
            profile=profiles[-1] if profiles else NOTHING_KNOWN,
            evidence=_until(now.evidence, moment),
            judgements=_until(now.judgements, moment),
            waivers=_until(now.waivers, moment),
            forms=_counting([form for form in self.versions if form.version.at <= moment]),
            sightings=tuple(seen for seen in now.sightings if seen.at <= moment),
            decision_entries=tuple(
                replace(entry, signatures=tuple(s for s in entry.signatures if s.at <= moment))
                for entry in now.decision_entries
                if entry.at <= moment
            ),
        )


def load_history(work: Work, file: DealFile) -> History:
    """The history of the deal whose file was loaded."""
    return History(file, work.profiles.history(file.deal), work.forms.histories(file.deal))


def _until(entries: Iterable[Entry], moment: datetime) -> tuple[Entry, ...]:
    """The entries of that time; what was taken back later still stood."""
    standing = (entry for entry in entries if entry.at <= moment)
    return tuple(
        replace(entry, withdrawal=None) if entry.withdrawal and entry.withdrawal.at > moment else entry
        for entry in standing
    )


def _counting(versions: list[StoredForm]) -> tuple[StoredForm, ...]:
    """Of each document the latest version that is no draft, else its latest draft."""
    found: dict[str, StoredForm] = {}
    for form in versions:
        before = found.get(form.document.id)
        if before is None or form.version.state != DRAFT or before.version.state == DRAFT:
            found[form.document.id] = form
    return tuple(found.values())

"""Solicitations in the store: each set of files a deal was given is a revision with all that was read out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from bidkit.ingest.package import Package
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict
from bidkit.kernel.language import Language
from bidkit.requirements.model import Solicitation
from bidkit.store.blob_rows import know_blobs, printable
from bidkit.store.deals import Deals
from bidkit.store.model import BlobRef, DeliveredFile, PackageKey, SolicitationRevision
from bidkit.store.parts import digest_of, insert_rows, load_parts, save_parts, select_rows
from bidkit.store.schema import blob, delivered_file, document, refused_file, requirement
from bidkit.store.schema import deal as deals
from bidkit.store.schema import solicitation as table
from bidkit.store.transaction import Transaction


class Solicitations:
    """The solicitations of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals) -> None:
        self._transaction = transaction
        self._deals = deals

    def add(
        self,
        deal: Deal,
        key: PackageKey,
        delivered: Sequence[DeliveredFile],
        package: Package,
        solicitation: Solicitation,
    ) -> SolicitationRevision:
        """Store what was read as the deal's next revision. The files themselves are in the blob store before.

        Raises Conflict where two rows have one id or the deal already has this package.
        """
        _refuse_doubles(solicitation)
        connection = self._transaction.connection
        latest = self.latest(deal)
        rows_digest = digest_of(solicitation)
        number = latest.number + 1 if latest else 1
        row = {
            "deal_id": self._deals.key(deal.code),
            "revision": number,
            "created_at": self._transaction.at,
            "language": solicitation.language.value,
            "package_digest": key.digest,
            "rows_digest": rows_digest,
            "extractor": key.extractor,
        }
        made = connection.execute(insert(table).values(row)).inserted_primary_key
        if made is None:
            raise RuntimeError("the database gave the new solicitation no number")
        new_id = int(made[0])
        _save_files(connection, new_id, delivered, package)
        save_parts(connection, new_id, solicitation)
        counts = {"rows": len(solicitation.requirements), "facts": len(solicitation.facts)}
        files = [[printable(file.name), file.blob.sha256] for file in delivered]
        refused = [[printable(refusal.name), refusal.reason] for refusal in package.refused]
        payload = {"revision": number, "package_digest": key.digest, "rows_digest": rows_digest}
        self._transaction.record("tender.added", deal.code, payload | counts | {"files": files, "refused": refused})
        stored = self.find(deal, key.digest)
        if stored is None:
            raise RuntimeError("the solicitation just stored cannot be found")
        return stored

    def find(self, deal: Deal, package_digest: str) -> SolicitationRevision | None:
        """The revision that was read from this package, or None."""
        return self._one(self._of(deal).where(table.c.package_digest == package_digest))

    def latest(self, deal: Deal) -> SolicitationRevision | None:
        """The revision in force, or None where no tender was added yet."""
        return self._one(self._of(deal).order_by(table.c.revision.desc()).limit(1))

    def all(self, deal: Deal) -> tuple[SolicitationRevision, ...]:
        """Every revision, oldest first."""
        rows = self._transaction.connection.execute(self._of(deal).order_by(table.c.revision))
        return tuple(_revision(row) for row in rows)

    def latest_by_deal(self) -> dict[str, SolicitationRevision]:
        """Deal code -> the revision in force, for every deal that has a tender."""
        query = _counted().join(deals, deals.c.id == table.c.deal_id).add_columns(deals.c.code)
        rows = self._transaction.connection.execute(query.order_by(table.c.revision))
        return {row.code: _revision(row) for row in rows}

    def load(self, revision: SolicitationRevision) -> Solicitation:
        """Everything read at this revision, as it was."""
        return Solicitation(language=revision.language, **load_parts(self._transaction.connection, revision.id))

    def says_the_same(
        self,
        revision: SolicitationRevision,
        delivered: Sequence[DeliveredFile],
        package: Package,
        solicitation: Solicitation,
    ) -> bool:
        """True where the revision was read from these files, with the same refusals and the same result."""
        files = {file.blob.sha256 for file in self.delivered(revision)}
        refused = {(refusal["sha256"], refusal["reason"]) for refusal in self.refused(revision)}
        return (
            revision.rows_digest == digest_of(solicitation)
            and files == {file.blob.sha256 for file in delivered}
            and refused == {(refusal.sha256, refusal.reason) for refusal in package.refused}
        )

    def delivered(self, revision: SolicitationRevision) -> tuple[DeliveredFile, ...]:
        """The files as they were handed in."""
        query = (
            select(delivered_file.c.name, blob)
            .join(blob, blob.c.sha256 == delivered_file.c.sha256)
            .where(delivered_file.c.solicitation_id == revision.id)
            .order_by(delivered_file.c.position)
        )
        rows = self._transaction.connection.execute(query)
        return tuple(DeliveredFile(row.name, BlobRef(row.sha256, row.size, row.media_type)) for row in rows)

    def documents(self, revision: SolicitationRevision) -> Sequence[dict[str, Any]]:
        """The documents read, in order: name, sha256, media_type, pages."""
        return select_rows(self._transaction.connection, document, revision.id)

    def refused(self, revision: SolicitationRevision) -> Sequence[dict[str, Any]]:
        """The files that could not be read: name, reason, message, sha256."""
        return select_rows(self._transaction.connection, refused_file, revision.id)

    def row_ids(self, deal: Deal) -> frozenset[str]:
        """The ids of all rows the deal ever had."""
        query = select(requirement.c.id).join(table, table.c.id == requirement.c.solicitation_id)
        rows = self._transaction.connection.execute(query.where(table.c.deal_id == self._deals.key(deal.code)))
        return frozenset(row.id for row in rows)

    def _of(self, deal: Deal) -> Select[Any]:
        return _counted().where(table.c.deal_id == self._deals.key(deal.code))

    def _one(self, query: Select[Any]) -> SolicitationRevision | None:
        row = self._transaction.connection.execute(query).one_or_none()
        return _revision(row) if row else None


def _counted() -> Select[Any]:
    """Every revision with the number of its rows and knockouts."""
    rows = select(func.count()).where(requirement.c.solicitation_id == table.c.id).correlate(table)
    knockouts = rows.where(requirement.c.knockout)
    return select(table, rows.scalar_subquery().label("rows"), knockouts.scalar_subquery().label("knockouts"))


def _save_files(connection: Connection, new_id: int, delivered: Sequence[DeliveredFile], package: Package) -> None:
    know_blobs(connection, {file.blob.sha256: file.blob for file in delivered})
    files = ({"name": printable(file.name), "sha256": file.blob.sha256} for file in delivered)
    insert_rows(connection, delivered_file, new_id, files)
    documents = (
        {"name": printable(d.name), "sha256": d.sha256, "media_type": d.media_type, "pages": d.pages}
        for d in package.documents
    )
    insert_rows(connection, document, new_id, documents)
    refusals = (
        {
            "name": printable(refusal.name),
            "reason": refusal.reason,
            "message": printable(refusal.message),
            "sha256": refusal.sha256,
        }
        for refusal in package.refused
    )
    insert_rows(connection, refused_file, new_id, refusals)


def _refuse_doubles(solicitation: Solicitation) -> None:
    seen: set[str] = set()
    for row in solicitation.requirements:
        if row.id in seen:
            raise Conflict(
                f"two rows have the id {row.id}",
                where=f"{row.anchor.file_name}, block {row.anchor.block}",
                next_step="report this file to the makers of bidkit; nothing was stored",
            )
        seen.add(row.id)


def _revision(row: Row[Any]) -> SolicitationRevision:
    return SolicitationRevision(
        id=row.id,
        number=row.revision,
        created_at=row.created_at,
        language=Language(row.language),
        package_digest=row.package_digest,
        rows_digest=row.rows_digest,
        rows=row.rows,
        knockouts=row.knockouts,
    )

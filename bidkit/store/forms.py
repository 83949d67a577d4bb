"""Filled forms in the store: every save is a version, nothing saved is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, select, update

from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound
from bidkit.kernel.language import Language
from bidkit.store import audit
from bidkit.store.deals import Deals
from bidkit.store.entries import FormDocument, FormVersion, StoredForm
from bidkit.store.ledger import number_of
from bidkit.store.schema import deal as deals
from bidkit.store.schema import form_document as documents
from bidkit.store.schema import form_version as versions
from bidkit.store.transaction import Transaction

DRAFT = "draft"
HOUSE = "house:forms"
"""The subject of audit events on forms without a deal."""
_SAVED = "form.saved"
_Values = Mapping[str, Any]


class Forms:
    """The forms of one unit of work. A document is known as F with its number."""

    def __init__(self, transaction: Transaction, deals: Deals) -> None:
        self._transaction = transaction
        self._deals = deals

    def add(self, deal: Deal | None, *, form: str, definition_version: int, language: Language) -> FormDocument:
        """A new document without any version; `deal` is None for a form of the whole house."""
        row = {
            "deal_id": self._deals.key(deal.code) if deal else None,
            "form": form,
            "definition_version": definition_version,
            "language": language.value,
            "at": self._transaction.at,
            "actor": self._transaction.who,
        }
        made = self._transaction.connection.execute(insert(documents).values(row)).inserted_primary_key
        if made is None:
            raise RuntimeError("the database gave the new form no number")
        document = self.get(f"F{made[0]}")
        self._transaction.record("form.begun", _subject(document), {"form": document.id, "definition": form})
        return document

    def save(
        self, document: FormDocument, values: _Values, *, state: str, on_version: int, note: str = ""
    ) -> FormVersion:
        """The next version of the document. `on_version` is the one it was made on, 0 for the first.

        Raises Conflict, and stores nothing, where somebody saved another version since.
        """
        latest = self.latest(document)
        if (latest.number if latest else 0) != on_version:
            raise Conflict(
                "somebody else saved this form meanwhile", where=document.id, next_step="load it again, then save"
            )
        version = FormVersion(
            document.id,
            on_version + 1,
            state,
            dict(values),
            audit.digest_of_json(values),
            self._transaction.who,
            self._transaction.at,
            note,
        )
        self._transaction.connection.execute(insert(versions).values(_version_row(version)))
        payload = {"form": document.id, "version": version.number, "state": state, "digest": version.digest}
        self._transaction.record(_SAVED, _subject(document), payload)
        return version

    def get(self, document: str) -> FormDocument:
        """The document; raises NotFound."""
        number = number_of(document, "F", where="forms")
        row = self._transaction.connection.execute(_documents().where(documents.c.id == number)).one_or_none()
        if row is None:
            raise NotFound(f"there is no form {document}", where="forms", next_step="see them: bidkit form list")
        return _document(row[0], row[1:])

    def latest(self, document: FormDocument) -> FormVersion | None:
        """The version saved last, or None where nothing was saved yet."""
        found = self.history(document)
        return found[-1] if found else None

    def history(self, document: FormDocument) -> tuple[FormVersion, ...]:
        """Every version, oldest first."""
        query = select(*_VERSION).where(versions.c.document_id == _number(document)).order_by(versions.c.number)
        return tuple(_version(row) for row in self._transaction.connection.execute(query))

    def of(self, deal: Deal | None) -> tuple[StoredForm, ...]:
        """The deal's forms, or the house's for None, each with its latest version, in the order they were begun."""
        where = documents.c.deal_id.is_(None) if deal is None else deals.c.code == deal.code
        return self._stored(func.max(versions.c.number), where)

    def in_force(self, code: str | None = None) -> dict[str, tuple[StoredForm, ...]]:
        """Deal code -> its forms with the version that counts; of one deal where its code is given. One query.

        The version that counts is the latest that is no draft; a form that was never submitted shows its draft.
        """
        submitted = func.max(case((versions.c.state != DRAFT, versions.c.number)))
        where = documents.c.deal_id.is_not(None) if code is None else deals.c.code == code
        found: dict[str, list[StoredForm]] = {}
        for stored in self._stored(func.coalesce(submitted, func.max(versions.c.number)), where):
            found.setdefault(stored.document.deal or "", []).append(stored)
        return {deal: tuple(forms) for deal, forms in found.items()}

    def histories(self, deal: Deal) -> tuple[StoredForm, ...]:
        """Every version of every form of the deal, by document, oldest first."""
        every = versions.c.document_id == documents.c.id
        query = _with_version(every).where(deals.c.code == deal.code).order_by(documents.c.id, versions.c.number)
        return tuple(_stored(row) for row in self._transaction.connection.execute(query))

    def erase(self, document: FormDocument, kept: Callable[[_Values], _Values]) -> int:
        """How many versions lost values. Every version keeps only what `kept` gives for it; digests stay.

        The audit events of the document lose their payload, the chain stays whole. Doing it twice changes nothing.
        """
        erased = 0
        connection = self._transaction.connection
        for version in self.history(document):
            left = dict(kept(version.values))
            if left != version.values:
                one = and_(versions.c.document_id == _number(document), versions.c.number == version.number)
                connection.execute(update(versions).where(one).values(values=left, erased_at=self._transaction.at))
                erased += 1
        if erased:
            meant = (_SAVED, document.id)
            audit.erase(connection, _subject(document), lambda e: (e.act, (e.payload or {}).get("form")) == meant)
            self._transaction.record("form.erased", _subject(document), {"form": document.id, "versions": erased})
        return erased

    def _stored(self, which: ColumnElement[Any], where: ColumnElement[bool]) -> tuple[StoredForm, ...]:
        """Documents with the version whose number `which` picks out of each document's versions."""
        picked = (
            select(versions.c.document_id, which.label("number"))
            .select_from(versions)
            .join(documents, documents.c.id == versions.c.document_id)
            .outerjoin(deals, deals.c.id == documents.c.deal_id)
            .where(where)
            .group_by(versions.c.document_id)
            .subquery()
        )
        joined = and_(versions.c.document_id == picked.c.document_id, versions.c.number == picked.c.number)
        query = _with_version(versions.c.document_id == documents.c.id).join(picked, joined)
        rows = self._transaction.connection.execute(query.order_by(documents.c.id))
        return tuple(_stored(row) for row in rows)


def _documents() -> Select[Any]:
    return select(documents.c.id, *_DOCUMENT).outerjoin(deals, deals.c.id == documents.c.deal_id)


# In the order of the values they become: every form of every deal is loaded at once, and names cost as much as values.
_VERSION = (
    versions.c.document_id,
    versions.c.number,
    versions.c.state,
    versions.c["values"],
    versions.c.digest,
    versions.c.actor,
    versions.c.at,
    versions.c.note,
    versions.c.erased_at,
)
_DOCUMENT = (
    documents.c.form,
    deals.c.code,
    documents.c.definition_version,
    documents.c.language,
    documents.c.actor.label("begun_by"),
    documents.c.at.label("begun_at"),
)


def _with_version(joined: ColumnElement[bool]) -> Select[Any]:
    query = select(*_VERSION, *_DOCUMENT).select_from(documents).join(versions, joined)
    return query.outerjoin(deals, deals.c.id == documents.c.deal_id)


def _subject(document: FormDocument) -> str:
    return document.deal or HOUSE


def _number(document: FormDocument) -> int:
    return number_of(document.id, "F", where="forms")


def _version_row(version: FormVersion) -> dict[str, Any]:
    return {
        "document_id": number_of(version.document, "F", where="forms"),
        "number": version.number,
        "state": version.state,
        "values": version.values,
        "digest": version.digest,
        "note": version.note,
        "at": version.at,
        "actor": version.by,
    }


def _document(number: int, begun: Sequence[Any]) -> FormDocument:
    form, code, definition_version, language, by, at = begun
    return FormDocument(f"F{number}", form, code, definition_version, Language(language), by, at)


def _version(row: Sequence[Any]) -> FormVersion:
    return FormVersion(f"F{row[0]}", *row[1:])


def _stored(row: Sequence[Any]) -> StoredForm:
    return StoredForm(_document(row[0], row[len(_VERSION) :]), _version(row[: len(_VERSION)]))

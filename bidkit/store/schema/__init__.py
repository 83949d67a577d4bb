"""The tables. Values of the rooms below lie in columns of the same names; nested values lie in JSON columns."""

from bidkit.store.schema.audit import audit_event, audit_head
from bidkit.store.schema.base import Moment, metadata
from bidkit.store.schema.deals import deal, deal_profile, response
from bidkit.store.schema.forms import form_document, form_version
from bidkit.store.schema.gates import customer_step, decision, evidence, judgement, signature, waiver, withdrawal
from bidkit.store.schema.people import person, person_version
from bidkit.store.schema.records import record
from bidkit.store.schema.tenders import (
    blob,
    criterion,
    delivered_file,
    document,
    finding,
    key_fact,
    mark_meaning,
    refused_file,
    requirement,
    solicitation,
)

__all__ = [
    "Moment",
    "audit_event",
    "audit_head",
    "blob",
    "criterion",
    "customer_step",
    "deal",
    "deal_profile",
    "decision",
    "delivered_file",
    "document",
    "evidence",
    "finding",
    "form_document",
    "form_version",
    "judgement",
    "key_fact",
    "mark_meaning",
    "metadata",
    "person",
    "person_version",
    "record",
    "refused_file",
    "requirement",
    "response",
    "signature",
    "solicitation",
    "waiver",
    "withdrawal",
]

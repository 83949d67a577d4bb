"""A store of invented deals with full histories, written straight into its tables: going through the use cases takes
minutes and is not what is measured. Every entry has its event in the audit chain, as if somebody had made it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert

from bidkit.gates.rulebook import rulebook
from bidkit.kernel.clock import SystemClock
from bidkit.kernel.identity import sha256_of
from bidkit.store import audit, open_store
from bidkit.store.schema import (
    blob,
    customer_step,
    deal,
    deal_profile,
    decision,
    evidence,
    form_document,
    form_version,
    judgement,
    person,
    person_version,
    waiver,
)
from bidkit.vocabulary.stages import Fact, Verify
from tests.gates.forms_builder import filled
from tests.gates.meeting import MEETS

TODAY = date(2026, 11, 24)
_NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
_PEOPLE = ("li.na", "zhou.qiang", "wu.tong", "chen.li")
_FILE = b"%PDF-1.7 invented"
_PROOF = sha256_of(_FILE)
_AGAIN = 2  # versions of each form, and records of a form that a deal may have several of
_ROWS = 3  # as many rows as the smallest form of its kind has in a table
_CLOSED = 12  # every so many deals one has ended
_TABLES = (
    person,
    person_version,
    blob,
    deal,
    deal_profile,
    form_document,
    form_version,
    evidence,
    judgement,
    waiver,
    customer_step,
    decision,
)

Rows = dict[str, list[dict[str, Any]]]


def write_deals(folder: Path, count: int) -> Path:
    """`folder` with a store of `count` deals: a ninth of them at each depth of the process, from nothing to all."""
    folder.mkdir()
    path = folder / "bidkit.db"
    store = open_store(path, folder / "blobs", SystemClock())
    store.blobs.put(_FILE)
    store.close()
    rows: Rows = {table.name: [] for table in _TABLES}
    _people(rows)
    for number in range(1, count + 1):
        _deal(rows, number, depth=number % 9)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for table in _TABLES:
            connection.execute(insert(table), rows[table.name])
        audit.append(connection, _NOON, _PEOPLE[0], _acts(rows))
    engine.dispose()
    return folder


def _people(rows: Rows) -> None:
    made = {"at": _NOON, "actor": "admin"}
    rows["blob"].append({"sha256": _PROOF, "size": len(_FILE), "media_type": "application/pdf"})
    for login in _PEOPLE:
        roles = ["approver"] if login == "chen.li" else ["sales", "bid_manager"]
        rows["person"].append({"login": login} | made)
        known = {"login": login, "version": 1, "name": login.title(), "email": None, "roles": roles, "active": True}
        rows["person_version"].append(known | made)


def _deal(rows: Rows, number: int, depth: int) -> None:
    owner = _PEOPLE[number % 3]
    made = {"at": _NOON + timedelta(minutes=number), "actor": owner}
    head = {"id": number, "code": f"D-{number:05d}", "name": f"泵站 {number} 自控系统改造", "language": "zh"}
    rest = {"customer": f"第 {number % 97} 水务有限公司", "created_at": _NOON, "revision": 1, "model_version": 1}
    rows["deal"].append(head | rest)
    rows["deal_profile"].append(_profile(number, depth) | {"deal_id": number, "owner": owner} | made)
    facts = [fact for fact in rulebook(1).model.facts.values() if fact.stage <= depth]
    _forms(rows, number, facts, made)
    _proofs(rows, number, facts, made)
    _steps_and_decisions(rows, number, depth, made)


def _profile(number: int, depth: int) -> dict[str, Any]:
    ended = number % _CLOSED == 0
    return {
        "version": 1,
        "method": "enterprise_selection",
        "regime": "enterprise_rules",
        "published_on": None,
        "procurement_closed_on": None,
        "movable_topics": None,
        "amount": f"{number * 13_700 + 90_000}",
        "currency": "CNY",
        "risk": "medium",
        "next_on": TODAY + timedelta(days=number % 60 - 3) if number % 3 else None,
        "next_what": "",
        "late_entry": None,
        "outcome": ("won" if number % 24 else "lost") if ended else None,
        "ended_on": TODAY if ended else None,
        "end_reason": "" if ended else None,
        "reached_entered": depth if ended else None,
        "reached_completed": max(0, depth - 1) if ended else None,
    }


def _acts(rows: Rows) -> list[audit.Act]:
    """An act for every row that belongs to a deal, deal by deal."""
    of_document = {row["id"]: row["deal_id"] for row in rows["form_document"]}
    found: dict[int, list[audit.Act]] = {row["id"]: [] for row in rows["deal"]}
    for table, entries in rows.items():
        for row in entries:
            number = row.get("deal_id") or of_document.get(row.get("document_id", 0))
            if number:
                payload = {"entry": row.get("number", 1), "digest": row.get("digest", _PROOF)}
                found[number].append(audit.Act(f"{table}.added", f"D-{number:05d}", payload))
    return [act for acts in found.values() for act in acts]


def _forms(rows: Rows, number: int, facts: Iterable[Fact], made: dict[str, Any]) -> None:
    for form, wanted in _wanted(facts).items():
        for given in wanted:
            document = len(rows["form_document"]) + 1
            head = {"id": document, "deal_id": number, "form": form, "definition_version": 1, "language": "zh"}
            rows["form_document"].append(head | made)
            values, digest = _values(form, given)
            for version in range(1, _AGAIN + 1):
                key = {"document_id": document, "number": version, "digest": digest, "note": "", "erased_at": None}
                state = "draft" if version < _AGAIN else "submitted"
                rows["form_version"].append(key | {"state": state, "values": values} | made)


def _wanted(facts: Iterable[Fact]) -> dict[str, list[dict[str, Any]]]:
    """Form -> what its records have to say so that every fact is shown: together where a deal has one, else apart."""
    book, found = rulebook(1), dict[str, list[dict[str, Any]]]()
    for fact in facts:
        for form in fact.when:
            given, records = MEETS.get(fact.id, {}).get(form, {}), found.setdefault(form, [])
            if not book.forms[form].many:
                found[form] = [{**(records[0] if records else {}), **given}]
            elif given not in records:
                records.append(given)
    many = (form for form in found if book.forms[form].many)
    return found | {form: found[form] * (_AGAIN if len(found[form]) < _AGAIN else 1) for form in many}


def _values(form: str, given: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The form's values and their digest."""
    key = form + json.dumps(given, sort_keys=True)
    if key not in _KEPT:
        values = filled(form, **given)
        tables = {f.key for f in rulebook(1).forms[form].fields if f.columns}
        values |= {name: values[name] * _ROWS for name in tables & values.keys()}
        _KEPT[key] = values, audit.digest_of_json(values)
    return _KEPT[key]


_KEPT: dict[str, tuple[dict[str, Any], str]] = {}


def _proofs(rows: Rows, number: int, facts: Iterable[Fact], made: dict[str, Any]) -> None:
    approved = made | {"actor": "chen.li"}
    for fact in facts:
        if fact.verify is Verify.ATTACH:
            piece = {"facts": [fact.id], "kind": "customer_message", "origin": "customer_message", "sha256": _PROOF}
            rest = {"file_name": f"{fact.id}.pdf", "form_id": None, "note": ""}
            _add(rows, "evidence", number, piece | rest | made)
        elif fact.verify is Verify.JUDGE:
            word = {"fact": fact.id, "holds": True, "role": "approver", "reason": "与客户谈过"}
            _add(rows, "judgement", number, word | approved)
    until = TODAY + timedelta(days=number % 90)
    let_go = {"fact": "S1.P3", "reason": "客户已来函", "asked_by": _PEOPLE[0], "role": "approver", "until": until}
    _add(rows, "waiver", number, let_go | approved)


def _steps_and_decisions(rows: Rows, number: int, depth: int, made: dict[str, Any]) -> None:
    for step in range(1, min(8, depth + number % 3) + 1):
        seen = {"step": f"B{step}", "seen_on": TODAY - timedelta(days=2 * (9 - step)), "evidence": ["E1"]}
        _add(rows, "customer_step", number, seen | {"next_on": TODAY + timedelta(days=number % 40)} | made)
    for stage in range(1, depth + 1):
        taken = {
            "gate": f"S{stage}.enter",
            "topic": "stage",
            "verdict": "approve",
            "role": "approver",
            "reason": "凭据齐备",
        }
        rest = {"digest": _PROOF, "conditions": [], "overrides": [], "persons": 1}
        _add(rows, "decision", number, taken | rest | made | {"actor": "chen.li"})


def _add(rows: Rows, table: str, number: int, row: dict[str, Any]) -> None:
    before = rows[table][-1] if rows[table] else {"deal_id": 0, "number": 0}
    entry = before["number"] + 1 if before["deal_id"] == number else 1
    rows[table].append({"deal_id": number, "number": entry} | row)

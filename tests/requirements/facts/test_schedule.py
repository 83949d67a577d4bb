"""Schedules that print the time of day and the date in columns of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.ingest.read import read_file
from bidkit.requirements.facts import find_facts


@pytest.mark.parametrize("columns", [("2:00 p.m.", "March 9, 2027"), ("March 9, 2027", "2:00 p.m.")])
def test_a_deadline_is_put_together_from_its_time_and_its_date_column(tmp_path: Path, columns: tuple[str, str]) -> None:
    rows = "".join(f"<td>{text}</td>" for text in ("Proposal Due Date", *columns))
    page = tmp_path / "schedule.html"
    page.write_text(
        "<h1>Request for Proposals</h1><h2>Schedule of Events</h2><table>"
        "<tr><th>Event</th><th>One</th><th>Two</th></tr>"
        f"<tr><td>RFP Issued</td><td></td><td></td></tr><tr>{rows}</tr></table>",
        encoding="utf-8",
    )
    facts, _ = find_facts((read_file(page),))
    assert {fact.key: fact.winner.value for fact in facts}["submission_deadline"] == "2027-03-09T14:00"

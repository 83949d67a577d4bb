"""What the store keeps on its shelves for the rooms: one name and one value class each."""

from __future__ import annotations

from bidkit.respond.company import Assignment, CompanyFact
from bidkit.respond.library import PastAnswer
from bidkit.store.shelf import Kind

COMPANY_FACTS = Kind("company_fact", CompanyFact)
ASSIGNMENTS = Kind("assignment", Assignment)
PAST_ANSWERS = Kind("past_answer", PastAnswer)

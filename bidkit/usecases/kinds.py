"""What the store keeps on its shelves for the rooms: one name and one value class each."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.deviation.approve import Approval, Exposure
from bidkit.deviation.entries import NoDeviation, RowEntry
from bidkit.deviation.tables_model import DeviationTable
from bidkit.documents.amendment.model import Amendment, Receipt
from bidkit.gates.sealing.model import Answer, NotApplicable, StoredCheck
from bidkit.respond.company import Assignment, CompanyFact
from bidkit.respond.library import PastAnswer
from bidkit.store.shelf import Kind
from bidkit.usecases.bids.model import BidBase, HandedBack, VolumeMade


@dataclass(frozen=True, slots=True)
class StoredTables:
    """The deviation tables of the tender revision whose rows have this digest."""

    rows_digest: str
    tables: tuple[DeviationTable, ...]


COMPANY_FACTS = Kind("company_fact", CompanyFact)
ASSIGNMENTS = Kind("assignment", Assignment)
PAST_ANSWERS = Kind("past_answer", PastAnswer)
DEVIATION_TABLES = Kind("deviation_tables", StoredTables)
DEVIATION_ENTRIES = Kind("deviation_entry", RowEntry)
DEVIATION_EXPOSURES = Kind("deviation_exposure", Exposure)
DEVIATION_APPROVALS = Kind("deviation_approval", Approval)
NO_DEVIATIONS = Kind("no_deviation", NoDeviation)
BID_BASES = Kind("bid_base", BidBase)
BID_VOLUMES = Kind("bid_volume", VolumeMade)
BID_HANDED_BACK = Kind("bid_handed_back", HandedBack)
TENDER_CHANGES = Kind("tender_changes", Amendment)
ADDENDUM_RECEIPTS = Kind("addendum_receipt", Receipt)
SEALING_CHECKS = Kind("sealing_check", StoredCheck)
SEALING_ANSWERS = Kind("sealing_answer", Answer)
SEALING_WAIVERS = Kind("sealing_waiver", NotApplicable)

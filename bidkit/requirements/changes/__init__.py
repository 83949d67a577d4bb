"""What an addendum changes in a tender, and what becomes of the work people did on its rows.

In: the documents of a tender before and after, or before and an addendum that lists its changes. Out: TenderChanges
with kind, both texts and what changed; a consolidated tender; old rows tied to new ones with answers kept. Pure;
refuses nothing: what an instruction names and the tender does not have is a change without a place.
"""

from bidkit.requirements.changes.model import ChangeKind, TenderChange, TenderDiff, What

__all__ = ["ChangeKind", "TenderChange", "TenderDiff", "What"]

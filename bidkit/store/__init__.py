"""The database and the blob store behind one unit of work.

In: frozen values of the rooms below. Out: the same values, loaded. Every change writes an audit event in the
same transaction. Refuses lost updates with `Conflict`, a missing database with `StoreUnavailable`.
"""

from bidkit.store.store import Store, Work, open_store

__all__ = ["Store", "Work", "open_store"]

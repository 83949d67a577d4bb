"""Contracts: clauses, terms and obligations of a contract text, and how two texts differ.

In: SourceDocuments of contracts, negotiated and tendered terms, playbooks. Out: Clauses, Findings, changes,
Obligations.
Gives no verdict on a text while tracked changes in it are pending.
"""

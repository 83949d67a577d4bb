"""Blocks -> requirement rows, mark legend, evaluation criteria, key facts and findings on the tender itself.

In: SourceDocuments. Out: frozen values with anchors, in reading order. No clock, no randomness, no model call.
Refuses, with `NothingFound`, a tender in which not one requirement stands.
"""

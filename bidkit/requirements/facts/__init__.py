"""Documents -> key facts: what, who, when, how much, under which rules.

In: the SourceDocuments of one tender package, most important document first. Out: one KeyFact for every key of
`schemas/codelists/key_facts.csv` that is stated, with the value that wins, every other value with its place, and
findings on values that contradict each other or the calendar. A fact that is not stated is left out.
Labels, sentences, zones and exclusions are rows of `schemas/cues/fact_*.csv`. Refuses nothing.
"""

from bidkit.requirements.facts.as_json import facts_as_json
from bidkit.requirements.facts.find import find_facts

__all__ = ["facts_as_json", "find_facts"]

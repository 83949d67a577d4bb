"""Fields of run forms that offer what the store and the inbox hold; the running system keeps the offers fresh."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from bidkit.gates.at_gate import gate_names
from bidkit.kernel.language import Language
from bidkit.settings import Settings
from bidkit.usecases.gate_words import gate_label
from bidkit.vocabulary.stages import stage_model
from flows.running.choices import MARK

NOTHING = "—"


def _code(choice: str) -> str:
    """The deal's code: a choice reads "D-1 Pump stations"."""
    return choice.split(maxsplit=1)[0] if choice.split() else choice


def places_of(entry: str, paths: str) -> tuple[str, ...]:
    """Where the package lies: the entry of the inbox, and every line of `paths`; empty where neither is given."""
    chosen = [str(Settings().home / "inbox" / entry)] if entry not in ("", NOTHING) else []
    return (*chosen, *(line.strip() for line in paths.splitlines() if line.strip()))


def _entry(choice: str) -> str:
    # A name typed by hand must not lead out of the inbox.
    if "/" in choice or "\\" in choice or choice in (".", ".."):
        raise ValueError("choose an entry of the inbox, or write the path into the field below it")
    return choice


def _gate(choice: str) -> str:
    """The gate's name: a choice reads "S1.enter ..."; "" where none was chosen, which means the next one."""
    return "" if choice == NOTHING else _code(choice)


def gate_choices() -> tuple[str, ...]:
    """Every gate and act of the process with what it is called in both languages, after the choice of none."""
    model = stage_model()
    named = [(gate, [gate_label(gate, model, language) for language in Language]) for gate in gate_names(model)]
    return (NOTHING, *(f"{gate} {' / '.join(words)}" for gate, words in named))


DealChoice = Annotated[str, AfterValidator(_code), Field(json_schema_extra={MARK: "deals"})]
GateChoice = Annotated[
    str, AfterValidator(_gate), Field(validate_default=True, json_schema_extra={"enum": list(gate_choices())})
]
InboxChoice = Annotated[str, AfterValidator(_entry), Field(json_schema_extra={MARK: "inbox"})]

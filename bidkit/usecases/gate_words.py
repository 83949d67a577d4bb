"""Gates, blockers and positions in the words people read, in the deal's language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bidkit.gates.at_gate import GO_NO_GO, Change
from bidkit.gates.blockers import blocker_text
from bidkit.gates.model import Blocker
from bidkit.gates.position import Position
from bidkit.kernel.language import Language
from bidkit.vocabulary.acts import acts
from bidkit.vocabulary.approvals import blocker_texts, go_no_go_rules
from bidkit.vocabulary.forms import form_definitions
from bidkit.vocabulary.records import Label
from bidkit.vocabulary.rules import legal_rules
from bidkit.vocabulary.stages import StageModel
from bidkit.vocabulary.tables import label


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """One blocker to be read: at which fact and what that fact says, what is wrong, what clears it, who can."""

    code: str
    fact: str
    about: str
    text: str
    remedy: str
    who: tuple[str, ...]


def blocker_lines(blockers: tuple[Blocker, ...], model: StageModel, language: Language) -> tuple[BlockerLine, ...]:
    """The blockers in their order, in `language`."""
    return tuple(_line(found, model, language) for found in blockers)


def gate_label(gate: str, model: StageModel, language: Language) -> str:
    """What the gate or act is called."""
    if gate == GO_NO_GO:
        return label("gates", "gate.go_no_go", language)
    stage_id, _, moment = gate.partition(".")
    if moment:
        name = next(stage.label for stage in model.stages if stage.id == stage_id)
        return label("gates", f"gate.{moment}", language).format(stage=stage_id, name=name.of(language))
    return acts()[gate.partition(":")[0]].label.of(language)


def position_text(where: Position, language: Language) -> str:
    """Where the deal rests: the last stage completed, and whether the next one is entered."""
    reach = where.declared
    if reach.completed == len(where.stages):
        return label("gates", "position.end", language)
    if not reach.entered:
        return label("gates", "position.none", language)
    code = "rests" if reach.rests else "inside"
    named = {"completed": f"S{reach.completed}", "entered": f"S{reach.entered}", "next": f"S{reach.completed + 1}"}
    return label("gates", f"position.{code}", language).format(**named)


def change_text(change: Change, language: Language) -> str:
    """What was there and what is there now; digests are left out."""
    before, now = (_shown(parts, language) for parts in (change.before, change.now))
    return label("gates", "changed.line", language).format(item=change.item, before=before, now=now)


def role_label(role: str, language: Language) -> str:
    """What the role is called."""
    return label("person_roles", role, language)


def _shown(parts: tuple[str, ...], language: Language) -> str:
    state = f"state.{parts[0]}" if parts else "changed.nothing"
    known = parts and parts[0] in ("proven", "waived", "closed_by_law", "open")
    first = label("gates", state, language) if known or not parts else parts[0][:16]
    rest = [part.partition(" ")[0][:16] for part in parts[1:] if part]
    return " ".join([first, *rest])


def _line(found: Blocker, model: StageModel, language: Language) -> BlockerLine:
    named = tuple((key, _value(key, value, model, language)) for key, value in found.values)
    text, remedy = blocker_text(replace(found, values=named), language)
    fact = model.facts.get(found.fact or "")
    who = tuple(role_label(role, language) for role in found.who)
    return BlockerLine(found.code, found.fact or "", fact.label.of(language) if fact else "", text, remedy, who)


class _Left(dict[str, str]):
    """Values nobody has at hand: an ellipsis each."""

    def __missing__(self, key: str) -> str:
        return "…"


def _value(key: str, value: str, model: StageModel, language: Language) -> str:
    """A code with the words it stands for; anything else as it is."""
    found: Label | None = None
    if key == "form" and value in form_definitions():
        found = form_definitions()[value].label
    elif key == "stage":
        found = next((stage.label for stage in model.stages if stage.id == value), None)
    elif key == "item":
        rules = go_no_go_rules()
        labels = {stop.id: stop.label for stop in rules.hard_stops}
        labels |= {factor.id: factor.label for factor in rules.factors}
        found = labels.get(value)
    elif key == "rule":
        found = next((rule.label for rule in legal_rules().rules if rule.id == value), None)
    elif key == "blocker" and value in blocker_texts():
        said = blocker_texts()[value].text
        return said.of(language).format_map(_Left())
    return f"{found.of(language)} ({value})" if found else value

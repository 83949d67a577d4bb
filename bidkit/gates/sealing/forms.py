"""The tender's forms in the bid, and every place to sign and seal."""

from __future__ import annotations

from collections import Counter

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Question, Situation
from bidkit.gates.sealing.volumes import hindrance, living, quoted, readable
from bidkit.ingest.model import Block, BlockKind
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Severity
from bidkit.kernel.identity import squash

_KINDS = ("paging_seal", "signature", "seal")
_LABEL = 60  # a place to sign is a label, not a sentence of instructions
_SENTENCE = "。；"


def forms_complete(situation: Situation) -> Looked:
    """A fault for each form of the tender that stands in no volume."""
    if situation.forms is None:
        return Looked(hindrance="no-forms")
    missing = [form for form in situation.forms if not form.volume]
    if missing and (why := hindrance(situation)):
        return Looked(hindrance=why)
    faults = tuple(
        Fault("forms-complete", "form-missing", squash(form.title), (("form", form.title),), clause=form.clause)
        for form in missing
    )
    return Looked(faults=faults, idle="" if situation.forms else "tender-without-forms", count=len(situation.forms))


def forms_unaltered(situation: Situation) -> Looked:
    """A fault for each word of a form that was changed or left out; what was added outside blanks is no fault."""
    if situation.forms is None:
        return Looked(hindrance="no-forms")
    present = [form for form in situation.forms if form.volume]
    faults = [
        Fault(
            "forms-unaltered",
            f"finding:{finding.code}",
            " ".join(value for _, value in finding.values),
            finding.values,
            clause=form.clause,
            place=_place(situation, form.volume, dict(finding.values).get("found", "")),
            file=form.volume,
        )
        for form in present
        for finding in form.altered or ()
        if finding.severity is Severity.BLOCK
    ]
    unread = any(form.altered is None for form in present)
    return Looked(
        faults=tuple(faults),
        hindrance="forms-not-comparable" if unread else "",
        idle="" if present else "no-form-in-bid",
        count=len(present),
    )


def _place(situation: Situation, file: str, words: str) -> Anchor | None:
    """Where in the volume a line begins with these words; None where they are left out or not found."""
    key = squash(words)
    documents = [document for volume, document in readable(situation) if volume.name == file and key]
    return next((b.anchor for d in documents for b in d.blocks if squash(b.text).startswith(key)), None)


def seal_and_sign(situation: Situation) -> Looked:
    """A question for each place of the bid that is to be signed or sealed."""
    why = hindrance(situation)
    questions: list[Question] = []
    for volume, document in readable(situation):
        seen: Counter[str] = Counter()
        for block in living(document):
            for line in _places(block):
                heading = block.anchor.path[-1] if block.anchor.path else ""
                key = f"{volume.name} {heading} {squash(line)}"
                seen[key] += 1
                values = (("place", quoted(line)), ("heading", quoted(heading or volume.name)), ("kind", _kind(line)))
                questions.append(
                    Question(
                        "seal-and-sign",
                        f"{key} {seen[key]}",
                        "ask.seal",
                        values,
                        place=block.anchor,
                        basis=line,
                        file=volume.name,
                    )
                )
    if not questions and not why:
        why = "no-place-to-sign"
    return Looked(questions=tuple(questions), hindrance=why, count=len(questions))


def _places(block: Block) -> list[str]:
    if block.kind in (BlockKind.HEADING, BlockKind.TOC_LINE):
        return []
    lines = block.text.split("\n") if block.kind is not BlockKind.TABLE_ROW else [c.text for c in block.cells]
    return [
        line
        for line in lines
        if len(line) <= _LABEL and cue("seal_place").search(line) and not any(sign in line for sign in _SENTENCE)
    ]


def _kind(line: str) -> str:
    return next((kind for kind in _KINDS if cue(f"kind_{kind}").search(line)), "seal")

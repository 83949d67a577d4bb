"""A check put into words: the view its papers, tables and pages print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bidkit.documents.sealing.model import FaultLine, FileLine, QuestionLine, RuleLine, ScoreLine, SealingView
from bidkit.documents.wording import finding_text, group_label, place_text, short
from bidkit.gates.sealing.model import Answer, CheckResult, Fault, NotApplicable, Outcome, Question
from bidkit.gates.sealing.rules import SealingRule, sealing_rules
from bidkit.gates.sealing.run import by_hand
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.respond.response import NO_RESPONSE, Response
from bidkit.usecases.matrix import header
from bidkit.usecases.sealing import Checked
from bidkit.vocabulary.tables import label, labels

_FINDING = "finding:"
_CLAUSE = 90


def say(code: str, language: Language, **values: object) -> str:
    """The words of `schemas/codelists/sealing.csv` with their values."""
    return label("sealing", code, language).format(**values)


def view_of(checked: Checked, language: Language, responses: Mapping[str, Response] | None = None) -> SealingView:
    """The whole check in `language`; `responses` are the answers the score self-assessment shows."""
    hashes = [file.sha256 for file in checked.stored.files]
    rules = {rule.id: rule for rule in sealing_rules().rules}
    pairs = [(rules[result.rule], result) for result in checked.results]
    count = len(checked.blockers)
    when = checked.stored.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return SealingView(
        header(checked.deal),
        say("verdict.stale" if checked.stale else "verdict.open" if count else "verdict.clear", language, count=count),
        not checked.open,
        say("checked", language, when=when, revision=checked.stored.revision),
        tuple(_rule(rule, result, language) for rule, result in pairs),
        tuple(line for rule, result in pairs for line in _faults(rule, result, language)),
        tuple(line for rule, result in pairs for line in _questions(rule, result, hashes, language)),
        tuple(
            FileLine(file.name, say(f"volume.{file.kind.value}", language), file.sha256)
            for file in checked.stored.files
        ),
        tuple(_scores(checked, responses or {}, language)),
    )


def fault_text(fault: Fault, language: Language) -> str:
    """What is wrong, as a sentence."""
    if fault.reason.startswith(_FINDING):
        return finding_text(Finding(fault.reason[len(_FINDING) :], Severity.BLOCK, fault.values), language)
    return say(f"reason.{fault.reason}", language, **dict(fault.values))


def question_text(question: Question, language: Language) -> str:
    """What is asked, as a sentence."""
    values = dict(question.values)
    rule = sealing_rules().rule(question.rule)
    if not question.ask and rule is not None and rule.ask is not None:
        return rule.ask.of(language).format(value=short(values.get("value", ""), _CLAUSE))
    if "kind" in values:
        values["kind"] = say(f"kind.{values['kind']}", language)
    if rule is not None:
        values.setdefault("title", rule.label.of(language))
    return say(question.ask, language, **values)


def outcome_text(result: CheckResult, language: Language) -> str:
    """The outcome in a word."""
    return say("outcome.by_hand" if result.confirmed else f"outcome.{result.outcome.value}", language)


def place_of(fault: Fault | Question, language: Language) -> str:
    """The place in the bid; the file alone where it is about no block of it."""
    return place_text(fault.place, language) if fault.place else fault.file


def _rule(rule: SealingRule, result: CheckResult, language: Language) -> RuleLine:
    shown = result.why and result.outcome in (Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE)
    return RuleLine(
        rule.id,
        say(f"group.{rule.group}", language),
        rule.label.of(language),
        _source(rule, language),
        say(f"severity.{'block' if rule.blocks else 'warn'}", language),
        result.outcome.value,
        outcome_text(result, language),
        rule.blocks,
        _why(result, language) if shown else "",
        result.count,
        len(result.open),
        _places((fault.clause for fault in result.open), language),
    )


def _why(result: CheckResult, language: Language) -> str:
    text = say(f"why.{result.why}", language)
    if result.confirmed is None:
        return text
    said = result.confirmed
    return f"{text}; {said.by} {said.on.isoformat()} {said.reason}".rstrip()


def _source(rule: SealingRule, language: Language) -> str:
    source = say(f"source.{rule.source}", language)
    return f"{source}: {rule.law}" if rule.law else source


def _faults(rule: SealingRule, result: CheckResult, language: Language) -> Iterable[FaultLine]:
    stands: list[tuple[Fault, NotApplicable | None]] = [(fault, None) for fault in result.open]
    for fault, waiver in (*stands, *result.waived):
        waived = f"{waiver.reason} ({waiver.by}, {waiver.on.isoformat()})" if waiver else ""
        yield FaultLine(
            fault.id,
            rule.id,
            rule.label.of(language),
            say(f"severity.{'block' if rule.blocks else 'warn'}", language),
            rule.blocks,
            _source(rule, language),
            _places((fault.clause,), language),
            place_of(fault, language),
            fault.file,
            fault_text(fault, language),
            rule.fix.of(language),
            waived,
            fault.place,
        )


def _questions(rule: SealingRule, result: CheckResult, hashes: list[str], language: Language) -> Iterable[QuestionLine]:
    asked: list[tuple[Question, Answer | None]] = [(question, None) for question in result.asked]
    if result.outcome is Outcome.NOT_CHECKED:
        asked.append((by_hand(rule.id, hashes), result.confirmed))
    for question, answer in (*asked, *result.answered):
        yield QuestionLine(
            question.id,
            rule.id,
            rule.label.of(language),
            rule.blocks,
            question_text(question, language),
            _places((question.clause,), language),
            place_of(question, language),
            " ".join((say("yes" if answer.yes else "no", language), answer.reason)).strip() if answer else "",
            answer.by if answer else "",
            answer.on.isoformat() if answer else "",
        )


def _places(anchors: Iterable[Anchor | None], language: Language) -> str:
    texts = dict.fromkeys(place_text(anchor, language) for anchor in anchors if anchor)
    return "; ".join(list(texts)[:3])


def _scores(checked: Checked, responses: Mapping[str, Response], language: Language) -> Iterable[ScoreLine]:
    rows = {row.id: row for row in checked.tender.requirements}
    states = labels("response_states")
    for number, criterion in enumerate(checked.tender.criteria, start=1):
        response = responses.get(criterion.requirement_id, NO_RESPONSE)
        row = rows.get(criterion.requirement_id)
        words = response.answer or response.offered
        yield ScoreLine(
            number,
            group_label(criterion.group, language),
            criterion.name,
            criterion.points,
            " ".join(filter(None, (row.clause if row else "", place_text(criterion.anchor, language)))),
            words,
            response.proof,
            states[response.state.value][language] if response.state.value in states else response.state.value,
            bool(response.answered or words or response.proof),
        )

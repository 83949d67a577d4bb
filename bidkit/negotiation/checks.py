"""What is wrong with a plan or with what happened in a round, for people to read before they go on.

Legal sources: 招标投标法 43 (no negotiation of substance before award), 46 (no departure from it after).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bidkit.kernel.finding import Finding, Severity
from bidkit.negotiation.model import Concession, Issue, LegalWindow, Option, Round
from bidkit.negotiation.space import Space


def plan_findings(
    issues: Sequence[Issue], windows: Mapping[str, LegalWindow | None], space: Space | None
) -> tuple[Finding, ...]:
    """What is wrong with the plan. `windows` says for each topic what the law leaves open; None or missing = unknown.

    `space` is None while values are missing, which is itself a finding: the plan is then not computed.
    """
    return tuple(_plan_findings(issues, windows, space))


def _plan_findings(
    issues: Sequence[Issue], windows: Mapping[str, LegalWindow | None], space: Space | None
) -> Iterator[Finding]:
    if len(issues) < 2:
        yield Finding("negotiation-one-issue", Severity.WARN)
    for issue in issues:
        if not 0 <= issue.opening <= issue.target <= issue.limit < len(issue.options):
            yield _about("negotiation-order", Severity.BLOCK, issue)
        if issue.authority < issue.target:
            yield _about("negotiation-target-beyond-authority", Severity.WARN, issue)
        if all(_worthless(option) for option in issue.options):
            yield _about("negotiation-issue-not-valued", Severity.WARN, issue)
        yield from _window_findings(issue, windows.get(issue.topic))
    if space is None:
        yield Finding("negotiation-not-valued", Severity.BLOCK)
    elif not space.agreeable.any():
        yield Finding("negotiation-no-zone", Severity.WARN)


def _worthless(option: Option) -> bool:
    return option.price is None and option.formula is None and not option.amount and not option.share


def _window_findings(issue: Issue, window: LegalWindow | None) -> Iterator[Finding]:
    if window is None:
        yield _about("negotiation-window-unknown", Severity.BLOCK, issue)
    elif window is LegalWindow.NONE or (window is LegalWindow.NON_SUBSTANTIVE and issue.substantive):
        yield _about("negotiation-closed-by-law", Severity.BLOCK, issue)


def round_findings(
    issues: Sequence[Issue], space: Space, rounds: Sequence[Round], windows: Mapping[str, LegalWindow | None]
) -> tuple[Finding, ...]:
    """What to warn of after the last of `rounds`: steps that grow, gifts, limits passed, authority, the law.

    The findings name issues and rounds, never a reservation value.
    """
    by_id = {issue.id: issue for issue in issues}
    return tuple(_round_findings(by_id, space, sorted(rounds, key=lambda r: r.number), windows))


def _round_findings(
    by_id: Mapping[str, Issue], space: Space, rounds: Sequence[Round], windows: Mapping[str, LegalWindow | None]
) -> Iterator[Finding]:
    given: dict[str, Decimal] = {}
    for held in rounds:
        for concession in held.concessions:
            issue = by_id.get(concession.issue_id)
            if issue is None:
                yield _in_round("negotiation-unplanned-issue", Severity.WARN, held, concession.issue_id)
                continue
            yield from _concession_findings(issue, concession, held, windows.get(issue.topic))
            cost = _cost(space, issue, concession)
            if issue.id in given and cost > given[issue.id] > 0:
                yield _in_round("negotiation-growing-step", Severity.WARN, held, issue.label)
            given[issue.id] = cost
    yield from _total_findings(by_id, space, rounds)


def _concession_findings(
    issue: Issue, concession: Concession, held: Round, window: LegalWindow | None
) -> Iterator[Finding]:
    if concession.to_option > concession.from_option and not concession.against.strip():
        yield _in_round("negotiation-gift", Severity.WARN, held, issue.label)
    if concession.to_option > issue.authority and not concession.approved_by.strip():
        yield _in_round("negotiation-authority-exceeded", Severity.BLOCK, held, issue.label)
    if concession.to_option > issue.limit:
        yield _in_round("negotiation-limit-passed", Severity.BLOCK, held, issue.label)
    for finding in _window_findings(issue, window):
        yield Finding(finding.code, finding.severity, (*finding.values, ("round", str(held.number))))


def _total_findings(by_id: Mapping[str, Issue], space: Space, rounds: Sequence[Round]) -> Iterator[Finding]:
    """One finding where all that was conceded or agreed together is worth less than leaving."""
    if not rounds:
        return
    stand = {issue.id: issue.opening for issue in space.issues}
    for held in rounds:
        stand |= {c.issue_id: c.to_option for c in held.concessions if c.issue_id in stand}
        stand |= {issue_id: option for issue_id, option in held.agreed if issue_id in stand}
    if all(0 <= option < len(by_id[issue_id].options) for issue_id, option in stand.items()):
        place = space.place([stand[issue.id] for issue in space.issues])
        if space.ours[place] < float(space.our_reservation.reveal()):
            values = (("round", str(rounds[-1].number)),)
            yield Finding("negotiation-worse-than-leaving", Severity.BLOCK, values)


def _cost(space: Space, issue: Issue, concession: Concession) -> Decimal:
    """What the step costs us with every other issue at our opening; 0 where an option does not exist."""
    number = space.issues.index(issue)
    places = []
    for option in (concession.from_option, concession.to_option):
        if not 0 <= option < len(issue.options):
            return Decimal(0)
        choice = [other.opening for other in space.issues]
        choice[number] = option
        places.append(space.place(choice))
    return Decimal(str(space.ours[places[0]] - space.ours[places[1]]))


def _about(code: str, severity: Severity, issue: Issue) -> Finding:
    return Finding(code, severity, (("issue", issue.label),))


def _in_round(code: str, severity: Severity, held: Round, issue: str) -> Finding:
    return Finding(code, severity, (("issue", issue), ("round", str(held.number))))

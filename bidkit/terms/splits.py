"""Payment stages: read from text, and held against each other by how early the money flows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bidkit.terms.cues import Code, code_of, codes_in, cue
from bidkit.terms.model import Share, TermValue, ValueKind
from bidkit.terms.recognise import clause_span, sentence_span

_SHORT = re.compile(
    r"(?<![\d./])(?<!\d:)\d{1,3}(?:\.\d+)?\s*[%％]?(?:\s*[/／:：\-–—]\s*\d{1,3}(?:\.\d+)?\s*[%％]?){1,7}(?![\d.:/]*\d)"
)
_HUNDRED = Decimal(100)
_PAYMENT = (None, "payment_stages", "payment_period")


def split_in(text: str, values: Sequence[TermValue], *, asked: bool) -> TermValue | None:
    """The payment stages of `text` as one value: shares that make up 100 percent, or 3:6:1 where stages are meant.

    `asked` says that the text is known to be about payment. "Up to 70 percent" counts what was paid before. None
    where the shares do not add up: then each one stands for itself.
    """
    short = _short(text) if asked or cue("ratio_share").search(text) else None
    if short:
        return short
    shares = [v for v in values if v.kind is ValueKind.PERCENT and v.upper is None and v.value is not None]
    whole = len(shares) == 1 and shares[0].value == _HUNDRED and shares[0].term in _PAYMENT
    if len(shares) < 2 and not whole:
        return None
    stages: list[Share] = []
    paid = Decimal(0)
    for number, value in enumerate(shares):
        percent = (value.value or Decimal(0)) * (Decimal("0.1") if value.unit == "permille" else 1)
        if cue("cumulative").search(text[max(0, value.start - 30) : value.start]) and percent > paid and paid:
            percent -= paid
        paid += percent
        event = _event(text, value, shares[number - 1].end if number else 0, _next(text, shares, number))
        stages.append(Share(percent, event.code if event else None, event.rank if event else None))
        if paid >= _HUNDRED:
            break
    known = asked or cue("ratio_share").search(text) or all(stage.event for stage in stages)
    if paid != _HUNDRED or not known:
        return None
    last = shares[len(stages) - 1]
    return TermValue(
        ValueKind.SPLIT,
        text[shares[0].start : last.end],
        shares[0].start,
        last.end,
        unit="percent",
        shares=tuple(stages),
        term="payment_stages",
    )


def compare_splits(required: tuple[Share, ...], offered: tuple[Share, ...]) -> int | None:
    """1 where the money of `offered` is never earlier, -1 where never later, 0 for the same; None for a mix."""
    if all(s.rank is not None for s in (*required, *offered)):
        ranks = sorted({s.rank for s in (*required, *offered) if s.rank is not None})
        first = [sum((s.percent for s in required if s.rank is not None and s.rank <= r), Decimal(0)) for r in ranks]
        second = [sum((s.percent for s in offered if s.rank is not None and s.rank <= r), Decimal(0)) for r in ranks]
    elif len(required) == len(offered):
        first, second = _running(required), _running(offered)
    else:
        return None
    later = any(b < a for a, b in zip(first, second, strict=True))
    earlier = any(b > a for a, b in zip(first, second, strict=True))
    if later and earlier:
        return None
    return 1 if later else -1 if earlier else 0


def _running(shares: tuple[Share, ...]) -> list[Decimal]:
    total, sums = Decimal(0), []
    for share in shares:
        total += share.percent
        sums.append(total)
    return sums


def _short(text: str) -> TermValue | None:
    for match in _SHORT.finditer(text):
        numbers = [Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", match[0])]
        total = sum(numbers)
        if len(numbers) >= 2 and total in (_HUNDRED, Decimal(10)):
            shares = tuple(Share(number * _HUNDRED / total, None, None) for number in numbers)
            return TermValue(
                ValueKind.SPLIT,
                match[0],
                match.start(),
                match.end(),
                unit="percent",
                shares=shares,
                term="payment_stages",
            )
    return None


def _next(text: str, shares: Sequence[TermValue], number: int) -> int:
    return shares[number + 1].start if number + 1 < len(shares) else len(text)


def _event(text: str, value: TermValue, floor: int, ceiling: int) -> Code | None:
    """The event a stage falls due on: named in front of the share, else behind it."""
    left, right = clause_span(text, value.start, value.end)
    sentence = sentence_span(text, value.start, value.end)
    for start, stop in (
        (max(left, floor), value.start),
        (value.end, min(right, ceiling)),
        (max(sentence[0], floor), value.start),
    ):
        piece = text[start:stop]
        found = codes_in("event", piece)
        if found:
            return max(found, key=lambda code: code.rank)
    first = code_of("event", value.label)
    return first or (Code("prepayment", 2, 0, 0) if value.term == "advance_payment" else None)


def whole_payment_of(other: Sequence[TermValue], text: str) -> tuple[TermValue, ...]:
    """The one payment of all that `text` states, where the `other` text pays in stages; () without such words."""
    match = cue("whole_payment").search(text)
    if match is None or not any(v.kind is ValueKind.SPLIT for v in other):
        return ()
    left, right = sentence_span(text, match.start(), match.end())
    found = codes_in("event", text[left : match.start()]) or codes_in("event", text[match.end() : right])
    event = max(found, key=lambda code: code.rank, default=None)
    share = Share(_HUNDRED, event.code if event else None, event.rank if event else None)
    return (
        TermValue(
            ValueKind.SPLIT,
            match[0],
            match.start(),
            match.end(),
            unit="percent",
            shares=(share,),
            term="payment_stages",
        ),
    )

"""Offers that say the opposite of what is asked: no for yes, at a price for free, shut out, paid by the other side."""

from __future__ import annotations

from bidkit.terms.cues import codes_in, cue
from bidkit.terms.fold import fold
from bidkit.terms.model import Comparison, Direction, TermValue, ValueKind
from bidkit.terms.recognise import find_terms
from bidkit.terms.residue import negation_differs, only_in_offer
from bidkit.terms.spelling import one_spelling
from bidkit.terms.wording import word_difference

_TIMES_A_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "half_year": 2, "year": 1}


def opposite_of(
    required: str, offered: str, asked: tuple[TermValue, ...], answered: tuple[TermValue, ...]
) -> Comparison | None:
    """What an offer in contradiction to the requirement means; None where the texts do not contradict each other."""
    charged = only_in_offer("charged", required, offered)
    if charged and cue("free").search(fold(required)) and not cue("free").search(fold(offered)):
        return Comparison(Direction.NEGATIVE, "charged", {"offered": charged})
    payer = _other_payer(required, offered)
    if payer:
        return payer
    excluded = _shut_out(required, offered)
    if excluded:
        return Comparison(Direction.NEGATIVE, "contradicts", {"offered": excluded})
    odd = negation_differs(required, offered)
    absent = any(v.kind is ValueKind.ABSENT for v in (*asked, *answered))
    differ = word_difference(required, offered, asked, answered) if odd and not absent else None
    if differ and differ.none and differ.shared:
        return Comparison(Direction.NEGATIVE, "contradicts", {"offered": odd})
    return None


def _other_payer(required: str, offered: str) -> Comparison | None:
    """The direction of a cost that another party bears than the one the requirement names."""
    sides = [
        [code.code for m in cue("borne").finditer(fold(t)) for code in codes_in("party", m[0])]
        for t in (required, offered)
    ]
    if any(len(side) != 1 for side in sides) or sides[0] == sides[1]:
        return None
    if word_difference(required, offered, (), ()).swapped:
        return None
    worse = sides[1] == ["buyer"]
    return Comparison(Direction.NEGATIVE if worse else Direction.POSITIVE, "other-payer", {"offered": offered.strip()})


def _shut_out(required: str, offered: str) -> str:
    """The words with which the offer leaves out what the requirement names and does not itself leave out; else ""."""
    asked = one_spelling(fold(required).lower())
    for match in cue("excludes").finditer(one_spelling(fold(offered).lower())):
        what = next(filter(None, match.groups()), "")
        if what and what in asked and not cue("excludes").search(asked):
            return match[0]
    return ""


def paid_more_often(required: str, offered: str) -> Comparison | None:
    """The direction of another rhythm of payment (monthly for quarterly); None unless only the rhythm differs."""
    sides = [codes_in("per", fold(text)) for text in (required, offered)]
    if any(len(side) != 1 for side in sides) or not all(_is_payment(text) for text in (required, offered)):
        return None
    asked, given = (_TIMES_A_YEAR.get(side[0].code, 0) for side in sides)
    if not asked or not given or asked == given or word_difference(required, offered, (), ()).left_out:
        return None
    if given > asked:
        return Comparison(Direction.NEGATIVE, "payment-earlier")
    return Comparison(Direction.POSITIVE, "payment-later")


def _is_payment(text: str) -> bool:
    return any(mention.term.startswith("payment") for mention in find_terms(text))

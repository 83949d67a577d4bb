"""What bidkit does not do, whoever asks: several bidders' files in one workspace, help past checks for likeness."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from bidkit.gates.sealing.model import Situation
from bidkit.gates.sealing.names import bidders_named
from bidkit.gates.sealing.rules import RefusedPurpose, sealing_rules
from bidkit.kernel.identity import squash

SEVERAL_BIDDERS, EVADE_SIMILARITY = "several-bidders", "evade-similarity"
_SLIPS = 3


def refused_purpose(purpose: str) -> RefusedPurpose | None:
    """Why this purpose is refused; None for one that is not on the list."""
    return next((refused for refused in sealing_rules().refused if refused.id == purpose), None)


def other_bidders(situation: Situation) -> tuple[str, ...]:
    """The bidders named in the volumes beside ours, each a company of its own and not our name with a slip.

    Where our own name is not known, the first bidder named counts as ours. Members of a consortium are no other
    bidders where the tender admits one.
    """
    admitted = situation.fact("joint_venture_allowed")
    if admitted is not None and admitted.winner.value is True:
        return ()
    named = list(bidders_named(situation))
    if not named:
        return ()
    ours = [squash(name) for name in (situation.own.bidder or named[0], *situation.own.others) if name]
    return tuple(name for name in named if not any(_same(squash(name), own) for own in ours))


def _same(said: str, own: str) -> bool:
    return said in own or own in said or Levenshtein.distance(said, own, score_cutoff=_SLIPS) <= _SLIPS

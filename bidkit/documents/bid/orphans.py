"""Parts whose control a person removed but whose words are still there: found again among the loose blocks."""

from __future__ import annotations

from bidkit.documents.bid.units import Unit

_ENOUGH = 0.3  # share of a part's blocks that must still stand for it to be the part


def adopt_orphans(
    base: dict[str, list[Unit]], theirs: dict[str, list[Unit]], loose: dict[str, list[Unit]]
) -> tuple[str, ...]:
    """Moves the blocks of each part that `theirs` lacks from `loose` into `theirs`; the parts found again.

    `theirs` keeps the file's order: a part found again stands behind the part whose loose blocks held it.
    """
    found = []
    for part, units in base.items():
        if part in theirs:
            continue
        place = _place(units, loose)
        if place is None:
            continue
        after, start, end = place
        held = loose[after]
        theirs[part] = held[start:end]
        loose[part] = held[end:]
        loose[after] = held[:start]
        _reorder(theirs, part, after)
        found.append(part)
    return tuple(found)


def _place(units: list[Unit], loose: dict[str, list[Unit]]) -> tuple[str, int, int] | None:
    wanted = {unit.row or unit.key for unit in units if not unit.print.empty}
    best: tuple[int, str, int, int] | None = None
    for after, held in loose.items():
        hits = [at for at, unit in enumerate(held) if (unit.row or unit.key) in wanted and not unit.print.empty]
        if hits and (best is None or len(hits) > best[0]):
            best = (len(hits), after, hits[0], hits[-1] + 1)
    if best is None or best[0] < max(1.0, _ENOUGH * len(wanted)):
        return None
    return best[1], best[2], best[3]


def _reorder(theirs: dict[str, list[Unit]], part: str, after: str) -> None:
    order = [name for name in theirs if name != part]
    at = order.index(after) + 1 if after in order else 0
    order.insert(at, part)
    entries = {name: theirs[name] for name in order}
    theirs.clear()
    theirs.update(entries)

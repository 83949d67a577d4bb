"""Two issues of a tender, or a tender and its addendum -> every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bidkit.ingest.align import match_key
from bidkit.ingest.model import SourceDocument
from bidkit.requirements.changes.apply import apply_instruction
from bidkit.requirements.changes.diff import Compared, changes_of, compare_documents
from bidkit.requirements.changes.instructions import Instruction, read_instructions
from bidkit.requirements.changes.model import ChangeKind, TenderChange, TenderDiff, What
from bidkit.requirements.changes.units import Unit, units_of

REISSUED = 0.5  # share of an old document a new one must hold to be its new issue
_SURELY_REISSUED = 0.8

Links = dict[str, Sequence[tuple[str, str]]]  # by document name: (shown text, target) of its links in order


def diff_tenders(
    old: Sequence[SourceDocument],
    new: Sequence[SourceDocument],
    old_links: Links | None = None,
    new_links: Links | None = None,
) -> TenderDiff:
    """Every change from one set of documents to the other.

    A new document that holds most of an old one is its new issue and compared with it; another one that orders changes
    is applied to the old documents; what it orders and a new issue shows is told once. Old documents that were not
    issued again stay in force. The links are those of formats whose text does not show where a link leads.
    """
    pairs = _pairs(old, new)
    found: list[TenderChange] = []
    listed: list[str] = []
    units = [unit for document in old for unit in units_of(document)]
    for j, document in enumerate(new):
        if j in pairs:
            i, compared = pairs[j]
            found += changes_of(compared)
            found += _link_changes(
                (old_links or {}).get(old[i].name, ()), (new_links or {}).get(document.name, ()), compared
            )
            continue
        orders = read_instructions(document)
        if orders:
            listed.append(document.name)
        found += _ordered(orders, units, old_links or {}, found) if orders else _as_new(document, units)
    kept = [document.name for i, document in enumerate(old) if i not in {i for i, _ in pairs.values()}]
    return TenderDiff(tuple(_once(found)), tuple(kept), tuple(listed))


def _pairs(old: Sequence[SourceDocument], new: Sequence[SourceDocument]) -> dict[int, tuple[int, Compared]]:
    """By new document, the old one it re-issues, with their comparison; each old one at most once."""
    scored: list[tuple[float, int, int, Compared]] = []
    keys = [_keys(document) for document in (*old, *new)]
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            shared = keys[i] & keys[len(old) + j]
            alone = len(old) == len(new) == 1
            if (
                not alone
                and _base(before.name) != _base(after.name)
                and len(shared) * 5 < min(len(keys[i]), len(keys[len(old) + j]))
            ):
                continue
            compared = compare_documents(before, after)
            least = REISSUED if not read_instructions(after) else _SURELY_REISSUED
            if compared.shared >= least or (_base(before.name) == _base(after.name) and compared.shared > 0.2):
                scored.append((compared.shared, i, j, compared))
    pairs: dict[int, tuple[int, Compared]] = {}
    for _, i, j, compared in sorted(scored, key=lambda one: -one[0]):
        if j not in pairs and i not in {taken for taken, _ in pairs.values()}:
            pairs[j] = (i, compared)
    return pairs


def _keys(document: SourceDocument) -> set[str]:
    return {key for block in document.blocks if len(key := match_key(block.text)) > 5}


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1].lower()


def _ordered(
    orders: Sequence[Instruction], units: Sequence[Unit], links: Links, known: Sequence[TenderChange]
) -> list[TenderChange]:
    """What the instructions change, without what a new issue among the documents shows already."""
    found: list[TenderChange] = []
    for one in orders:
        made = _relinked(one, links) or apply_instruction(one, units)
        found += [change for change in made if not any(_tells(change, other) for other in known)]
    return found


def _tells(ordered: TenderChange, shown: TenderChange) -> bool:
    """Whether a re-issue shows what an instruction orders."""
    if ordered.kind is ChangeKind.CHANGED and not ordered.new:
        title = match_key(ordered.old)
        return any(title in match_key(part) or match_key(part) in title for part in shown.section if part)
    new, other = match_key(ordered.new), match_key(shown.new)
    if new and other:
        return new in other or other in new
    return not new and not other and match_key(ordered.old) in match_key(shown.old)


def _relinked(one: Instruction, links: Links) -> list[TenderChange]:
    """An order to point links elsewhere, where the old documents have links with such a text."""
    if "://" not in one.new or one.act != "set":
        return []
    words = match_key(one.where).lower()
    found = {
        target: text
        for pairs in links.values()
        for text, target in pairs
        if "://" in target and _same_link(match_key(text).lower(), words)
    }
    return [
        TenderChange(ChangeKind.CHANGED, target, one.new.strip(), What.WORDING, (), None, one.anchor, one.text)
        for target in found
    ]


def _same_link(shown: str, named: str) -> bool:
    """Whether an order that names a link means the one shown with this text."""
    return len(shown) > 5 and (named in shown or (shown in named and 2 * len(shown) >= len(named)))


def _link_changes(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], compared: Compared
) -> list[TenderChange]:
    """Links that kept their text and lead elsewhere; () where as many links of that text were not kept."""
    found = []
    for text in dict.fromkeys(text for text, _ in old):
        before = [target for shown, target in old if shown == text]
        after = [target for shown, target in new if shown == text]
        if len(before) != len(after):
            continue
        for was, now in zip(before, after, strict=True):
            if was != now:
                place = next((u for u in compared.new if match_key(text) in u.key), None)
                base = next((u for u in compared.old if match_key(text) in u.key), None)
                found.append(
                    TenderChange(
                        ChangeKind.CHANGED,
                        f"{text} ({was})",
                        f"{text} ({now})",
                        What.WORDING,
                        (),
                        base.anchor if base else None,
                        place.anchor if place else None,
                    )
                )
    return found


def _as_new(document: SourceDocument, units: Sequence[Unit]) -> list[TenderChange]:
    """A document that came along: everything in it the tender did not say before, block by block."""
    known = {unit.key for unit in units}
    fresh = [unit for unit in units_of(document) if unit.key not in known]
    found: list[TenderChange] = []
    for unit in fresh:
        if found and found[-1].new_anchor is not None and found[-1].new_anchor.block == unit.block:
            found[-1] = replace(found[-1], new=f"{found[-1].new} {unit.text}")
        else:
            found.append(
                TenderChange(
                    ChangeKind.ADDED, "", unit.text, What.WORDING, (), None, unit.anchor, section=unit.anchor.path
                )
            )
    return found


def _once(changes: Sequence[TenderChange]) -> list[TenderChange]:
    seen: set[tuple[str, str, str, str]] = set()
    out = []
    for change in changes:
        place = "" if change.old_anchor is None else f"{change.old_anchor.block}"
        key = (change.kind.value, change.old, change.new, place)
        if key not in seen:
            seen.add(key)
            out.append(change)
    return out

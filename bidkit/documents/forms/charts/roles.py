"""The people of the purchase by influence and attitude."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bidkit.documents.forms.charts.draw import ATTITUDES, HEAD, LINE, MUTED, PALE, box, drawing, folded, words
from bidkit.documents.forms.plain import decimal_of
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import form_definition
from bidkit.vocabulary.tables import label

_FORM = "procurement_roles"
_LEFT, _HEAD, _PAD, _LEAST = 12.0, 7.0, 1.4, 13.0
_NAME, _SMALL, _LEADING = 2.6, 2.1, 1.3
_LEVELS = (5, 4, 3, 2, 1)
_Person = tuple[list[str], list[str], str]


def roles_svg(
    records: Sequence[Mapping[str, Any]],
    language: Language,
    *,
    names: Mapping[str, str] | None = None,
    width: float = 182.0,
) -> str:
    """The values of `procurement_roles` forms as a field of influence (5 on top) by attitude (in favour to the right).

    A person stands at the lower of the two attitudes, to our solution and to our company. Records without influence or
    attitude are left out; "" where none is left. `names` are people's names by contact id.
    """
    step = (width - _LEFT) / len(ATTITUDES)
    people = _people(records, language, names or {}, step - 2 * _PAD - 1.4)
    if not people:
        return ""
    marks = [words(0, 3.4, label("forms", "chart.influence", language), _SMALL, MUTED)]
    for number, (attitude, colour) in enumerate(ATTITUDES.items()):
        x = _LEFT + number * step
        marks.append(box(x + 0.4, 0.4, step - 0.8, _HEAD - 1.6, colour))
        name = label("forms", f"chart.attitude.{attitude}", language)
        marks.append(words(x + step / 2, 3.9, name, _SMALL + 0.2, "#ffffff", anchor="middle"))
    y = _HEAD
    for level in _LEVELS:
        cells = [people.get((level, attitude), []) for attitude in ATTITUDES]
        height = max(_LEAST, *(2 * _PAD + sum(_tall(one) for one in cell) for cell in cells))
        marks.append(words(_LEFT / 2, y + height / 2 + 1.4, str(level), 4.0, HEAD, anchor="middle", bold=True))
        for number, (attitude, cell) in enumerate(zip(ATTITUDES, cells, strict=True)):
            x = _LEFT + number * step
            marks.append(box(x + 0.4, y, step - 0.8, height - 0.8, PALE, LINE))
            marks += _stacked(cell, x + _PAD, y + _PAD, ATTITUDES[attitude])
        y += height
    return drawing(width, y, label("forms", "chart.roles.title", language), marks)


def _people(
    records: Sequence[Mapping[str, Any]], language: Language, names: Mapping[str, str], room: float
) -> dict[tuple[int, int], list[_Person]]:
    options = {o.code: o.label.of(language) for o in form_definition(_FORM).field("purchase_role").options}
    found: dict[tuple[int, int], list[_Person]] = {}
    for record in records:
        influence = decimal_of(record.get("influence"))
        towards = [decimal_of(record.get(key)) for key in ("attitude_solution", "attitude_company")]
        known = [value for value in towards if value is not None]
        if influence is None or not known:
            continue
        place = (min(max(int(influence), 1), 5), min(max(int(min(known)), -2), 2))
        contact = str(record.get("contact_id") or label("forms", "chart.person.unknown", language))
        roles = " / ".join(options.get(str(role), str(role)) for role in record.get("purchase_role") or ())
        signs = [f"{int(value):+d}" if value is not None else "?" for value in towards]
        both = label("forms", "chart.towards", language).format(solution=signs[0], company=signs[1])
        found.setdefault(place, []).append(
            (folded(names.get(contact, contact), room, _NAME, 2), folded(roles, room, _SMALL, 3), both)
        )
    return found


def _tall(person: _Person) -> float:
    name, roles, _ = person
    return len(name) * _NAME * _LEADING + (len(roles) + 1) * _SMALL * _LEADING + 1.2


def _stacked(people: list[_Person], x: float, y: float, colour: str) -> Iterable[str]:
    for person in people:
        name, roles, both = person
        yield box(x, y + 0.2, 0.7, _tall(person) - 1.4, colour, radius=0.3)
        for text, size, ink in [*((t, _NAME, HEAD) for t in name), *((t, _SMALL, MUTED) for t in (*roles, both))]:
            y += size * _LEADING
            yield words(x + 1.6, y - size * 0.25, text, size, ink, bold=size == _NAME)
        y += 1.2

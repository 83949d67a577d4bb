"""The promise of the product, held against many random edits: whatever a person typed is in the next build."""

from __future__ import annotations

import dataclasses
import io
import random
from datetime import UTC, datetime

import docx
import pytest

from bidkit.documents.bid.build import build_volume
from bidkit.documents.bid.merge import merge
from bidkit.documents.bid.model import BidBlock, BidPart, Responses, Table, Text, Volume
from bidkit.documents.office import office
from bidkit.kernel.language import Language
from tests.documents.bid.bids import a_row, a_volume, some_facts
from tests.documents.bid.person import Person
from tests.documents.bid.texts import media, spoken

WHEN = datetime(2027, 1, 2, tzinfo=UTC)
ROUNDS = 2


def changed_source(volume: Volume, chance: random.Random, build: int) -> Volume:
    """The bid after requirements were added, reworded, dropped and moved."""
    parts = [
        dataclasses.replace(part, revision=part.revision + 1, blocks=changed_blocks(part, chance, build))
        for part in volume.parts
        if chance.random() > 0.12
    ]
    if chance.random() < 0.3:
        parts.insert(chance.randint(0, len(parts)), BidPart(f"part-new-{build}", 1, f"新章{build}", (Text("新章。"),)))
    if chance.random() < 0.2:
        chance.shuffle(parts)
    return dataclasses.replace(volume, parts=tuple(parts))


def changed_blocks(part: BidPart, chance: random.Random, build: int) -> tuple[BidBlock, ...]:
    blocks: list[BidBlock] = []
    for block in part.blocks:
        luck = chance.random()
        match block:
            case Text() if luck < 0.4:
                blocks.append(dataclasses.replace(block, text=block.text.replace("。", f"，来源改{build}。", 1)))
            case Responses():
                blocks.append(dataclasses.replace(block, rows=changed_rows(block, chance, build)))
            case Table() if luck < 0.4:
                blocks.append(dataclasses.replace(block, rows=(*block.rows, (f"阶段{build}", "9日"))))
            case _ if luck < 0.95:
                blocks.append(block)
    if chance.random() < 0.3:
        blocks.insert(chance.randint(0, len(blocks)), Text(f"来源新增段落{build}。"))
    return tuple(blocks)


def changed_rows(block: Responses, chance: random.Random, build: int) -> tuple[object, ...]:
    rows = [
        dataclasses.replace(row, revision=row.revision + 1, response=f"{row.response}来源{build}")
        if chance.random() < 0.3
        else row
        for row in block.rows
        if chance.random() > 0.1
    ]
    rows.insert(chance.randint(0, len(rows)), a_row(100 * build + chance.randint(10, 99)))
    return tuple(rows)


@pytest.mark.parametrize("seed", range(60))
def test_every_word_typed_is_in_the_next_build_or_in_its_marks(seed: int) -> None:
    chance = random.Random(seed)
    volume = a_volume()
    base = current = build_volume(volume, some_facts(), Language.ZH).docx
    typed: list[str] = []
    for build in range(1, ROUNDS + 1):
        person = Person(current, seed * 10 + build)
        current = person.work(chance.randint(2, 7))
        typed = [word for word in (*typed, *person.words) if word in spoken(current)]
        pictures = media(current)
        volume = changed_source(volume, chance, build)
        ours = build_volume(volume, some_facts(), Language.ZH).docx
        result = merge(base, current, ours, when=WHEN, language=Language.ZH).docx
        said = spoken(result)
        assert [word for word in typed if word not in said] == []
        assert pictures <= media(result)
        docx.Document(io.BytesIO(result))
        settled = merge(ours, result, ours, when=WHEN, language=Language.ZH)
        assert (settled.conflicts, spoken(settled.docx).split()) == (0, said.split())
        base, current = ours, result


@pytest.mark.office
def test_a_file_saved_by_libreoffice_comes_back_whole() -> None:
    volume = a_volume()
    base = build_volume(volume, some_facts(), Language.ZH).docx
    with office() as program:
        if program is None:
            pytest.skip("no LibreOffice")
        for seed in (1, 2):
            person = Person(base, seed)
            theirs = program.resaved(person.work(5), "bid.docx")
            ours = build_volume(changed_source(volume, random.Random(seed), 1), some_facts(), Language.ZH).docx
            said = spoken(merge(base, theirs, ours, when=WHEN, language=Language.ZH).docx)
            assert [word for word in person.words if word not in said] == []
            unchanged = merge(base, theirs, base, when=WHEN, language=Language.ZH)
            assert unchanged.conflicts == 0

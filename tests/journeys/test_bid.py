"""A bid's way through presales and back: built, edited in Word, overtaken by new answers, built again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from bidkit.documents.bid.pull import pull
from bidkit.documents.office import office
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.bids.build import BuiltBid
from bidkit.usecases.company import save_facts
from bidkit.usecases.deals import new_deal
from bidkit.usecases.tenders import add_tender
from tests.builders import NOON
from tests.documents.bid.bids import a_png
from tests.usecases.bids import desk as bids
from tests.usecases.bids.desk import FACTS, Word, all_text, answer, answered, comments, pictures, rows_of
from tests.usecases.conftest import house_folder, opened
from tests.usecases.deals import prove_stages

__all__ = ["house_folder"]

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CODES = {"zh": "D-ZH", "en": "D-EN"}
MAIN = {"zh": "商务技术文件.docx", "en": "Technical and commercial volume.docx"}


@pytest.fixture(scope="module")
def samples_folder(house_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house with both sample tenders in deals whose bids may be written."""
    folder = tmp_path_factory.mktemp("samples") / "home"
    shutil.copytree(house_folder, folder)
    made = opened(folder)
    for language, code in CODES.items():
        new_deal(made, code=code, name="A", customer="B", language=Language(language), actor="bo")
        prove_stages(made, folder.parent / "letters", 1, 2, 3, 4, code=code)
        add_tender(made, code=code, paths=[SAMPLES / language], actor="bo")
    save_facts(made, facts=FACTS, actor="bo")
    made.close()
    return folder


@pytest.fixture
def store(samples_folder: Path, home: Path) -> Iterator[Store]:
    """A copy of that store."""
    shutil.copytree(samples_folder, home)
    found = opened(home, NOON + timedelta(hours=3))
    yield found
    found.close()


def build(store: Store, folder: Path, language: str, **more: object) -> BuiltBid:
    return bids.build(store, folder, code=CODES[language], **more)


def say(store: Store, language: str, word: str, text: str) -> str:
    row = rows_of(store, word, CODES[language])[0]
    answer(store, row, text, CODES[language], compliance="full")
    return row.id


def test_every_typed_character_is_there_and_the_new_answer_arrived(store: Store, tmp_path: Path) -> None:
    path = tmp_path / MAIN["zh"]
    say(store, "zh", "雷达液位计盲区", "盲区 0.05m。")
    say(store, "zh", "不间断电源", "后备时间 70 分钟。")
    say(store, "zh", "通信接口", "千兆口 4 个。")
    build(store, tmp_path, "zh")
    word = Word(path)
    word.paragraph_after("本节内容待编写", "我方按三层架构建设平台。")
    word.picture_after("我方按三层架构", a_png(40, 30, 9))
    word.table_after("我方按三层架构", "采集层", "终端 42 台")
    word.track_insertion("我方按三层架构", "（赵工审）")
    for _ in range(2):  # where the answer stands: deviation table and response table
        word.replace("后备时间 70 分钟。", "后备时间 90 分钟。")
        word.replace("千兆口 4 个。", "千兆口 5 个。")
    word.save()
    say(store, "zh", "雷达液位计盲区", "盲区 0.03m。")
    say(store, "zh", "通信接口", "千兆口 6 个。")

    built = build(store, tmp_path, "zh")

    text = all_text(path)
    for typed in ("我方按三层架构建设平台。", "采集层", "终端 42 台", "（赵工审）", "后备时间 90 分钟。"):
        assert typed in text
    assert a_png(40, 30, 9) in pictures(path)
    assert "盲区 0.03m。" in text
    assert "盲区 0.05m。" not in text
    assert answered(store, rows_of(store, "不间断电源", CODES["zh"])[0], CODES["zh"]) == "后备时间 90 分钟。"
    # The same words changed on both sides stand side by side in both tables, and a comment says who typed.
    assert sum(volume.conflicts for volume in built.volumes) == 2
    assert sum("张三" in comment for comment in comments(path)) == 2
    marks = {(c.kind, c.text) for part in pull(path.read_bytes(), path.name).parts for c in part.changes}
    assert {("inserted", "6"), ("deleted", "5")} <= marks
    before = path.read_bytes()
    build(store, tmp_path, "zh")
    assert path.read_bytes() == before


def test_forms_of_a_pdf_tender_are_set_anew_and_said_to_need_a_look(store: Store, tmp_path: Path) -> None:
    say(store, "en", "200", "We comply.")
    built = build(store, tmp_path, "en")
    rebuilt = [f for f in built.findings if f.code == "buyer-form-rebuilt"]
    assert rebuilt
    text = all_text(tmp_path / MAIN["en"])
    assert "Set anew from the text of RFP HRTA-2027-014.pdf" in text
    assert "We comply." in text
    assert "云岭自控工程有限公司" in text


@pytest.mark.office
def test_the_pages_of_the_index_are_those_of_the_laid_out_volumes(store: Store, tmp_path: Path) -> None:
    for number, row in enumerate([row for row in rows_of(store, code=CODES["en"]) if row.knockout]):
        answer(store, row, f"Answer Q{number}Q.", CODES["en"], compliance="full")
    with office() as program:
        if program is None:
            pytest.skip("no LibreOffice on this machine")
        built = build(store, tmp_path, "en", open_office=lambda: nullcontext(program))
        volumes = {volume.volume: volume for volume in built.volumes}
        pdf = pypdfium2.PdfDocument(program.pdf(volumes["main"].path.read_bytes(), "main"))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert len(pages) == volumes["main"].pages
    (check,) = [p for p in pull(volumes["index"].path.read_bytes(), "index").parts if p.id == "index-check"]
    named = [(row[1], int(row[-1])) for table in check.tables for row in table if row[-1].isdigit()]
    answered_in = {
        row.text: number for number, row in enumerate(r for r in rows_of(store, code=CODES["en"]) if r.knockout)
    }
    assert len(named) > 5
    assert all(f"Q{answered_in[text]}Q" in pages[page - 1] for text, page in named)

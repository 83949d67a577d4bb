from __future__ import annotations

import dataclasses
import io
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from bidkit.documents.bid.build import build_volume
from bidkit.documents.bid.join import joined
from bidkit.documents.bid.merge import Merged, merge
from bidkit.documents.bid.model import BidPart, Responses, Text, Volume
from bidkit.documents.bid.pull import pull
from bidkit.documents.bid.template import house_template
from bidkit.kernel.language import Language
from tests.documents.bid.bids import a_png, a_row, a_volume, some_facts
from tests.documents.bid.person import Person, control_of
from tests.documents.bid.texts import media, part_xml, spoken

WHEN = datetime(2027, 1, 2, tzinfo=UTC)


def built(volume: Volume) -> bytes:
    return build_volume(volume, some_facts(), Language.ZH).docx


def merged(base: bytes, theirs: bytes, ours: bytes) -> Merged:
    return merge(base, theirs, ours, when=WHEN, language=Language.ZH)


def a_service(text: str, revision: int = 2) -> BidPart:
    return BidPart("part-service", revision, "售后服务", (Text(text), Text("两小时内响应，四小时内到场。")))


def typed(data: bytes, old: str, new: str) -> bytes:
    """The file after a person 李四 replaced `old` by `new`."""
    document = docx.Document(io.BytesIO(data))
    document.core_properties.last_modified_by = "李四"
    for text in document.element.body.iter(qn("w:t")):
        if old in (text.text or ""):
            text.text = text.text.replace(old, new)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_nothing_changed_gives_the_same_words_and_no_conflict() -> None:
    base = built(a_volume())
    result = merged(base, base, base)
    assert (result.conflicts, result.findings) == (0, ())
    assert spoken(result.docx) == spoken(base)


def test_words_only_a_person_changed_stay() -> None:
    base = built(a_volume())
    result = merged(base, typed(base, "质保期三年", "质保期三年零一个月"), base)
    assert "质保期三年零一个月。" in spoken(result.docx)
    assert result.conflicts == 0


def test_words_only_the_source_changed_follow_it() -> None:
    base, ours = built(a_volume()), built(a_volume(part_service=a_service("质保期五年。")))
    said = spoken(merged(base, base, ours).docx)
    assert "质保期五年。" in said
    assert "质保期三年。" not in said


def test_both_changed_shows_ours_as_a_tracked_change_with_a_comment_that_names_the_person() -> None:
    base, ours = built(a_volume()), built(a_volume(part_service=a_service("质保期五年。")))
    result = merged(base, typed(base, "质保期三年", "质保期三年起"), ours)
    xml = part_xml(result.docx)
    assert result.conflicts == 1
    assert 'w:author="bidkit"' in xml
    assert "<w:delText" in xml
    service = next(p for p in pull(result.docx, "m").parts if p.id == "part-service")
    assert "质保期五年" in service.text
    assert "质保期三年起。" in service.original
    assert "李四" in service.comments[0].text


def test_a_conflict_left_open_is_still_there_after_the_next_build() -> None:
    base, second = built(a_volume()), built(a_volume(part_service=a_service("质保期五年。")))
    once = merged(base, typed(base, "质保期三年", "质保期三年起"), second).docx
    again = merged(second, once, second)
    assert (again.conflicts, spoken(again.docx)) == (0, spoken(once))
    third = merged(second, once, built(a_volume(part_service=a_service("质保期六年。", 3))))
    service = next(p for p in pull(third.docx, "m").parts if p.id == "part-service")
    assert "质保期三年起。" in service.original
    assert "质保期五年起。" in service.text
    assert "质保期六年" in spoken(third.docx)


def test_a_response_row_follows_its_requirement_and_keeps_what_was_typed_in_other_cells() -> None:
    base = built(a_volume())
    rows = tuple(a_row(i, revision=2, response="响应：改为IP66。") if i == 2 else a_row(i) for i in range(6, 0, -1))
    ours = built(a_volume(part_response=BidPart("part-response", 2, "技术要求逐条响应", (Responses(rows, "响应表"),))))
    result = merged(base, typed(base, "检测报告 YL-002", "检测报告 YL-002（已更新）"), ours)
    found = {row.id: row for row in pull(result.docx, "m").rows()}
    assert (found["req-0002"].response, found["req-0002"].revision) == ("响应：改为IP66。", 2)
    assert found["req-0002"].cells[4] == "检测报告 YL-002（已更新）"
    assert list(found) == [f"req-{i:04d}" for i in range(6, 0, -1)]
    assert result.conflicts == 0


def test_a_part_the_source_dropped_leaves_what_a_person_wrote_in_it() -> None:
    base = built(a_volume())
    volume = a_volume()
    ours = built(dataclasses.replace(volume, parts=tuple(p for p in volume.parts if p.id != "part-service")))
    result = merged(base, typed(base, "质保期三年", "质保期三年，甲方已口头同意"), ours)
    said = spoken(result.docx)
    assert "甲方已口头同意" in said
    assert "四小时内到场" not in said
    assert [dict(f.values)["kind"] for f in result.findings] == ["removed"]


def test_a_part_a_person_deleted_stays_deleted_and_is_reported_until_its_source_changes() -> None:
    base = built(a_volume())
    document = docx.Document(io.BytesIO(base))
    control = control_of(document, "part-service")
    document.element.body.remove(control)
    buffer = io.BytesIO()
    document.save(buffer)
    same = merged(base, buffer.getvalue(), base)
    assert [f.code for f in same.findings] == ["bid-part-deleted"]
    assert "质保期三年" not in spoken(same.docx)
    changed = merged(base, buffer.getvalue(), built(a_volume(part_service=a_service("质保期五年。"))))
    assert "质保期五年" in spoken(changed.docx)
    assert "restored" in [dict(f.values).get("kind") for f in changed.findings]


def test_formatting_a_person_gave_survives_new_words() -> None:
    base, ours = built(a_volume()), built(a_volume(part_service=a_service("质保期五年。")))
    document = docx.Document(io.BytesIO(base))
    for run in document.element.body.iter(qn("w:r")):
        if "质保期三年" in "".join(t.text or "" for t in run.iter(qn("w:t"))):
            run.get_or_add_rPr().append(run.makeelement(qn("w:b"), {}))
    buffer = io.BytesIO()
    document.save(buffer)
    result = docx.Document(io.BytesIO(merged(base, buffer.getvalue(), ours).docx))
    runs = [
        r
        for r in result.element.body.iter(qn("w:r"))
        if "质保期五年" in "".join(t.text or "" for t in r.iter(qn("w:t")))
    ]
    assert [run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs] == [True]


def test_pictures_and_tables_a_person_added_survive_a_rebuild() -> None:
    base = built(a_volume())
    person = Person(base, 7)
    person.add_picture()
    person.add_table()
    result = merged(base, person.saved(), built(a_volume(part_service=a_service("质保期五年。"))))
    assert set(person.pictures) <= media(result.docx)
    assert all(word in spoken(result.docx) for word in person.words)


def test_restyling_the_template_reaches_a_file_people_already_edited() -> None:
    template = house_template("bid-technical", Language.ZH)
    document = docx.Document(io.BytesIO(template))
    document.styles["Bid Body"].font.size = docx.shared.Pt(15)
    buffer = io.BytesIO()
    document.save(buffer)
    base = built(a_volume())
    ours = build_volume(a_volume(), some_facts(), Language.ZH, template=buffer.getvalue()).docx
    result = docx.Document(io.BytesIO(merged(base, typed(base, "质保期三年", "质保期四年"), ours).docx))
    assert result.styles["Bid Body"].font.size == docx.shared.Pt(15)


def test_a_changed_project_name_reaches_cover_and_headers() -> None:
    base = built(a_volume())
    facts = dataclasses.replace(some_facts(), project_name="青禾市二期泵站改造项目")
    ours = build_volume(a_volume(), facts, Language.ZH).docx
    said = spoken(merged(base, typed(base, "质保期三年", "质保期四年"), ours).docx)
    assert "智慧泵站" not in said
    assert said.count("青禾市二期泵站改造项目") >= 4


def test_two_peoples_copies_of_one_build_are_merged_one_after_the_other() -> None:
    base = built(a_volume())
    one, two = typed(base, "质保期三年", "质保期四年"), typed(base, "两小时内响应", "一小时内响应")
    said = spoken(merged(base, two, merged(base, one, base).docx).docx)
    assert "质保期四年" in said
    assert "一小时内响应" in said


def test_annexes_are_joined_behind_a_bid_and_it_can_still_be_merged() -> None:
    annex = docx.Document()
    annex.add_paragraph("样本册第一页")
    annex.add_picture(io.BytesIO(a_png(20, 20)))
    buffer = io.BytesIO()
    annex.save(buffer)
    base = built(a_volume())
    whole = joined(base, [buffer.getvalue()])
    assert "样本册第一页" in spoken(whole)
    assert [p.id for p in pull(whole, "w").parts] == [p.id for p in a_volume().parts]


@pytest.mark.parametrize("lost", ["tags", "controls"])
def test_a_program_that_drops_tags_or_controls_loses_nothing(lost: str) -> None:
    base = built(a_volume())
    document = docx.Document(io.BytesIO(typed(base, "质保期三年", "质保期四年")))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is None:
            continue
        tag.getparent().remove(tag)
        if lost == "controls":
            for child in list(control.find(qn("w:sdtContent"))):
                control.addprevious(child)
            control.getparent().remove(control)
    buffer = io.BytesIO()
    document.save(buffer)
    rows = tuple(a_row(i, revision=2, response="响应：改为IP66。") if i == 2 else a_row(i) for i in range(1, 7))
    ours = built(a_volume(part_response=BidPart("part-response", 2, "技术要求逐条响应", (Responses(rows, "响应表"),))))
    result = merged(base, buffer.getvalue(), ours)
    again = pull(result.docx, "m")
    assert "质保期四年" in spoken(result.docx)
    assert result.conflicts == 0
    assert [p.id for p in again.parts] == [p.id for p in a_volume().parts]
    assert {row.id: row.response for row in again.rows()}["req-0002"] == "响应：改为IP66。"

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.gates.model import EvidenceKind, FactState, Origin
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.evidence import judge, withdraw
from bidkit.usecases.gate_words import blocker_lines, position_text
from bidkit.usecases.gates import GateClosed, blockers_for, require_open, show_gate
from tests.usecases.deals import DEAL, a_letter, prove_stages, show, submit


def reach(store: Store) -> tuple[int, int]:
    where = show_gate(store, DEAL).state.position.declared
    return where.entered, where.completed


def test_a_new_deal_stands_before_the_first_stage_and_is_told_what_opens_it(house: Store) -> None:
    report = show_gate(house, DEAL)
    assert report.at.gate == "S1.enter"
    (line,) = blocker_lines(report.remaining, report.state.file.book.model, Language.ZH)
    assert (line.fact, line.who) == ("S1.M1", ("销售",))
    assert "(phone_record)" in line.text
    assert line.remedy == "填写并提交该表单"


def test_a_deal_walks_through_a_stage_and_rests_before_the_next(house: Store, tmp_path: Path) -> None:
    prove_stages(house, tmp_path, 1)
    assert reach(house) == (1, 1)
    report = show_gate(house, DEAL)
    assert report.at.gate == "S2.enter"
    assert position_text(report.state.position, Language.EN) == "stage S1 completed, stage S2 not entered"
    assert show_gate(house, DEAL, "S1.complete").remaining == ()


def test_withdrawing_the_evidence_moves_the_position_back(house: Store, tmp_path: Path) -> None:
    prove_stages(house, tmp_path, 1)
    promise = show_gate(house, DEAL).state.standings["S1.C4"].by[0]
    done = withdraw(house, code=DEAL, entry=promise, reason="sent to the wrong people", actor="ann")
    assert (done.changed, done.before, done.after) == (True, (1, 1), (1, 0))
    assert reach(house) == (1, 0)
    again = withdraw(house, code=DEAL, entry=promise, reason="sent to the wrong people", actor="ann")
    assert (again.changed, again.after) == (False, (1, 0))


def test_a_draft_over_a_submitted_form_leaves_what_was_submitted_in_force(house: Store) -> None:
    document = submit(house, "phone_record")
    assert reach(house)[0] == 1
    with house.begin("ann") as work:
        work.forms.save(document, {}, state="draft", on_version=1)
    assert reach(house)[0] == 1
    with house.begin("ann") as work:
        work.forms.save(document, {}, state="void", on_version=2)
    assert reach(house)[0] == 0


@pytest.mark.parametrize("gate", ["S9.enter", "S1", "", "nonsense", "S1.leave"])
def test_an_unknown_gate_is_refused_with_one_that_exists(house: Store, gate: str) -> None:
    if not gate:
        assert show_gate(house, DEAL, gate).at.gate == "S1.enter"
        return
    with pytest.raises(UsageError, match=f"no gate '{gate}'.*use one such as"):
        show_gate(house, DEAL, gate)


def test_an_unknown_deal_is_not_found(house: Store) -> None:
    with pytest.raises(NotFound):
        blockers_for(house, "D-9", "write_bid")


def test_an_act_that_comes_too_early_ends_with_the_blockers_as_its_message(house: Store) -> None:
    assert [b.code for b in blockers_for(house, DEAL, "write_bid")] == ["act-too-early"]
    with pytest.raises(GateClosed, match=r"D-1, Write the bid: Stage .* \(S4\) is not completed; .*\(") as caught:
        require_open(house, DEAL, "write_bid")
    assert [b.code for b in caught.value.blockers] == ["act-too-early"]
    assert caught.value.exit_status == 10


def test_an_act_may_be_done_once_its_stages_are_completed(house: Store, tmp_path: Path) -> None:
    prove_stages(house, tmp_path, 1, 2, 3, 4)
    assert blockers_for(house, DEAL, "write_bid") == ()
    assert require_open(house, DEAL, "write_bid").remaining == ()
    assert [b.code for b in blockers_for(house, DEAL, "submit_bid")] == ["decision-missing"]


def test_what_the_law_says_of_an_act_is_not_checked_while_the_method_is_unknown(house: Store) -> None:
    assert "law-not-checked" in {b.code for b in blockers_for(house, DEAL, "negotiate", topic="price")}
    with pytest.raises(UsageError, match="no topic 'weather'"):
        blockers_for(house, DEAL, "negotiate", topic="weather")


def test_a_file_that_is_gone_from_storage_opens_its_fact_again_and_says_so(house: Store, tmp_path: Path) -> None:
    prove_stages(house, tmp_path, 1)
    assert reach(house) == (1, 1)
    letter = show(house, a_letter(tmp_path, "about S1.C4", "S1.C4.txt"), "S1.C4")
    assert not letter.created
    sha256 = letter.entry.sha256 or ""
    Path(house.blobs._root, sha256[:2], sha256).unlink()
    report = show_gate(house, DEAL, "S1.complete")
    assert [(b.code, b.fact, b.who) for b in report.remaining] == [("proof-file-lost", "S1.C4", ("admin",))]
    assert reach(house) == (1, 0)


class TestEvidence:
    def test_a_piece_is_kept_with_its_file_and_says_how_its_facts_stand(self, house: Store, tmp_path: Path) -> None:
        done = show(house, a_letter(tmp_path), "S1.C4")
        assert (done.entry.id, done.created, done.entry.file_name) == ("E1", True, "letter.txt")
        assert [standing.state for standing in done.standings] == [FactState.PROVEN]
        assert house.blobs.get(done.entry.sha256 or "") == a_letter(tmp_path).read_bytes()

    def test_showing_it_twice_changes_nothing_and_after_a_withdrawal_it_counts_again(
        self, house: Store, tmp_path: Path
    ) -> None:
        path = a_letter(tmp_path)
        assert [show(house, path, "S1.C4").created for _ in range(2)] == [True, False]
        withdraw(house, code=DEAL, entry="E1", reason="too soon", actor="ann")
        again = show(house, path, "S1.C4")
        assert (again.entry.id, again.created) == ("E2", True)

    @pytest.mark.parametrize(
        ("facts", "changes", "code"),
        [
            (("S1.C4",), {"kind": EvidenceKind.OUR_STATEMENT, "origin": Origin.OUR_RECORD}, "statement-only"),
            (("S1.C4",), {"kind": EvidenceKind.DOCUMENT, "origin": Origin.OUR_RECORD}, "not-from-customer"),
            (("S5.C5",), {"kind": EvidenceKind.DOCUMENT, "origin": Origin.OUR_RECORD}, "not-from-customer"),
            (("S1.M1",), {}, "forms-decide"),
        ],
    )
    def test_what_can_prove_nothing_is_refused_and_not_kept(
        self, house: Store, tmp_path: Path, facts: tuple[str, ...], changes: dict[str, object], code: str
    ) -> None:
        with pytest.raises(GateClosed) as caught:
            show(house, a_letter(tmp_path), *facts, **changes)
        assert [b.code for b in caught.value.blockers] == [code]
        with house.read() as work:
            assert work.evidence.of(work.deals.get(DEAL)) == ()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"facts": ("S1.C9",)}, "no condition 'S1.C9'.*S1.C"),
            ({"kind": EvidenceKind.PUBLIC_NOTICE}, "cannot come from customer_message"),
            ({"form": "F1"}, "by its id"),
            (
                {"kind": EvidenceKind.FORM, "origin": Origin.CUSTOMER_SIGNED, "form": "F1", "path": None},
                "needs its file",
            ),
            ({"kind": EvidenceKind.FORM, "origin": Origin.OUR_RECORD, "form": "F1", "path": None}, "no form F1"),
            ({"path": None}, "needs its file"),
            ({"path": Path("nowhere.pdf")}, "cannot be read"),
        ],
    )
    def test_a_call_that_makes_no_sense_is_refused(
        self, house: Store, tmp_path: Path, changes: dict[str, object], said: str
    ) -> None:
        with pytest.raises(UsageError, match=said):
            show(house, a_letter(tmp_path), **({"facts": ("S1.C4",)} | changes))  # type: ignore[arg-type]

    def test_a_filled_form_is_evidence_by_its_id(self, house: Store) -> None:
        form = submit(house, "phone_record", contact_is_handler="yes")
        done = show(house, None, "S1.P2", kind=EvidenceKind.FORM, origin=Origin.OUR_RECORD, form=form.id)
        assert [standing.state for standing in done.standings] == [FactState.PROVEN]

    def test_a_form_we_filled_in_closes_no_commitment_until_the_signed_copy_is_shown(
        self, house: Store, tmp_path: Path
    ) -> None:
        form = submit(house, "phone_record")
        named = {"kind": EvidenceKind.FORM, "form": form.id}
        with pytest.raises(GateClosed, match="customer"):
            show(house, None, "S1.C4", origin=Origin.OUR_RECORD, **named)
        done = show(house, a_letter(tmp_path), "S1.C4", origin=Origin.CUSTOMER_SIGNED, **named)
        assert [standing.state for standing in done.standings] == [FactState.PROVEN]


class TestJudgements:
    def test_a_person_entitled_judges_with_a_reason(self, house: Store) -> None:
        first = judge(house, code=DEAL, fact="S1.P3", holds=True, reason="they asked twice", by="chen")
        again = judge(house, code=DEAL, fact="S1.P3", holds=True, reason="they asked twice", by="chen")
        assert (first.entry.id, first.created, again.created) == ("J1", True, False)
        assert show_gate(house, DEAL).state.standings["S1.P3"].state is FactState.PROVEN

    def test_somebody_without_the_right_is_refused(self, house: Store) -> None:
        with pytest.raises(GateClosed, match="no such right"):
            judge(house, code=DEAL, fact="S1.P3", holds=True, reason="I feel it", by="ann")

    @pytest.mark.parametrize(("fact", "reason", "said"), [("S1.P3", " ", "reason"), ("S1.C4", "x", "not a matter")])
    def test_a_judgement_needs_a_reason_and_a_matter_of_judgement(
        self, house: Store, fact: str, reason: str, said: str
    ) -> None:
        with pytest.raises(UsageError, match=said):
            judge(house, code=DEAL, fact=fact, holds=True, reason=reason, by="chen")

    def test_a_stranger_and_somebody_who_left_judge_nothing(self, house: Store) -> None:
        with pytest.raises(NotFound, match="bidkit person add eve"):
            judge(house, code=DEAL, fact="S1.P3", holds=True, reason="x", by="eve")

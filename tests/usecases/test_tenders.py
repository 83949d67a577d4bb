from __future__ import annotations

import signal
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import event

import bidkit.usecases.tenders as tenders
from bidkit.kernel.errors import Conflict, NotFound, NothingFound, StoreUnavailable, UnreadableFile, UsageError
from bidkit.kernel.identity import sha256_of
from bidkit.respond.response import Compliance, Response
from bidkit.store import Store, open_store
from bidkit.store.blobs import BlobStore
from bidkit.usecases.parse import Reading
from bidkit.usecases.tenders import AddedTender, add_tender
from bidkit.usecases.watch import Watcher
from tests.builders import SteppingClock, a_solicitation, a_tender_file, read_simply

CHECKOUT = Path(__file__).resolve().parents[2]


def add(store: Store, *paths: Path, read: tenders.Reader = read_simply) -> AddedTender:
    return add_tender(store, code="D-1", paths=paths, actor="wang", read=read)


def state(store: Store) -> tuple[int, int, int]:
    """How many revisions, events and stored files there are."""
    with store.read() as work:
        revisions = work.solicitations.all(work.deals.get("D-1"))
        events = work.verify_audit()
    assert events.broken is None
    root = Path(store.blobs._root)
    return len(revisions), events.events, sum(path.is_file() for path in root.rglob("*"))


def no_reading(*_: object) -> Reading:
    """A reader that must not be asked."""
    raise AssertionError("the files were read again")


def test_a_tender_is_stored_with_its_files_and_rows(store: Store, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)
    added = add(store, path)
    assert (added.created, added.revision.number, added.revision.rows) == (True, 1, 2)
    with store.read() as work:
        solicitation = work.solicitations.load(added.revision)
        (delivered,) = work.solicitations.delivered(added.revision)
    assert solicitation == read_simply([path]).solicitation
    assert delivered.name == "tender.txt"
    assert delivered.blob.media_type == "text/plain"
    assert store.blobs.get(delivered.blob.sha256) == path.read_bytes()


def test_the_same_files_twice_change_nothing_and_are_not_even_read(store: Store, tmp_path: Path) -> None:
    one, two = a_tender_file(tmp_path), a_tender_file(tmp_path, "b.txt", "Bonds must be posted.")
    first = add(store, one, two)
    before = state(store)
    again = add(store, two, one, read=no_reading)
    assert (again.created, again.revision) == (False, first.revision)
    assert state(store) == before == (1, 2, 2)


def test_renamed_files_are_the_same_files(store: Store, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)
    add(store, path)
    assert not add(store, path.rename(tmp_path / "renamed.txt"), read=no_reading).created


def test_an_addendum_makes_the_next_revision_and_old_rows_keep_their_ids_and_work(store: Store, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)
    first = add(store, path)
    with store.begin("li") as work:
        deal = work.deals.get("D-1")
        row_id = work.solicitations.load(first.revision).requirements[0].id
        work.responses.save(deal, {row_id: Response(Compliance.FULL)})
    second = add(store, path, a_tender_file(tmp_path, "addendum.txt", "Bonds must be posted."))
    assert (second.revision.number, second.new, second.gone) == (2, 1, 0)
    with store.read() as work:
        assert row_id in {row.id for row in work.solicitations.load(second.revision).requirements}
        assert work.responses.of(deal)[row_id].compliance is Compliance.FULL


def test_going_back_to_earlier_files_says_so_and_leaves_the_later_revision_in_force(
    store: Store, tmp_path: Path
) -> None:
    path = a_tender_file(tmp_path)
    add(store, path)
    add(store, a_tender_file(tmp_path, "other.txt", "Bonds must be posted."))
    back = add(store, path)
    assert (back.created, back.revision.number, back.latest) == (False, 1, 2)


def test_a_newer_program_that_reads_the_same_makes_no_revision(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_tender_file(tmp_path)
    add(store, path)
    monkeypatch.setattr(tenders, "extractor", lambda: "f" * 64)
    assert not add(store, path).created
    assert state(store)[0] == 1


def test_a_newer_program_that_reads_something_else_makes_the_next_revision(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_tender_file(tmp_path)
    add(store, path)
    monkeypatch.setattr(tenders, "extractor", lambda: "f" * 64)

    def read(paths: Sequence[Path], watcher: Watcher) -> Reading:
        return Reading(read_simply(paths, watcher).package, a_solicitation())

    added = add(store, path, read=read)
    assert (added.created, added.revision.number, added.new, added.gone) == (True, 2, 2, 2)
    assert state(store)[2] == 1


def test_a_refused_file_is_told_each_time_and_the_others_are_stored(store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "scan.pdf"
    bad.write_bytes(b"")
    good = a_tender_file(tmp_path)
    first, second = add(store, good, bad), add(store, good, bad, read=no_reading)
    assert [refusal.reason for refusal in first.refused] == ["empty"]
    assert second.refused == first.refused
    assert not second.created


def test_a_folder_and_a_zip_keep_the_names_inside(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    a_tender_file(folder / "part 1")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("in/annex.txt", "Bonds must be posted.\n")
    added = add(store, folder)
    with store.read() as work:
        names = [file.name for file in work.solicitations.delivered(added.revision)]
        inner = [document["name"] for document in work.solicitations.documents(added.revision)]
    assert names == ["package/more.zip", "package/part 1/tender.txt"]
    assert inner == ["package/more.zip/in/annex.txt", "package/part 1/tender.txt"]


def test_a_tender_without_requirements_stores_nothing(store: Store, tmp_path: Path) -> None:
    before = state(store)
    with pytest.raises(NothingFound):
        add(store, a_tender_file(tmp_path, "a.txt", "The weather is fine."))
    assert state(store) == before


def test_files_that_cannot_be_read_store_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    before = state(store)
    with pytest.raises(UnreadableFile):
        add(store, tmp_path / "empty.pdf")
    assert state(store) == before


def test_a_missing_file_is_the_callers_mistake(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.pdf"):
        add(store, tmp_path / "nothing.pdf")


def test_an_unknown_deal_is_said_before_anything_is_read(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="D-9"):
        add_tender(store, code="D-9", paths=[a_tender_file(tmp_path)], actor="wang", read=no_reading)


def test_a_file_that_changes_while_it_is_read_is_a_conflict(store: Store, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)

    def read(paths: Sequence[Path], watcher: Watcher) -> Reading:
        path.write_text("Bonds must be posted.")
        return read_simply(paths, watcher)

    before = state(store)
    with pytest.raises(Conflict, match="changed while it was read"):
        add(store, path, read=read)
    assert state(store) == before


def test_two_people_who_add_the_same_files_at_once_make_one_revision(store: Store, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)

    def read(paths: Sequence[Path], watcher: Watcher) -> Reading:
        add(store, path)  # the other one is faster
        return read_simply(paths, watcher)

    assert not add(store, path, read=read).created
    assert state(store)[0] == 1


def test_a_full_disk_stores_nothing_and_the_next_run_finishes(store: Store, tmp_path: Path, home: Path) -> None:
    path = a_tender_file(tmp_path, "a.txt", *(f"Pump {n} must run for {n} days." + "word " * 50 for n in range(200)))
    full = open_store(home / "bidkit.db", home / "blobs", SteppingClock())
    full.close()

    def no_room(connection: object, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    event.listen(full._database._engine, "connect", no_room)
    with pytest.raises(StoreUnavailable, match="disk is full"):
        add(full, path)
    full.close()
    assert state(store)[:2] == (0, 1)
    assert add(store, path).revision.rows == 200


def test_a_blob_store_that_fails_leaves_the_database_alone(store: Store, tmp_path: Path, home: Path) -> None:
    (home / "blocked").write_text("")
    store.blobs = BlobStore(home / "blocked" / "blobs")
    with pytest.raises(StoreUnavailable):
        add(store, a_tender_file(tmp_path))
    with store.read() as work:
        assert work.solicitations.all(work.deals.get("D-1")) == ()


KILLED = """
import os, signal, sys
from pathlib import Path
import bidkit.store.audit, bidkit.store.blobs, bidkit.store.store
from bidkit.store import open_store
from bidkit.usecases.tenders import add_tender
from tests.builders import SteppingClock, read_simply

def die(*args, **named):
    os.kill(os.getpid(), signal.SIGKILL)

where, home, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
if where == "while the file is written":
    bidkit.store.blobs._sync = die
if where == "before the commit":
    bidkit.store.store.audit.append = die
store = open_store(home / "bidkit.db", home / "blobs", SteppingClock())
add_tender(store, code="D-1", paths=[path], actor="wang", read=die if where == "while reading" else read_simply)
"""


@pytest.mark.parametrize("where", ["while reading", "while the file is written", "before the commit"])
def test_a_run_that_is_killed_stores_nothing_half_and_the_next_run_finishes(
    store: Store, home: Path, tmp_path: Path, where: str
) -> None:
    path = a_tender_file(tmp_path)
    killed = subprocess.run([sys.executable, "-c", KILLED, where, str(home), str(path)], cwd=CHECKOUT, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert state(store)[:2] == (0, 1)
    assert add(store, path).created
    assert state(store)[:2] == (1, 2)
    assert store.blobs.get(sha256_of(path.read_bytes())) == path.read_bytes()

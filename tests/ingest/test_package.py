from __future__ import annotations

import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bidkit.ingest.archive import Limits
from bidkit.ingest.package import Package, read_package
from bidkit.kernel.identity import sha256_of
from tests.ingest.small_files import PNG, a_zip, a_zip_named_in_gbk


def note(text: str) -> bytes:
    return f"The bidder shall {text}.".encode()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def read_zip(folder: Path, data: bytes, limits: Limits | None = None) -> Package:
    return read_package([written(folder, "p.zip", data)], limits=limits or Limits())


def outcome(package: Package) -> tuple[list[str], list[tuple[str, str]]]:
    return [d.name for d in package.documents], [(r.name, r.reason) for r in package.refused]


def test_documents_come_in_natural_order_with_the_path_inside_the_zip(tmp_path: Path) -> None:
    archive = a_zip(*((f"part/{n}.txt", note(f"answer {n}")) for n in (10, 9, 1)))
    other = written(tmp_path, "a.md", note("sign"))
    package = read_package([written(tmp_path, "p.zip", archive), other])
    assert outcome(package) == (["a.md", "p.zip/part/1.txt", "p.zip/part/9.txt", "p.zip/part/10.txt"], [])


def test_a_folder_is_walked_and_its_name_leads(tmp_path: Path) -> None:
    written(tmp_path, "tender/forms/a.txt", note("fill in the form"))
    written(tmp_path, "tender/.DS_Store", b"x")
    written(tmp_path, "tender/~$draft.docx", b"x")
    assert outcome(read_package([tmp_path / "tender"])) == (["tender/forms/a.txt"], [])


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    archive = a_zip(("photo.png", PNG), ("scan.docx", PNG), ("a.txt", note("sign")))
    package = read_zip(tmp_path, archive)
    assert outcome(package) == (
        ["p.zip/a.txt"],
        [("p.zip/photo.png", "unsupported-type"), ("p.zip/scan.docx", "wrong-type")],
    )
    assert package.refused[0].sha256 == sha256_of(PNG)
    assert "p.zip/photo.png" in package.refused[0].message


def test_equal_contents_are_read_once_under_the_first_name(tmp_path: Path) -> None:
    archive = a_zip(("b.txt", note("sign")), ("a.txt", note("sign")))
    first = written(tmp_path, "0.txt", note("sign"))
    assert outcome(read_package([written(tmp_path, "p.zip", archive), first])) == (["0.txt"], [])


def test_litter_is_skipped_in_silence(tmp_path: Path) -> None:
    archive = a_zip(("__MACOSX/._a.txt", b"x"), ("Thumbs.db", b"x"), ("d/~$a.docx", b"x"), ("a.txt", note("sign")))
    assert outcome(read_zip(tmp_path, archive)) == (["p.zip/a.txt"], [])


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_are_read_whichever_way_they_were_packed(tmp_path: Path, encoding: str) -> None:
    name = "招标文件/第一册.txt"
    data = note("sign")
    archive = a_zip_named_in_gbk(name, data) if encoding == "gbk" else a_zip((name, data))
    assert outcome(read_zip(tmp_path, archive)) == ([f"p.zip/{name}"], [])


@pytest.mark.parametrize("path", ["../a.txt", "d/../../a.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt"])
def test_an_entry_that_points_outside_is_refused(tmp_path: Path, path: str) -> None:
    archive = a_zip((path, note("leave")), ("b.txt", note("sign")))
    package = read_zip(tmp_path, archive)
    assert [d.name for d in package.documents] == ["p.zip/b.txt"]
    assert [r.reason for r in package.refused] == ["path-escape"]


def test_a_symbolic_link_inside_a_zip_is_refused(tmp_path: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert outcome(read_zip(tmp_path, out.getvalue())) == ([], [("p.zip/a.txt", "path-escape")])


def test_a_symbolic_link_in_a_given_folder_is_refused(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", note("not be read"))
    (tmp_path / "tender").mkdir()
    (tmp_path / "tender" / "a.txt").symlink_to(secret)
    assert outcome(read_package([tmp_path / "tender"])) == ([], [("tender/a.txt", "path-escape")])


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(Limits(entries=1), id="too-many-entries"),
        pytest.param(Limits(total_bytes=50_000), id="too-many-bytes"),
        pytest.param(Limits(entry_bytes=50_000), id="an-entry-too-large"),
        pytest.param(Limits(ratio=10, ratio_from=1_000), id="packed-too-well"),
    ],
)
def test_an_archive_beyond_a_limit_is_left_alone(tmp_path: Path, limits: Limits) -> None:
    archive = a_zip(("a.txt", b"a" * 60_000), ("b.txt", note("sign")))
    assert outcome(read_zip(tmp_path, archive, limits)) == ([], [("p.zip", "zip-bomb")])
    assert outcome(read_zip(tmp_path, archive))[1] == []


def test_archives_may_be_nested_once_but_not_twice(tmp_path: Path) -> None:
    inner = a_zip(("c.txt", note("sign")))
    middle = a_zip(("inner.zip", inner), ("b.txt", note("pay")))
    package = read_zip(tmp_path, a_zip(("middle.zip", middle)))
    assert outcome(package) == (
        ["p.zip/middle.zip/b.txt"],
        [("p.zip/middle.zip/inner.zip", "nested-too-deep")],
    )


def test_archives_side_by_side_share_one_limit(tmp_path: Path) -> None:
    inner = [(f"{n}.zip", a_zip(("a.txt", str(n).encode() * 6_000), compression=zipfile.ZIP_STORED)) for n in range(3)]
    limits = Limits(total_bytes=26_000)
    names, refused = outcome(read_zip(tmp_path, a_zip(*inner), limits))
    assert len(names) < 3
    assert "zip-bomb" in {reason for _, reason in refused}


def test_an_empty_and_a_broken_archive_say_so(tmp_path: Path) -> None:
    whole = a_zip(("a.txt", note("sign") * 40))
    files = [written(tmp_path, "empty.zip", a_zip()), written(tmp_path, "half.zip", whole[:60])]
    assert outcome(read_package(files)) == ([], [("empty.zip", "empty"), ("half.zip", "truncated")])


def test_a_damaged_entry_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    archive = a_zip(("a.txt", b"damage me here"), ("b.txt", note("sign")), compression=zipfile.ZIP_STORED)
    package = read_zip(tmp_path, archive.replace(b"damage me here", b"damaged a bit!"))
    assert outcome(package) == (["p.zip/b.txt"], [("p.zip/a.txt", "truncated")])


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert [r.reason for r in read_package([tmp_path / "gone.docx"]).refused] == ["unreadable"]


def test_reading_twice_gives_the_same_package(tmp_path: Path) -> None:
    path = written(tmp_path, "p.zip", a_zip(("a.txt", note("sign")), ("b.png", PNG)))
    assert read_package([path]) == read_package([path])

"""Adding a tender's files to a deal."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bidkit.ingest.archive import is_litter
from bidkit.ingest.package import Package, Refusal
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.store import Store, Work
from bidkit.store.blobs import fingerprint
from bidkit.store.model import BlobRef, DeliveredFile, PackageKey, SolicitationRevision
from bidkit.usecases.extractor import extractor
from bidkit.usecases.parse import Reader, Reading, parse_files
from bidkit.usecases.watch import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class AddedTender:
    """The revision that holds these files, whether this call made it, and what changed against the one before.

    `new` and `gone` count rows by id; both 0 for a first or an unchanged tender. `latest` is the revision in force.
    """

    revision: SolicitationRevision
    created: bool
    latest: int
    refused: tuple[Refusal, ...] = ()
    new: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class _Given:
    path: Path
    file: DeliveredFile


def add_tender(
    store: Store,
    *,
    code: str,
    paths: Sequence[Path],
    actor: str,
    watcher: Watcher = NOBODY,
    read: Reader = parse_files,
) -> AddedTender:
    """The files at `paths` as a revision of the deal's tender, with everything read out of them.

    Running it twice changes nothing: the key is the deal with the digest of the files' contents and of the program
    that reads them. Other files make the next revision; so does a newer program, where it reads something else.
    Rows keep their ids and people's work on them. Raises NotFound for an unknown deal and whatever `parse_files`
    raises; nothing is stored then.
    """
    given = tuple(_given(paths))
    key = package_key([item.file.blob for item in given])
    with store.read() as work:
        known = _known(work, code, key)
    if known:
        return known
    reading = read(paths, watcher)
    _refuse_changed(reading.package, given)
    watcher.step("storing")
    # Files first: a file without a row in the database is harmless, a row without its file is not.
    for item in given:
        if store.blobs.put_file(item.path).sha256 != item.file.blob.sha256:
            raise _changed(item.file.name)
    with store.begin(actor) as work:
        return _store(work, code, key, given, reading)


def package_key(blobs: Sequence[BlobRef]) -> PackageKey:
    """What a package of these files is known by, whatever their names and order."""
    shas = sorted({blob.sha256 for blob in blobs})
    return PackageKey(hashlib.sha256("\n".join([extractor(), *shas]).encode()).hexdigest(), extractor())


def _given(paths: Sequence[Path]) -> Iterator[_Given]:
    """Every file at `paths` with the name it has in the package; of equal contents only the first."""
    seen: set[str] = set()
    for name, path in _named(paths):
        ref = fingerprint(path)
        if ref.sha256 not in seen:
            seen.add(ref.sha256)
            yield _Given(path, DeliveredFile(name, ref))


def _named(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if not path.exists():
            raise UsageError("there is no such file", where=str(path), next_step="check the path")
        if not path.is_dir():
            yield path.name, path
            continue
        for folder, folders, files in os.walk(path):
            folders.sort()
            for file in sorted(files):
                inner = Path(folder, file)
                name = f"{path.resolve().name}/{inner.relative_to(path).as_posix()}"
                if not is_litter(name) and not inner.is_symlink():
                    yield name, inner


def _known(work: Work, code: str, key: PackageKey) -> AddedTender | None:
    deal = work.deals.get(code)
    found, latest = work.solicitations.find(deal, key.digest), work.solicitations.latest(deal)
    if found is None or latest is None:
        return None
    refused = tuple(Refusal(**refusal) for refusal in work.solicitations.refused(found))
    return AddedTender(found, created=False, latest=latest.number, refused=refused)


def _refuse_changed(package: Package, given: Sequence[_Given]) -> None:
    shas, names = {item.file.blob.sha256 for item in given}, {item.file.name for item in given}
    for document in package.documents:
        if document.name in names and document.sha256 not in shas:
            raise _changed(document.name)


def _changed(name: str) -> Conflict:
    return Conflict("the file changed while it was read", where=name, next_step="try again")


def _store(work: Work, code: str, key: PackageKey, given: Sequence[_Given], reading: Reading) -> AddedTender:
    deal = work.deals.lock(code)
    # Somebody else may have added the same files while we read them.
    known = _known(work, code, key)
    if known:
        return known
    files = tuple(_with_type(item.file, reading.package) for item in given)
    before = work.solicitations.latest(deal)
    if before and work.solicitations.says_the_same(before, files, reading.package, reading.solicitation):
        return AddedTender(before, created=False, latest=before.number, refused=reading.refused)
    earlier = {row.id for row in work.solicitations.load(before).requirements} if before else None
    deal = work.deals.advance(deal)
    made = work.solicitations.add(deal, key, files, reading.package, reading.solicitation)
    now = {row.id for row in reading.solicitation.requirements}
    new, gone = (0, 0) if earlier is None else (len(now - earlier), len(earlier - now))
    return AddedTender(made, created=True, latest=made.number, refused=reading.refused, new=new, gone=gone)


def _with_type(file: DeliveredFile, package: Package) -> DeliveredFile:
    types = {document.sha256: document.media_type for document in package.documents}
    media_type = types.get(file.blob.sha256, file.blob.media_type)
    return replace(file, blob=replace(file.blob, media_type=media_type))

"""Reading in a process of its own, so that a hostile file can neither hang nor fill up a long-running server."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from pydantic import TypeAdapter

from bidkit.ingest.model import SourceDocument
from bidkit.ingest.read import load, read_bytes, too_large
from bidkit.kernel.errors import UnreadableFile

_DOCUMENT = TypeAdapter(SourceDocument)
_REFUSED = 3
_MEGABYTE = 1024 * 1024


def read_isolated(path: Path, *, seconds: float, megabytes: int) -> SourceDocument:
    """As `read_file`, in a process that is ended after `seconds` and may map at most `megabytes` of memory.

    Raises UnreadableFile: "hung" and "too-large" where a limit was hit, else what the reader raises.
    """
    return read_bytes_isolated(load(path), path.name, seconds=seconds, megabytes=megabytes)


def read_bytes_isolated(data: bytes, name: str, *, seconds: float, megabytes: int) -> SourceDocument:
    """As `read_bytes`, under the limits of `read_isolated`."""
    command = [sys.executable, "-m", "bidkit.ingest.isolated", name, str(int(seconds) + 1), str(megabytes)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            out, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise _hung(name, seconds) from None
        finally:
            # The readers may have started programs of their own; all belong to the child's session.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    return _answer(process.returncode, out, name, seconds)


def _answer(status: int, out: bytes, name: str, seconds: float) -> SourceDocument:
    if status == 0:
        return _DOCUMENT.validate_json(out)
    if status == _REFUSED:
        refusal = json.loads(out)
        raise UnreadableFile(refusal["reason"], refusal["what"], where=refusal["where"], next_step=refusal["next_step"])
    if status == -signal.SIGXCPU:
        raise _hung(name, seconds)
    if status in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
        raise too_large(name)
    raise UnreadableFile(
        "unreadable", f"the reader ended with status {status}", where=name, next_step="save the file anew"
    )


def _hung(name: str, seconds: float) -> UnreadableFile:
    return UnreadableFile(
        "hung",
        f"reading took more than {seconds:g} seconds and was stopped",
        where=name,
        next_step="split the file or save it anew",
    )


def _limit(seconds: int, megabytes: int) -> None:
    import resource  # noqa: PLC0415 - not on every platform, and only the child needs it

    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes * _MEGABYTE)):
        # Some platforms refuse a limit on mapped memory; time is still kept by the parent.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _main(name: str, seconds: str, megabytes: str) -> int:
    data = sys.stdin.buffer.read()
    _limit(int(seconds), int(megabytes))
    try:
        answer = _DOCUMENT.dump_json(read_bytes(data, name))
    except UnreadableFile as error:
        fields = {"reason": error.reason, "what": error.what, "where": error.where, "next_step": error.next_step}
        sys.stdout.buffer.write(json.dumps(fields).encode())
        return _REFUSED
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))

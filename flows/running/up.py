"""`bidkit up`: start the three parts, say where they are once they answer, stop all of them together.

This process imports no Prefect, so that it costs little memory and stays answerable while the parts start.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bidkit.cli.console import say
from bidkit.kernel.errors import BidkitError, Conflict, StoreUnavailable, UsageError
from bidkit.settings import Settings
from flows.running.lock import running_here
from flows.running.plan import HOST, PREFECT_PORT, ROOM_PORT, Plan

_START_SECONDS = 120.0
_STOP_SECONDS = 10.0  # for each part
_LOOK_SECONDS = 0.2
_LAST_LINES = 5
# A proxy of the house leads out of this machine; what we ask is on it.
_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_FIRST_KEY = "first administrator's key"


@dataclass(slots=True)
class Part:
    """One running process of the system, with its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


class Stopped(BaseException):
    """Somebody asked us to stop."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the system until it is asked to stop or a part dies; the exit status."""
    parser = argparse.ArgumentParser(prog="bidkit up", description="Start everything on this machine.")
    parser.add_argument("--prefect-port", type=int, default=PREFECT_PORT)
    parser.add_argument("--room-port", type=int, default=ROOM_PORT)
    chosen = parser.parse_args(arguments)
    plan = Plan(Settings().home, chosen.prefect_port, chosen.room_port)
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, _stop)
    try:
        return _run(plan)
    except Stopped:
        return 0
    except BidkitError as error:
        say(str(error))
        return error.exit_status


def _run(plan: Plan) -> int:
    plan.home.mkdir(parents=True, exist_ok=True)
    with running_here(plan):
        for name, port in (("--prefect-port", plan.prefect_port), ("--room-port", plan.room_port)):
            _require_free(name, port)
        parts: list[Part] = []
        try:
            # The slowest first; the others get ready while it starts.
            parts.append(_start(plan, "prefect", "flows.running.prefect_server", "--port", str(plan.prefect_port)))
            prepared = subprocess.run([sys.executable, "-m", "flows.running.prepare"], check=False)
            if prepared.returncode:
                return prepared.returncode
            parts.append(_start(plan, "room", "flows.running.room", "--port", str(plan.room_port)))
            parts.append(_start(plan, "runner", "flows.running.runner"))
            _wait_until(parts, f"{plan.prefect_address}/api/ready")
            _wait_until(parts, f"{plan.room_address}/health")
            _wait_for_word(parts, parts[-1])
            say(f"Prefect UI  {plan.prefect_address}/v2")
            say(f"deal room   {plan.room_address}")
            _tell_first_key(plan)
            say("Ctrl-C stops everything")
            return _watch(parts)
        finally:
            _stop_all(parts)


def _start(plan: Plan, name: str, module: str, *arguments: str) -> Part:
    log = plan.log_file(name)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,  # Its end tells the part that we are gone.
            stdout=out,
            stderr=subprocess.STDOUT,
            env=plan.environment(os.environ),
            start_new_session=True,  # Ctrl-C reaches us alone, so that the parts stop in order.
        )
    return Part(name, process, log)


def _wait_until(parts: Sequence[Part], address: str) -> None:
    """Return when the address answers; raises StoreUnavailable when a part died or time is up."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        _require_alive(parts)
        try:
            with _DIRECTLY.open(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(_LOOK_SECONDS)
    raise StoreUnavailable("did not answer in time", where=address, next_step=f"see {parts[-1].log}")


def _wait_for_word(parts: Sequence[Part], part: Part) -> None:
    end = time.monotonic() + _START_SECONDS
    while b"ready" not in part.log.read_bytes():
        _require_alive(parts)
        if time.monotonic() > end:
            raise StoreUnavailable("did not start in time", where=part.name, next_step=f"see {part.log}")
        time.sleep(_LOOK_SECONDS)


def _tell_first_key(plan: Plan) -> None:
    """Print what the room said about the first administrator, as long as nobody can sign in."""
    for line in plan.log_file("room").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith(_FIRST_KEY):
            say(line)


def _watch(parts: Sequence[Part]) -> int:
    while True:
        _require_alive(parts)
        time.sleep(_LOOK_SECONDS * 5)


def _require_alive(parts: Sequence[Part]) -> None:
    for part in parts:
        status = part.process.poll()
        if status is not None:
            lines = part.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
            for line in lines:
                say(f"  {part.name}: {line}")
            raise StoreUnavailable(
                f"stopped by itself (status {status}); everything else is stopped too",
                where=part.name,
                next_step=f"see {part.log}, then start again",
            )


def _stop_all(parts: Sequence[Part]) -> None:
    """Ask the parts to stop, one after the other and the last started first: the runner still tells the server how
    its runs ended. What does not stop in time is killed with its children."""
    for part in reversed(parts):
        if part.process.poll() is None:
            part.process.terminate()
        try:
            part.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(part.process.pid, signal.SIGKILL)
            part.process.wait()


def _require_free(option: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise UsageError(f"{port} is no port", where=option, next_step="choose 1024 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Conflict(
                f"port {port} is in use by another program", where=option, next_step=f"choose another: {option} PORT"
            ) from error


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())

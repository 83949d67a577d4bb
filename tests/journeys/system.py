"""The running system as its users meet it: started by `bidkit up`, spoken to over HTTP, stopped by a signal."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx

BIDKIT = Path(sys.executable).parent / "bidkit"
_LOOK_SECONDS, _START_SECONDS, _STOP_SECONDS = 0.1, 90.0, 30.0
_READY = "Ctrl-C stops everything"
Found = TypeVar("Found")
Json = dict[str, Any]


def within(seconds: float, look: Callable[[], Found]) -> Found:
    """The first true thing `look` gives; fails when time is up."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"nothing within {seconds:g} s, last {found!r}"
        time.sleep(_LOOK_SECONDS)
    return found


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class System:
    """One data folder and two ports; it may be started, stopped and killed again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "data folder"
        self.prefect_port, self.room_port = free_port(), free_port()
        self.api = httpx.Client(base_url=f"http://127.0.0.1:{self.prefect_port}/api", timeout=30)
        self.said = folder / "said.txt"
        self.process: subprocess.Popen[bytes] | None = None
        self.family: list[int] = []

    @property
    def environment(self) -> dict[str, str]:
        """Ours, with settings of somebody's Prefect that must not matter."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("BIDKIT_", "PREFECT_"))}
        return {**clean, "BIDKIT_HOME": str(self.home), "BIDKIT_PERSON": "root", "PREFECT_API_URL": "http://0.0.0.0:1"}

    def ensure_running(self) -> None:
        """Started, unless it runs already."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def start(self) -> None:
        """Running, with both addresses said."""
        with self.said.open("wb") as said:
            self.process = subprocess.Popen([*self.up], env=self.environment, stdout=said, stderr=said)
        within(_START_SECONDS, lambda: self.process.poll() is not None or _READY in self.words())
        assert _READY in self.words(), self.words() + self.logs()
        self.family = family_of(self.process.pid)

    @property
    def up(self) -> tuple[str, ...]:
        """The command that starts it."""
        ports = (str(self.prefect_port), "--room-port", str(self.room_port))
        return (str(BIDKIT), "up", "--prefect-port", *ports)

    def words(self) -> str:
        """What the command has printed so far."""
        return self.said.read_text(encoding="utf-8")

    def logs(self) -> str:
        """What the parts wrote."""
        return "".join(path.read_text(encoding="utf-8") for path in sorted((self.home / "logs").glob("*.log")))

    def bidkit(self, *words: str, status: int = 0) -> str:
        """What the command printed; fails unless it ended with `status`."""
        done = subprocess.run(
            [str(BIDKIT), *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def terminate(self) -> int:
        """The exit status after a polite request to stop."""
        assert self.process is not None
        self.family = sorted({*self.family, *family_of(self.process.pid)})
        self.process.terminate()
        return self.process.wait(_STOP_SECONDS)

    def wait(self) -> int:
        """The exit status once it has stopped by itself."""
        assert self.process is not None
        return self.process.wait(_STOP_SECONDS)

    def cut_power(self) -> None:
        """Every process gone between two instructions, none of them warned."""
        assert self.process is not None
        family = family_of(self.process.pid)
        for deadly in (signal.SIGSTOP, signal.SIGKILL):
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, deadly)
        self.process.wait(_STOP_SECONDS)

    def pid_of(self, part: str) -> int:
        """The process of a part."""
        assert self.process is not None
        module = f"flows.running.{part}"
        return next(pid for pid in family_of(self.process.pid) if module in words_of(pid))

    def left_over(self) -> list[int]:
        """Processes of the last start that are still there."""
        return [pid for pid in self.family if words_of(pid)]

    def close(self) -> None:
        """Stopped for good."""
        self.api.close()
        if self.process is not None and self.process.poll() is None:
            self.terminate()

    def deployment(self, name: str) -> Json:
        """The deployment of a flow of the same name."""
        answer = self.api.get(f"/deployments/name/{name}/{name}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def ask(self, name: str, form: Json, **more: Any) -> httpx.Response:
        """The server's answer to a run form that somebody submits; nothing is tried twice."""
        return self.api.post(
            f"/deployments/{self.deployment(name)['id']}/create_flow_run", json={"parameters": {"form": form}, **more}
        )

    def run(self, name: str, form: Json) -> str:
        """The id of the run that the form started."""
        answer = self.ask(name, form)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def state(self, run: str) -> Json:
        """The state of a run."""
        return dict(self.api.get(f"/flow_runs/{run}").json()["state"])

    def ended(self, run: str, seconds: float = 60) -> Json:
        """The last state of a run."""
        last = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        within(seconds, lambda: self.state(run)["type"] in last)
        return self.state(run)

    def retry(self, run: str) -> None:
        """What the button Retry of the Prefect UI does."""
        state = {"type": "SCHEDULED", "name": "AwaitingRetry", "message": "Retry from the UI"}
        answer = self.api.post(f"/flow_runs/{run}/set_state", json={"state": state, "force": True})
        assert answer.json()["status"] == "ACCEPT", answer.text

    def resume(self, run: str, **answer: str) -> str:
        """What the server makes of an answer in the resume form."""
        return str(self.api.post(f"/flow_runs/{run}/resume", json={"run_input": answer}).json()["status"])

    def task_states(self, run: str, name: str) -> list[str]:
        """The state names of the run's tasks whose names hold `name`."""
        wanted = {"flow_runs": {"id": {"any_": [run]}}, "task_runs": {"name": {"like_": name}}}
        return [task["state"]["name"] for task in self.api.post("/task_runs/filter", json=wanted).json()]

    def artifact(self, key: str) -> str:
        """The latest content under a key."""
        answer = self.api.get(f"/artifacts/{key}/latest")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["data"])


def family_of(pid: int) -> list[int]:
    """The process and all that descend from it."""
    table = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in table.splitlines())}
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def words_of(pid: int) -> str:
    """The command line of a process that lives; empty for one that is gone or only waits to be buried."""
    try:
        stat, words = (Path(f"/proc/{pid}/{name}").read_bytes() for name in ("stat", "cmdline"))
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if stat.rpartition(b")")[2].split()[:1] == [b"Z"] else words.decode(errors="replace")

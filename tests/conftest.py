"""Guards for every test: no network but this machine's own, and a data folder that belongs to the test alone."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_OURS = ("BIDKIT_DATABASE_URL", "BIDKIT_STORAGE_URL", "BIDKIT_PERSON", "BIDKIT_DEBUG")


class NetworkUsed(AssertionError):
    """A test wanted to talk to another machine."""


def _is_this_machine(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in ("localhost", "")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Connections to other machines and look-ups of their names fail at once."""
    patch = pytest.MonkeyPatch()

    def guarded(name: str) -> None:
        real = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if not _is_this_machine(address):
                raise NetworkUsed(f"a test wants to reach {address!r}")
            return real(self, address)

        patch.setattr(socket.socket, name, connect)

    guarded("connect")
    guarded("connect_ex")
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        if host is not None and not _is_this_machine((host if isinstance(host, str) else host.decode(),)):
            raise NetworkUsed(f"a test wants to look up {host!r}")
        return look_up(host, *rest, **named)

    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """BIDKIT_HOME of this test; nothing the person at the keyboard has set reaches it."""
    for name in _OURS:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "bidkit home"
    monkeypatch.setenv("BIDKIT_HOME", str(folder))
    return folder

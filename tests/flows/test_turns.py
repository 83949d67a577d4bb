"""One run at a time for a deal and a step."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Event, Thread

import pytest

from flows.turns import one_at_a_time

HOLD = """
from flows.turns import one_at_a_time
with one_at_a_time("D-1", "read", lambda: None):
    print("held", flush=True)
    input()
"""


def never() -> None:
    pytest.fail("nothing is in the way")


def test_the_second_run_of_a_deal_waits_for_the_first_and_other_deals_do_not() -> None:
    waits, done = Event(), Event()

    def second() -> None:
        with one_at_a_time("D-1", "read", waits.set):
            done.set()

    with one_at_a_time("D-1", "read", never):
        with one_at_a_time("D-2", "read", never), one_at_a_time("D-1", "check", never):
            pass
        thread = Thread(target=second)
        thread.start()
        assert waits.wait(10)
        assert not done.is_set()
    assert done.wait(10)
    thread.join()


def test_a_run_that_is_killed_gives_up_its_turn() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ, text=True
    )
    assert run.stdin is not None
    assert run.stdout is not None
    with run.stdin, run.stdout:
        assert run.stdout.readline() == "held\n"
        run.kill()
        run.wait()
    with one_at_a_time("D-1", "read", never):
        pass

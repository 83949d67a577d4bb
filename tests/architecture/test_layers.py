from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import CHECKOUT, name_of, python_files, tree


def test_imports_point_left_as_the_contracts_say() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(linter), "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", python_files("bidkit", "flows", "bench", "training"), ids=name_of)
def test_every_module_says_what_it_is_for(room: Path) -> None:
    assert ast.get_docstring(tree(room)), f"{name_of(room)} has no docstring"


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {
        name_of(p): len(p.read_text(encoding="utf-8").splitlines())
        for p in python_files("bidkit", "flows", "bench", "training", "tests")
    }
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_a_flow_fits_on_one_page() -> None:
    texts = {name_of(p): p.read_text(encoding="utf-8") for p in python_files("flows")}
    lines = {
        name: sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))
        for name, text in texts.items()
        if "from prefect import" in text
    }
    assert {name: count for name, count in lines.items() if count > 60} == {}


def test_nobody_swallows_every_exception() -> None:
    silent = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("bidkit", "flows", "bench", "training", "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and _catches_all(node)
        and all(isinstance(s, ast.Pass) for s in node.body)
    ]
    assert silent == []


def _catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException")
    )

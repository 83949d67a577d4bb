"""The files of this checkout, for the tests that read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
_OURS = ("bidkit", "flows", "bench", "training", "tests", "schemas", "templates", "docs", "script", ".ci", "samples")
_TEXT = {".py", ".csv", ".yaml", ".yml", ".md", ".toml", ".json", ".html", ".css", ".txt", ".mako", ".ini", ".j2", ""}


@cache
def text_files() -> tuple[Path, ...]:
    """Every text file of ours, the lock file apart."""
    inside = [p for top in _OURS for p in sorted((CHECKOUT / top).rglob("*")) if p.is_file()]
    outside = [p for p in sorted(CHECKOUT.iterdir()) if p.is_file() and p.name != "uv.lock"]
    return tuple(p for p in inside + outside if p.suffix in _TEXT and "__pycache__" not in p.parts)


@cache
def python_files(*tops: str) -> tuple[Path, ...]:
    """The Python files under the folders named."""
    return tuple(p for p in text_files() if p.suffix == ".py" and p.relative_to(CHECKOUT).parts[0] in tops)


@cache
def tree(path: Path) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """A path as a reader of a failing test wants it."""
    return str(path.relative_to(CHECKOUT))

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import CHECKOUT, name_of

PAGES = [CHECKOUT / "README.md", CHECKOUT / "CHANGELOG.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_to_a_file_of_ours_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_script_a_page_names_can_be_run(page: Path) -> None:
    named = set(re.findall(r"script/[a-z]+", page.read_text(encoding="utf-8")))
    scripts = [CHECKOUT / name for name in named if page.name != "ARCHITECTURE.md"]
    assert [name_of(s) for s in scripts if not (s.is_file() and s.stat().st_mode & 0o100)] == []

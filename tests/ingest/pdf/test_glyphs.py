"""Odd characters of PDFs are put right, and nothing else is changed."""

from __future__ import annotations

import pytest

from bidkit.ingest.pdf.glyphs import mend


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("⽂⼈⾏", "文人行"),
        ("⻚⻓", "页长"),
        ("ﬁnal eﬀort", "final effort"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\uf0b7 item", "• item"),
        ("\uf0a8接受 \uf0fe不接受", "☐接受 ☑不接受"),
        ("招 标 文 件", "招标文件"),
        ("第一章 总则", "第一章 总则"),
        ("Ａ１％ ①㎡ ½", "Ａ１％ ①㎡ ½"),
    ],
)
def test_mending(printed: str, text: str) -> None:
    assert mend(printed) == text

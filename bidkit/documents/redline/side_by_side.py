"""A comparison as one page of html: old and new beside each other, silent changes first; nothing comes from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from bidkit.contract.changes import Comparison, ContractChange, ContractChangeKind, Edit
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

_LIST = "contract_compare"
_STYLE = """
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",sans-serif;margin:2rem auto;
max-width:72rem;padding:0 1rem;color:#1c2330}
h1{font-size:1.4rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:1.8rem 0 .6rem;padding-left:.6rem}
h2.silent{border-left:.35rem solid #b42318}h2.tracked{border-left:.35rem solid #b7791f}
p.files{color:#556;margin:.1rem 0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #cfd6e0;padding:.45rem .6rem;vertical-align:top;text-align:left;overflow-wrap:anywhere;
white-space:pre-wrap}
th{background:#eef2f7}col.what{width:11rem}td.what{font-size:.85rem;color:#445}
del{background:#fde2e0;color:#8f1d14}ins{background:#dff3e3;color:#125b2a;text-decoration:none;
border-bottom:1px solid #125b2a}
.kind{display:inline-block;font-weight:600;color:#1c2330}ul{margin:.3rem 0 0;padding-left:1.1rem}
@media print{body{margin:0;max-width:none;font-size:11px}tr{break-inside:avoid}}
"""


def side_by_side(comparison: Comparison, language: Language) -> str:
    """A whole html document; every text of the contracts is escaped."""
    silent = comparison.silent
    tracked = tuple(change for change in comparison.changes if change.tracked)
    counts = f"{_say('change_count', language, count=len(comparison.changes))}, " + _say(
        "silent_count", language, count=len(silent)
    )
    body = [
        f"<h1>{escape(_say('title', language))}</h1>",
        _file("old", comparison.old_name, comparison.old_sha256, language),
        _file("new", comparison.new_name, comparison.new_sha256, language),
        f"<p>{escape(counts if comparison.changes else _say('none', language))}</p>",
        *_section("silent", silent, language),
        *_section("tracked", tracked, language),
    ]
    return (
        f'<!doctype html>\n<html lang="{language.value}"><head><meta charset="utf-8">'
        f"<title>{escape(_say('title', language))}</title><style>{_STYLE}</style></head>\n"
        f"<body>{''.join(body)}</body></html>\n"
    )


def _file(side: str, name: str, sha256: str, language: Language) -> str:
    return f'<p class="files">{escape(_say(side, language))}: {escape(name)} <small>SHA-256 {sha256[:16]}</small></p>'


def _section(name: str, changes: Sequence[ContractChange], language: Language) -> Iterable[str]:
    if not changes:
        return
    yield f'<h2 class="{name}">{escape(_say(name, language))} ({len(changes)})</h2>'
    yield '<table><colgroup><col class="what"><col><col></colgroup><tr><th></th>'
    yield f"<th>{escape(_say('old', language))}</th><th>{escape(_say('new', language))}</th></tr>"
    for change in changes:
        yield f'<tr><td class="what">{_what(change, language)}</td>'
        yield f"<td>{_marked(change, old=True)}</td><td>{_marked(change, old=False)}</td></tr>"
    yield "</table>"


def _what(change: ContractChange, language: Language) -> str:
    parts = [f'<span class="kind">{escape(_say(change.kind.value, language))}</span>']
    where = [_say(f"place_{change.place.value}", language), *_pages(change.new_anchor or change.old_anchor, language)]
    parts.append(escape(" · ".join(where)))
    if change.authors:
        parts.append(escape(_say("by", language, authors=", ".join(change.authors))))
    if change.value_changes:
        blank = _say("blank", language)
        values = "".join(
            f"<li>{escape(v.old or blank)} → {escape(v.new or blank)}</li>" for v in change.value_changes[:12]
        )
        parts.append(f"{escape(_say('values', language))}<ul>{values}</ul>")
    return "<br>".join(parts)


def _pages(anchor: Anchor | None, language: Language) -> list[str]:
    return [_say("page", language, page=anchor.page)] if anchor is not None and anchor.page else []


def _marked(change: ContractChange, *, old: bool) -> str:
    """One side's text with what differs marked."""
    text, tag = (change.old, "del") if old else (change.new, "ins")
    if not text:
        return ""
    if change.kind in (ContractChangeKind.INSERTED, ContractChangeKind.DELETED):
        return f"<{tag}>{escape(text)}</{tag}>"
    out, at = [], 0
    for edit in change.edits:
        start, piece = _of(edit, old=old)
        out.append(escape(text[at:start]))
        out.append(f"<{tag}>{escape(piece)}</{tag}>" if piece else "")
        at = start + len(piece)
    return "".join([*out, escape(text[at:])])


def _of(edit: Edit, *, old: bool) -> tuple[int, str]:
    return (edit.old_start, edit.old) if old else (edit.new_start, edit.new)


def _say(code: str, language: Language, **values: object) -> str:
    return label(_LIST, code, language).format(**values)

"""What the tender says about a deviation table: list everything or deviations only, copying, proof, words, closing.

House defaults where the tender is silent: list every row, the response in our own words, 正/无/负偏离, a blank table
is never written without a person's explicit word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bidkit.deviation.cues import Words, cues, schemes
from bidkit.deviation.tables_model import (
    Blank,
    Copying,
    Listing,
    Role,
    Said,
    Table,
    TableForm,
    TableRules,
)
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language, language_of
from bidkit.requirements.sentences import sentences

_SHORTEST_TITLE = 5
_LONGEST = 1500  # a longer block that mentions a form is a whole chapter
_ONLY = "only_deviations"
_NO_RULE = frozenset({"about"})  # tells a paragraph on deviations from a demand


def read_rules(form: TableForm, documents: Sequence[SourceDocument]) -> TableRules:
    """The rules of one issued form, from the text around it and from every sentence that names it elsewhere."""
    said = tuple(_said((*form.instructions, *_mentions(form, documents))))
    rules = {one.rule for one in said}
    header = " ".join(column.title for column in form.columns if column.role is Role.DIRECTION)
    closing = next((one.text for one in said if one.rule == "closing"), "")
    return TableRules(
        listing=Listing.DEVIATIONS if _ONLY in rules and "list_all" not in rules else Listing.ALL,
        copying=_copying(rules),
        blank=_blank(rules),
        words=words_for(" ".join((header, *(text for text, _ in form.instructions))), form.language, header),
        proof_asked="proof_asked" in rules or form.column(Role.PROOF) is not None,
        missing_is_negative="missing_negative" in rules,
        no_negative="no_negative" in rules or form.tables == (Table.SUBSTANTIVE,),
        row_is_unit="row_is_unit" in rules or _says("row_is_unit", documents),
        number_is_unit="number_is_unit" in rules or _says("number_is_unit", documents),
        moved="moved" in rules,
        closing=closing,
        said=said,
    )


def house_rules(language: Language) -> TableRules:
    """The rules for a table of which the tender says nothing."""
    return TableRules(Listing.ALL, Copying.UNSAID, Blank.UNSAID, words_for("", language))


def words_for(text: str, language: Language, header: str = "") -> Words:
    """The words for the directions: those the form's `text` or its `header` names, else the house words."""
    places = {"form": f"{header} {text}", "header": header, "house": " "}
    return next(
        scheme.words
        for scheme in schemes()
        if scheme.language is language and scheme.pattern.search(places[scheme.within])
    )


def _said(paragraphs: Iterable[tuple[str, Anchor]]) -> Iterable[Said]:
    for text, anchor in paragraphs:
        for left, right in sentences(text, language_of(text)):
            sentence = text[left:right]
            named = {cue.name for cue in cues("rules") if cue.pattern.search(sentence)} - _NO_RULE
            if _ONLY in named and "list_all" in named and "missing_negative" not in named:
                # "list deviations one by one" is about deviations, not about every clause
                named.discard("list_all")
            for rule in sorted(named):
                yield Said(rule, sentence, anchor)


def _mentions(form: TableForm, documents: Sequence[SourceDocument]) -> list[tuple[str, Anchor]]:
    """Text elsewhere that names the form by its title."""
    own = {anchor.block for _, anchor in form.instructions}
    title = squash(form.title.split()[-1]) if form.title else ""
    if len(title) < _SHORTEST_TITLE:
        return []
    return [
        (block.text, block.anchor)
        for document in documents
        for block in document.blocks
        if block.kind not in (BlockKind.TOC_LINE, BlockKind.COMMENT)
        and block.anchor.block not in own
        and len(block.text) < _LONGEST
        and title in squash(block.text)
        and squash(block.text) != title
    ]


def _says(rule: str, documents: Sequence[SourceDocument]) -> bool:
    """Whether any sentence of the tender says so, wherever it stands: how deviations are counted is often told once."""
    cue = [one.pattern for one in cues("rules") if one.name == rule]
    return any(
        pattern.search(block.text)
        for document in documents
        for block in document.blocks
        if block.kind is not BlockKind.COMMENT
        for pattern in cue
    )


def _copying(rules: set[str]) -> Copying:
    if "copy_forbidden" in rules:
        return Copying.FORBIDDEN
    return Copying.ALLOWED if "copy_allowed" in rules else Copying.UNSAID


def _blank(rules: set[str]) -> Blank:
    if "blank_rejects" in rules:
        return Blank.REJECTS
    return Blank.ACCEPTS if "blank_accepts" in rules else Blank.UNSAID

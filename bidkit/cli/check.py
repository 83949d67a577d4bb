"""`bidkit check CODE | show | answer | waive`: the check before sealing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bidkit.cli.console import say, watching
from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples

if TYPE_CHECKING:
    from bidkit.documents.sealing.model import SealingView
    from bidkit.store import Store
    from bidkit.usecases.sealing import Checked

_RUN = "run"


class _WithDefault(TyperGroup):
    """A group whose first word may be a deal's code: `bidkit check D-1` is `bidkit check run D-1`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words left, `run` put in front where they name no command."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [_RUN, *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


app = typer.Typer(
    cls=_WithDefault, help="The check before sealing: may the bid go out as it is?", rich_markup_mode=None
)

WhyOption = Annotated[str, typer.Option("--reason", help="why; it stays on record")]


@app.command(
    _RUN,
    epilog=examples(
        "bidkit check D-2026-001 --bid technical.docx --bid price.docx    is `check run D-2026-001 …`",
        "bidkit check D-2026-001                                          the files of the last check again",
        "bidkit check D-2026-001 --xlsx check.xlsx --pdf papers --word commented",
    ),
)
def run(
    code: CodeArgument,
    bid: Annotated[list[Path] | None, typer.Option("--bid", metavar="FILE", help="a volume of the bid")] = None,
    form: ShapeOption = Shape.TABLE,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="PATH", help="the findings as a workbook")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FOLDER", help="self-check and score tables")] = None,
    word: Annotated[
        Path | None, typer.Option("--word", metavar="FOLDER", help="copies of the volumes with comments")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="always refused, with the law")
    ] = None,
    language: LanguageOption = None,
    by: PersonOption = "",
) -> None:
    """Check the bid against the tender by every rule; the status is 10 while a blocker is open.

    What could not run says "not checked", what only a person can confirm is asked.
    """
    from bidkit.usecases.sealing import check_bid, refuse_comparison  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        if against is not None:
            with store.read() as work:
                refuse_comparison(work.deals.get(code).language)
        checked = check_bid(store, code=code, paths=bid or (), actor=person(by), watcher=watcher)
        _papers(store, checked, language, xlsx, pdf, word)
    _show(checked, form, language)


@app.command(epilog=examples("bidkit check show D-2026-001", "bidkit check show D-2026-001 --format json"))
def show(
    code: CodeArgument,
    form: ShapeOption = Shape.TABLE,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="PATH", help="the findings as a workbook")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FOLDER", help="self-check and score tables")] = None,
    word: Annotated[
        Path | None, typer.Option("--word", metavar="FOLDER", help="copies of the volumes with comments")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Show the last check with people's answers counted in; nothing is read anew."""
    from bidkit.usecases.sealing import last_check  # noqa: PLC0415

    with opened_store() as store:
        checked = last_check(store, code)
        _papers(store, checked, language, xlsx, pdf, word)
    _show(checked, form, language)


@app.command(
    epilog=examples(
        "bidkit check answer D-2026-001 ask-0123456789ab yes --as li.na",
        "bidkit check answer D-2026-001 seal-and-sign yes --as li.na         every open place at once",
        'bidkit check answer D-2026-001 index-pages yes --reason "compared page by page" --as li.na',
    )
)
def answer(
    code: CodeArgument,
    target: Annotated[str, typer.Argument(metavar="QUESTION", help="id of a question, or of a rule")],
    word: Annotated[str, typer.Argument(metavar="yes|no", help="what the person found")],
    reason: WhyOption = "",
    by: PersonOption = "",
) -> None:
    """Record what only a person can tell; the answer lasts while the words it is about stay."""
    from bidkit.kernel.errors import UsageError  # noqa: PLC0415
    from bidkit.usecases.sealing import answer as record  # noqa: PLC0415

    if word not in ("yes", "no"):
        raise UsageError(f"{word!r} is neither yes nor no", where="ANSWER", next_step="say yes or no")
    with opened_store() as store:
        said = record(store, code=code, target=target, yes=word == "yes", reason=reason, actor=person(by))
    print(f"{code}: {len(said)} answered {word}")


@app.command(
    epilog=examples(
        'bidkit check waive D-2026-001 chk-0123456789ab --reason "name of a street, no customer" --as li.na'
    )
)
def waive(
    code: CodeArgument,
    fault: Annotated[str, typer.Argument(metavar="FINDING", help="id of a finding")],
    reason: WhyOption = "",
    by: PersonOption = "",
) -> None:
    """Note that a finding is not applicable in this tender, and why; it comes back when the words change."""
    from bidkit.usecases.sealing import waive as record  # noqa: PLC0415

    with opened_store() as store:
        found = record(store, code=code, fault=fault, reason=reason, actor=person(by))
    print(f"{code}: {found.rule} {fault} is not applicable")


def _papers(
    store: Store, checked: Checked, language: LanguageOption, xlsx: Path | None, pdf: Path | None, word: Path | None
) -> None:
    from bidkit.usecases.sealing_papers import write_papers  # noqa: PLC0415

    for path in write_papers(store, checked, language=language, xlsx=xlsx, pdf=pdf, word=word):
        print(path)


def _show(checked: Checked, form: Shape, language: LanguageOption) -> None:
    from bidkit.usecases.gates import GateClosed  # noqa: PLC0415
    from bidkit.usecases.sealing_words import view_of  # noqa: PLC0415

    view = view_of(checked, language or checked.deal.language)
    if form is Shape.JSON:
        print(json.dumps(_values(view), ensure_ascii=False, indent=2))
    else:
        _tables(view)
    say(f"{view.deal.code}: {view.verdict}")
    if checked.open:
        raise typer.Exit(GateClosed.exit_status)


def _tables(view: SealingView) -> None:
    lines = [
        (r.rule, r.severity, r.outcome_text, str(r.faults or ""), " ".join(filter(None, (r.title, r.why))))
        for r in view.rules
    ]
    print(text_table(("rule", "weight", "outcome", "faults", "what"), lines), end="")
    stands = [f for f in view.faults if not f.waived]
    if stands:
        shown = [(f.id, f.reason, " | ".join(filter(None, (f.place, f.clause))), f.fix) for f in stands]
        print(text_table(("finding", "what is wrong", "where", "what to do"), shown), end="")
    asked = [(q.id, q.question, " | ".join(filter(None, (q.place, q.clause)))) for q in view.questions if not q.answer]
    if asked:
        print(text_table(("question", "to be confirmed by a person", "where"), asked), end="")


def _values(view: SealingView) -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415

    return asdict(view)

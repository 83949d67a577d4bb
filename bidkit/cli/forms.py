"""`bidkit form new | list | show | fill | submit | approve | void | export | import | erase | overdue`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli.console import say, watching
from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language

if TYPE_CHECKING:
    from bidkit.kernel.finding import Finding
    from bidkit.usecases.forms import FormState

app = typer.Typer(
    help="Forms of a deal: fill them in here, in Word or in Excel; they prove what they say.", rich_markup_mode=None
)

FormArgument = Annotated[
    str, typer.Argument(metavar="FORM", help="which form, such as visit_report; see: bidkit form list")
]
DocumentArgument = Annotated[
    str, typer.Argument(metavar="ID", help="the form's id, such as F3; see: bidkit form list CODE")
]
ReasonOption = Annotated[str, typer.Option(help="why")]
RoleOption = Annotated[str, typer.Option(metavar="ROLE", help="the role you act in, such as approver")]


@app.command(
    epilog=examples("bidkit form new D-2026-001 phone_record", "bidkit form new D-2026-001 visit_report --another")
)
def new(
    code: CodeArgument,
    form: FormArgument,
    another: Annotated[bool, typer.Option("--another", help="one more, though an untouched draft exists")] = False,
    language: LanguageOption = None,
    by: PersonOption = "",
) -> None:
    """Begin a form of a deal, with what the store knows filled in. A form the deal has once is given again."""
    from bidkit.usecases.forms import new_form  # noqa: PLC0415

    with opened_store() as store:
        made = new_form(store, form=form, code=code, actor=person(by), language=language, another=another)
    print(f"{made.document.id} {form} {'begun' if made.created else 'exists already, nothing changed'}")


@app.command(
    "list",
    epilog=examples("bidkit form list", "bidkit form list D-2026-001", "bidkit form list D-2026-001 --format json"),
)
def list_all(
    code: Annotated[
        str, typer.Argument(metavar="[CODE]", help="the deal whose forms to show; without it, the kinds of form")
    ] = "",
    form: ShapeOption = Shape.TABLE,
) -> None:
    """Show the forms of a deal, or the kinds of form there are."""
    rows = _forms_of(code) if code else _kinds()
    if form is Shape.JSON:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        heads = tuple(rows[0]) if rows else ("id", "form", "state")
        print(text_table(heads, [tuple(str(value) for value in row.values()) for row in rows]), end="")


@app.command(epilog=examples("bidkit form show F3", "bidkit form show F3 --as li.na"))
def show(document: DocumentArgument, by: PersonOption = "") -> None:
    """Show a form with its values as JSON. Fields that are not for you are left out and counted."""
    from bidkit.usecases.forms import show_form  # noqa: PLC0415

    with opened_store() as store:
        state, values, hidden = show_form(store, document, person(by))
    print(
        json.dumps(
            {**_plain(state), "values": values, "hidden": len(hidden)}, ensure_ascii=False, indent=2, default=str
        )
    )


@app.command(
    epilog=examples(
        'bidkit form fill F3 topic="Pump trips" called_at="2026-03-02 09:30 +08:00" meeting_agreed=yes',
        "bidkit form fill F3 --values call.yaml   # tables too",
        "bidkit form fill F7 commitment_file=@letter.pdf",
    )
)
def fill(
    document: DocumentArgument,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=VALUE", help="a field and its value; once for each value of a list; FIELD= empties it"
        ),
    ] = None,
    values: Annotated[
        Path | None,
        typer.Option("--values", metavar="FILE", help="JSON or yaml: fields with values, tables as lists of rows"),
    ] = None,
    on_version: Annotated[
        int | None, typer.Option(metavar="N", help="refuse if the form is not at this version any more")
    ] = None,
    by: PersonOption = "",
) -> None:
    """Fill in fields of a form and keep it as a draft; fields not named stay as they are.

    Values are written as people write them: `1,200 CNY`, `30 day`, `2026-03-02`, the label or the code of a choice.
    What a submission would still meet is said on stderr.
    """
    from bidkit.usecases.forms import find_form  # noqa: PLC0415
    from bidkit.usecases.forms_fill import fill_form, values_from_file, values_from_pairs, values_from_texts, with_files  # noqa: PLC0415

    with opened_store() as store:
        definition = find_form(store, document).definition
        given = values_from_texts(definition, values_from_file(values)) if values else {}
        given |= values_from_pairs(definition, pairs or [])
        if not given:
            raise UsageError("no value was given", where="FIELD=VALUE", next_step="give fields, or --values FILE")
        given = with_files(store, definition, given)
        made = fill_form(store, document=document, values=given, actor=person(by), on_version=on_version)
    _tell(made.findings, made.document.language)
    print(f"{document} version {made.version.number} {'saved' if made.changed else 'is the same, nothing changed'}")


@app.command(epilog=examples("bidkit form submit F3 --as li.na"))
def submit(document: DocumentArgument, by: PersonOption = "") -> None:
    """Submit a form: from then on it proves what it is evidence for. Each field that keeps it back is named."""
    from bidkit.usecases.forms_state import submit_form  # noqa: PLC0415

    with opened_store() as store:
        made = submit_form(store, document=document, actor=person(by))
    _tell(made.findings, made.document.language)
    print(f"{document} version {made.version.number} {made.version.state}{'' if made.changed else ' already'}")


@app.command(
    epilog=examples(
        'bidkit form approve F3 --role approver --reason "complete and checked" --as li.na',
        'bidkit form approve F3 --role approver --reason "the price is missing" --reject --as li.na',
    )
)
def approve(
    document: DocumentArgument,
    role: RoleOption,
    reason: ReasonOption,
    reject: Annotated[bool, typer.Option("--reject", help="give it back as a draft")] = False,
    by: PersonOption = "",
) -> None:
    """Approve a submitted form, or give it back. Nobody approves what they filled in; some forms need two people."""
    from bidkit.usecases.forms_state import approve_form  # noqa: PLC0415

    with opened_store() as store:
        made = approve_form(store, document=document, actor=person(by), role=role, reason=reason, reject=reject)
    waiting = f", {made.signed} of {made.persons} signed" if made.version.state == "submitted" else ""
    print(f"{document} version {made.version.number} {made.version.state}{waiting}{'' if made.changed else ' already'}")


@app.command(epilog=examples('bidkit form void F3 --reason "wrong customer"'))
def void(document: DocumentArgument, reason: ReasonOption, by: PersonOption = "") -> None:
    """Make a form void: it stays on record and proves nothing any more."""
    from bidkit.usecases.forms_state import void_form  # noqa: PLC0415

    with opened_store() as store:
        made = void_form(store, document=document, actor=person(by), reason=reason)
    print(f"{document} version {made.version.number} void")


@app.command(
    epilog=examples(
        "bidkit form export F3 -o visit.docx   # fill it in in Word, then: bidkit form import visit.docx",
        "bidkit form export F3 -o visit.xlsx --language en",
        "bidkit form export F3 -o visit.pdf --without-personal-data",
    )
)
def export(
    document: DocumentArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="a .docx, .xlsx or .pdf file")],
    language: LanguageOption = None,
    without_personal: Annotated[
        bool, typer.Option("--without-personal-data", help="leave out what is about persons")
    ] = False,
    by: PersonOption = "",
) -> None:
    """Write a form as Word document, Excel sheet or PDF, by the ending of the file's name."""
    from bidkit.usecases.forms_files import FormFormat, export_form  # noqa: PLC0415

    ending = output.suffix.lower().removeprefix(".")
    if ending not in list(FormFormat):
        raise UsageError("a form is written as .docx, .xlsx or .pdf", where=str(output), next_step="name it so")
    with opened_store() as store, watching() as watcher:
        watcher.step("writing the form")
        made = export_form(
            store,
            document=document,
            path=output,
            actor=person(by),
            kind=FormFormat(ending),
            language=language,
            without_personal=without_personal,
        )
    left_out = f"; {made.hidden} fields left out" if made.hidden else ""
    print(f"{output}: version {made.version} of {document}{left_out}")


@app.command("import", epilog=examples("bidkit form import visit.docx", "bidkit form import visit.xlsx --as li.na"))
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a .docx or .xlsx made by bidkit form export")],
    by: PersonOption = "",
) -> None:
    """Take in what people typed into an exported form, as its next draft.

    A field that was changed in the store since keeps its value; the file's is told, and a copy of the file kept.
    """
    from bidkit.usecases.forms_files import import_form  # noqa: PLC0415

    with opened_store() as store:
        made = import_form(store, path=file, actor=person(by))
    _tell(made.state.findings, made.state.document.language)
    if made.kept:
        say(f"the file as it was is kept in {made.kept}")
    state = made.state
    outcome = "saved" if state.changed else "is the same, nothing changed"
    print(f"{state.document.id} version {state.version.number} {outcome}")


@app.command(epilog=examples("bidkit form erase F3 --role legal --as li.na"))
def erase(document: DocumentArgument, role: RoleOption, by: PersonOption = "") -> None:
    """Erase the personal data of a form in every version; the audit chain stays whole."""
    from bidkit.usecases.forms_privacy import erase_form  # noqa: PLC0415

    with opened_store() as store:
        made = erase_form(store, document=document, actor=person(by), role=role)
    print(f"{document}: personal data erased from {made.versions} versions")


@app.command(epilog=examples("bidkit form overdue"))
def overdue(form: ShapeOption = Shape.TABLE) -> None:
    """Show the forms of closed deals whose personal data should have been erased by now."""
    from bidkit.usecases.forms_privacy import overdue_forms  # noqa: PLC0415

    with opened_store() as store:
        rows = [
            {"deal": one.deal, "id": one.document, "form": one.form, "kept_until": one.until.isoformat()}
            for one in overdue_forms(store)
        ]
    if form is Shape.JSON:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        heads = ("deal", "id", "form", "kept_until")
        print(text_table(heads, [tuple(row.values()) for row in rows]), end="")


def _forms_of(code: str) -> list[dict[str, Any]]:
    from bidkit.usecases.forms import list_forms  # noqa: PLC0415

    with opened_store() as store:
        return [_plain(state) for state in list_forms(store, code)]


def _kinds() -> list[dict[str, Any]]:
    from bidkit.vocabulary.forms import form_definitions  # noqa: PLC0415

    return [
        {
            "form": form.id,
            "zh": form.label.zh,
            "en": form.label.en,
            "stages": " ".join(form.stages),
            "evidence_for": " ".join(form.evidence_for),
        }
        for form in form_definitions().values()
    ]


def _plain(state: FormState) -> dict[str, Any]:
    signed = f" ({state.signed}/{state.persons})" if state.version.state == "submitted" and state.signed else ""
    return {
        "id": state.document.id,
        "form": state.document.form,
        "version": state.version.number,
        "state": state.version.state + signed,
        "by": state.version.by,
        "at": state.version.at.isoformat(timespec="minutes"),
        "label": state.definition.label.of(state.document.language),
    }


def _tell(findings: Iterable[Finding], language: Language) -> None:
    from bidkit.documents.wording import finding_text  # noqa: PLC0415

    for finding in findings:
        say(finding_text(finding, language))

"""A form out to a Word, Excel or PDF file, and what people typed into the first two back in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bidkit.documents.forms.model import FormPaper, FormReadBack
from bidkit.documents.forms.plain import plain_values
from bidkit.documents.forms.printed import write_form_pdf
from bidkit.documents.forms.sheet import write_form_xlsx
from bidkit.documents.forms.sheet_read import read_form_xlsx
from bidkit.documents.forms.typed import Words, shown
from bidkit.documents.forms.word import write_form_docx
from bidkit.documents.forms.word_read import read_form_docx
from bidkit.documents.wording import short
from bidkit.gates.privacy import without_personal_data
from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import sha256_of
from bidkit.kernel.language import Language
from bidkit.store import Store, Work
from bidkit.store.entries import FormDocument, FormVersion
from bidkit.usecases.forms import DRAFT, FormState, deal_of, latest, latest_locked, whole_values
from bidkit.usecases.forms_around import Around, look_around
from bidkit.usecases.forms_fill import checked, with_system
from bidkit.usecases.forms_merge import Clash, merge_values
from bidkit.usecases.matrix import header
from bidkit.usecases.outfile import write_whole
from bidkit.vocabulary.forms import Field, FormDefinition, form_definition, form_definitions

_LARGEST = 50_000_000
# What comes back from a file and has no place in the form.
_LEFT_OVER = frozenset({"form-typed-twice", "form-text-outside", "form-extra-column", "form-entry-twice"})


class FormFormat(StrEnum):
    """The kinds of file a form is written to."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class FormExport:
    """A form in a file: the version it shows, and how many fields were left out."""

    path: Path
    version: int
    hidden: int


@dataclass(frozen=True, slots=True)
class FormImport:
    """What came back from a file. `kept` is a copy of it, made where it holds something the form has no place for."""

    state: FormState
    kept: Path | None = None


def export_form(
    store: Store,
    *,
    document: str,
    path: Path,
    actor: str,
    kind: FormFormat,
    language: Language | None = None,
    without_personal: bool = False,
) -> FormExport:
    """The form's latest version at `path`, in the form's own language where none is given.

    Fields this person may not see are left out, and with `without_personal` those that hold personal data. A PDF of
    roles, competitors or the organisation draws the other forms of the deal with it. Running it twice writes the same
    bytes. Raises NotFound, and PrintingUnavailable where Pango is missing.
    """
    with store.read() as work:
        found, version = latest(work, document)
        around = look_around(store, work, deal_of(work, found))
        paper = _paper(work, found, version, around, actor, without_personal=without_personal)
    data = _written(paper, kind, language or found.language, _related(around, actor, without_personal=without_personal))
    write_whole(path, data)
    return FormExport(path, version.number, len(paper.hidden))


def import_form(store: Store, *, path: Path, actor: str) -> FormImport:
    """What people typed into the file at `path`, as the next draft of the form it was made from.

    A field changed in the file and in the store since the export keeps the stored value; the other one is told, noted
    in the version and kept with a copy of the file. Texts that do not fit their field are taken in and told: the draft
    cannot be submitted with them. Running it twice is harmless: values already stored are not stored again. Raises
    UnreadableFile for a file that is none of our forms, NotFound where its record or version is not in this store,
    Conflict where the form is void.
    """
    back = read_form_file(path)
    if not back.origin.record:
        raise UsageError(
            "this file belongs to no form of a deal", where=str(path), next_step="export one: bidkit form export"
        )
    with store.begin(actor) as work:
        found, version = latest_locked(work, back.origin.record)
        if found.form != back.origin.form:
            raise Conflict(f"{found.id} is another form than the file's", where=str(path), next_step="check the store")
        definition = form_definition(found.form)
        around = look_around(store, work, deal_of(work, found))
        base = _base(work, found, back, path)
        present = back.present - around.hidden_from(actor, definition) - _erased(definition, base)
        merged, clashes = merge_values(definition, base.values, version.values, back.values, present)
        told = [*back.findings, *_missing(definition, back), *_read_only(definition, base, back, found.language)]
        told += [_clash(definition, clash, found.language) for clash in clashes]
        changed = plain_values(definition, merged) != plain_values(definition, version.values)
        findings = (*told, *checked(definition, merged, around, found.id))
        if changed:
            whole = with_system(definition, merged, around)
            note = "\n".join(_noted(definition, clash, found.language) for clash in clashes)
            version = work.forms.save(found, whole, state=DRAFT, on_version=version.number, note=note)
    state = FormState(found, version, changed=changed, findings=tuple(findings))
    return FormImport(state, _keep(path, told))


def read_form_file(path: Path) -> FormReadBack:
    """What the Word or Excel file at `path` holds; raises UsageError, UnreadableFile."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile(
                "too-large", "the file is too large for a form", where=str(path), next_step="check the file"
            )
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"the file cannot be read ({error.strerror})", where=str(path), next_step="check the path"
        ) from error
    readers = {".docx": read_form_docx, ".xlsx": read_form_xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError("a form comes back as .docx or .xlsx", where=str(path), next_step="save it as one of these")
    return reader(data, str(path))


def _paper(
    work: Work, found: FormDocument, version: FormVersion, around: Around, actor: str, *, without_personal: bool
) -> FormPaper:
    definition = form_definition(found.form)
    hidden = around.hidden_from(actor, definition)
    if without_personal:
        hidden |= _personal(definition)
    values = {key: value for key, value in whole_values(definition, version.values).items() if key not in hidden}
    return FormPaper(
        definition,
        values,
        header(deal_of(work, found)),
        record=found.id,
        revision=version.number,
        status=version.state,
        known=around.known_facts(definition, found.language),
        names={} if without_personal else around.names(),
        choices={} if without_personal else around.choices(),
        hidden=hidden,
    )


def _related(around: Around, actor: str, *, without_personal: bool) -> dict[str, list[Mapping[str, Any]]]:
    """The values of the deal's other forms, without what this person may not see."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for stored in around.forms:
        definition = form_definitions().get(stored.document.form)
        if definition is None or stored.version.state == "void":
            continue
        hidden = around.hidden_from(actor, definition)
        values: Mapping[str, Any] = stored.version.values
        if without_personal:
            values = without_personal_data(definition, values)
        found.setdefault(definition.id, []).append({key: one for key, one in values.items() if key not in hidden})
    return found


def _written(
    paper: FormPaper, kind: FormFormat, language: Language, related: Mapping[str, list[Mapping[str, Any]]]
) -> bytes:
    if kind is FormFormat.PDF:
        return write_form_pdf(paper, language, related)
    return write_form_docx(paper, language) if kind is FormFormat.DOCX else write_form_xlsx(paper, language)


def _base(work: Work, found: FormDocument, back: FormReadBack, path: Path) -> FormVersion:
    history = work.forms.history(found)
    if not 1 <= back.origin.revision <= len(history):
        raise NotFound(
            f"version {back.origin.revision} of {found.id} is not in this store",
            where=str(path),
            next_step="import it into the store it was exported from",
        )
    return history[back.origin.revision - 1]


def _personal(definition: FormDefinition) -> frozenset[str]:
    every = {field.key: True for field in definition.fields}
    return frozenset(every.keys() - without_personal_data(definition, every).keys())


def _erased(definition: FormDefinition, base: FormVersion) -> frozenset[str]:
    """The fields an erasure emptied since the file was made: a file from before must not bring them back."""
    return _personal(definition) if base.erased_at else frozenset()


def _missing(definition: FormDefinition, back: FormReadBack) -> Iterable[Finding]:
    for field in definition.fields:
        entered = not (field.computed or field.system)
        if entered and not (field.personal or field.restricted) and field.key not in back.present:
            yield Finding("form-field-missing", Severity.NOTE, _named(field, field.key))


def _read_only(
    definition: FormDefinition, base: FormVersion, back: FormReadBack, language: Language
) -> Iterable[Finding]:
    """Fields of the system somebody changed in the file."""
    printed = whole_values(definition, base.values)
    words = Words(language)
    for key, typed in back.read_only.items():
        field = definition.field(key)
        if field.type is not field.type.TABLE and shown(field, typed, words) != shown(field, printed.get(key), words):
            values = (*_named(field, key), ("text", _text(field, typed, language)))
            yield Finding("form-read-only-changed", Severity.NOTE, values)


def _clash(definition: FormDefinition, clash: Clash, language: Language) -> Finding:
    field = definition.field(clash.field.split("[")[0])
    kept, typed = (_text(field, value, language, clash.field) for value in (clash.kept, clash.typed))
    return Finding("form-typed-twice", Severity.WARN, (*_named(field, clash.field), ("kept", kept), ("typed", typed)))


def _noted(definition: FormDefinition, clash: Clash, language: Language) -> str:
    field = definition.field(clash.field.split("[")[0])
    return f"{clash.field}: {_text(field, clash.typed, language, clash.field)}"


def _text(field: Field, value: Any, language: Language, place: str = "") -> str:
    """A value in one short line."""
    column = next((c for c in field.columns if place.endswith(f".{c.key}")), None)
    if column is not None or not isinstance(value, list):
        return short(shown(column or field, value, Words(language)), 200)
    return short(str(value), 200)


def _named(field: Field, place: str) -> tuple[tuple[str, str], ...]:
    return (("field", place), ("zh", field.label.zh), ("en", field.label.en))


def _keep(path: Path, told: Iterable[Finding]) -> Path | None:
    """A copy of the file beside it where something in it was not taken in; a second run makes no second copy."""
    if all(finding.code not in _LEFT_OVER for finding in told):
        return None
    data = path.read_bytes()
    copy = path.with_name(f"{path.stem}.kept-{sha256_of(data)[:8]}{path.suffix}")
    write_whole(copy, data)
    return copy

"""Forms of dossiers: made from the table of their sort, and read back into what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from chengnuo.base.text import Lang
from chengnuo.domain.dossier.fields import (
    LIST_ROWS,
    MOST_COUNT,
    MOST_TEXT,
    DossierFieldError,
    FieldForm,
    FieldSort,
    Value,
)
from chengnuo.domain.dossier.sort import ActSort
from chengnuo.domain.register.kinds import KIND_BY_PLURAL, RowRef
from chengnuo.domain.register.list_rows import list_rows
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.showing import Asked
from chengnuo.doors.web.wording import wording
from chengnuo.law.civil import BEIJING
from chengnuo.usecases.dossier.desk import PERSON

_MOST_TYPED = MOST_TEXT * 2
"""Longer than a text may be, so that one that is too long is refused and not cut."""
_MOST_DIGITS = len(str(MOST_COUNT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose."""

    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a form.

    Attributes:
        name: Its name.
        id: Unique on the page.
        label: What it is called.
        hint: What to write there.
        control: How it is set: line, text, date, datetime-local, number, select, ticks, tick.
        value: What stands in it.
        options: What can be chosen.
        required: Whether it has to be given.
        error: What was wrong with it.

    """

    name: str
    id: str
    label: str
    hint: str
    control: str
    value: str
    options: tuple[Option, ...]
    required: bool
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The form of an act.

    Attributes:
        what: Id of the act.
        title: What the button says.
        hint: What follows from it.
        href: Where it goes.
        fields: Its fields.
        error: What was wrong with the whole of it.

    """

    what: str
    title: str
    hint: str
    href: str
    fields: tuple[FieldView, ...]
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came back from a form: the fields as text, and what was wrong."""

    what: str = ""
    fields: Mapping[str, tuple[str, ...]] | None = None
    wrong: str = ""
    """Name of the field that was wrong; empty for the whole form."""
    error: str = ""


NOTHING_TYPED = Typed()

_CONTROLS = {
    FieldForm.TEXT: "text",
    FieldForm.DATA: "text",
    FieldForm.DAY: "date",
    FieldForm.INSTANT: "datetime-local",
    FieldForm.COUNT: "number",
    FieldForm.FLAG: "tick",
    FieldForm.CHOICE: "select",
    FieldForm.ROW: "select",
    FieldForm.CHOICES: "ticks",
    FieldForm.ROWS: "ticks",
}


def form_of(say: Speaker, act: ActSort, href: str, typed: Typed = NOTHING_TYPED) -> FormView:
    """Return the form of an act, with what was typed into it before."""
    mine = typed if typed.what == act.what else NOTHING_TYPED
    return FormView(
        what=act.what,
        title=say.text(act.text),
        hint=say.text(act.hint),
        href=href,
        fields=tuple(_field(say, act, field, mine) for field in act.fields),
        error=mine.error if not mine.wrong else "",
    )


def account_field(say: Speaker, typed: Typed, *, required: bool) -> FieldView:
    """Return the field that names whom a dossier is about, by the operator's account id."""
    given = () if typed.fields is None else typed.fields.get(PERSON, ())
    return FieldView(
        name=PERSON,
        id=PERSON,
        label=say.t("dossier.account"),
        hint=say.t("dossier.account-hint"),
        control="line",
        value=given[0] if given else "",
        options=(),
        required=required,
        error=typed.error if typed.wrong == PERSON else "",
    )


async def typed_in(request: Asked, act: ActSort) -> Mapping[str, tuple[str, ...]]:
    """Return what a form brought for the fields of an act, as text."""
    form = await request.form()
    names = [field.name for field in act.fields] + [PERSON]
    return {
        name: tuple(one[:_MOST_TYPED] for one in form.getall(name, []) if isinstance(one, str))
        for name in names
    }


def values_of(act: ActSort, typed: Mapping[str, tuple[str, ...]]) -> dict[str, Value]:
    """Return what was said, from what was typed; times are those of Beijing.

    Raises:
        DossierFieldError: A number or a time is none.

    """
    found = dict[str, Value]()
    for field in act.fields:
        given = tuple(one for one in typed.get(field.name, ()) if one.strip())
        if given or field.form is FieldForm.FLAG:
            found[field.name] = _value(field, given)
    return found


def rows_of(say: Speaker, plural: str) -> tuple[Option, ...]:
    """Return the rows of a kind in the register, by the names that people know."""
    if plural == LIST_ROWS:
        return tuple(
            Option(value=row, name=list_row_name(say, row)) for row, *_ in list_rows(say.register)
        )
    kind = KIND_BY_PLURAL[plural].name
    found = (RowRef(kind, getattr(row, kind)) for row in getattr(say.register, plural))
    return tuple(Option(value=one.id, name=say.row_name(one)) for one in found)


def list_row_name(say: Speaker, row: str) -> str:
    """Return what people call a row of the list of what is collected."""
    activity, _, category = row.partition("/")
    name = say.row_name(RowRef("activity", activity))
    return f"{say.text(say.catalogue.category(category).text)} · {name}"


def _value(field: FieldSort, given: tuple[str, ...]) -> Value:
    match field.form:
        case FieldForm.CHOICES | FieldForm.ROWS:
            return given
        case FieldForm.FLAG:
            return given == ("yes",)
        case FieldForm.COUNT:
            digits = given[0].strip()
            if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
                raise DossierFieldError(field.name, "a whole number of at least 0")
            return int(digits)
        case FieldForm.INSTANT:
            return _instant(field, given[0])
        case _:
            return given[0]


def _instant(field: FieldSort, given: str) -> str:
    try:
        at = datetime.fromisoformat(given.strip())
        if at.tzinfo is None:
            at = at.replace(tzinfo=BEIJING)
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):  # the first hours of the year 1 have no UTC
        raise DossierFieldError(field.name, "an instant") from None


def _field(say: Speaker, act: ActSort, field: FieldSort, typed: Typed) -> FieldView:
    given = () if typed.fields is None else typed.fields.get(field.name, ())
    return FieldView(
        name=field.name,
        id=f"{act.what}-{field.name}",
        label=say.text(field.label),
        hint=say.text(field.hint),
        control=_CONTROLS.get(field.form, "line"),
        value=given[0] if given else "",
        options=_options(say, field, given),
        required=field.required,
        error=typed.error if typed.wrong == field.name else "",
    )


def _options(say: Speaker, field: FieldSort, given: tuple[str, ...]) -> tuple[Option, ...]:
    if field.rows:
        listed = rows_of(say, field.rows)
    else:
        listed = tuple(
            Option(value=one.value, name=one.text.in_lang(say.lang)) for one in field.choices
        )
    return tuple(
        Option(value=one.value, name=one.name, chosen=one.value in given) for one in listed
    )


def wrong_field(error: DossierFieldError, lang: Lang, act: ActSort) -> str:
    """Return what to say about a field that was wrong."""
    label = next((one.label.in_lang(lang) for one in act.fields if one.name == error.field), "")
    if error.field == PERSON:
        label = wording(lang)("dossier.account")
    said = "这一项没有填好" if lang is Lang.ZH else "this is missing or cannot be so"
    return f"{label}：{said}" if lang is Lang.ZH else f"{label}: {said}"

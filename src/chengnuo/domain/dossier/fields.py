"""What somebody says in an act: typed fields, of which some are private.

A private field may hold personal information. It is kept sealed beside the act and never stands in
the evidence log, which has a digest over all fields.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text

Value: TypeAlias = str | int | bool | tuple[str, ...]
"""Days are ISO dates, instants RFC 3339 in UTC with `Z`."""

MOST_LINE, MOST_TEXT, MOST_ROWS, MOST_DATA = 200, 5_000, 200, 200_000
MOST_COUNT = 2**53 - 1
"""The greatest whole number that canonical JSON writes."""
LIST_ROWS = "list-rows"
"""Kind of the rows of the list of what is collected; each is `activity/category`."""


class FieldForm(StrEnum):
    """The form of a field."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    ROW = "row"
    ROWS = "rows"
    DIGEST = "digest"
    DATA = "data"
    """What a program wrote, as JSON."""

    @property
    def is_many(self) -> bool:
        """Tell whether it takes several values."""
        return self in {FieldForm.CHOICES, FieldForm.ROWS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field takes."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSort:
    """One field of an act.

    Attributes:
        name: Its key, in kebab-case.
        form: Its form.
        label: What people call it.
        hint: What to write there; None where the label says it.
        required: Whether it has to be given.
        private: Whether it may hold personal information.
        choices: What it may be, where its form is a choice.
        rows: Kind of row of the register that it names (`activities`), where its form is a row.

    """

    name: str
    form: FieldForm
    label: Text
    hint: Text | None = None
    required: bool = True
    private: bool = False
    choices: tuple[Choice, ...] = ()
    rows: str = ""

    def text_of(self, value: str) -> Text:
        """Return the words for one of its choices; the value itself for anything else."""
        return next((one.text for one in self.choices if one.value == value), Text(value, value))


class DossierFieldError(InvalidInputError):
    """A field of an act is missing, unknown, or has another form; its content is not named."""

    code = "dossier-field"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"field `{field[:60]}` is wrong or missing; expected {expected}")
        self.field = field
        self.expected = expected


Known: TypeAlias = Callable[[str], Collection[str]]
"""Returns the ids of a kind of row in the register in force."""


def checked_fields(
    sorts: tuple[FieldSort, ...], given: Mapping[str, Value], known: Known
) -> dict[str, Value]:
    """Return the fields of an act as they are kept; empty ones are left out, but flags are "no".

    Args:
        sorts: What may be given.
        given: What was given.
        known: The rows of the register.

    Raises:
        DossierFieldError: A field is missing, unknown, or has another form.

    """
    by_name = {sort.name: sort for sort in sorts}
    for name in given:
        if name not in by_name:
            raise DossierFieldError(name, "no such field")
    kept = dict[str, Value]()
    for sort in sorts:
        value = _trimmed(given.get(sort.name, False if sort.form is FieldForm.FLAG else ""))
        if value in ("", ()):
            if sort.required:
                raise DossierFieldError(sort.name, _expected(sort))
        elif _fits(sort, value, known):
            kept[sort.name] = value
        else:
            raise DossierFieldError(sort.name, _expected(sort))
    return kept


def open_part(sorts: tuple[FieldSort, ...], fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return the fields that hold no personal information."""
    private = {sort.name for sort in sorts if sort.private}
    return {name: value for name, value in fields.items() if name not in private}


def _trimmed(value: Value) -> Value:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(one.strip() for one in value if one.strip()))
    return value


def _fits(sort: FieldSort, value: Value, known: Known) -> bool:
    match sort.form:
        case FieldForm.COUNT:
            return type(value) is int and 0 <= value <= MOST_COUNT
        case FieldForm.FLAG:
            return isinstance(value, bool)
        case FieldForm.CHOICES | FieldForm.ROWS:
            return (
                isinstance(value, tuple)
                and len(value) <= MOST_ROWS
                and set(value) <= set(_listed(sort, known))
            )
        case FieldForm.CHOICE | FieldForm.ROW:
            return isinstance(value, str) and value in _listed(sort, known)
        case _:
            return isinstance(value, str) and _WRITTEN[sort.form](value)


def _listed(sort: FieldSort, known: Known) -> Collection[str]:
    return known(sort.rows) if sort.rows else [one.value for one in sort.choices]


def _expected(sort: FieldSort) -> str:
    match sort.form:
        case FieldForm.CHOICE | FieldForm.CHOICES if sort.choices:
            return f"of {', '.join(one.value for one in sort.choices)}"
        case FieldForm.ROW | FieldForm.ROWS:
            return f"an id of `{sort.rows}` in the register"
        case _:
            return _EXPECTED[sort.form]


def _is_line(value: str) -> bool:
    return len(value) <= MOST_LINE and "\n" not in value


def _is_day(value: str) -> bool:
    try:
        said = date.fromisoformat(value)
    except ValueError:
        return False
    return said.isoformat() == value and said.year in _YEARS


def _is_instant(value: str) -> bool:
    return _INSTANT.fullmatch(value) is not None and _is_day(value[:10]) and _is_time(value)


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_YEARS = range(1900, 9000)
"""Years that deadlines can be counted from without leaving the calendar."""
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")

_WRITTEN: dict[FieldForm, Callable[[str], bool]] = {
    FieldForm.LINE: _is_line,
    FieldForm.TEXT: lambda value: len(value) <= MOST_TEXT,
    FieldForm.DAY: _is_day,
    FieldForm.INSTANT: _is_instant,
    FieldForm.DIGEST: lambda value: _DIGEST.fullmatch(value) is not None,
    FieldForm.DATA: lambda value: len(value) <= MOST_DATA,
}

_EXPECTED = {
    FieldForm.LINE: f"one line of 1 to {MOST_LINE} characters",
    FieldForm.TEXT: f"a text of 1 to {MOST_TEXT} characters",
    FieldForm.DAY: "a day as 2026-01-31",
    FieldForm.INSTANT: "an instant as 2026-01-31T09:00:00Z",
    FieldForm.COUNT: "a whole number of at least 0",
    FieldForm.FLAG: "true or false",
    FieldForm.DIGEST: "64 hex digits",
    FieldForm.DATA: f"JSON of at most {MOST_DATA} characters",
    FieldForm.CHOICE: "one of its choices",
    FieldForm.CHOICES: "of its choices",
}

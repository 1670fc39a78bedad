"""The written form of the law files: the only place that knows their keys.

Every item is strict: an unknown key, a missing key or a word outside its vocabulary is refused.
A text is `{zh: …, en: …}` or a Chinese string.
"""

from datetime import date

import msgspec

from chengnuo.base.text import Text
from chengnuo.law.category import TreatAs
from chengnuo.law.duty import AskedForm, DutyKind, Party, TestKind
from chengnuo.law.figure import Comparator, Unit
from chengnuo.law.standing import Confidence, Force, Status


class WrittenText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    zh: str
    en: str


AnyText = WrittenText | str


class WrittenMeta(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Head of a file: what it holds, the state of its facts, and where they are from.

    `set` names the set that the file's duties form; `holds` says what its items are.
    """

    title: WrittenText
    version: str
    holds: str
    sources: list[str]
    set: str | None = None


class WrittenInstrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An instrument."""

    id: str
    title: WrittenText
    abbreviation: WrittenText
    cite: WrittenText
    force: Force
    status: Status
    number: str | None = None
    issued: date | None = None
    effective: date | None = None
    note: AnyText | None = None


class WrittenSkippedArticle(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"
):
    """An article that lays no duty on a handler."""

    id: str
    instrument: str
    article: str
    reason: WrittenText


class WrittenCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a machine can verify."""

    kind: TestKind
    text: WrittenText


class WrittenColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A column of one of the two lists."""

    key: str
    text: WrittenText
    required: bool
    basis: WrittenText
    note: AnyText | None = None


class WrittenPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A part of a duty; what it does not say it takes from the whole."""

    id: str
    title: WrittenText
    check: WrittenCheck
    place: WrittenText | None = None
    summary: WrittenText | None = None
    consent: AskedForm | None = None
    related: list[str] = []
    figures: list[str] = []


class WrittenDuty(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A duty with its parts."""

    id: str
    instrument: str
    kind: DutyKind
    title: WrittenText
    summary: WrittenText
    check: WrittenCheck
    confidence: Confidence
    article: str | None = None
    place: WrittenText | None = None
    group: WrittenText | None = None
    binds: list[Party] = []
    consent: AskedForm = AskedForm.NONE
    conditions: list[WrittenText] = []
    exceptions: list[WrittenText] = []
    parts: list[WrittenPart] = []
    related: list[str] = []
    figures: list[str] = []
    proof: list[WrittenText] = []
    deadline: date | None = None
    columns: list[WrittenColumn] = []
    concerns_apps: bool = True
    note: AnyText | None = None


class WrittenGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A group of categories."""

    id: str
    text: WrittenText


class WrittenCategory(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A category of personal information."""

    id: str
    group: str
    text: WrittenText
    sensitive: bool
    sensitive_in_2020: bool
    treat_as: TreatAs
    examples: list[str] = []
    basis: AnyText | None = None
    android_permissions: list[str] = []
    android_apis: list[AnyText] = []
    dpv_pd: str | None = None
    fideslang: str | None = None
    note: AnyText | None = None


class WrittenNecessaryRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A row of an app type's list."""

    text: WrittenText
    categories: list[str]
    when: WrittenText | None = None


class WrittenAppType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An app type."""

    id: str
    number: int
    text: WrittenText
    basic_function: WrittenText
    confidence: Confidence
    none_needed: bool = False
    phone_registration_allowed: bool = False
    necessary: list[WrittenNecessaryRow] = []


class WrittenFigure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A deadline or threshold; at most one of `value`, `values` and `elements`."""

    id: str
    topic: str
    text: WrittenText
    unit: Unit
    applies_to: WrittenText
    instrument: str
    force: Force
    status: Status
    confidence: Confidence
    value: int | float | date | None = None
    values: dict[str, int | float] = {}
    elements: list[WrittenText] = []
    comparator: Comparator | None = None
    clock_start: WrittenText | None = None
    article: str | None = None
    place: WrittenText | None = None
    effective: str | None = None
    note: AnyText | None = None


class WrittenTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A term of the glossary."""

    id: str
    text: WrittenText
    identifiers: list[str]
    source: WrittenText


def text_of(written: AnyText) -> Text:
    """Return the value of a written text."""
    if isinstance(written, str):
        return Text(written)
    return Text(written.zh, written.en)


def text_or_none(written: AnyText | None) -> Text | None:
    """Return the value of a written text, or None where there is none."""
    return None if written is None else text_of(written)

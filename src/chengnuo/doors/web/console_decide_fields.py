"""Places to write in on the page of what must be decided, named as people call them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.domain.register.blanks import Blank, BlankKind
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.problems import Problem
from chengnuo.doors.web.console_decide_offers import offers_for
from chengnuo.doors.web.register_words import Speaker

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_TYPES = {BlankKind.COUNT: "number", BlankKind.DAY: "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Words that often fit, and what they mean where they are a code."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerField:
    """One place to write.

    Attributes:
        id: Its id on the page.
        name: Its name in the form: the path of the field.
        label: What people call it.
        kind: Type of the input.
        hint: What the draft asks for there, or what form it has.
        value: What was typed.
        error: What was wrong with it.
        offers: Words that often fit.

    """

    id: str
    name: str
    label: str
    kind: str
    hint: str
    value: str
    error: str
    offers: tuple[Offered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A form that came in and was not taken.

    Attributes:
        key: The question.
        typed: What was typed, by field.
        problems: What was wrong.
        keys: All questions, where one answer was for several.

    """

    key: str
    typed: Mapping[str, str]
    problems: Sequence[Problem]
    keys: tuple[str, ...] = ()


def fields_of(
    say: Speaker, row: RowRef, anchor: str, blanks: Sequence[Blank], given: Given | None
) -> Iterator[AnswerField]:
    """Yield a field for each blank of a row.

    Args:
        say: The register in force, in one language.
        row: The row.
        anchor: Id of the question on the page; ids of its fields begin with it.
        blanks: The blanks.
        given: A form that was not taken; None if none was.

    """
    wrong = {} if given is None else _wrong(say, row, given.problems)
    for number, blank in enumerate(blanks, start=1):
        offers = tuple(
            Offered(value=say.text(value), name="" if name is None else say.text(name))
            for value, name in offers_for(blank)
        )
        hint = blank.asked
        if blank.kind in {BlankKind.PERIOD, BlankKind.COUNTRY}:
            hint = say.t(f"decide.form-{blank.kind}")
        yield AnswerField(
            id=f"{anchor}-{number}",
            name=blank.path,
            label=_label(say, row, blank.path),
            kind=_TYPES.get(blank.kind, "text"),
            hint=hint,
            value="" if given is None else given.typed.get(blank.path, ""),
            error=wrong.get(blank.path, ""),
            offers=offers,
        )


def _wrong(say: Speaker, row: RowRef, problems: Sequence[Problem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in problems:
        path = one.where.removeprefix(row.field_prefix)
        found.setdefault(path, say.t("decide.expected", what=say.text(one.expected)))
    return found


def _label(say: Speaker, row: RowRef, path: str) -> str:
    """Return what people call a field: its names from the row down, items by their category."""
    parts: list[str] = []
    for name, index in _PART.findall(path):
        if name:
            parts.append(say.text(label_of(name)))
        else:
            parts[-1] = _member(say, row, parts[-1], path, int(index))
    return " · ".join(parts)


def _member(say: Speaker, row: RowRef, name: str, path: str, index: int) -> str:
    found = getattr(say.register, KIND_BY_NAME[row.kind].plural, ())
    if path.startswith("items[") and row.kind == "activity":
        activity = next(one for one in found if one.activity == row.id)
        return say.category(activity.items[index].category)
    return f"{name} {index + 1}"

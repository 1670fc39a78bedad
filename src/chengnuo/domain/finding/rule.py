"""A rule: one row of a table, decidable from the register alone.

A rule names the duties it rests on, says in words what is wrong and what to do, and holds the
function that looks. The function yields hits; the words are filled in from them, so the rule
can be read, listed and translated without running it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity, shortened
from chengnuo.domain.observation.observation import ObservationId
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import KIND_BY_NAME, KINDS, RowRef
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.ids import DutyId, FigureId

Word: TypeAlias = Text | str | int | date
"""What a message may be filled in with."""

R = TypeVar("R")

_KIND_BY_MODEL = {kind.model: kind for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where a rule does not hold.

    Attributes:
        row: Row of the register.
        words: What the rule's words are filled in with, by name, beside `row` and `value`.
        field: Field of the row, as `items[0].if_refused`.
        value: The offending value, shortened; `{value}` in the words.
        key: What tells this hit from another of the same rule in the same field.
        recipient: Recipient that it is about, whose waiver may cover it.
        observations: What was seen that it rests on; none where the register alone is judged.

    """

    row: RowRef
    words: Mapping[str, Word]
    field: str = ""
    value: str = ""
    key: str = ""
    recipient: RecipientId | None = None
    observations: tuple[ObservationId, ...] = ()


Check: TypeAlias = Callable[[Facts], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """What a rule rests on and says, whatever it looks at.

    Attributes:
        id: Stable id in kebab-case, as `sensitive-without-necessity`.
        duties: Duties of the catalogue that it rests on, the closest first.
        figures: Deadlines and thresholds that it uses.
        severity: How much a breach matters.
        title: What is wrong, in a few words.
        message: What is wrong, with `{row}`, `{value}` and the words of the hit.
        fix: What to do about it.

    """

    id: str
    duties: tuple[DutyId, ...]
    figures: tuple[FigureId, ...] = ()
    severity: Severity
    title: Text
    message: Text
    fix: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(RuleWords):
    """One rule about a register; `check` finds where it does not hold."""

    check: Check


def duties(*ids: str) -> tuple[DutyId, ...]:
    """Return ids of duties; a test looks each up in the catalogue."""
    return tuple(DutyId(one) for one in ids)


def figures(*ids: str) -> tuple[FigureId, ...]:
    """Return ids of figures; a test looks each up in the catalogue."""
    return tuple(FigureId(one) for one in ids)


def ref(row: object) -> RowRef:
    """Return the reference of a row of the register."""
    kind = _KIND_BY_MODEL[type(row)]
    return RowRef(kind.name, getattr(row, kind.name))


def hit(  # noqa: PLR0913 (the fields of a hit)
    row: object,
    where: str = "",
    value: object = "",
    *,
    key: str = "",
    recipient: RecipientId | None = None,
    words: Mapping[str, Word] | None = None,
    **more_words: Word,
) -> Hit:
    """Return a hit on a row.

    Args:
        row: Row of the register.
        where: Field of the row.
        value: The offending value, of any kind that reads well as a text.
        key: What tells it from another hit of the same rule in the same field.
        recipient: Recipient that it is about, where the row is not the recipient itself.
        words: What the words of the rule are filled in with.
        more_words: The same, by name.

    """
    shown = value.zh if isinstance(value, Text) else value
    about = row.recipient if isinstance(row, Recipient) else recipient
    return Hit(
        row=ref(row),
        field=where,
        value=shortened(shown),
        key=key,
        recipient=about,
        words={**(words or {}), **more_words},
    )


def each_row(
    rows: Callable[[Facts], Iterable[R]],
    where: str,
    wrong: Callable[[R], bool],
    value: Callable[[R], object] = lambda _: "",
) -> Check:
    """Return a check that looks at every row of a kind by itself.

    Args:
        rows: The rows to look at.
        where: Field of the row that is wrong.
        wrong: Tells whether a row is wrong.
        value: The offending value; nothing where something is missing.

    """

    def check(facts: Facts) -> Iterator[Hit]:
        return (hit(row, where, value(row)) for row in rows(facts) if wrong(row))

    return check


def row_in_words(row: RowRef) -> Text:
    """Return what a row is called: its kind and its id."""
    title = KIND_BY_NAME[row.kind].title
    return Text(f"{title.zh} `{row.id}`", f"{(title.en or title.zh).lower()} `{row.id}`")


def filled(template: Text, found: Hit) -> Text:
    """Return a rule's words with what was hit filled in; English begins with a capital."""
    words: dict[str, Word] = {"row": row_in_words(found.row), "value": found.value, **found.words}
    english = template.en or template.zh
    en = english.format_map({name: _en(word) for name, word in words.items()})
    return Text(
        template.zh.format_map({name: _zh(word) for name, word in words.items()}),
        en[:1].upper() + en[1:],
    )


def _zh(word: Word) -> str:
    return word.zh if isinstance(word, Text) else str(word)


def _en(word: Word) -> str:
    return (word.en or word.zh) if isinstance(word, Text) else str(word)

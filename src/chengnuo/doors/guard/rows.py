"""Rows and columns: what a query returned, held to what may be used of each person.

Somebody's row is left out where nothing of it may be used; a column that holds a category which
may not be used is emptied (None), and the others stay. A column that nobody mapped to a category
is passed on only if it was named as free of personal information, so that a column added later is
not given away by oversight. Whoever wants to know why something is missing gives a `LeftOut`,
which counts it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, Result, Select
from sqlalchemy.orm import Session

from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.doors.guard.guard import Guard, Use, account_of
from chengnuo.usecases.decision.answering import Answer
from chengnuo.usecases.decision.desk import MOST_ASKED


class UnmappedColumnError(LookupError):
    """A column is mapped to no category and not named as free."""

    def __init__(self, columns: Sequence[str]) -> None:
        named = ", ".join(f"`{column}`" for column in columns)
        super().__init__(f"columns {named} are mapped to no category; map them, or name them free")
        self.columns = tuple(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of rows hold.

    Attributes:
        person: Column of the account id.
        categories: Category of each column that holds personal information.
        free: Columns that hold none; the column of the account id is one.

    """

    person: str
    categories: Mapping[str, str]
    free: frozenset[str] = field(default=frozenset())

    def check(self, names: Iterable[str]) -> None:
        """Hold columns to the map.

        Raises:
            UnmappedColumnError: One is neither mapped nor free.

        """
        known = {self.person, *self.categories, *self.free}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise UnmappedColumnError(unknown)

    def asked(self, use: Use) -> Use:
        """Return what to ask for: the use of the categories of the columns, if they hold any."""
        return use.of(*self.categories.values()) if self.categories else use

    def stays(self, answer: Answer, usable: frozenset[str]) -> bool:
        """Tell whether a row is passed on: something in it may be used, or its whole use may."""
        return bool(usable) if self.categories else answer.permits


@dataclass(slots=True)
class LeftOut:
    """What a filter left out and why, added up as it goes; one may go through several filters.

    Attributes:
        rows: How many rows were looked at.
        left_out: How many of them were left out whole.
        reasons: For those, how often each ruling stood in the way; a row counts under every one.
        emptied: How often a value was emptied in rows that stayed, by category.
        emptied_for: For those rows, how often each ruling stood in the way.

    """

    rows: int = 0
    left_out: int = 0
    reasons: Counter[tuple[Outcome, Ruling]] = field(default_factory=Counter)
    emptied: Counter[str] = field(default_factory=Counter)
    emptied_for: Counter[tuple[Outcome, Ruling]] = field(default_factory=Counter)

    def add(self, answer: Answer, *, stays: bool, emptied: Iterable[str] = ()) -> None:
        """Take one row in.

        Args:
            answer: What was answered about its person.
            stays: Whether the row is passed on.
            emptied: Categories whose values in it are not.

        """
        self.rows += 1
        decision, gone = answer.decision, tuple(emptied)
        why = [(decision.outcome, ruling) for ruling in decision.by]
        if not stays:
            self.left_out += 1
            self.reasons.update(why)
        elif gone:
            self.emptied.update(gone)
            self.emptied_for.update(why)


def held_rows(
    guard: Guard,
    rows: Iterable[Mapping[str, object]],
    use: Use,
    columns: Columns,
    *,
    left_out: LeftOut | None = None,
) -> Iterator[dict[str, object]]:
    """Yield what may be used of rows, in their order.

    Args:
        guard: Asks, about each person once in a thousand rows.
        rows: Rows by column name.
        use: What they are used for; its categories are those of the columns.
        columns: What the columns hold.
        left_out: Counts what is not passed on; changed as it goes.

    Raises:
        UnmappedColumnError: A column is neither mapped nor free.
        NoAccountError: A row names nobody.
        UnavailableError: State or log cannot be used; nothing more is yielded.

    """
    asked = columns.asked(use)
    left = iter(rows)
    while part := list(islice(left, MOST_ASKED)):
        for row in part:
            columns.check(row)
        answers = guard.ask_all([account_of(row[columns.person]) for row in part], asked)
        for row, answer in zip(part, answers, strict=True):
            usable = usable_categories(answer, asked)
            stays = columns.stays(answer, usable)
            if left_out is not None:
                gone = (
                    columns.categories[name]
                    for name in row
                    if name in columns.categories and columns.categories[name] not in usable
                )
                left_out.add(answer, stays=stays, emptied=gone if stays else ())
            if stays:
                yield {
                    name: value
                    if name not in columns.categories or columns.categories[name] in usable
                    else None
                    for name, value in row.items()
                }


def usable_categories(answer: Answer, use: Use) -> frozenset[str]:
    """Return the categories that an answer lets be used: all, those within, or none."""
    if answer.permits:
        return use.categories or frozenset()
    return frozenset(answer.decision.within)


def held_query(  # noqa: PLR0913  where, what, what for, what to count
    guard: Guard,
    where: Connection | Session,
    statement: Select[tuple[object, ...]],
    use: Use,
    columns: Columns,
    *,
    left_out: LeftOut | None = None,
) -> Iterator[dict[str, object]]:
    """Run a SQLAlchemy query and yield what may be used of its rows; see `held_rows`.

    A column that may be used of nobody is still read from the database: the filter is in front of
    the program, not of the database.

    Raises:
        UnmappedColumnError: A column is neither mapped nor free; nothing was read.

    """
    columns.check(statement.selected_columns.keys())
    result: Result[tuple[object, ...]] = where.execute(statement)
    yield from held_rows(
        guard, ({**row} for row in result.mappings()), use, columns, left_out=left_out
    )

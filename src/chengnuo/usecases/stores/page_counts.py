"""Counting the columns of a part of a table apart from the others.

What each column holds was told by a sample. A path in JSON that the sample did not have is only
noted, with the page it came up on: the page on which it came up first in the whole table says what
it holds, and nobody who sees a part knows which that is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from chengnuo.domain.rights.values import Value
from chengnuo.engines.text.column_forms import paths_in
from chengnuo.engines.text.columns import ColumnClass, Counts, counted
from chengnuo.engines.text.cues import Cues

Page = Sequence[tuple[Value, ...]]


class Spot(NamedTuple):
    """A column, or a path in one that holds JSON.

    Attributes:
        column: The column.
        path: The path; None for the column itself.

    """

    column: str
    path: str | None = None

    @property
    def name(self) -> str:
        """What its values are called."""
        return self.column if self.path is None else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownColumns:
    """What is known of the columns that are counted.

    Attributes:
        names: The columns of each page, in their order.
        about: What each spot holds.
        trees: Those of the columns that hold JSON.

    """

    names: tuple[str, ...]
    about: Mapping[Spot, ColumnClass]
    trees: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCounts:
    """What pages of a part hold.

    Attributes:
        counts: Of each spot that is known and searched.
        new: The page, from 0, on which each spot that is not known came up, in that order.

    """

    counts: dict[Spot, Counts] = field(default_factory=dict)
    new: dict[Spot, int] = field(default_factory=dict)

    def add(self, number: int, page: Page, known: KnownColumns, cues: Cues) -> None:
        """Count one more page."""
        for spot, values in spots_of(page, known.names, known.trees):
            about = known.about.get(spot)
            if about is None:
                self.new.setdefault(spot, number)
            elif about.searched:
                found = counted(spot.name, values, cues, about)
                self.counts[spot] = self.counts.get(spot, Counts()).plus(found)


def spots_of(
    page: Page, names: Sequence[str], trees: frozenset[str]
) -> Iterator[tuple[Spot, list[str]]]:
    """Yield the columns of a page with their texts, and of those that hold JSON the paths."""
    for name, values in texts_of(page, names).items():
        if name not in trees:
            yield Spot(name), values
            continue
        for path, inside in (paths_in(values) or {}).items():
            yield Spot(name, path), inside


def texts_of(page: Page, names: Sequence[str]) -> dict[str, list[str]]:
    """Return the texts of each column of a page."""
    columns = zip(*page, strict=True) if page else ([] for _ in names)
    return {name: list(map(as_text, column)) for name, column in zip(names, columns, strict=True)}


def as_text(value: Value) -> str:
    """Return a value as it is searched; nothing of bytes that are no text."""
    match value:
        case str():
            return value
        case None | bytes() | bool() | time():
            return ""
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)

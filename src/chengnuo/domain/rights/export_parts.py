"""How a copy is cut into parts that each open alone: whole pages of rows, none over the limit.

The same pages and the same limit give the same parts, so that a stopped export goes on with the
part at which it stopped. Sizes are counted before they are packed, so that a part never comes out
larger than its limit, save one that holds a single page alone.

Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """One kept page.

    Attributes:
        rows: Rows of it.
        bytes: What it comes to at the most, in all formats together.

    """

    rows: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Some pages of one table.

    Attributes:
        table: Number of the table.
        first: Number of the first page.
        end: Number of the page after the last.
        rows: Rows of them together.
        number: Number among the slices of the table, from 1.

    """

    table: int
    first: int
    end: int
    rows: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """What one part holds.

    Attributes:
        number: Its number, from 1.
        slices: Which pages of which tables, in order.
        bytes: What it comes to at the most.

    """

    number: int
    slices: tuple[Slice, ...]
    bytes: int


MOST_ROWS = 500_000
"""Rows in one slice: half of what a worksheet can hold."""


def split(
    tables: Sequence[Sequence[PageSize]], *, limit_bytes: int, index_bytes: int
) -> tuple[PartPlan, ...]:
    """Return the parts of a copy; at least one, even where nothing was found.

    Args:
        tables: Sizes of the pages of each table.
        limit_bytes: Largest size of one part.
        index_bytes: What the index takes in each part.

    """
    parts: list[PartPlan] = []
    slices: list[Slice] = []
    used = index_bytes
    begun = [0] * len(tables)
    for table, first, end, size in _pages(tables):
        if slices and used + size > limit_bytes:
            parts.append(PartPlan(number=len(parts) + 1, slices=tuple(slices), bytes=used))
            slices, used = [], index_bytes
        used += size
        rows = sum(page.rows for page in tables[table][first:end])
        last = slices[-1] if slices else None
        if last is not None and last.table == table and last.rows + rows <= MOST_ROWS:
            slices[-1] = Slice(
                table=table, first=last.first, end=end, rows=last.rows + rows, number=last.number
            )
            continue
        begun[table] += 1
        number = begun[table]
        slices.append(Slice(table=table, first=first, end=end, rows=rows, number=number))
    parts.append(PartPlan(number=len(parts) + 1, slices=tuple(slices), bytes=used))
    return tuple(parts)


def _pages(tables: Sequence[Sequence[PageSize]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield table, page, page after, and size; a table without rows is one empty run of pages."""
    for number, pages in enumerate(tables):
        if not pages:
            yield number, 0, 0, 0
        for page, size in enumerate(pages):
            yield number, page, page + 1, size.bytes

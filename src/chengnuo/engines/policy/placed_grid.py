"""A table of a page as a grid: the cells of a row, and the rows that no ruled line parts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from chengnuo.engines.policy.placed import Line, Run
from chengnuo.engines.policy.placed_columns import Gap, column_of

_APART = 1.3
"""Lines this far apart, beside those of one cell, are of two rows."""
_WIDER = 1.15
"""The same, where they begin in half of the columns."""
_EVEN = 1.1
"""Steps that differ less are alike: all of one cell, or all from row to row."""
_AT_START = 0.35
"""A word this near to where a column begins, in heights of the text, begins there."""
_UNBROKEN = re.compile(r"[（《「“‘【(\[]*(?:[!-~]+|.)[，。；：、！？）》」”’】]*")
_PROSE_LINES = 6
_PROSE_FILL = 0.8


@dataclass(slots=True)
class GridCell:
    """A cell: its lines, the columns it spans, and whether the cell above goes on in it."""

    lines: list[Line] = field(default_factory=list)
    columns: int = 1
    goes_on: bool = False


@dataclass(slots=True)
class Grid:
    """A table.

    Attributes:
        rows: Its rows.
        edges: Where its columns begin and the last one ends.
        gaps: What is free between its columns.
        is_ruled: Whether a ruled line parts its rows.
        is_cut: Whether no ruled line stands above its first row.

    """

    rows: list[list[GridCell]]
    edges: tuple[float, ...]
    gaps: tuple[Gap, ...]
    is_ruled: bool = False
    is_cut: bool = False


def fitted(grid: Grid, left: float, right: float) -> Grid:
    """Return a table whose cells begin as far left of their text as it begins of its first."""
    first = min((line.left for row in grid.rows for line in row[0].lines), default=left)
    inside = max(first - left, 0.0)
    gaps = tuple(Gap(max(gap.left, gap.right - inside), gap.right) for gap in grid.gaps)
    return replace(grid, edges=(left, *(gap.left for gap in gaps), right), gaps=gaps)


def row_of(lines: Iterable[Sequence[Line]], gaps: Sequence[Gap]) -> list[GridCell]:
    """Return the cells of a row; text above several columns, alone, spans them."""
    pieces = [part for one in lines for piece in one for part in _at_gaps(piece, gaps)]
    starts = {column_of(piece.left + 0.3 * piece.size, gaps) for piece in pieces}
    columns: dict[int, GridCell] = {}
    for piece in pieces:
        first = column_of(piece.left + 0.3 * piece.size, gaps)
        last = max(first, column_of(piece.right - 0.3 * piece.size, gaps))
        reach = next((one - 1 for one in sorted(starts) if first < one <= last), last)
        cell = columns.setdefault(first, GridCell())
        cell.lines.append(piece)
        cell.columns = max(cell.columns, reach - first + 1)
    row: list[GridCell] = []
    at = 0
    while at <= len(gaps):
        row.append(columns.get(at) or GridCell())
        at += row[-1].columns
    return row


def _at_gaps(piece: Line, gaps: Sequence[Gap]) -> Iterator[Line]:
    """Yield the parts of a piece with words of several columns, each from where one begins."""
    runs: list[Run] = []
    for run in piece.runs:
        starts = any(abs(run.left - gap.right) <= _AT_START * run.size for gap in gaps)
        if runs and starts:
            yield Line(tuple(runs))
            runs = []
        runs.append(run)
    yield Line(tuple(runs))


def rows_by_text(
    lines: list[list[Line]], gaps: Sequence[Gap], right: float, pitch: float
) -> list[list[list[Line]]]:
    """Return the lines of each row where no ruled line parts them.

    A row begins where the first column has text and the line stands further off than lines of one
    cell do; or where, in that column and in half of all, a column that had ended has text again,
    no cell above had to be broken, or lines are further apart than those of the page.
    """
    ends = [*(gap.left for gap in gaps), right]
    usual = _usual_step(lines, gaps, pitch)
    rows: list[list[list[Line]]] = []
    last: dict[int, Line] = {}
    for at, pieces in enumerate(lines):
        here = {column_of(piece.left, gaps): piece for piece in pieces}
        above = lines[at - 1] if at else []
        before = {column_of(piece.left, gaps) for piece in above}
        step = pieces[0].base - above[0].base if above else 0.0
        is_again = any(column in last and column not in before for column in here)
        has_room = not here.keys().isdisjoint(last) and not any(
            last[column].right + first_width(piece) > ends[column]
            for column, piece in here.items()
            if column in last
        )
        is_many = 2 * len(here) >= len(ends)
        own = (here[column].base - last[column].base for column in here if column in last)
        is_wide = min(own, default=step) > _WIDER * usual
        is_new = is_many and (is_again or has_room or is_wide)
        if not rows or (0 in here and (is_new or step > _APART * usual)):
            rows.append([])
            last = {}
        rows[-1].append(pieces)
        last.update(here)
    return rows


def _usual_step(lines: list[list[Line]], gaps: Sequence[Gap], pitch: float) -> float:
    """Return how far apart lines of one cell stand."""
    bases: dict[int, list[float]] = {}
    size = 0.0
    for piece in (piece for pieces in lines for piece in pieces):
        bases.setdefault(column_of(piece.left, gaps), []).append(piece.base)
        size = max(size, piece.size)
    found = [after - before for column in bases.values() for before, after in pairwise(column)]
    steps = [step for step in found if step > size / 2]
    least = min(steps, default=_APART * size)
    is_even = max(steps, default=least) <= _EVEN * least
    return min(least, pitch * size) if is_even and pitch else least


def first_width(line: Line) -> float:
    """Return how wide what stands at the beginning of a line is that is never broken.

    A word; of Chinese one sign, with a bracket before it and the stops behind it.
    """
    text = line.text
    found = _UNBROKEN.match(text)
    taken = _width(text if found is None else found.group())
    return (line.right - line.left) * taken / max(_width(text), 1)


def _width(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)


def is_prose(lines: Sequence[Sequence[Line]], gaps: Sequence[Gap]) -> bool:
    """Tell whether columns are of prose: most lines fill them, all the way down."""
    if len(lines) < _PROSE_LINES:
        return False
    columns: dict[int, list[Line]] = {}
    for pieces in lines:
        for piece in pieces:
            columns.setdefault(column_of(piece.left, gaps), []).append(piece)
    for pieces in columns.values():
        left, right = min(one.left for one in pieces), max(one.right for one in pieces)
        fill = median((one.right - one.left) / max(right - left, 1.0) for one in pieces)
        if fill < _PROSE_FILL or len(pieces) < _PROSE_FILL * len(lines):
            return False
    return len(columns) == len(gaps) + 1

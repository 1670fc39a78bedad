"""What stands on a page: its lines and its tables, in order.

Where there are no ruled lines, lines in three columns and more are a table too, unless they are
prose set in columns.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chengnuo.engines.policy.placed import (
    Line,
    Page,
    Run,
    lines_as_placed,
    lines_as_written,
    pieces_of,
)
from chengnuo.engines.policy.placed_columns import column_of, gaps_in
from chengnuo.engines.policy.placed_grid import (
    Grid,
    fitted,
    is_prose,
    row_of,
    rows_by_text,
)
from chengnuo.engines.policy.placed_ruled import ruled_tables, ruling_of
from chengnuo.engines.policy.placed_rules import families

_MOST_RULES = 3_000
"""A page with more ruled lines is a drawing; they tell no tables."""
_PLAIN_GAP = 0.8
"""A gap this wide, in heights of the text, may be one between columns."""
_FURTHEST = 3.2
"""Lines of a table are nearer than this, in heights of the text."""
_COMMON = 0.1
"""Share of the lines of a page that stand as far apart as those of a paragraph."""
_LEAST_PITCH = 0.9
_FEWEST_PLAIN = 3
"""Columns of a table without ruled lines."""


def parts_of(page: Page, before: Grid | None = None) -> list[Line | Grid]:
    """Return the lines and tables of a page, in the order in which they were written.

    Args:
        page: The page.
        before: The last table of the page before, which may go on here without a ruled line.

    """
    taken: dict[int, Grid] = {}
    pitch = _pitch(page)
    if len(page.rules) <= _MOST_RULES:
        ruling = ruling_of(page, before, pitch)
        for family in families(ruling.across):
            free = [run for run in page.runs if id(run) not in taken]
            for grid in ruled_tables(family, ruling, free):
                taken.update((id(run), grid) for run in _runs_of(grid))
    free = [run for run in page.runs if id(run) not in taken]
    for grid in _plain(free, pitch):
        taken.update((id(run), grid) for run in _runs_of(grid))
    return [*_in_order(page.runs, taken)]


def _pitch(page: Page) -> float:
    """Return how far apart lines of a paragraph stand, in heights of their text; 0 if unknown."""
    pitches = Counter(
        round((after.base - line.base) / line.size, 2)
        for line, after in pairwise(lines_as_written(page.runs))
        if abs(line.left - after.left) < 1
    )
    least = max(2, _COMMON * pitches.total())
    return min(
        (pitch for pitch, count in pitches.items() if pitch > _LEAST_PITCH and count >= least),
        default=0.0,
    )


def _runs_of(grid: Grid) -> Iterator[Run]:
    for row in grid.rows:
        for cell in row:
            for line in cell.lines:
                yield from line.runs


def _in_order(runs: Sequence[Run], taken: dict[int, Grid]) -> Iterator[Line | Grid]:
    seen: set[int] = set()
    waiting: list[Run] = []
    for run in runs:
        grid = taken.get(id(run))
        if grid is None:
            waiting.append(run)
        elif id(grid) not in seen:
            yield from _unwoven(lines_as_written(waiting))
            waiting = []
            seen.add(id(grid))
            yield grid
    yield from _unwoven(lines_as_written(waiting))


def _plain(runs: list[Run], pitch: float) -> Iterator[Grid]:
    """Yield tables without ruled lines."""
    found: list[list[Line]] = []
    for line in lines_as_placed(runs):
        pieces = pieces_of(line, _PLAIN_GAP)
        if found and not _goes_on(found, pieces):
            yield from _plain_table(found, pitch)
            found = []
        if found or len(pieces) >= _FEWEST_PLAIN:
            found.append(pieces)
    yield from _plain_table(found, pitch)


def _goes_on(found: list[list[Line]], pieces: list[Line]) -> bool:
    """Tell whether a line is in the columns of those above it, and near enough."""
    last = found[-1][0]
    if pieces[0].base - last.base > _FURTHEST * last.size:
        return False
    least = max(_FEWEST_PLAIN - 1, len(gaps_in(found)) - 1)
    return len(gaps_in([*found, pieces])) >= least


def _plain_table(found: list[list[Line]], pitch: float) -> Iterator[Grid]:
    gaps = gaps_in(found)
    while found and len(found[-1]) == 1 and not column_of(found[-1][0].left, gaps):
        found.pop()
    full = sum(1 for pieces in found if len(pieces) >= _FEWEST_PLAIN)
    if full > 1 and len(gaps) + 1 >= _FEWEST_PLAIN and not is_prose(found, gaps):
        left = min(piece.left for pieces in found for piece in pieces)
        right = max(piece.right for pieces in found for piece in pieces)
        rows = [row_of(one, gaps) for one in rows_by_text(found, gaps, right, pitch)]
        yield fitted(Grid(rows, (), tuple(gaps)), left, right)


def _unwoven(lines: list[Line]) -> Iterator[Line]:
    """Yield lines; those of prose in columns that was written across are put column by column."""
    found: list[list[Line]] = []
    for line in lines:
        pieces = pieces_of(line, _PLAIN_GAP)
        if len(pieces) > 1 and (not found or gaps_in([*found, pieces])):
            found.append(pieces)
            continue
        yield from _by_columns(found)
        found = [pieces] if len(pieces) > 1 else []
        if not found:
            yield line
    yield from _by_columns(found)


def _by_columns(found: list[list[Line]]) -> Iterator[Line]:
    gaps = gaps_in(found)
    if gaps and is_prose(found, gaps):
        for column in range(len(gaps) + 1):
            for pieces in found:
                yield from (one for one in pieces if column_of(one.left, gaps) == column)
        return
    yield from (Line(tuple(run for one in pieces for run in one.runs)) for pieces in found)

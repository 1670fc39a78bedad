"""The tables of a page that have ruled lines.

Ruled lines of one length, one below another, part a page into bands. Bands whose text stands in
the same columns are a table; ruled lines down tell its cells, else the corridors do that no text
enters.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from chengnuo.engines.policy.placed import Line, Page, Rule, Run, lines_as_placed, pieces_of
from chengnuo.engines.policy.placed_columns import Gap, column_of, gaps_in, gaps_of
from chengnuo.engines.policy.placed_grid import (
    Grid,
    GridCell,
    fitted,
    is_prose,
    row_of,
    rows_by_text,
)
from chengnuo.engines.policy.placed_rules import NEAR, merged

_RULED_GAP = 0.34
"""A gap this wide, in heights of the text, may be one between columns."""
_FURTHEST = 3.2
"""Lines of a row are nearer than this, in heights of the text."""
_FEWEST_ALONE = 3
"""Columns of a table of one row."""
_TITLE_LINES = 2
_HEAD_AND_BODY = 2
_RUNS_OVER = 0.1
"""Share of the pieces of a table that may run over into the next column."""


@dataclass(slots=True)
class _Band:
    """What stands between two ruled lines."""

    top: float
    bottom: float
    lines: list[list[Line]]
    walls: list[float]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruled lines of a page, those that go on in one another as one.

    Attributes:
        across: Those that run across.
        down: Those that run down.
        before: The last table of the page before, which may go on here.
        pitch: How far apart lines stand, in heights of their text; 0 if unknown.

    """

    across: list[Rule]
    down: list[Rule]
    before: Grid | None
    pitch: float


def _is_wide_as(before: Grid | None, left: float, right: float) -> bool:
    return before is not None and (
        abs(before.edges[0] - left) <= NEAR and abs(before.edges[-1] - right) <= NEAR
    )


def ruling_of(page: Page, before: Grid | None, pitch: float) -> Ruling:
    """Return the ruled lines of a page.

    Args:
        page: The page.
        before: The last table of the page before.
        pitch: How far apart its lines stand, in heights of their text; 0 if unknown.

    """
    across = merged((rule for rule in page.rules if rule.is_across), across=True)
    down = merged((rule for rule in page.rules if not rule.is_across), across=False)
    across.extend(_rule_above(page, across, before))
    return Ruling(across, down, before, pitch)


def _rule_above(page: Page, across: list[Rule], before: Grid | None) -> Iterator[Rule]:
    """Yield a ruled line above the lines in which the last row of the page before goes on."""
    alike = [
        one for one in across if before is not None and _is_wide_as(before, one.left, one.right)
    ]
    if before is None or not alike:
        return
    first = min(alike, key=lambda one: one.top)
    lines = [one for one in lines_as_placed(page.runs) if one.base < first.top]
    top = first.top
    for line in reversed(lines):
        pieces = pieces_of(line, _RULED_GAP)
        if top - line.base > _FURTHEST * line.size or not _stands_in([[pieces]], before.gaps):
            break
        top = line.base - line.size
    if top < first.top:
        yield Rule(first.left, top, first.right, top, is_drawn=False)


def _stands_in(bands: Sequence[Sequence[Sequence[Line]]], gaps: Sequence[Gap]) -> bool:
    """Tell whether text stands in the columns of a table, but for what runs over now and then."""
    pieces = [piece for band in bands for each in band for piece in each]
    across = sum(
        1
        for piece in pieces
        if column_of(piece.left + 0.3 * piece.size, gaps)
        != column_of(piece.right - 0.3 * piece.size, gaps)
    )
    return across <= _RUNS_OVER * len(pieces)


def ruled_tables(family: list[Rule], ruling: Ruling, runs: list[Run]) -> Iterator[Grid]:
    """Yield the tables between ruled lines that begin and end alike.

    Args:
        family: These lines, from top to bottom.
        ruling: The lines of the page.
        runs: Text of the page that is in no table yet.

    """
    left, right = family[0].left, family[0].right
    inside = [run for run in runs if left - NEAR <= run.left and run.right <= right + 2 * NEAR]
    walls = [
        one
        for one in ruling.down
        if left - NEAR <= one.left <= right + NEAR
        and one.bottom >= family[0].top
        and one.top <= family[-1].top
    ]
    bands = [*_bands(_levels(family, ruling.across, walls), walls, inside)]
    interior = [x for band in bands for x in band.walls if left + NEAR < x < right - NEAR]
    if interior:
        yield from _walled(bands, ruling.across, left, right)
    else:
        for at, grid in enumerate(_unwalled(bands, left, right, ruling)):
            yield replace(grid, is_cut=not at and not family[0].is_drawn)


def _levels(family: list[Rule], across: list[Rule], walls: list[Rule]) -> list[float]:
    """Return where bands begin and end: at the family, and at shorter lines between walls."""
    left, right = family[0].left, family[0].right
    levels = [one.top for one in family]
    places = [one.left for one in walls] + [left, right]
    for one in across:
        is_inside = one.left >= left - NEAR and one.right <= right + NEAR
        if is_inside and levels[0] < one.top < family[-1].top and walls:
            ends = (one.left, one.right)
            if all(any(abs(end - x) <= NEAR for x in places) for end in ends):
                levels.append(one.top)
    return sorted(levels)


def _bands(levels: list[float], walls: list[Rule], runs: list[Run]) -> Iterator[_Band]:
    waiting = lines_as_placed(runs)
    for top, bottom in pairwise(levels):
        within = [one for one in waiting if top < one.base - 0.3 * one.size < bottom]
        if within:
            middle = (top + bottom) / 2
            yield _Band(
                top,
                bottom,
                [pieces_of(one, _RULED_GAP) for one in within],
                [one.left for one in walls if one.top - 1 <= middle <= one.bottom + 1],
            )


def _walled(bands: list[_Band], across: list[Rule], left: float, right: float) -> Iterator[Grid]:
    """Yield tables whose cells have walls; a band without any is not of a table."""
    run: list[_Band] = []
    for band in [*bands, None]:
        if band is not None and band.walls:
            run.append(band)
        elif run:
            yield _with_walls(run, across, left, right)
            run = []


def _with_walls(bands: list[_Band], across: list[Rule], left: float, right: float) -> Grid:
    edges = _places([left, right, *(x for band in bands for x in band.walls)])
    rows: list[list[GridCell]] = []
    for band in bands:
        inner = [x for x in edges[1:-1] if any(abs(x - one) <= NEAR for one in band.walls)]
        borders = [edges[0], *inner, edges[-1]]
        row = []
        for begin, end in pairwise(borders):
            spans = sum(1 for x in edges if begin - 1 <= x < end - 1)
            middle = (begin + end) / 2
            is_ruled = any(
                abs(one.top - band.top) <= NEAR / 2 and one.left - 1 <= middle <= one.right + 1
                for one in across
            )
            row.append(GridCell([], spans, goes_on=bool(rows) and not is_ruled))
        for pieces in band.lines:
            for piece in (part for one in pieces for part in _parted(one, inner)):
                at = sum(1 for x in inner if piece.left + 0.3 * piece.size > x)
                row[at].lines.append(piece)
        rows.append(row)
    for above, row in pairwise(rows):
        _carry(above, row)
    return Grid(rows, tuple(edges), tuple(Gap(x, x) for x in edges[1:-1]), is_ruled=True)


def _carry(above: list[GridCell], row: list[GridCell]) -> None:
    """Move what stands in the lower part of a cell of two rows to the cell itself."""
    places: list[GridCell] = [cell for cell in above for _ in range(cell.columns)]
    at = 0
    for cell in row:
        if cell.goes_on and places[at].columns == cell.columns:
            places[at].lines.extend(cell.lines)
            cell.lines = places[at].lines
        else:
            cell.goes_on = False
        at += cell.columns


def _parted(piece: Line, walls: Sequence[float]) -> Iterator[Line]:
    """Yield the parts of a piece between walls."""
    parts: dict[int, list[Run]] = {}
    for run in piece.runs:
        at = sum(1 for x in walls if run.left + 0.3 * run.size > x)
        parts.setdefault(at, []).append(run)
    yield from (Line(tuple(runs)) for runs in parts.values())


def _places(found: Iterable[float]) -> list[float]:
    places: list[float] = []
    for x in sorted(found):
        if not places or x - places[-1] > NEAR:
            places.append(x)
    return places


def _unwalled(bands: list[_Band], left: float, right: float, ruling: Ruling) -> Iterator[Grid]:
    """Yield tables that have ruled lines across alone."""
    run: list[_Band] = []
    before, pitch = ruling.before, ruling.pitch
    if before is not None and _is_wide_as(before, left, right):
        gaps = before.gaps
        alike = [*takewhile(lambda band: _stands_in([band.lines], gaps), bands)]
        if any(column_of(one[-1].left, gaps) for band in alike for one in band.lines):
            is_ruled = before.is_ruled or len(alike) > 1
            yield _grid(alike, gaps, before.edges, None if is_ruled else pitch)
            bands = bands[len(alike) :]
    titles: list[_Band] = []
    for band in bands:
        if not gaps_in(band.lines) and not (run and not titles and _is_rest(run, band)):
            titles.append(band)
            continue
        is_title = len(titles) == 1 and len(titles[0].lines) <= _TITLE_LINES
        fits = bool(run) and _fits(run, band) and (not titles or is_title)
        if fits:
            run.extend(titles)
        elif run:
            yield from _without_walls(run, left, right, pitch)
            run = []
        titles = []
        run.append(band)
    if run:
        yield from _without_walls(run, left, right, pitch)


def _is_rest(run: list[_Band], band: _Band) -> bool:
    """Tell whether a band has text in one column alone, which is not the first."""
    gaps = gaps_of([one.lines for one in run])
    pieces = [piece for pieces in band.lines for piece in pieces]
    columns = {column_of(x, gaps) for one in pieces for x in (one.left, one.right)}
    return len(columns) == 1 and columns != {0}


def _fits(run: list[_Band], band: _Band) -> bool:
    """Tell whether a band goes on in the columns of those above it."""
    before = len(gaps_of([one.lines for one in run]))
    both = len(gaps_of([*(one.lines for one in run), band.lines]))
    return both >= max(1, 0.6 * max(before, len(gaps_in(band.lines))))


def _without_walls(bands: list[_Band], left: float, right: float, pitch: float) -> Iterator[Grid]:
    gaps = gaps_of([one.lines for one in bands])
    if not gaps or is_prose([pieces for band in bands for pieces in band.lines], gaps):
        return
    by_text = None if len(bands) > _HEAD_AND_BODY else pitch
    grid = _grid(bands, gaps, (left, right), by_text)
    if len(grid.rows) > 1 or len(gaps) + 1 >= _FEWEST_ALONE:
        yield fitted(grid, left, right)


def _grid(
    bands: list[_Band], gaps: Sequence[Gap], edges: tuple[float, ...], pitch: float | None
) -> Grid:
    """Return the table of bands; where no ruled line parts its rows, steps between lines do."""
    parts: list[list[list[Line]]] = []
    for number, band in enumerate(bands):
        if pitch is not None and (number or len(bands) == 1):
            parts.extend(rows_by_text(band.lines, gaps, edges[-1], pitch))
        else:
            parts.append(band.lines)
    return Grid([row_of(one, gaps) for one in parts], edges, tuple(gaps), is_ruled=pitch is None)

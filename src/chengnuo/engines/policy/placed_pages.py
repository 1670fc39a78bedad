"""Lines and tables of pages put together: paragraphs, cells, and tables that go on overleaf."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from chengnuo.engines.policy.placed import Line, is_chinese, parted
from chengnuo.engines.policy.placed_grid import Grid, GridCell, first_width

_SAME_EDGE = 10.0
"""Edges of columns of one table on two pages are this near, in points."""
_SAME_SIZE = 0.08
_COLUMN = 30.0
"""Lines that begin this near, in points, are of one column."""
_NEXT = 2.2
"""Lines of a paragraph are nearer than this, in heights of the text."""
_SLACK = 0.4
_MISJUDGED = 0.2
"""Share of cells in which the width of a word may be judged wrongly."""
_SPARE = 0.5
_WIDER = 1.12
"""How much wider a word may be than its number of signs tells."""
_BLANK = 0.25
_LEAST_STEP = 0.9
_FURTHER = 1.1
_SLIGHT = 1.5
"""Text that begins nearer to where its cell does, in points, tells nothing of its other end."""
_FULL = 0.6
_TITLE = 1.12
"""Text this much larger than most is of headings."""
_MAX_LEVEL = 9
_LONGEST_TITLE = 120
_ENDS = tuple("。；，;,")
_LISTING = tuple("，、,")
_NO_BLANK = tuple("-/@_=&?")
"""What a word that is broken to fit in a cell may end with."""


def joined_tables(pages: Iterable[list[Line | Grid]]) -> list[Line | Grid]:
    """Return the lines and tables of pages, those that go on overleaf as one table."""
    found: list[Line | Grid] = []
    for parts in pages:
        last = found[-1] if found else None
        first = parts[0] if parts else None
        if isinstance(last, Grid) and isinstance(first, Grid) and _same_columns(last, first):
            _append(last, first)
            found.extend(parts[1:])
        else:
            found.extend(parts)
    return found


def _same_columns(one: Grid, other: Grid) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) <= _SAME_EDGE for a, b in zip(one.edges, other.edges, strict=True)
    )


def _append(table: Grid, more: Grid) -> None:
    """Put the rows of a page behind those of the page before."""
    rows, has_head = more.rows, False
    for head in table.rows[:2]:
        if rows and _words(head) and _is_head_again(head, rows[0]):
            has_head = True
            rows = (
                rows[1:]
                if _words(head) == _words(rows[0])
                else [_without(head, rows[0]), *rows[1:]]
            )
    if rows and (more.is_cut or (has_head and not rows[0][0].lines)) and _is_rest(table, rows[0]):
        for cell, rest in zip(table.rows[-1], rows[0], strict=True):
            cell.lines.extend(rest.lines)
        rows = rows[1:]
    table.rows.extend(rows)


def _words(row: list[GridCell]) -> list[str]:
    return [_tight(cell.lines) for cell in row] if any(cell.lines for cell in row) else []


def _tight(lines: Iterable[Line]) -> str:
    return "".join(line.text for line in lines).replace(" ", "")


def _is_head_again(head: list[GridCell], row: list[GridCell]) -> bool:
    """Tell whether each cell of a row begins as the cells of a head do.

    Where no ruled line ends the head that is repeated, the rest of a row stands in the same cells.
    """
    same = [one.columns for one in head] == [one.columns for one in row]
    return same and all(
        after.startswith(before) for before, after in zip(_words(head), _words(row), strict=True)
    )


def _without(head: list[GridCell], row: list[GridCell]) -> list[GridCell]:
    """Return a row without the lines of the head that its cells begin with."""
    rest: list[GridCell] = []
    for before, cell in zip(head, row, strict=True):
        length = len(_tight(before.lines))
        skipped = 0
        while length > 0 and skipped < len(cell.lines):
            length -= len(_tight(cell.lines[skipped : skipped + 1]))
            skipped += 1
        rest.append(GridCell(cell.lines[skipped:], cell.columns))
    return rest


def _is_rest(table: Grid, row: list[GridCell]) -> bool:
    """Tell whether a row is the rest of the last one, which a page ended.

    Few cells whose text goes on had place for its next word above.
    """
    last = table.rows[-1]
    if [one.columns for one in last] != [one.columns for one in row]:
        return False
    both = roomy = at = 0
    for cell, rest in zip(last, row, strict=True):
        if cell.lines and rest.lines:
            both += 1
            roomy += _has_room(cell.lines[-1], rest.lines[0], _edge_of(cell, table, at))
        at += cell.columns
    is_begun = bool(both) if row[0].lines else any(cell.lines for cell in row)
    return is_begun and roomy <= _MISJUDGED * both


class Paragraphs:
    """Tells which lines go on in the next one, by where and how far apart most lines stand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._edges: dict[int, float] = {}
        steps: dict[int, Counter[int]] = {}
        for line in lines:
            for place in (_place(line) - 1, _place(line), _place(line) + 1):
                self._edges[place] = max(self._edges.get(place, 0.0), line.right)
        for line, after in pairwise(lines):
            step = after.base - line.base
            if _tenths(line) == _tenths(after) and step > _LEAST_STEP * line.size:
                steps.setdefault(_tenths(line), Counter())[round(10 * step)] += 1
        self._steps = {size: _smallest(found) / 10 for size, found in steps.items()}

    def go_on(self, line: Line, after: Line) -> bool:
        """Tell whether a line goes on in the next: its column has no place for the next word."""
        step = after.base - line.base
        usual = self._steps.get(_tenths(line), line.size)
        if abs(line.size - after.size) > _SAME_SIZE * line.size or line.bold != after.bold:
            return False
        if 0 <= step < line.size / 2 or step > min(_FURTHER * usual, _NEXT * line.size):
            return False
        edge = self._edges[_place(line)]
        if line.right - line.left < _FULL * (edge - line.left):
            return False
        needed = first_width(after) * _WIDER
        return line.text.endswith(_LISTING) or line.right + needed > edge - _SLACK * line.size


def _place(line: Line) -> int:
    return round(line.left / _COLUMN)


def _smallest(steps: Counter[int]) -> int:
    """Return the smallest step that is not there once only."""
    return min((step for step, count in steps.items() if count > 1), default=min(steps))


def title_sizes(lines: Iterable[Line]) -> dict[int, int]:
    """Return the sizes of text, in tenths of a point, larger than most, each as a level."""
    counted: Counter[int] = Counter()
    for line in lines:
        counted[_tenths(line)] += len(line.text)
    usual = max(counted, key=lambda size: (counted[size], size), default=0)
    larger = sorted((size for size in counted if size > _TITLE * usual), reverse=True)
    return {size: level for level, size in enumerate(larger[:_MAX_LEVEL], 1)}


def title_level(line: Line, sizes: dict[int, int]) -> int:
    """Return the level of a heading by the size of its text; 0 if it is none."""
    if len(line.text) > _LONGEST_TITLE or line.text.endswith(_ENDS):
        return 0
    return sizes.get(_tenths(line), 0)


def _tenths(line: Line) -> int:
    return round(line.size * 10)


def cell_lines(row: list[GridCell], table: Grid) -> list[list[str]]:
    """Return what each cell of a row says, lines that were broken to fit in as one."""
    step = _usual_step(table)
    found: list[list[str]] = []
    at = 0
    for cell in row:
        edge = _edge_of(cell, table, at)
        at += cell.columns
        found.append([*_meant(cell.lines, edge, step)])
    return found


def _usual_step(table: Grid) -> float:
    """Return how far apart the lines of a cell stand, in heights of the text."""
    steps = (
        (after.base - before.base) / after.size
        for row in table.rows
        for cell in row
        for before, after in pairwise(cell.lines)
    )
    return min((step for step in steps if step > _LEAST_STEP), default=_NEXT)


def _edge_of(cell: GridCell, table: Grid, at: int) -> float:
    """Return where the lines of a cell end at most.

    As far from its end as they begin behind its beginning, or as far as any line of the column
    does; one that ends in a Latin word may run over, where others are none.
    """
    left, right = table.edges[at], table.edges[at + cell.columns]
    inside = min((line.left for line in cell.lines), default=left) - left
    lines = [
        line
        for row in table.rows
        for each in row
        for line in each.lines
        if left - 1 <= line.left < right and line.right <= right + 1
    ]
    if inside <= _SLIGHT:
        return max((line.right for line in lines), default=right)
    return max([right - inside, *(one.right for one in lines if is_chinese(one.text[-1]))])


def _meant(lines: list[Line], edge: float, step: float) -> Iterator[str]:
    """Yield lines that were meant: the next had place above, or stands further off."""
    said = lines[0].text if lines else ""
    for before, line in pairwise(lines):
        is_far = line.base - before.base > _FURTHER * step * line.size
        if is_far or _has_room(before, line, edge):
            yield said
            said = line.text
            continue
        said += line.text if said.endswith(_NO_BLANK) else parted(said, line.text) + line.text
    if said:
        yield said


def _has_room(line: Line, after: Line, edge: float) -> bool:
    """Tell whether the first word of the next line would have had place in a line."""
    blank = len(parted(line.text, after.text)) * _BLANK * after.size
    needed = first_width(after) * _WIDER + blank
    return line.right + needed <= edge - _SPARE * after.size

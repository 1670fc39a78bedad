"""Builds the plain text and the blocks of a policy from what a reader of a format meets, in order.

The reader says where blocks, tables and cells begin and end; nothing is nested on the stack, so
that no depth of a file can exhaust it. A table that holds another table, a heading or a single
column is no table of facts but a way to lay a page out: its cells are paragraphs.
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile

from chengnuo.engines.policy.blocks import Block, BlockKind, BlockText, Cell

MAX_SPAN = 200
"""Rows or columns that one cell may span; a file that says more means no table."""
MAX_COLUMNS = 1_000
"""Columns of one table; what stands further right is in the text and in no cell."""
MAX_GRID = 400_000
"""Places of one table's grid; rows beyond it are left out."""

_SPACES = re.compile(r"[ \t\r\f\n\v]+")
_BETWEEN_CELLS = " | "


@dataclass(slots=True)
class _Open:
    """A cell that is being read."""

    rows: int
    columns: int
    goes_on: bool
    heading: bool
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    rows: list[list[_Open]] = field(default_factory=list)
    is_layout: bool = False


class BlockWriter:
    """Writes one document."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._parts: list[str] = []
        self._is_plain = False
        self._kind, self._level = BlockKind.PARAGRAPH, 0
        self._tables: list[_Table] = []
        self._cell: _Open | None = None

    def add(self, text: str, *, bold: bool = False) -> None:
        """Add text to the line that is being written."""
        self._parts.append(text)
        if not bold and text.strip():
            self._is_plain = True

    def begin(self, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> None:
        """End the line, and begin a block of a kind; it ends with its line."""
        self.end_line()
        self._kind, self._level = kind, level
        if kind is BlockKind.HEADING and self._tables:
            self._lay_out()

    def end_line(self) -> None:
        """End the line that is being written; a line of spaces is none."""
        line = _SPACES.sub(" ", "".join(self._parts)).strip()
        bold, self._is_plain = not self._is_plain, False
        kind, level = self._kind, self._level
        self._parts.clear()
        self._kind, self._level = BlockKind.PARAGRAPH, 0
        if not line:
            return
        if self._cell is not None:
            self._cell.lines.append(line)
        else:
            start = self._put(line)
            self._blocks.append(
                Block(kind=kind, level=level, start=start, end=self._length, bold=bold)
            )

    def begin_table(self) -> None:
        """Begin a table; inside another one it makes that one a layout."""
        self.end_line()
        if self._tables:
            self._lay_out()
        self._cell = None
        self._tables.append(_Table())

    def begin_row(self) -> None:
        """Begin a row."""
        self.end_cell()
        if self._tables:
            self._tables[-1].rows.append([])

    def begin_cell(
        self, *, rows: int = 1, columns: int = 1, goes_on: bool = False, heading: bool = False
    ) -> None:
        """Begin a cell.

        Args:
            rows: Rows that it spans.
            columns: Columns that it spans.
            goes_on: Whether it is the cell above, which goes on.
            heading: Whether the file marks it as a heading.

        """
        self.end_cell()
        if not self._tables:
            return
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        cell = _Open(_span(rows), _span(columns), goes_on=goes_on, heading=heading)
        if not table.is_layout:
            table.rows[-1].append(cell)
            self._cell = cell

    def end_cell(self) -> None:
        """End the cell that is open, if one is."""
        self.end_line()
        self._cell = None

    def end_table(self) -> None:
        """End the innermost table, if one is open."""
        self.end_cell()
        if self._tables:
            self._finish(self._tables.pop())

    def finished(self) -> BlockText:
        """Return the document; what is still open ends."""
        self.end_line()
        while self._tables:
            self.end_table()
        return BlockText(text="".join(self._text), blocks=tuple(self._blocks))

    def _put(self, line: str) -> int:
        """Put a line behind the text, and return where it begins."""
        if self._text:
            self._text.append("\n")
            self._length += 1
        start = self._length
        self._text.append(line)
        self._length += len(line)
        return start

    def _lay_out(self) -> None:
        """Write what was read of the open table as paragraphs, and the rest of it too."""
        table = self._tables[-1]
        self._cell = None
        if not table.is_layout:
            self._paragraphs(table)
            table.is_layout = True
            table.rows = [[]]

    def _paragraphs(self, table: _Table) -> None:
        for line in (line for row in table.rows for cell in row for line in cell.lines):
            start = self._put(line)
            self._blocks.append(
                Block(kind=BlockKind.PARAGRAPH, level=0, start=start, end=self._length)
            )

    def _finish(self, table: _Table) -> None:
        if table.is_layout:
            return
        rows = [row for row in table.rows if any(cell.lines or cell.goes_on for cell in row)]
        if max((sum(cell.columns for cell in row) for row in rows), default=0) <= 1:
            self._paragraphs(table)
            return
        first = self._length + 1 if self._text else 0
        grid = self._grid(rows)
        self._blocks.append(
            Block(
                kind=BlockKind.TABLE,
                level=0,
                start=first,
                end=self._length,
                rows=tuple(map(tuple, grid)),
                heading_rows=min(_heading_rows(rows), len(grid)),
            )
        )

    def _grid(self, rows: list[list[_Open]]) -> list[list[Cell]]:
        """Write the rows, each as one line, and return the grid that they make."""
        grid: list[list[Cell]] = []
        waiting: dict[int, tuple[int, Cell]] = {}
        places = 0
        for row in rows:
            line: list[Cell] = []
            at = self._put("")
            begun = False
            for cell in row:
                _from_above(line, waiting)
                if cell.goes_on and grid and len(line) < len(grid[-1]):
                    placed = grid[-1][len(line)]
                else:
                    if begun:
                        self._more(_BETWEEN_CELLS)
                    at, text = self._length, "\n".join(cell.lines)
                    self._more(text)
                    placed, begun = Cell(text, at, self._length), True
                for _ in range(min(cell.columns, MAX_COLUMNS - len(line))):
                    if cell.rows > 1:
                        waiting[len(line)] = (cell.rows - 1, placed)
                    line.append(placed)
            _from_above(line, waiting)
            places += len(line)
            grid.append(line)
            if places > MAX_GRID:
                break
        return grid

    def _more(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)


def _span(said: int) -> int:
    return min(max(said, 1), MAX_SPAN)


def _heading_rows(rows: list[list[_Open]]) -> int:
    """Return how many of the first rows have headings alone."""
    return sum(1 for _ in takewhile(lambda row: all(cell.heading for cell in row), rows))


def _from_above(line: list[Cell], waiting: dict[int, tuple[int, Cell]]) -> None:
    """Put the cells that reach down from rows above at the next places of a row."""
    while (found := waiting.pop(len(line), None)) is not None:
        left, cell = found
        if left > 1:
            waiting[len(line)] = (left - 1, cell)
        line.append(cell)

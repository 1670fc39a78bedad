"""A policy from a PDF: the text of its pages, lines joined again to paragraphs, and its tables.

A PDF knows neither paragraphs nor tables, only signs and ruled lines by their place. A line that
ends where its column does goes on in the next one. A table at the end of a page goes on in one of
the same columns at the beginning of the next; the head that is repeated there is left out. What
its bookmarks name is a heading; lines of dots, of a table of contents, are left out. A PDF of
pictures holds no text and is said to be scanned.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from logging import CRITICAL, getLogger

from pypdf import PdfReader
from pypdf.generic import Destination

from chengnuo.adapters.policies.format_error import PolicyFormatError
from chengnuo.adapters.policies.pdf_page import PageReader
from chengnuo.engines.policy.blocks import BlockKind, BlockText
from chengnuo.engines.policy.placed import Line, parted
from chengnuo.engines.policy.placed_grid import Grid
from chengnuo.engines.policy.placed_pages import (
    Paragraphs,
    cell_lines,
    joined_tables,
    title_level,
    title_sizes,
)
from chengnuo.engines.policy.placed_tables import parts_of
from chengnuo.engines.policy.writing import BlockWriter

# What pypdf logs of a damaged file quotes the file.
getLogger("pypdf").setLevel(CRITICAL + 1)

MAX_PAGES = 500
_MAX_CHARACTERS = 4_000_000
_ENDS = tuple("。！？.!?")
_LEADER = re.compile(r"(?:\.\s?){6,}|…{3,}")
_BULLET = re.compile(r"[•·●■▪]\s*")
_DIGITS = re.compile(r"\d+")
_EDGE = 2
"""Lines at either edge of a page that may run through all pages."""
_EDGE_HEIGHT = 6.0
_FEWEST_PAGES = 2
_MAX_LEVEL = 9
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+[章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d+(?:\.\d+)*[.、\uff0e\s]|[•·●\-–—*■▪]\s?|[^：:\s]{2,16}：|[A-Z][A-Za-z ]{1,30}:\s)"
)


def pdf_blocks(data: bytes) -> BlockText:
    """Return what people read of a PDF.

    Raises:
        PolicyFormatError: It is damaged, locked, has too many pages, or holds pictures only.

    """
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        why = _refused(reader)
        pages = [] if why else [*_pages(reader)]
        levels = {} if why else dict(_bookmarks(reader.outline))
    except Exception as error:  # hostile files make pypdf raise whatever they like
        raise PolicyFormatError("it is a damaged PDF") from error
    if why:
        raise PolicyFormatError(why)
    parts = joined_tables(_without_running_lines(pages))
    if not parts:
        raise PolicyFormatError("it is scanned: a PDF of pictures, without text")
    return _joined(parts, levels)


def _pages(reader: PdfReader) -> Iterator[list[Line | Grid]]:
    """Yield the lines and tables of each page."""
    signs = 0
    last: Grid | None = None
    read = PageReader()
    for page in reader.pages:
        placed = read.page(page)
        signs += sum(len(run.text) for run in placed.runs)
        if signs > _MAX_CHARACTERS:
            raise PolicyFormatError("it holds more text than a policy")
        parts = parts_of(placed, last)
        last = next((one for one in reversed(parts) if isinstance(one, Grid)), None)
        yield [one for one in parts if isinstance(one, Grid) or not _LEADER.search(one.text)]


def _refused(reader: PdfReader) -> str:
    """Return why a PDF is not read, or nothing."""
    if reader.is_encrypted and not reader.decrypt(""):
        return "it is locked with a password"
    return f"it has more than {MAX_PAGES} pages" if len(reader.pages) > MAX_PAGES else ""


def _bookmarks(outline: Iterable[object]) -> Iterator[tuple[str, int]]:
    """Yield what bookmarks are called, without blanks, and how deep each stands."""
    waiting = [(1, one) for one in reversed([*outline])]
    while waiting:
        deep, one = waiting.pop()
        if isinstance(one, list):
            waiting.extend((deep + 1, each) for each in reversed(one))
        elif isinstance(one, Destination):
            yield _tight(str(one.title or "")), min(deep, _MAX_LEVEL)


def _without_running_lines(pages: list[list[Line | Grid]]) -> list[list[Line | Grid]]:
    """Return pages without the lines at the edge of most of them, as a page's number."""
    edges = [_edge(parts) for parts in pages]
    counted = Counter(shape for lines in edges for shape in {_shape(one) for one in lines})
    least = max(_FEWEST_PAGES, len(pages) / 2)
    running = {shape for shape, count in counted.items() if count >= least}
    left_out = {id(line) for lines in edges for line in lines if _shape(line) in running}
    return [[one for one in parts if id(one) not in left_out] for parts in pages]


def _shape(line: Line) -> tuple[str, int]:
    """Return what lines have in common that run through pages: their words and their place."""
    return _DIGITS.sub("0", line.text), round(line.base / _EDGE_HEIGHT)


def _edge(parts: list[Line | Grid]) -> list[Line]:
    """Return the highest and the lowest lines of a page."""
    lines = sorted((one for one in parts if isinstance(one, Line)), key=lambda one: one.base)
    return lines if len(lines) <= 2 * _EDGE else [*lines[:_EDGE], *lines[-_EDGE:]]


def _joined(parts: list[Line | Grid], levels: Mapping[str, int]) -> BlockText:
    """Return the document of lines and tables, lines that go on in the next one joined."""
    out = BlockWriter()
    lines = [one for one in parts if isinstance(one, Line)]
    paragraphs = Paragraphs(lines)
    sizes = {} if levels else title_sizes(lines)

    def level_of(line: Line, text: str) -> int:
        return levels.get(_tight(text), 0) or title_level(line, sizes)

    is_rest = False
    titled: list[tuple[Line | Grid | None, str]] = [*_titles_joined(parts, levels), (None, "")]
    for (part, text), (after, follows) in pairwise(titled):
        if isinstance(part, Grid):
            _write(part, out)
        if not isinstance(part, Line):
            continue
        level = level_of(part, text)
        bullet = None if is_rest else _BULLET.match(text)
        if level and not is_rest:
            out.begin(BlockKind.HEADING, level)
        elif bullet is not None:
            out.begin(BlockKind.ITEM, 1)
        out.add(text if bullet is None else text[bullet.end() :], bold=part.bold)
        is_rest = (
            isinstance(after, Line)
            and level == level_of(after, follows)
            and not (level and levels)
            and not text.endswith(_ENDS)
            and not _BEGINS.match(follows)
            and paragraphs.go_on(part, after)
        )
        if is_rest:
            out.add(parted(text, follows))
        else:
            out.end_line()
    return out.finished()


def _write(grid: Grid, out: BlockWriter) -> None:
    out.begin_table()
    for row in grid.rows:
        out.begin_row()
        for cell, lines in zip(row, cell_lines(row, grid), strict=True):
            out.begin_cell(columns=cell.columns, goes_on=cell.goes_on)
            for line in lines:
                out.add(line)
                out.end_line()
    out.end_table()


def _titles_joined(
    parts: list[Line | Grid], levels: Mapping[str, int]
) -> Iterator[tuple[Line | Grid, str]]:
    """Yield lines and tables with their words, two lines that make one heading as one."""
    at = 0
    while at < len(parts):
        part, after = parts[at], parts[at + 1] if at + 1 < len(parts) else None
        text = part.text if isinstance(part, Line) else ""
        both = f"{text} {after.text}" if text and isinstance(after, Line) else ""
        is_title = bool(both) and _tight(both) in levels and _tight(text) not in levels
        yield part, both if is_title else text
        at += 2 if is_title else 1


def _tight(text: str) -> str:
    return "".join(text.split())

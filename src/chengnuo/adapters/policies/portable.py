"""A policy from a PDF: the text of its pages, lines joined again to paragraphs.

A PDF knows no paragraphs, and its tables are not read: a line that ends at the edge of the page
goes on in the next one. What its bookmarks name is a heading; lines of dots, of a table of
contents, are left out. A PDF of pictures holds no text and is said to be scanned.
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
from chengnuo.engines.policy.blocks import BlockKind, BlockText
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
_FEWEST_PAGES = 3
_MAX_LEVEL = 9
_LONG = 0.72
"""A line this long, beside the longest, was broken by the edge of the page."""
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+[章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d+(?:\.\d+)*[.、\uff0e\s]|[•·●\-–—*■▪]\s?|[^：:\s]{2,16}：)"
)


def pdf_blocks(data: bytes) -> BlockText:
    """Return what people read of a PDF.

    Raises:
        PolicyFormatError: It is damaged, locked, has too many pages, or holds pictures only.

    """
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        why = _refused(reader)
        pages = [] if why else [page.extract_text() for page in reader.pages]
        levels = {} if why else dict(_bookmarks(reader.outline))
    except Exception as error:  # hostile files make pypdf raise whatever they like
        raise PolicyFormatError("it is a damaged PDF") from error
    if why:
        raise PolicyFormatError(why)
    lines = [*_without_running_lines([_lines_of(page) for page in pages])]
    if not lines:
        raise PolicyFormatError("it is scanned: a PDF of pictures, without text")
    if sum(map(len, lines)) > _MAX_CHARACTERS:
        raise PolicyFormatError("it holds more text than a policy")
    return _joined(lines, levels)


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


def _lines_of(page: str) -> list[str]:
    lines = (line.strip() for line in page.splitlines())
    return [line for line in lines if line and not _LEADER.search(line)]


def _without_running_lines(pages: list[list[str]]) -> Iterator[str]:
    """Yield the lines of pages without what stands at the edge of most, as a page's number."""
    edges = Counter(
        shape for lines in pages for shape in {_DIGITS.sub("0", one) for one in _edge(lines)}
    )
    least = max(_FEWEST_PAGES, len(pages) / 2)
    running = {shape for shape, count in edges.items() if count >= least}
    for lines in pages:
        for at, line in enumerate(lines):
            is_edge = at < _EDGE or at >= len(lines) - _EDGE
            if not (is_edge and _DIGITS.sub("0", line) in running):
                yield line


def _edge(lines: list[str]) -> list[str]:
    return [*lines[:_EDGE], *lines[-_EDGE:]]


def _joined(lines: list[str], levels: Mapping[str, int]) -> BlockText:
    out = BlockWriter()
    longest = max(map(_width, lines), default=0)
    for line, after in pairwise([*_titles_joined(lines, levels), ""]):
        level = levels.get(_tight(line), 0)
        bullet = _BULLET.match(line)
        if level:
            out.begin(BlockKind.HEADING, level)
        elif bullet is not None:
            out.begin(BlockKind.ITEM, 1)
        out.add(line if bullet is None else line[bullet.end() :])
        is_broken = _width(line) >= _LONG * longest and not line.endswith(_ENDS)
        if level or not is_broken or not after or _BEGINS.match(after) or _tight(after) in levels:
            out.end_line()
        elif line[-1].isascii() and after[0].isascii():
            out.add(" ")
    return out.finished()


def _titles_joined(lines: list[str], levels: Mapping[str, int]) -> Iterator[str]:
    """Yield lines, two that make one heading as one."""
    at = 0
    while at < len(lines):
        both = f"{lines[at]} {lines[at + 1]}" if at + 1 < len(lines) else ""
        is_title = bool(both) and _tight(both) in levels and _tight(lines[at]) not in levels
        yield both if is_title else lines[at]
        at += 2 if is_title else 1


def _tight(text: str) -> str:
    return "".join(text.split())


def _width(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)

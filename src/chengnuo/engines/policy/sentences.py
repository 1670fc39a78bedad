"""The sentences of a policy, with their places in the plain text.

A sentence ends at 。！？ or, in English, at a full stop before a capital, and with its block. What
is in brackets or quotes is not taken apart. A sentence longer than a paragraph may be
ends at ； too.
A row of a table is one sentence.
"""

import re
from collections.abc import Iterator

from chengnuo.engines.policy.blocks import BlockKind, BlockText, Sentence
from chengnuo.engines.policy.sections import headed

LONGEST = 600
"""Characters of the longest sentence; a longer one is cut where the next part ends."""

MAX_LENGTH = 2_400
"""Characters at which a sentence is cut wherever it is."""

_END = re.compile(r"[。！？!?]+[”’」』）)]*|\.[”’\")]*(?=\s+[A-Z“\"(])|\n")
_PART = re.compile(r"[；;]")
_OPEN, _CLOSE = "（(「『【《“", "）)」』】》”"
_NO_ENDS = re.compile(r"\b(?:e\.g|i\.e|etc|Inc|Ltd|Co|No|Art|vs)\.$")


def sentences_of(document: BlockText) -> tuple[Sentence, ...]:
    """Return the sentences of a document, by where they begin; headings are none."""
    found = headed(document)
    return tuple(
        Sentence(document.text[start:end], start, end, found.paths[at], at)
        for at, block in enumerate(document.blocks)
        if not found.titles[at] and block.kind is not BlockKind.HEADING
        for start, end in (
            _rows(document, at)
            if block.kind is BlockKind.TABLE
            else _spans(document.text, block.start, block.end)
        )
    )


def _rows(document: BlockText, at: int) -> Iterator[tuple[int, int]]:
    """Yield the rows of a table; what a cell from above says is said in its first row."""
    done = -1
    for place, row in enumerate(document.blocks[at].rows):
        own = [cell for cell in row if cell.start > done]
        if own:
            start, done = min(cell.start for cell in own), max(cell.end for cell in own)
            if place >= document.blocks[at].heading_rows:
                yield from _parts(document.text, start, done)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _END.finditer(text, start, end):
        if _is_inside(text, at, found.start()) or _NO_ENDS.search(text, at, found.start() + 1):
            continue
        yield from _parts(text, at, found.end())
        at = found.end()
    yield from _parts(text, at, end)


def _is_inside(text: str, start: int, at: int) -> bool:
    """Tell whether brackets are open; those of a long sentence do not count."""
    if at - start > LONGEST:
        return False
    piece = text[start:at]
    opened = sum(map(piece.count, _OPEN))
    return opened > 0 and opened > sum(map(piece.count, _CLOSE))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    if end - start > LONGEST:
        for found in _PART.finditer(text, start, end):
            yield from _trimmed(text, at, found.end())
            at = found.end()
    # What holds no mark at all for so long is no sentence; it is cut, to keep time in proportion.
    while end - at > MAX_LENGTH:
        yield from _trimmed(text, at, at + MAX_LENGTH)
        at += MAX_LENGTH
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end

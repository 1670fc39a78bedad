"""Takes lists of a text apart: A、B和C; and lines of the form `key：value`.

What stands in brackets or quotes belongs to its item.
"""

import re
from collections.abc import Iterator

_OPEN, _CLOSE = "（([「『【《“", "）)]」』】》”"
_STRONG = "；;\n"
_WEAK = "、，,/"
_WORDS = re.compile(r"以及|及其|或者|和|及|与|或|(?<=\s)(?:and|or|as well as)(?=\s)")
_KEY = re.compile(r"([^：:；;。，,\n]{1,40}?)\s*[：:]\s*(?!//)(?=\S)")
_LEAD = re.compile(
    r"(?:包括但不限于|包括|例如|比如|如|including but not limited to|including|such as)[：:]?\s*"
)


def items_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the items of a list begin and end.

    A list that has ； in it is divided there alone, any other at commas and words such as 和.

    Args:
        text: The text.
        start: Where the list begins.
        end: Where it ends.

    """
    strong = [*_cuts(text, start, end, _STRONG)]
    yield from strong if len(strong) > 1 else weak_items_of(text, start, end)


def weak_items_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the items of a list of commas and words begin and end."""
    for begin, stop in _cuts(text, start, end, _STRONG + _WEAK):
        at, seen, depth = begin, begin, 0
        for found in _WORDS.finditer(text, begin, stop):
            depth += _depth(text, seen, found.start())
            seen = found.start()
            if not depth:
                yield from trimmed(text, at, found.start())
                at = found.end()
        yield from trimmed(text, at, stop)


def _cuts(text: str, start: int, end: int, signs: str) -> Iterator[tuple[int, int]]:
    depth, at = 0, start
    for place in range(start, end):
        sign = text[place]
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and sign in signs:
            yield from trimmed(text, at, place)
            at = place + 1
    yield from trimmed(text, at, end)


def _depth(text: str, start: int, end: int) -> int:
    piece = text[start:end]
    return sum(map(piece.count, _OPEN)) - sum(map(piece.count, _CLOSE))


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span without the spaces, leading words and stops at its ends, if some is left."""
    lead = _LEAD.match(text, start, end)
    if lead is not None:
        start = lead.end()
    while start < end and (text[start].isspace() or text[start] in "—-–·•"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "。.;；、，,—"):
        end -= 1
    if start < end:
        yield start, end


def key_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the key of a line ends and its value begins; None if it has none.

    >>> key_of("处理目的：登录", 0, 7)
    (4, 5)

    """
    found = _KEY.match(text, start, end)
    return None if found is None else (found.end(1), found.end())


def without_brackets(words: str) -> str:
    """Return words without what their last brackets add, as 姓名（收货人） is 姓名.

    >>> without_brackets("姓名（收货人姓名）")
    '姓名'

    """
    at = bracket_of(words)
    return words if at < 0 else words[:at].strip()


def bracket_of(words: str) -> int:
    """Return where the brackets open with which words end; -1 if they end with none."""
    depth = 0
    for at in range(len(words) - 1 if words.endswith(("）", ")")) else 0, 0, -1):
        depth += (words[at] in "）)") - (words[at] in "（(")
        if depth == 0:
            return at
    return -1

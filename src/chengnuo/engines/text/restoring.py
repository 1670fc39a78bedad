"""Names that a mask left, put back into the values behind them.

A name stands in brackets and holds no end of a line, so that a text is gone through piece by piece
with only an open bracket held back.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from chengnuo.engines.text.kinds import Kind

_NAME: Final = re.compile(
    rf"\[(?:{'|'.join(kind.name.lower() for kind in Kind)})\*[a-z2-7]{{16}}\]"
)
LONGEST: Final = max(len(kind.name) for kind in Kind) + 19
"""How many characters a name has at most."""


def restored(
    pieces: Iterable[str], values: Callable[[Collection[str]], Mapping[str, str]]
) -> Iterator[tuple[str, int, int]]:
    """Yield a text piece by piece, each with how many names were restored and how many not.

    Args:
        pieces: The text in pieces of any length.
        values: Gives the values of those names that it knows.

    """
    waiting = ""
    for piece in pieces:
        waiting += piece
        opened = waiting.rfind("[", max(0, len(waiting) - LONGEST))
        end = len(waiting) if opened < 0 or "]" in waiting[opened:] else opened
        if end:
            yield _restored(waiting[:end], values)
            waiting = waiting[end:]
    if waiting:
        yield _restored(waiting, values)


def _restored(
    text: str, values: Callable[[Collection[str]], Mapping[str, str]]
) -> tuple[str, int, int]:
    names = _NAME.findall(text)
    if not names:
        return text, 0, 0
    known = values(dict.fromkeys(names).keys())
    done = sum(name in known for name in names)
    return (
        _NAME.sub(lambda found: known.get(found.group(), found.group()), text),
        done,
        len(names) - done,
    )

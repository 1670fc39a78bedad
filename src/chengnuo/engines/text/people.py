"""Lines that tell of a person: beside such a value less must speak for a name or an address."""

from collections.abc import Iterable, Iterator
from typing import Final

from chengnuo.engines.text.kinds import Hit, Kind

OF_A_PERSON: Final = frozenset(
    {
        Kind.NAME,
        Kind.RESIDENT_ID,
        Kind.FOREIGN_PERMIT,
        Kind.PASSPORT,
        Kind.HMT_PERMIT,
        Kind.MOBILE,
        Kind.EMAIL,
        Kind.WECHAT,
        Kind.QQ,
    }
)
"""The kinds that tell whose health a line is about, and that a name stands near."""


def lines_of(text: str, hits: Iterable[Hit], kinds: frozenset[Kind]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line that has a value of one of some kinds.

    Args:
        text: A text.
        hits: The values in it, in order.
        kinds: The kinds.

    """
    seen = -1
    for hit in hits:
        if hit.kind in kinds and hit.start > seen:
            start = text.rfind("\n", 0, hit.start) + 1
            end = text.find("\n", hit.end)
            seen = len(text) if end < 0 else end
            yield start, seen

"""Texts of any length, gone through block by block.

A block ends with a line, because no value and no cue goes over the end of one. A line longer than
a block is cut where it is far from every value, with what stood before the cut in sight.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from chengnuo.engines.text.cues import REACH, Cues
from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.kinds import Hit

BLOCK: Final = 1 << 16
"""About how many characters are gone through at once."""
REST: Final = 1 << 10
"""How many characters of a line that is not ended wait for what follows; no value is as long."""


def found_blocks(
    pieces: Iterable[str], cues: Cues, *, block: int = BLOCK, rest: int = REST
) -> Iterator[tuple[str, list[Hit]]]:
    """Yield block after block of a text with the values found, placed from the block's start.

    Args:
        pieces: The text in pieces of any length, as they were read.
        cues: The words beside values.
        block: At least how many characters to wait for.
        rest: How many characters of a line that is not ended to hold back.

    """
    seen, waiting = "", ""
    for piece in pieces:
        waiting += piece
        while len(waiting) >= block:
            end = waiting.rfind("\n") + 1 or max(0, len(waiting) - rest)
            hits = _placed(seen, waiting, cues)
            end = next((hit.start for hit in hits if hit.start < end < hit.end), end)
            if not end:
                break
            yield waiting[:end], [hit for hit in hits if hit.end <= end]
            seen, waiting = (seen + waiting[:end])[-REACH:], waiting[end:]
    if waiting:
        yield waiting, _placed(seen, waiting, cues)


def _placed(seen: str, waiting: str, cues: Cues) -> list[Hit]:
    before = len(seen)
    hits = find_in(seen + waiting, cues)
    return [
        Hit(hit.start - before, hit.end - before, hit.kind, hit.evidence)
        for hit in hits
        if hit.start >= before
    ]

"""Texts of any length, gone through block by block.

A block ends with a line, because no value and no cue goes over the end of one. A line longer than
a block is cut where it is far from every value, with what stood before the cut in sight.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from chengnuo.engines.text.cues import REACH
from chengnuo.engines.text.kinds import Hit

BLOCK: Final = 1 << 18
"""About how many characters are gone through at once."""
Find = Callable[[str], list[Hit]]
"""From a text to the values in it, in order, none overlapping another."""
REST: Final = 1 << 10
"""How many characters of a line that is not ended wait for what follows; no value is as long."""


def found_blocks(
    pieces: Iterable[str], find: Find, *, block: int = BLOCK, rest: int = REST
) -> Iterator[tuple[str, list[Hit]]]:
    """Yield block after block of a text with the values found, placed from the block's start.

    Args:
        pieces: The text in pieces of any length, as they were read.
        find: Finds the values of a text.
        block: At least how many characters to wait for.
        rest: How many characters of a line that is not ended to hold back.

    """
    seen, waiting, held = "", "", []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size < block:
            continue
        waiting, held = "".join([waiting, *held]), []
        end = waiting.rfind("\n") + 1 or max(0, len(waiting) - rest)
        if end:
            hits = _placed(seen, waiting, find)
            end = next((hit.start for hit in hits if hit.start < end < hit.end), end)
            yield waiting[:end], [hit for hit in hits if hit.end <= end]
            seen, waiting = _in_sight(seen, waiting[:end]), waiting[end:]
        size = 0
    waiting = "".join([waiting, *held])
    if waiting:
        yield waiting, _placed(seen, waiting, find)


def _in_sight(seen: str, gone: str) -> str:
    """Return the end of what is gone, as far as a cue in it may speak for what follows."""
    return "" if gone.endswith("\n") else (seen + gone)[-REACH:]


def _placed(seen: str, waiting: str, find: Find) -> list[Hit]:
    before = len(seen)
    hits = find(seen + waiting)
    if not before:
        return hits
    return [
        Hit(hit.start - before, hit.end - before, hit.kind, hit.evidence)
        for hit in hits
        if hit.start >= before
    ]

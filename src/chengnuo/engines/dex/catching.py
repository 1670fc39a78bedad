"""What is caught where ("try_item", "encoded_catch_handler_list")."""

from typing import Final

from chengnuo.engines.dex.leb import Cursor, LebError
from chengnuo.engines.program.body import Caught

MOST_CAUGHT: Final = 1 << 16
"""Stretches and targets of one method; several stretches may share their handlers."""


def caught_in(data: bytes, code_offset: int, size: int) -> tuple[Caught, ...]:
    """Return the stretches of a method's code that catch, in their order.

    Args:
        data: The file.
        code_offset: Where the code item begins.
        size: Its code units; they are known to be in the file.

    Raises:
        LebError: The tries or their handlers are not in the file or the method, or too many.

    """
    tries = int.from_bytes(data[code_offset + 6 : code_offset + 8], "little")
    if not tries:
        return ()
    first = code_offset + 16 + 2 * (size + size % 2)
    handlers = first + 8 * tries
    caught: list[Caught] = []
    found = 0
    known: dict[int, list[int]] = {}
    for item in range(first, handlers, 8):
        cursor = Cursor(data, item)
        start, length, at = cursor.take(4), cursor.take(2), cursor.take(2)
        if start + length > size:
            raise LebError
        if at not in known:
            known[at] = _targets(Cursor(data, handlers + at), MOST_CAUGHT - found)
            found += len(known[at])
        if len(caught) + len(known[at]) > MOST_CAUGHT:
            raise LebError
        caught += [Caught(start, start + length, target) for target in known[at]]
    return tuple(caught)


def _targets(cursor: Cursor, most: int) -> list[int]:
    size = cursor.sleb()
    if abs(size) >= most:
        raise LebError
    targets = []
    for _ in range(abs(size)):
        cursor.uleb()
        targets.append(cursor.uleb())
    if size <= 0:
        targets.append(cursor.uleb())
    return targets

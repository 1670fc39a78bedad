"""Where the instructions of a method begin, and how long they are (JVMS 4.9.1)."""

from typing import Final

from chengnuo.engines.classfile.cursor import MalformedError
from chengnuo.engines.classfile.opcodes import IINC, TABLESWITCH, WIDE, WIDENED, WIDTHS

_WIDTHS: Final = bytes(WIDTHS)


def places_of(data: bytes, first: int, end: int) -> list[int]:
    """Return where the instructions of a method begin, in the class file.

    Args:
        data: The class file.
        first: Where its code begins.
        end: Where it ends, in the file.

    Raises:
        MalformedError: A byte is no instruction, or one does not fit.

    """
    places: list[int] = []
    add = places.append
    widths = data[first:end].translate(_WIDTHS)
    place, size = 0, end - first
    while place < size:
        add(place + first)
        place += widths[place] or _long_width(data, first, first + place, end)
    if place != size:
        message = f"the last instruction ends {place - size} bytes after the code"
        raise MalformedError(message)
    return places


def _long_width(data: bytes, first: int, place: int, end: int) -> int:
    """Return the bytes of an instruction that tells them itself."""
    op = data[place]
    if op == WIDE and place + 1 < end and data[place + 1] in WIDENED:
        return 6 if data[place + 1] == IINC else 4
    if op in {TABLESWITCH, TABLESWITCH + 1}:
        head = switch_head(first, place)
        if head + 12 <= end:
            low, high = (
                int.from_bytes(data[head + n : head + n + 4], "big", signed=True) for n in (4, 8)
            )
            count = high - low + 1 if op == TABLESWITCH else low
            width = 12 + 4 * count if op == TABLESWITCH else 8 + 8 * count
            if count >= 0 and head + width <= end and (op != TABLESWITCH or count > 0):
                return head + width - place
        elif op != TABLESWITCH and head + 8 <= end and not any(data[head + 4 : head + 8]):
            return head + 8 - place
    message = f"no instruction can be read at {place - first}"
    raise MalformedError(message)


def switch_head(first: int, place: int) -> int:
    """Return where the default of a switch is: its operands are aligned in the method."""
    return place + 4 - (place - first) % 4


def switch_of(data: bytes, first: int, place: int) -> tuple[list[int], list[int]]:
    """Return the keys of a switch and its targets in the method, the default last.

    Args:
        data: The class file; the switch is known to fit.
        first: Where the code of the method begins.
        place: Where the switch is.

    """
    head = switch_head(first, place)
    pc = place - first

    def words(start: int, count: int) -> list[int]:
        return [
            int.from_bytes(data[at : at + 4], "big", signed=True)
            for at in range(start, start + 4 * count, 4)
        ]

    default, low = words(head, 2)
    if data[place] == TABLESWITCH:
        (high,) = words(head + 8, 1)
        keys = list(range(low, high + 1))
        offsets = words(head + 12, len(keys))
    else:
        pairs = words(head + 8, 2 * low)
        keys, offsets = pairs[::2], pairs[1::2]
    return keys, [pc + offset for offset in (*offsets, default)]

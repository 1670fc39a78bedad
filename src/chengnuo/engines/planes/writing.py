"""Writing planes: by one writer, while others read.

What takes away is written before what gives, and an end before the value that it ends, so that a
reader in between sees less than there is and never more.
"""

from collections.abc import Iterable

from chengnuo.engines.planes.lane import Lane, bytes_for
from chengnuo.engines.planes.planes import HAS_NO_END, TIMED, Planes, Value, Whole
from chengnuo.engines.planes.untils import NEVER, SLOT_BYTES, Untils


def memory_planes(names: Iterable[str], capacity: int, *, slots: int = 1024) -> Planes:
    """Return empty planes in the memory of this process.

    Args:
        names: Names of the lanes.
        capacity: How many individuals.
        slots: Room for values with an end; a power of two.

    """
    lanes = {name: Lane(memoryview(bytearray(bytes_for(capacity)))) for name in names}
    return Planes(
        capacity=capacity,
        flags=memoryview(bytearray(capacity)),
        lanes=lanes,
        numbers={name: number for number, name in enumerate(lanes, 1)},
        untils=Untils.over(memoryview(bytearray(slots * SLOT_BYTES))),
    )


def put_value(planes: Planes, ordinal: int, name: str, value: Value) -> bool:
    """Write somebody's value in a lane; False, with nothing changed, if there is no room.

    Args:
        planes: Planes that can be written.
        ordinal: Within the capacity.
        name: Name of a lane that is there.
        value: The value.

    """
    lane = planes.lanes[name]
    if value.value not in {0, HAS_NO_END}:
        flags = planes.flags[ordinal]
        if value.end != NEVER or flags & TIMED:
            if not planes.untils.put(ordinal, planes.numbers[name], value.end):
                return False
            planes.flags[ordinal] = flags | TIMED
    lane.put(ordinal, value.value)
    return True


def put_whole(planes: Planes, ordinal: int, whole: Whole) -> bool:
    """Write all that is so about somebody; False, with part of it written, if there is no room.

    Args:
        planes: Planes that can be written.
        ordinal: Within the capacity.
        whole: All of it; a lane that it does not name is set to 0, one that is not there left out.

    """
    giving: list[tuple[str, Value]] = []
    for name, lane in planes.lanes.items():
        value = whole.values.get(name)
        if value is None or value.value in {0, HAS_NO_END}:
            number = 0 if value is None else value.value
            if lane[ordinal] != number:
                lane.put(ordinal, number)
        else:
            giving.append((name, value))
    planes.flags[ordinal] = whole.flags & ~TIMED & 0xFF | planes.flags[ordinal] & TIMED
    return all(put_value(planes, ordinal, name, value) for name, value in giving)

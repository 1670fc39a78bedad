"""How many places the values of a descriptor take (JVMS 4.3; DEX, "Dalvik executable format").

`long` and `double` take two registers or stack places, all else takes one.
"""

from functools import lru_cache

WIDE = frozenset({b"J", b"D"})


@lru_cache(maxsize=4096)
def parameter_widths(proto: bytes) -> tuple[int, ...]:
    """Return how many registers each parameter of a descriptor takes.

    >>> parameter_widths(b"(I[JLjava/lang/String;D)V")
    (1, 1, 1, 2)
    """
    widths = []
    place, end = 1, proto.find(b")")
    while 0 < place < end:
        first = place
        while proto[place : place + 1] == b"[":
            place += 1
        named = proto[place : place + 1] == b"L"
        place = proto.find(b";", place) + 1 if named else place + 1
        widths.append(2 if proto[first : first + 1] in WIDE else 1)
    return tuple(widths)


def answer_width(proto: bytes) -> int:
    """Return how many registers the answer of a descriptor takes; none for `void`.

    >>> answer_width(b"(I)J"), answer_width(b"(I)V"), answer_width(b"()[J")
    (2, 0, 1)
    """
    answer = proto[proto.rfind(b")") + 1 :]
    return 2 if answer in WIDE else int(answer != b"V")

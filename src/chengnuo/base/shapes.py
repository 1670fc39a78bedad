"""Types that values are read into, made ready among threads.

msgspec 0.22 notes what it knows of a dataclass or Struct at its first use, and puts the note in
place before it is full: a second thread that reads into the same type meanwhile follows an empty
pointer, and the whole process ends. So every type goes through `ready` before it is read into.
"""

from threading import Lock
from typing import TypeVar

import msgspec

T = TypeVar("T")

_ONE_AT_A_TIME = Lock()
_READY: set[object] = set()


def ready(kind: type[T]) -> type[T]:
    """Return a type once msgspec knows all of it, and of the types within it.

    Raises:
        TypeError: msgspec cannot read into it.

    """
    if kind not in _READY:
        with _ONE_AT_A_TIME:
            msgspec.msgpack.Decoder(kind)
            _READY.add(kind)
    return kind

"""The write-ahead log of the key database, read without SQLite: is it what was written?

SQLite drops a frame whose checksum is wrong and everything behind it, without a word: right for
what a lost power tore, wrong for a bit that changed in keys that somebody relies on. So `KeyRows`
lets a *seal* follow every transaction: one more of a single frame, page 1, which says nothing new.
It is not synced, but written only once what stands before it is, and before anybody is told of it.

So a frame that is not what was written although a seal follows is damage. Without a seal behind it,
it belongs to a transaction that nobody was told of, or is a seal: dropping it loses nothing. What
stays open: a lost power may take the last seal with it; if a bit changes as well, in the one
transaction before that seal, it looks like the torn end. Then records of the log may be of
ordinals that were never given, which opening and check find.

Form: SQLite's "Database File Format", section 4: a header of 32 bytes, then frames of 24 bytes and
a page, each with the checksum of all before it.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

LOG_SUFFIX = "-wal"
_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC = 0x377F0682  # one more: the words that are summed are big-endian
_FORMAT = 3_007_000
_CHECKED_OF_HEADER = 24
_CHECKED_OF_FRAME = 8
_PAGES = frozenset(1 << power for power in range(9, 17))
_WORD = 0xFFFFFFFF
_TRIES = 5
_SCAN_BYTES = 1 << 20

_Sums = tuple[int, int]


class _Head(NamedTuple):
    """What the header says; `order` is that of the bytes of a summed word, as `struct` has it."""

    order: str
    page_bytes: int
    salts: tuple[int, int]
    sums: _Sums


def fault_of_log(database: Path) -> str:
    """Return what is wrong with the log beside a database; empty if nothing is.

    To be asked before SQLite opens the database, since that takes a broken log away. Whoever writes
    meanwhile may be seen half done, but not twice at the same place; and a log that is begun anew
    meanwhile has another header, which is written before its first frame.
    """
    path = database.with_name(database.name + LOG_SUFFIX)
    fault = before = ""
    for _ in range(_TRIES):
        try:
            with path.open("rb") as file:
                header = file.read(_HEADER.size)
                fault = _fault(header, file)
            with path.open("rb") as file:
                if file.read(_HEADER.size) != header:
                    fault = ""
                    continue
        except FileNotFoundError:
            return ""
        if not fault or fault == before:
            break
        before = fault
    return fault


def _fault(header: bytes, file: BinaryIO) -> str:
    head = _head(header)
    if head is None:
        # It is synced before the first frame is written.
        return "its header is not what was written" if any(header) or _has_more(file) else ""
    broken = 0
    for number, (sound, seal) in enumerate(_frames(file, head), start=1):
        if sound and seal and broken:
            return f"frame {broken} is not what was written"
        if not sound and not broken:
            broken = number
    return ""


def _head(header: bytes) -> _Head | None:
    """Return what a header says, or None if it is not what was written."""
    if len(header) < _HEADER.size:
        return None
    magic, version, page_bytes, _, salt, other_salt, one, two = _HEADER.unpack(header)
    order = ">" if magic & 1 else "<"
    if (
        magic & ~1 != _MAGIC
        or version != _FORMAT
        or page_bytes not in _PAGES
        or _summed((0, 0), header[:_CHECKED_OF_HEADER], order) != (one, two)
    ):
        return None
    return _Head(order, page_bytes, (salt, other_salt), (one, two))


def _frames(file: BinaryIO, head: _Head) -> Iterator[tuple[bool, bool]]:
    """Yield of each frame whether it is of this log and sound, and whether it has a seal's form.

    Frames of an earlier log may stand behind; their salts are others. A frame is held to the
    checksum that stands in the one before, or to the one that should stand there: so one broken
    frame leaves those behind it sound. No other transaction ends with page 1: pages are written in
    their order, and page 1 never changes alone.
    """
    given = due = head.sums
    while len(data := file.read(_FRAME.size + head.page_bytes)) == _FRAME.size + head.page_bytes:
        page, commits, salt, other_salt, one, two = _FRAME.unpack_from(data)
        sound = False
        found = (one, two)
        after = found
        if (salt, other_salt) == head.salts:
            for start in {given, due}:
                checked = _summed(start, data[:_CHECKED_OF_FRAME], head.order)
                summed = _summed(checked, data[_FRAME.size :], head.order)
                sound = summed == found
                after = summed
                if sound:
                    break
        yield sound, page == 1 and commits > 0
        given, due = found, after


def _summed(sums: _Sums, data: bytes, order: str) -> _Sums:
    """Return SQLite's checksum, carried on over some bytes."""
    one, two = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for left, right in zip(words, words, strict=True):
        one = (one + left + two) & _WORD
        two = (two + right + one) & _WORD
    return one, two


def _has_more(file: BinaryIO) -> bool:
    """Tell whether anything but zeros follows."""
    return any(any(part) for part in iter(lambda: file.read(_SCAN_BYTES), b""))

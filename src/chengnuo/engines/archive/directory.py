"""The central directory of a ZIP archive (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16).

The end record is looked for from the back, the one whose comment reaches the end of the file
first. The central directory is what Android trusts, so it alone tells what is in the archive; what
else is odd about it is said in damages. Nothing is taken from an offset before it was compared
with the size of the buffer.
"""

from dataclasses import dataclass, replace
from struct import Struct

from chengnuo.engines.archive.entry import Entry
from chengnuo.engines.archive.limits import Limits, NotAPackageError, PackageLimitError
from chengnuo.engines.program.unit import Damage

END = Struct("<4s4H2IH")
END_MARK = b"PK\x05\x06"
LONGEST_COMMENT = 0xFFFF
LOCATOR = Struct("<4sIQI")
LOCATOR_MARK = b"PK\x06\x07"
END64 = Struct("<4sQ2H2I4Q")
END64_MARK = b"PK\x06\x06"
FILE = Struct("<4s6H3I5H2I")
FILE_MARK = b"PK\x01\x02"
EXTRA = Struct("<2H")
WIDE = Struct("<Q")
ZIP64_EXTRA = 1
FULL16 = 0xFFFF
FULL32 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What an archive says it holds.

    Attributes:
        entries: In the order of the directory, duplicates kept.
        start: Where the central directory begins in the buffer.
        end: Where the end record begins.
        comment: Where the comment of the archive is, from and to.
        shift: How far all offsets are off because bytes were put before the archive.
        damages: What is odd about it.

    """

    entries: tuple[Entry, ...]
    start: int
    end: int
    comment: tuple[int, int]
    shift: int
    damages: tuple[Damage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """The end record: where it is, and the directory that it tells of."""

    at: int
    comment: int
    count: int
    size: int
    offset: int
    upper: int
    """Where the directory must end at the latest: here, or at the ZIP64 end record."""


def directory_of(buffer: memoryview, limits: Limits) -> Directory:
    """Read the central directory of an archive.

    Args:
        buffer: The archive, one byte an item.
        limits: How many entries are accepted.

    Raises:
        NotAPackageError: There is no end record, or no directory where it points.
        PackageLimitError: There are more entries than accepted.

    """
    damages: list[Damage] = []
    for end in _ends(buffer):
        start = _start(buffer, end)
        if start is not None:
            break
    else:
        raise NotAPackageError("the file is no ZIP archive")
    if end.count > limits.entries:
        raise PackageLimitError("the number of entries", end.count, limits.entries)
    behind = len(buffer) - end.at - END.size - end.comment
    if behind:
        damages.append(Damage(where="end of archive", why=f"{behind} bytes stand behind it"))
    shift = start - end.offset
    if shift:
        damages.append(Damage(where="start of archive", why=f"{shift} bytes stand before it"))
    entries = _entries(bytes(buffer[start : end.upper]), shift, limits, damages)
    if len(entries) != end.count and len(entries) & FULL16 != end.count:
        why = f"it has {len(entries)} entries, its end record says {end.count}"
        damages.append(Damage(where="central directory", why=why))
    comment = end.at + END.size
    return Directory(
        entries=tuple(entries),
        start=start,
        end=end.at,
        comment=(comment, min(comment + end.comment, len(buffer))),
        shift=shift,
        damages=tuple(damages),
    )


def _ends(buffer: memoryview) -> list[_End]:
    """Return the end records that the buffer may have, the best first."""
    low = max(0, len(buffer) - END.size - LONGEST_COMMENT)
    tail = bytes(buffer[low:])
    exact: list[_End] = []
    others: list[_End] = []
    at = tail.rfind(END_MARK)
    while at >= 0:
        if at + END.size <= len(tail):
            _, _, _, _, count, size, offset, comment = END.unpack_from(tail, at)
            end = _End(
                at=low + at, comment=comment, count=count, size=size, offset=offset, upper=low + at
            )
            fits = at + END.size + comment == len(tail)
            (exact if fits else others).append(_widened(buffer, end))
        at = tail.rfind(END_MARK, 0, at)
    return [*exact, *others]


def _widened(buffer: memoryview, end: _End) -> _End:
    """Return the end record with the wider figures of ZIP64, where it has them (4.3.14, 4.3.15)."""
    at = end.at - LOCATOR.size
    if at < 0 or bytes(buffer[at : at + 4]) != LOCATOR_MARK:
        return end
    _, _, place, _ = LOCATOR.unpack_from(buffer, at)
    # With bytes before the archive the place is off; the record then stands right before.
    for where in (place, at - END64.size):
        if 0 <= where <= at - END64.size and bytes(buffer[where : where + 4]) == END64_MARK:
            *_, count, size, offset = END64.unpack_from(buffer, where)
            return replace(end, count=count, size=size, offset=offset, upper=where)
    return end


def _start(buffer: memoryview, end: _End) -> int | None:
    """Return where the directory begins: where the record says, else right before the record."""
    for at in (end.offset, end.upper - end.size):
        if 0 <= at <= end.upper and (
            bytes(buffer[at : at + 4]) == FILE_MARK or (not end.count and at == end.upper)
        ):
            return at
    return None


def _entries(data: bytes, shift: int, limits: Limits, damages: list[Damage]) -> list[Entry]:
    """Walk the directory; it ends where no further entry stands."""
    entries: list[Entry] = []
    at, last = 0, len(data) - FILE.size
    while at <= last:
        (
            mark,
            _,
            _,
            flags,
            method,
            _,
            _,
            crc,
            compressed,
            size,
            name,
            extra,
            note,
            _,
            _,
            _,
            local,
        ) = FILE.unpack_from(data, at)
        if mark != FILE_MARK:
            break
        if len(entries) == limits.entries:
            raise PackageLimitError("the number of entries", len(entries) + 1, limits.entries)
        begins = at + FILE.size
        at = begins + name + extra + note
        if at > len(data):
            why = "the last entry is cut off"
            damages.append(Damage(where="central directory", why=why))
            break
        if FULL32 in (compressed, size, local):
            field = data[begins + name : begins + name + extra]
            size, compressed, local = _wide(field, (size, compressed, local))
        entries.append(
            Entry(
                name=data[begins : begins + name].decode("utf-8", "backslashreplace"),
                flags=flags,
                method=method,
                crc=crc,
                compressed=compressed,
                size=size,
                offset=local + shift,
            )
        )
    if at < len(data) and not damages:
        why = f"{len(data) - at} bytes behind the last entry"
        damages.append(Damage(where="central directory", why=why))
    return entries


def _wide(extra: bytes, values: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return sizes and offset with those of the ZIP64 extra field (4.5.3), in its order."""
    at = 0
    while at + EXTRA.size <= len(extra):
        kind, length = EXTRA.unpack_from(extra, at)
        at += EXTRA.size
        if kind == ZIP64_EXTRA:
            field = extra[at : at + length]
            read = 0
            out = list(values)
            for index, value in enumerate(values):
                if value == FULL32 and read + WIDE.size <= len(field):
                    (out[index],) = WIDE.unpack_from(field, read)
                    read += WIDE.size
            return out[0], out[1], out[2]
        at += length
    return values

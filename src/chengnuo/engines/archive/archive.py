"""An archive over a buffer: entries read as Android reads them, or refused with the reason.

Stored entries are views of the buffer, nothing copied. What packages do to mislead readers is
read through where Android reads through it, and said in damages:

- the flag of encryption on data that is not encrypted is ignored;
- a compression method that is none counts as stored, as the asset manager of Android takes it;
- a local header that tells otherwise than the central directory is not believed (of it only the
  length of its name and extra field counts, which say where the data begins);
- of entries with the same name the first is the one;
- names that lead out of a folder (`../`) stay names: nothing is ever written to a disk.
"""

import re
import zlib
from collections.abc import Iterator
from struct import Struct

from chengnuo.engines.archive.directory import FULL32, Directory, directory_of
from chengnuo.engines.archive.entry import (
    DEFLATED,
    DESCRIPTOR,
    ENCRYPTED,
    STORED,
    Entry,
    Reason,
    Refused,
    shown,
)
from chengnuo.engines.archive.limits import DEFAULT_LIMITS, Limits, PackageLimitError
from chengnuo.engines.program.unit import Damage

LOCAL = Struct("<4s5H3I2H")
LOCAL_MARK = b"PK\x03\x04"
RAW_DEFLATE = -15
STEP = 64 << 10
OUTWARD = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")

Content = memoryview
"""The bytes of an entry: a view of the buffer where it is stored, else of its own."""


class Archive:
    """A ZIP archive that was opened; entries are read on demand.

    Attributes:
        buffer: The archive.
        directory: What its central directory says.
        entries: Its entries by name, the first of each name.

    """

    __slots__ = ("_left", "_limits", "_places", "buffer", "directory", "entries")

    def __init__(self, buffer: memoryview | bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        """Read the directory.

        Args:
            buffer: The whole archive; must stay as it is while the archive is used.
            limits: What is accepted.

        Raises:
            NotAPackageError: It is no ZIP archive.
            PackageLimitError: It is too large, or has too many entries.

        """
        view = memoryview(buffer).cast("B")
        if len(view) > limits.package_bytes:
            raise PackageLimitError("the size in bytes", len(view), limits.package_bytes)
        self.buffer = view
        self.directory: Directory = directory_of(view, limits)
        self.entries: dict[str, Entry] = {}
        for entry in self.directory.entries:
            self.entries.setdefault(entry.name, entry)
        self._limits = limits
        self._left = limits.total_bytes
        self._places: dict[int, int] = {}

    def read(self, entry: Entry) -> Content | Refused:
        """Return the contents of an entry, or why they are not given."""
        limits = self._limits
        at = self.data_at(entry)
        needed = entry.size if entry.method == STORED else entry.compressed
        if at < 0 or at + needed > len(self.buffer):
            return Refused(entry.name, Reason.OUTSIDE)
        if entry.size > limits.entry_bytes:
            return Refused(entry.name, Reason.TOO_LARGE)
        if entry.method == DEFLATED:
            return self._inflated(entry, at)
        return self._stored(entry, at)

    def head(self, entry: Entry, count: int) -> bytes:
        """Return the first bytes of an entry, fewer or none where they cannot be read."""
        at = self.data_at(entry)
        if at < 0 or entry.compressed <= 0:
            return b""
        if entry.method != DEFLATED:
            return bytes(self.buffer[at : at + min(count, entry.size)])
        data = self.buffer[at : at + min(entry.compressed, count + STEP)]
        try:
            return zlib.decompressobj(RAW_DEFLATE).decompress(data, count)
        except zlib.error:
            return b""

    def data_at(self, entry: Entry) -> int:
        """Return where the data of an entry begins, -1 if its local header is not there."""
        place = self._places.get(entry.offset)
        if place is None:
            place = self._places[entry.offset] = self._placed(entry.offset)
        return place

    def damages(self) -> tuple[Damage, ...]:
        """Return what is odd about the archive, its directory and every entry looked at."""
        found = list(self.directory.damages)
        found += self._doubles()
        found += self._overlaps()
        for entry in self.directory.entries:
            found += self._oddities(entry)
        return shown(found)

    def _placed(self, offset: int) -> int:
        if offset < 0 or offset + LOCAL.size > len(self.buffer):
            return -1
        mark, *_, name, extra = LOCAL.unpack_from(self.buffer, offset)
        return offset + LOCAL.size + name + extra if mark == LOCAL_MARK else -1

    def _stored(self, entry: Entry, at: int) -> Content | Refused:
        """Return an entry as it stands; one of no known method only if that can be right."""
        data = self.buffer[at : at + entry.size]
        if entry.method == STORED and not entry.flags & ENCRYPTED:
            return data
        if zlib.crc32(data) == entry.crc:
            return data
        if entry.method == STORED:
            return Refused(entry.name, Reason.ENCRYPTED)
        inflated = self._inflated(entry, at)
        if not isinstance(inflated, Refused) and zlib.crc32(inflated) == entry.crc:
            return inflated
        if entry.flags & ENCRYPTED:
            return Refused(entry.name, Reason.ENCRYPTED)
        return data if entry.compressed == entry.size else Refused(entry.name, Reason.METHOD)

    def _inflated(self, entry: Entry, at: int) -> Content | Refused:
        limits, size = self._limits, entry.size
        if size > limits.ratio_from_bytes and size > limits.ratio * entry.compressed:
            return Refused(entry.name, Reason.RATIO)
        if size > self._left:
            return Refused(entry.name, Reason.BUDGET)
        self._left -= size
        broken = Reason.ENCRYPTED if entry.flags & ENCRYPTED else Reason.CORRUPT
        data = self.buffer[at : at + entry.compressed]
        # One byte more than it should have shows that it has too many; 0 would mean no limit.
        try:
            out = zlib.decompressobj(RAW_DEFLATE).decompress(data, size + 1)
        except zlib.error:
            return Refused(entry.name, broken)
        if len(out) != size:
            wrong = broken if broken is Reason.ENCRYPTED else Reason.SIZE
            return Refused(entry.name, wrong)
        if entry.flags & ENCRYPTED and zlib.crc32(out) != entry.crc:
            return Refused(entry.name, Reason.ENCRYPTED)
        return memoryview(out)

    def _doubles(self) -> Iterator[Damage]:
        if len(self.entries) == len(self.directory.entries):
            return
        for entry in self.directory.entries:
            if self.entries[entry.name] is not entry:
                yield _odd(entry, "a second entry of this name")

    def _overlaps(self) -> Iterator[Damage]:
        """Tell of entries whose data is also that of others: many names, one large content."""
        reach, whose = 0, ""
        for entry in sorted(self.directory.entries, key=lambda one: one.offset):
            if entry.offset < reach:
                yield _odd(entry, f"its bytes are also those of {whose}")
            at = self.data_at(entry)
            if at >= 0 and at + entry.compressed > reach:
                reach, whose = at + entry.compressed, entry.name
        if reach > self.directory.start:
            why = "its data reaches into the central directory"
            yield Damage(where=f"entry {whose}", why=why)

    def _oddities(self, entry: Entry) -> Iterator[Damage]:
        """Tell where an entry is not what a tool that builds packages writes."""
        if entry.flags & ENCRYPTED:
            yield _odd(entry, "it says that it is encrypted")
        if entry.method not in _METHODS:
            yield _odd(entry, f"its compression method {entry.method} is none")
        if OUTWARD.search(entry.name):
            yield _odd(entry, "its name leads out of the folder")
        if self.data_at(entry) < 0:
            yield _odd(entry, "its local header is not there")
            return
        begins = entry.offset + LOCAL.size
        header = bytes(self.buffer[entry.offset : begins + len(entry.name) * 4])
        _, _, flags, method, _, _, *sizes, name, _ = LOCAL.unpack_from(header)
        same = method == entry.method and (
            flags & DESCRIPTOR or sizes == [entry.crc, entry.compressed, entry.size]
        )
        wide = max(entry.size, entry.compressed) >= FULL32
        local = header[LOCAL.size : LOCAL.size + name].decode("utf-8", "backslashreplace")
        if local != entry.name or not (same or wide):
            yield _odd(entry, "its local header tells otherwise than the directory")


_METHODS = frozenset({STORED, DEFLATED})


def _odd(entry: Entry, why: str) -> Damage:
    return Damage(where=f"entry {entry.name}", why=why)

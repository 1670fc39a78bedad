"""A ZIP written from front to end, without ever going back: into a cipher, or into another ZIP.

APPNOTE.TXT 6.3.10: sizes follow each member in a data descriptor. No ZIP64: an archive of four
gigabytes or more is refused rather than written in a form that not every program opens.
"""

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from chengnuo.adapters.exports import zip_aes
from chengnuo.ports.rights_exports import ExportUnavailableError

_DEFLATE, _STORE = 8, 0
_VERSION, _VERSION_AES = 20, 51
_DESCRIPTOR, _UTF8, _ENCRYPTED = 0x0008, 0x0800, 0x0001
_MOST_BYTES = 0xFFFF_FFFE
_MOST_MEMBERS = 0xFFFE
_EARLIEST_YEAR = 1980
_UNIX_FILE = (0o100644 << 16, 3 << 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive, its content made as it is written.

    Attributes:
        name: Path within the archive.
        chunks: Its content.
        stored: Whether it is put as it is, because it is compressed already.

    """

    name: str
    chunks: Iterable[bytes]
    stored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    name: bytes
    method: int
    extra: bytes
    flags: int
    crc: int
    packed: int
    size: int
    offset: int


class ZipStream:
    """Writes one archive to a sink."""

    def __init__(
        self, sink: Callable[[bytes], object], *, at: datetime, pass_code: str = ""
    ) -> None:
        """Begin an archive.

        Args:
            sink: Takes the bytes in order.
            at: What every member says of its time.
            pass_code: Encrypts every member under this code; empty for none.

        """
        self._sink = sink
        self._pass_code = pass_code
        self._at = _dos_time(at)
        self._written: list[_Written] = []
        self._offset = 0
        self._name = ""
        self._begin_state(stored=False)

    def _begin_state(self, *, stored: bool) -> None:
        self._stored = stored
        self._deflate = None if stored else zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._cipher = zip_aes.MemberCipher(self._pass_code) if self._pass_code else None
        self._crc = self._size = self._packed = 0

    def put(self, member: Member) -> None:
        """Write one member."""
        self.begin(member.name, stored=member.stored)
        for chunk in member.chunks:
            self.write(chunk)
        self.end()

    def begin(self, name: str, *, stored: bool = False) -> None:
        """Begin a member."""
        self._begin_state(stored=stored)
        self._name, self._start = name, self._offset
        flags, method, extra = self._form()
        encoded = name.encode()
        version = _VERSION_AES if self._cipher else _VERSION
        head = struct.pack(
            "<4s5H3I2H",
            b"PK\x03\x04",
            version,
            flags,
            method,
            *self._at,
            0,
            0,
            0,
            len(encoded),
            len(extra),
        )
        self._put(head + encoded + extra)
        if self._cipher is not None:
            self._pack(self._cipher.head())

    def write(self, data: bytes) -> None:
        """Write some bytes of the member that was begun."""
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._seal(data if self._deflate is None else self._deflate.compress(data))

    def end(self) -> None:
        """End the member."""
        if self._deflate is not None:
            self._seal(self._deflate.flush())
        crc = self._crc
        if self._cipher is not None:
            self._pack(self._cipher.tail())
            crc = 0  # AE-2: it would tell something of what is within
        flags, method, extra = self._form()
        self._put(struct.pack("<4s3I", b"PK\x07\x08", crc, self._packed, self._size))
        self._written.append(
            _Written(
                name=self._name.encode(),
                method=method,
                extra=extra,
                flags=flags,
                crc=crc,
                packed=self._packed,
                size=self._size,
                offset=self._start,
            )
        )

    def close(self) -> None:
        """Write the directory; without it no program opens the archive."""
        start = self._offset
        if len(self._written) > _MOST_MEMBERS:
            raise ExportUnavailableError("an archive would have over 65,534 files")
        for one in self._written:
            self._put(self._entry(one))
        count, size = len(self._written), self._offset - start
        self._put(struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, size, start, 0))

    def _entry(self, one: _Written) -> bytes:
        version = _VERSION_AES if one.flags & _ENCRYPTED else _VERSION
        attributes, made_by = _UNIX_FILE
        head = struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02",
            made_by | version,
            version,
            one.flags,
            one.method,
            *self._at,
            one.crc,
            one.packed,
            one.size,
            len(one.name),
            len(one.extra),
            0,
            0,
            0,
            attributes,
            one.offset,
        )
        return head + one.name + one.extra

    def _form(self) -> tuple[int, int, bytes]:
        method = _STORE if self._stored else _DEFLATE
        if self._cipher is None:
            return _DESCRIPTOR | _UTF8, method, b""
        flags = _DESCRIPTOR | _UTF8 | _ENCRYPTED
        return flags, zip_aes.METHOD, zip_aes.extra_field(method)

    def _seal(self, data: bytes) -> None:
        if data:
            self._pack(data if self._cipher is None else self._cipher.update(data))

    def _pack(self, data: bytes) -> None:
        self._packed += len(data)
        self._put(data)

    def _put(self, data: bytes) -> None:
        self._offset += len(data)
        if max(self._offset, self._size) > _MOST_BYTES:
            raise ExportUnavailableError("an archive would be over 4 GiB; ask for smaller parts")
        self._sink(data)


def _dos_time(at: datetime) -> tuple[int, int]:
    """Return time and date as a ZIP writes them: two-second steps from 1980."""
    time = at.hour << 11 | at.minute << 5 | at.second // 2
    date = max(0, at.year - _EARLIEST_YEAR) << 9 | at.month << 5 | at.day
    return time, date

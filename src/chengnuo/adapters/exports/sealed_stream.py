"""A sealed stream: AES-256-GCM in chunks, so that any range can be read and no byte be changed.

Format `chengnuo-sealed-stream`, version 1 (`docs/formats/export.md`). A header of 28 bytes: the
magic, the size of a chunk, a random salt. Then chunks; each is encrypted under a key of this file
alone (HKDF-SHA256 of the given key, the salt and the name of the file), with the number of the
chunk and whether it is the last as nonce, and the header as additional data. A chunk that is
changed, left out, moved, or cut off after does not open; a chunk of another file neither.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chengnuo.ports.rights_exports import ExportBrokenError

MAGIC = b"CNSEAL\x00\x01"
CHUNK_BYTES = 1 << 16
TAG_BYTES = 16
SALT_BYTES = 16
KEY_BYTES = 32
HEADER_BYTES = len(MAGIC) + 4 + SALT_BYTES
_COUNTER_BYTES = 11


def fresh_header() -> bytes:
    """Return the header of a new stream."""
    return MAGIC + CHUNK_BYTES.to_bytes(4, "big") + os.urandom(SALT_BYTES)


@dataclass(frozen=True, slots=True)
class ChunkCipher:
    """Encrypts and opens the chunks of one stream."""

    header: bytes
    cipher: AESGCM

    @classmethod
    def of(cls, key: bytes, name: str, header: bytes) -> "ChunkCipher":
        """Return the cipher of a stream.

        Args:
            key: 32 bytes, shared by the files of one export.
            name: Name of the file; the wrong one opens nothing.
            header: Its header.

        Raises:
            ExportBrokenError: The header is not one.

        """
        chunk = CHUNK_BYTES.to_bytes(4, "big")
        if len(header) != HEADER_BYTES or not header.startswith(MAGIC + chunk):
            raise ExportBrokenError(name, "it does not begin as a sealed stream")
        info = b"chengnuo sealed stream v1\n" + name.encode()
        salt = header[-SALT_BYTES:]
        derived = HKDF(SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(key)
        return cls(header, AESGCM(derived))

    def seal(self, number: int, data: bytes, *, last: bool) -> bytes:
        """Return a chunk encrypted."""
        return self.cipher.encrypt(_nonce(number, last=last), data, self.header)

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes | None:
        """Return what a chunk holds; None if it is not the one it should be."""
        try:
            return self.cipher.decrypt(_nonce(number, last=last), sealed, self.header)
        except InvalidTag:
            return None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_COUNTER_BYTES, "big") + (b"\x01" if last else b"\x00")


class SealedWriter:
    """Writes one stream to an open file; `close` puts the last chunk, without it nothing opens."""

    def __init__(self, file: BinaryIO, key: bytes, name: str) -> None:
        """Begin a stream; the header is written at once."""
        self._file = file
        self._cipher = ChunkCipher.of(key, name, fresh_header())
        self._left = bytearray()
        self._number = 0
        self.size = 0
        file.write(self._cipher.header)

    def write(self, data: bytes) -> int:
        """Take some bytes; whole chunks are written as soon as more follows."""
        self._left += data
        self.size += len(data)
        while len(self._left) > CHUNK_BYTES:
            self._put(bytes(self._left[:CHUNK_BYTES]), last=False)
            del self._left[:CHUNK_BYTES]
        return len(data)

    def close(self) -> None:
        """Write the last chunk; the file itself stays open."""
        self._put(bytes(self._left), last=True)
        self._left.clear()

    def _put(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.seal(self._number, data, last=last))
        self._number += 1


class SealedReader:
    """Reads ranges of one stream on disk; opening it makes sure that its end is there."""

    def __init__(self, path: Path, key: bytes, name: str) -> None:
        """Open a stream.

        Raises:
            ExportBrokenError: It is not there, not whole, or not sealed with this key and name.

        """
        self._name = name
        self._path = path
        try:
            with path.open("rb") as file:
                header = file.read(HEADER_BYTES)
            whole = path.stat().st_size - HEADER_BYTES
        except OSError as error:
            raise ExportBrokenError(name, "it cannot be read") from error
        self._cipher = ChunkCipher.of(key, name, header)
        sealed = CHUNK_BYTES + TAG_BYTES
        self._chunks = max(1, -(-whole // sealed))
        self.size = whole - self._chunks * TAG_BYTES
        if self.size < 0:
            raise ExportBrokenError(name, "its end is missing")
        for _ in self.read(max(0, self.size - 1), self.size + 1):
            pass

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`, as `data[start:stop]` would give them.

        Raises:
            ExportBrokenError: A chunk is not what was written.

        """
        stop = min(stop, self.size) if stop <= self.size else self.size
        first = min(max(start, 0) // CHUNK_BYTES, self._chunks - 1)
        end = max(first + 1, -(-stop // CHUNK_BYTES))
        with self._path.open("rb") as file:
            file.seek(HEADER_BYTES + first * (CHUNK_BYTES + TAG_BYTES))
            for number in range(first, min(end, self._chunks)):
                sealed = file.read(CHUNK_BYTES + TAG_BYTES)
                found = self._cipher.open(number, sealed, last=number == self._chunks - 1)
                if found is None:
                    raise ExportBrokenError(self._name, f"chunk {number} is not what was written")
                begin = number * CHUNK_BYTES
                piece = found[max(0, start - begin) : max(0, stop - begin)]
                if piece:
                    yield piece


def sealed_size(size: int) -> int:
    """Return how long the stream of so many bytes is."""
    return HEADER_BYTES + size + TAG_BYTES * max(1, -(-size // CHUNK_BYTES))


def sealed_range(
    cipher: ChunkCipher, size: int, read: Callable[[int, int], bytes], start: int, stop: int
) -> bytes:
    """Return a range of a stream that is nowhere kept, from what it is made of.

    Args:
        cipher: Its cipher.
        size: How many bytes it holds.
        read: Returns a range of what it holds.
        start: First byte of the stream.
        stop: Byte after the last.

    """
    sealed = CHUNK_BYTES + TAG_BYTES
    chunks = max(1, -(-size // CHUNK_BYTES))
    stop = min(stop, sealed_size(size))
    first = max(0, start - HEADER_BYTES) // sealed
    end = -(-max(0, stop - HEADER_BYTES) // sealed)
    found, begin = cipher.header, 0
    if start >= HEADER_BYTES:
        found, begin = b"", HEADER_BYTES + first * sealed
    pieces = [found]
    for number in range(first, min(end, chunks)):
        data = read(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES)
        pieces.append(cipher.seal(number, data, last=number == chunks - 1))
    return b"".join(pieces)[start - begin : stop - begin]

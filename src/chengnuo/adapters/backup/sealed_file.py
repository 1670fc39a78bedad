"""The encrypted file of a backup: its first bytes, then one sealed stream.

What stands in the stream can be trusted as soon as it is read: each chunk is authenticated before
any of it is given out, and the stream ends only where it was ended.
"""

from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256
from io import BufferedIOBase
from os import fsync
from pathlib import Path
from typing import BinaryIO

from chengnuo.adapters.backup.locks import locked, opened
from chengnuo.adapters.exports.sealed_stream import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    ChunkCipher,
    SealedWriter,
)
from chengnuo.ports.backup_errors import (
    BackupDamagedError,
    BackupKeyError,
    BackupNotMadeError,
    BackupPlaceError,
)
from chengnuo.ports.backups import Lock
from chengnuo.ports.rights_exports import ExportBrokenError

_PART = ".part"


@contextmanager
def written(out: Path, lock: Lock) -> Generator[SealedWriter]:
    """Yield what takes the content of a new file, which is there once all of it was taken.

    Raises:
        BackupPlaceError: The file is there.
        BackupNotMadeError: The disk refused.
        BackupKeyError: The key or passphrase is none.

    """
    head, key = locked(lock)
    part = out.with_name(out.name + _PART)
    if out.exists():
        raise BackupPlaceError(out.name)
    try:
        with part.open("xb") as file:
            part.chmod(0o600)
            file.write(head)
            stream = SealedWriter(file, key, _name(head))
            yield stream
            stream.close()
            file.flush()
            fsync(file.fileno())
        part.rename(out)
    except FileExistsError as error:
        raise BackupPlaceError(part.name) from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BackupNotMadeError(error.strerror or "the disk refused") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def read(file: Path, lock: Lock) -> Generator["SealedContent"]:
    """Yield the content of a file, to be read once from its start.

    Raises:
        BackupKeyError: The key is not its.
        BackupDamagedError: It is not what was written.

    """
    try:
        raw = file.open("rb")
    except OSError as error:
        raise BackupDamagedError(file.name, error.strerror or "cannot be read") from error
    with raw:
        head, key = opened(lock, raw, file.name)
        yield SealedContent(raw, key, head, file.name)


class SealedContent(BufferedIOBase):
    """The content of a sealed stream, chunk after chunk."""

    def __init__(self, raw: BinaryIO, key: bytes, head: bytes, name: str) -> None:
        """Read a stream that begins where a file stands.

        Raises:
            BackupDamagedError: It does not begin as one.

        """
        try:
            self._cipher = ChunkCipher.of(key, _name(head), raw.read(HEADER_BYTES))
        except ExportBrokenError as error:
            raise BackupDamagedError(name, error.what) from error
        self._raw = raw
        self._name = name
        self._number = 0
        self._next = raw.read(CHUNK_BYTES + TAG_BYTES)
        if len(self._next) < TAG_BYTES:
            raise BackupDamagedError(name, "its content is missing")
        self._ready = bytearray()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def read(self, count: int | None = -1, /) -> bytes:
        """Return so many bytes, fewer only at the end.

        Raises:
            BackupKeyError: The first chunk does not open.
            BackupDamagedError: A later one does not.

        """
        wanted = -1 if count is None else count
        while self._next and (wanted < 0 or len(self._ready) < wanted):
            self._ready += self._chunk()
        stop = len(self._ready) if wanted < 0 else wanted
        found = bytes(self._ready[:stop])
        del self._ready[:stop]
        return found

    def finish(self) -> None:
        """Read what is left, so that the end is known to be the end."""
        while self.read(CHUNK_BYTES):
            pass

    def _chunk(self) -> bytes:
        following = self._raw.read(CHUNK_BYTES + TAG_BYTES)
        found = self._cipher.open(self._number, self._next, last=not following)
        if found is None:
            if self._number == 0:
                raise BackupKeyError("it does not open the backup, or its beginning was changed")
            raise BackupDamagedError(self._name, f"chunk {self._number} is not what was written")
        self._number += 1
        self._next = following
        return found


def _name(head: bytes) -> str:
    return f"backup {sha256(head).hexdigest()}"

"""What is inside of the encrypted file: a tar (POSIX.1-2001) of files, its manifest the last one.

A tar, so that whoever holds the key can take it apart without this program. Of a tar that is read
only plain files are taken, in the order and with the sizes and digests that the manifest says.
"""

import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from os import fsync
from pathlib import Path
from typing import BinaryIO, cast

from chengnuo.adapters.backup.manifests import is_path, read_manifest
from chengnuo.adapters.backup.sealed_file import SealedContent, read
from chengnuo.adapters.exports.sealed_stream import SealedWriter
from chengnuo.ports.backup_errors import BackupDamagedError, BackupNotMadeError
from chengnuo.ports.backups import Lock, Manifest

MANIFEST = "manifest.json"
_COPY_BYTES = 1 << 20
_MOST_MANIFEST_BYTES = 1 << 28

Put = Callable[[str, int, BinaryIO], str]
"""Takes a file of a backup, path, size and content, and returns the SHA-256 of what it took."""


class ArchiveWriter:
    """Writes files into a backup, one after the other."""

    def __init__(self, stream: SealedWriter) -> None:
        """Begin a tar."""
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)  # type: ignore[call-overload]  # it asks for `write` only  # noqa: SIM115  closed by `close`

    def add(self, path: str, source: BinaryIO, *, size: int, mode: int) -> str:
        """Add a file of a size and return the SHA-256 of its content.

        Raises:
            BackupNotMadeError: The source ends before its size.

        """
        hashing = _Hashing(source)
        info = tarfile.TarInfo(path)
        info.size, info.mode = size, mode
        try:
            self._tar.addfile(info, hashing)
        except (tarfile.TarError, OSError) as error:
            raise BackupNotMadeError(f"`{path}` changed while it was read") from error
        return hashing.digest.hexdigest()

    def finish(self, manifest: bytes) -> None:
        """Add the manifest and end the tar."""
        self.add(MANIFEST, BytesIO(manifest), size=len(manifest), mode=0o600)
        self._tar.close()


class _Hashing(BytesIO):
    """Gives out what a source holds, and the digest of all that it gave."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self.digest = sha256()

    def read(self, count: int | None = -1, /) -> bytes:
        """Return the next bytes of the source."""
        found = self._source.read(-1 if count is None else count)
        self.digest.update(found)
        return found


def _files(content: SealedContent, name: str) -> Iterator[tuple[str, int, BinaryIO]]:
    try:
        with tarfile.open(fileobj=content, mode="r|") as tar:
            for info in tar:
                source = tar.extractfile(info) if info.isreg() else None
                if source is None:
                    raise BackupDamagedError(name, "it holds something that is no plain file")
                yield info.name, info.size, cast("BinaryIO", source)
        content.finish()
    except (tarfile.TarError, EOFError) as error:
        raise BackupDamagedError(name, "what is in it is no archive of this program") from error


def read_through(file: Path, lock: Lock, put: Put) -> Manifest:
    """Read a backup to its end and hold what is in it to its manifest.

    Args:
        file: The backup.
        lock: What opens it.
        put: Takes each file.

    Raises:
        BackupKeyError: The key is not its.
        BackupDamagedError: It is not what was written.

    """
    digests: dict[str, str] = {}
    last: bytes | None = None
    with read(file, lock) as sealed:
        for path, size, content in _files(sealed, file.name):
            if last is not None or path in digests:
                raise BackupDamagedError(file.name, f"`{path}` is one file too many")
            if path == MANIFEST:
                if size > _MOST_MANIFEST_BYTES:
                    raise BackupDamagedError(file.name, "its manifest is too large")
                last = content.read()
            else:
                digests[path] = put(path, size, content)
    if last is None:
        raise BackupDamagedError(file.name, "it has no manifest")
    manifest = read_manifest(last, file.name)
    own = {one.path: one.sha256 for one in manifest.members if one.within == manifest.number}
    if own != digests:
        wrong = sorted(own.keys() ^ digests.keys()) or sorted(
            path for path, digest in own.items() if digests[path] != digest
        )
        raise BackupDamagedError(file.name, f"`{wrong[0]}` is not what its manifest says")
    return manifest


def digest_only(_path: str, _size: int, content: BinaryIO) -> str:
    """Take a file by its digest alone; a `put` of `read_through`."""
    digest = sha256()
    while part := content.read(_COPY_BYTES):
        digest.update(part)
    return digest.hexdigest()


def copied_to(folder: Path, name: str) -> Put:
    """Return a `put` of `read_through` that writes each file below a folder, durably.

    Raises (the `put`):
        BackupDamagedError: A path leads out of the folder.
        BackupNotMadeError: The disk refuses.

    """

    def put(path: str, _size: int, content: BinaryIO) -> str:
        if not is_path(path):
            raise BackupDamagedError(name, "it holds a file that no data folder has")
        digest = sha256()
        try:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as file:
                target.chmod(0o600)
                while part := content.read(_COPY_BYTES):
                    digest.update(part)
                    file.write(part)
                file.flush()
                fsync(file.fileno())
        except OSError as error:
            raise BackupNotMadeError(error.strerror or "the disk refused") from error
        return digest.hexdigest()

    return put

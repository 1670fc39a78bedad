"""A pack on its way: files in a folder of its own that goes away with it, then one ZIP.

Entries are in the order of their names, stored, of 1980-01-01, without anything of the machine, so
that the same files give the same bytes; they are copied a piece at a time.
"""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

from chengnuo.ports.pack_shelf import PackNotWrittenError

_BEGINNING = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16
_PIECE = 1 << 20


class PackFolder:
    """`PackShelf` over a folder."""

    def __init__(self, folder: Path) -> None:
        """Take an empty folder."""
        self._folder, self._zip = folder, folder / "pack.zip"
        self._digests: dict[str, str] = {}

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """See `PackShelf.put`."""
        digest = sha256()
        with _refusals():
            path = self._folder / str(len(self._digests))
            with path.open("wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
            path.replace(self._path(name))
        self._digests[name] = digest.hexdigest()

    def digests(self) -> Mapping[str, str]:
        """See `PackShelf.digests`."""
        return dict(sorted(self._digests.items()))

    def pack(self) -> str:
        """See `PackShelf.pack`."""
        with _refusals():
            with zipfile.ZipFile(self._zip, "w", zipfile.ZIP_STORED) as archive:
                for name in self.digests():
                    self._add(archive, name)
            with self._zip.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()

    def hand_out(self, target: Path) -> None:
        """See `PackShelf.hand_out`."""
        coming = target.with_name(f"{target.name}.part")
        with _refusals():
            with self._zip.open("rb") as source, private(coming) as to:
                shutil.copyfileobj(source, to, _PIECE)
                to.flush()
                os.fsync(to.fileno())
            coming.replace(target)

    def _add(self, archive: zipfile.ZipFile, name: str) -> None:
        path = self._path(name)
        entry = zipfile.ZipInfo(name, _BEGINNING)
        entry.create_system, entry.external_attr = _UNIX, _READABLE
        entry.file_size = path.stat().st_size
        with path.open("rb") as source, archive.open(entry, "w") as to:
            shutil.copyfileobj(source, to, _PIECE)

    def _path(self, name: str) -> Path:
        return self._folder / sha256(name.encode()).hexdigest()


@contextmanager
def pack_folder() -> Iterator[PackFolder]:
    """Yield an empty shelf, whose files go away at the end."""
    with _refusals():
        folder = tempfile.TemporaryDirectory(prefix="chengnuo-pack-")
    with folder as name:
        yield PackFolder(Path(name))


def private(path: Path) -> BinaryIO:
    """Open a file to be written that only its owner reads: whom a pack is for, people decide."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PackNotWrittenError(error.strerror or "the disk refused") from error

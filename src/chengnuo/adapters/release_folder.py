"""Packages of releases and their papers as files: one folder each, below one of the data folder.

A package comes in under another name and is put in place once all of it is on disk, so that what
has its name is whole. Nothing of it is opened here, and no name that came with it is used.
"""

import hashlib
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chengnuo.domain.governance.release import ReleaseId
from chengnuo.ports.releases import (
    KeptPackage,
    NoSuchReleaseError,
    PackageNotKeptError,
    PackageTooLargeError,
    ReleasePaper,
)

_ID = re.compile(r"[0-9a-f]{16}")
_PACKAGE, _COMING = "package", "package.part"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFolder:
    """`ReleaseFiles` over a folder.

    Attributes:
        root: The folder of all releases.
        limit_bytes: How large a package may be.

    """

    root: Path
    limit_bytes: int

    async def take_in(self, release: ReleaseId, pieces: AsyncIterator[bytes]) -> KeptPackage:
        """See `ReleaseFiles.take_in`."""
        folder = self._of(release)
        try:
            folder.mkdir(parents=True, mode=0o700)
            digest, size = hashlib.sha256(), 0
            with (folder / _COMING).open("xb") as file:
                async for piece in pieces:
                    size += len(piece)
                    self._hold_within(size)
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            (folder / _COMING).replace(folder / _PACKAGE)
            _sync(folder)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise PackageNotKeptError(error.strerror or "the disk refused") from error
        except BaseException:  # who sends it goes away, or it is too large
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return KeptPackage(sha256=digest.hexdigest(), size=size)

    def package(self, release: ReleaseId) -> Path:
        """See `ReleaseFiles.package`."""
        return self._of(release) / _PACKAGE

    def keep(self, release: ReleaseId, paper: ReleasePaper, data: bytes) -> None:
        """See `ReleaseFiles.keep`."""
        folder = self._of(release)
        coming = folder / f"{paper.value}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with coming.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            coming.replace(folder / paper.value)
            _sync(folder)
        except OSError as error:
            raise PackageNotKeptError(error.strerror or "the disk refused") from error

    def paper(self, release: ReleaseId, paper: ReleasePaper) -> bytes | None:
        """See `ReleaseFiles.paper`."""
        try:
            return (self._of(release) / paper.value).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PackageNotKeptError(error.strerror or "it cannot be read") from error

    def drop_package(self, release: ReleaseId) -> None:
        """See `ReleaseFiles.drop_package`."""
        with suppress(OSError):
            self.package(release).unlink(missing_ok=True)

    def _hold_within(self, size: int) -> None:
        if size > self.limit_bytes:
            raise PackageTooLargeError(self.limit_bytes)

    def _of(self, release: ReleaseId) -> Path:
        if _ID.fullmatch(release) is None:  # an id comes from an address of a page
            raise NoSuchReleaseError
        return self.root / release


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

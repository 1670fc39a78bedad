"""A folder as a place of files: no symbolic link is followed, a file changes as a whole or not.

A symbolic link found inside stops the work: what it leads to might be somebody's files that would
be overlooked, or files that are not ours to touch.
"""

import fcntl
import os
import secrets
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from chengnuo.adapters.connectors.files_places import (
    Found,
    PlaceError,
    PlaceRefusedError,
    is_safe,
)

_BESIDE = ".chengnuo-"
_DEEPEST = 64
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_LINK = "a symbolic link stands in the folder; it is not followed"


class Folder:
    """`Place` over a folder of this machine."""

    def __init__(self, path: Path) -> None:
        """Open a folder; the way to it may lead over symbolic links.

        Raises:
            PlaceError: There is none.

        """
        with _our_errors():
            self._root = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def names(self, under: str) -> Iterator[str]:
        """See `Place.names`."""
        with _our_errors(), self._folder(under.split("/") if under else []) as folder:
            if folder is not None:
                yield from self._walk(folder, f"{under}/" if under else "")

    def _walk(self, folder: int, prefix: str) -> Iterator[str]:
        if prefix.count("/") > _DEEPEST:
            raise PlaceError(f"folders lie more than {_DEEPEST} deep")
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    raise PlaceError(_LINK)
                if not is_safe(entry.name):
                    raise PlaceError("a file has a name that is not plain UTF-8 text")
                if entry.is_dir(follow_symlinks=False):
                    inner = os.open(entry.name, _READ | os.O_DIRECTORY, dir_fd=folder)
                    try:
                        yield from self._walk(inner, f"{prefix}{entry.name}/")
                    finally:
                        os.close(inner)
                elif entry.is_file(follow_symlinks=False) and not entry.name.startswith(_BESIDE):
                    yield prefix + entry.name

    def has(self, name: str) -> bool:
        """See `Place.has`."""
        return self.find(name) is not None

    def find(self, name: str) -> Found | None:
        """See `Place.find`."""
        with _our_errors(), self._parent(name) as (folder, last):
            return None if folder is None else _found(_look(last, folder))

    @contextmanager
    def open(self, name: str) -> Iterator[tuple[BinaryIO, str]]:
        """See `Place.open`."""
        with _our_errors(), self._parent(name) as (folder, last):
            if folder is None:
                raise PlaceError("a file is gone")
            descriptor = os.open(last, _READ, dir_fd=folder)
        with os.fdopen(descriptor, "rb") as file:
            yield file, _version(os.fstat(descriptor))

    @contextmanager
    def changing(self, under: tuple[str, ...]) -> Iterator[None]:
        """See `Place.changing`; the lock is on the folder itself, so that nothing is left in it."""
        with _our_errors():
            lock = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self._root)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise PlaceError("another process is changing files in it") from error
            for folder in under:
                self._sweep(folder)
            yield
        finally:
            os.close(lock)

    def _sweep(self, under: str) -> None:
        """Remove what a stopped process left beside; it holds people's rows."""
        with _our_errors(), self._folder(under.split("/") if under else []) as folder:
            if folder is None:
                return
            for _, _, files, inner in os.fwalk(".", dir_fd=folder, follow_symlinks=False):
                for name in files:
                    if name.startswith(_BESIDE):
                        os.unlink(name, dir_fd=inner)

    def draft(self, name: str, version: str) -> "_FolderDraft":
        """See `Place.draft`."""
        with _our_errors(), self._parent(name) as (folder, last):
            if folder is None:
                raise PlaceError("a file is gone")
            return _FolderDraft(os.dup(folder), last, version)

    def delete(self, name: str) -> bool:
        """See `Place.delete`."""
        with _our_errors(), self._parent(name) as (folder, last):
            if folder is None or _found(_look(last, folder)) is None:
                return False
            try:
                os.unlink(last, dir_fd=folder)
            except PermissionError as error:
                raise PlaceRefusedError("no permission to remove a file") from error
            os.fsync(folder)
            return True

    def close(self) -> None:
        """See `Place.close`."""
        os.close(self._root)

    @contextmanager
    def _parent(self, name: str) -> Iterator[tuple[int | None, str]]:
        *folders, last = name.split("/")
        with self._folder(folders) as folder:
            yield folder, last

    @contextmanager
    def _folder(self, parts: list[str]) -> Iterator[int | None]:
        """Yield an open folder inside of the root, or None where there is none."""
        at: int | None = os.dup(self._root)
        try:
            for part in parts:
                assert at is not None  # noqa: S101  the loop is left when it is
                status = _look(part, at)
                inner = None
                if status is not None and stat.S_ISDIR(status.st_mode):
                    inner = os.open(part, _READ | os.O_DIRECTORY, dir_fd=at)
                os.close(at)
                at = inner
                if at is None:
                    break
            yield at
        finally:
            if at is not None:
                os.close(at)


class _FolderDraft:
    """`Draft` of a file of a folder: a file beside it, renamed over it."""

    def __init__(self, folder: int, name: str, version: str) -> None:
        self._folder: int | None = folder
        self._name, self._version = name, version
        self._beside = f"{_BESIDE}{secrets.token_hex(8)}.tmp"
        try:
            before = os.stat(name, dir_fd=folder, follow_symlinks=False)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(self._beside, flags, 0o600, dir_fd=folder)
        except OSError:
            os.close(folder)
            raise
        self.file: BinaryIO = os.fdopen(descriptor, "w+b")
        os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
        with suppress(PermissionError):
            os.fchown(descriptor, before.st_uid, before.st_gid)

    def ready(self) -> None:
        """See `Draft.ready`."""
        with _our_errors():
            self.file.flush()
            os.fsync(self.file.fileno())
            self._check()

    def _check(self) -> None:
        found = _found(_look(self._name, self._open_folder()))
        if found is None or found.version != self._version:
            raise PlaceRefusedError("a file changed while it was read")

    def put(self) -> None:
        """See `Draft.put`."""
        with _our_errors():
            folder = self._open_folder()
            self._check()
            os.replace(self._beside, self._name, src_dir_fd=folder, dst_dir_fd=folder)
            self.file.close()
            os.fsync(folder)
            os.close(folder)
            self._folder = None

    def drop(self) -> None:
        """See `Draft.drop`."""
        if self._folder is None:
            return
        self.file.close()
        with suppress(FileNotFoundError):
            os.unlink(self._beside, dir_fd=self._folder)
        os.close(self._folder)
        self._folder = None

    def _open_folder(self) -> int:
        assert self._folder is not None  # noqa: S101  nothing is asked of a draft after `put`
        return self._folder


def _look(name: str, folder: int) -> os.stat_result | None:
    """Return what a name stands for, or None.

    Raises:
        PlaceError: It is a symbolic link.

    """
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        raise PlaceError(_LINK)
    return status


def _found(status: os.stat_result | None) -> Found | None:
    if status is None or not stat.S_ISREG(status.st_mode):
        return None
    at = datetime.fromtimestamp(status.st_mtime, UTC)
    return Found(size=status.st_size, modified_at=at, version=_version(status))


def _version(status: os.stat_result) -> str:
    return f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"


@contextmanager
def _our_errors() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise PlaceError(error.strerror or "input/output error") from error

"""What the log asks of a file system, so that a simulated one can lose power in its place.

Three promises are relied on, and no others: bytes are durable after `sync`, a name after
`sync_folder`, and a rename replaces a file wholly or not at all.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_COPY_BYTES = 1 << 20
_SYNCS_AT_ONCE = 16


class File(Protocol):
    """An open file."""

    def read(self, offset: int, count: int) -> bytes:
        """Return up to `count` bytes from an offset."""
        ...

    def write(self, offset: int, data: bytes) -> None:
        """Write all of some bytes at an offset.

        Raises:
            OSError: Not all could be written.

        """
        ...

    def sync(self) -> None:
        """Return once what was written is durable (fdatasync)."""
        ...

    def size(self) -> int:
        """Return the length in bytes."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class FileSystem(Protocol):
    """The part of a file system that the log uses."""

    def open(self, path: Path, *, write: bool) -> File:
        """Open an existing file."""
        ...

    def create(self, path: Path, size: int) -> File:
        """Make a file of zeros that have really been written, replacing one that is there."""
        ...

    def read(self, path: Path) -> bytes | None:
        """Return the content of a file, or None if there is none."""
        ...

    def put(self, path: Path, data: bytes) -> None:
        """Put a file in place whole, making its folder; not durable before `sync_paths`.

        Whoever reads beside sees the old or the new one; what a lost power leaves is open.
        """
        ...

    def replace(self, path: Path, data: bytes) -> None:
        """Put a file in place of another, durably: the old or the new one is there, never half."""
        ...

    def rename(self, old: Path, new: Path) -> None:
        """Rename a file within its folder, durably."""
        ...

    def names(self, folder: Path) -> list[str]:
        """Return the names in a folder, sorted; none if there is no such folder."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""
        ...

    def sync_paths(self, paths: list[Path]) -> None:
        """Return once files that were `put`, and their names, are durable."""
        ...


class RealFile:
    """`File` over a descriptor."""

    def __init__(self, descriptor: int) -> None:
        """Take over an open descriptor."""
        self._descriptor = descriptor

    def read(self, offset: int, count: int) -> bytes:
        """See `File.read`."""
        return os.pread(self._descriptor, count, offset)

    def write(self, offset: int, data: bytes) -> None:
        """See `File.write`."""
        view = memoryview(data)
        while view:
            done = os.pwrite(self._descriptor, view, offset)
            view, offset = view[done:], offset + done

    def sync(self) -> None:
        """See `File.sync`."""
        os.fdatasync(self._descriptor)

    def size(self) -> int:
        """See `File.size`."""
        return os.fstat(self._descriptor).st_size

    def close(self) -> None:
        """See `File.close`."""
        os.close(self._descriptor)


class RealFiles:
    """`FileSystem` over the machine's own."""

    def open(self, path: Path, *, write: bool) -> RealFile:
        """See `FileSystem.open`."""
        return RealFile(os.open(path, (os.O_RDWR if write else os.O_RDONLY) | os.O_CLOEXEC))

    def create(self, path: Path, size: int) -> RealFile:
        """See `FileSystem.create`."""
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        file = RealFile(os.open(path, flags, 0o600))
        try:
            for offset in range(0, size, _COPY_BYTES):
                file.write(offset, bytes(min(_COPY_BYTES, size - offset)))
            file.sync()
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
        return file

    def read(self, path: Path) -> bytes | None:
        """See `FileSystem.read`."""
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def put(self, path: Path, data: bytes) -> None:
        """See `FileSystem.put`."""
        new = _beside(path)
        try:
            try:
                new.write_bytes(data)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                new.write_bytes(data)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def replace(self, path: Path, data: bytes) -> None:
        """See `FileSystem.replace`."""
        new = _beside(path)
        try:
            new.write_bytes(data)
            self._sync_path(new)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
        self._sync_path(path.parent)

    def rename(self, old: Path, new: Path) -> None:
        """See `FileSystem.rename`."""
        old.rename(new)
        self._sync_path(new.parent)

    def names(self, folder: Path) -> list[str]:
        """See `FileSystem.names`."""
        try:
            return sorted(path.name for path in folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def remove(self, path: Path) -> None:
        """See `FileSystem.remove`."""
        path.unlink(missing_ok=True)

    def sync_paths(self, paths: list[Path]) -> None:
        """See `FileSystem.sync_paths`."""
        folders: set[Path] = set()
        present: list[Path] = []
        for path in paths:
            if path.exists():  # a begun tile may have been replaced by a fuller one
                present.append(path)
            folder = path.parent
            while folder not in folders and folder.exists():
                folders.add(folder)
                folder = folder.parent
                if folder.name == "":
                    break
        # Side by side: a file system commits the changes of many files at once, if it may.
        with ThreadPoolExecutor(_SYNCS_AT_ONCE) as pool:
            for _ in pool.map(self._sync_path, present):
                pass
        for folder in folders:
            # One above the log that may not be read is not one that was made for it.
            with suppress(PermissionError):
                self._sync_path(folder)

    @staticmethod
    def _sync_path(path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")

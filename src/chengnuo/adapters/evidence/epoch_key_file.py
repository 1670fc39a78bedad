"""The file that a holder keeps its epoch keys in: one JSON object, readable by its owner only.

`{"keys":{"<epoch>":hex,…},"type":…}`; the type says whether the keys are plain or wrapped. A
change writes the whole file anew beside it, gives the old one a second name, puts the new one in
its place and overwrites the old one with zeros before its last name goes. What a crash leaves of
that is cleared away when the file is looked at next. Processes take turns by a lock on the folder.

Zeros reach the bytes of the file, not what a copying or wear-levelling disk keeps of them.
"""

import fcntl
import os
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.ports.evidence_keys import KeyHolderError, MasterKeyError

_MOST_BYTES = 1 << 20
_MOST_EPOCH_DIGITS = 15


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    """What stands in the file."""

    type: str
    keys: dict[str, str]


class EpochKeyFile:
    """Bytes by epoch, kept in one file."""

    def __init__(self, path: Path, *, kind: str, length: int) -> None:
        """Name a file; nothing is read yet.

        Args:
            path: The file; made with the first key.
            kind: Its `type`.
            length: Bytes of each key.

        """
        self.path = path.resolve()
        self._new = self.path.with_name(self.path.name + ".new")
        self._old = self.path.with_name(self.path.name + ".old")
        self._kind = kind
        self._length = length

    def read(self) -> dict[int, bytes]:
        """Return the keys by epoch, ascending; none if there is no file.

        Raises:
            MasterKeyError: The file holds something else, or is readable by others.
            KeyHolderError: It cannot be read.

        """
        try:
            if self._old.exists() or self._new.exists():
                with self._alone():
                    self._clear_away()
            content = self._content()
        except OSError as error:
            raise self._failed(error) from error
        return {} if content is None else self._decoded(content)

    def change(self, change: Callable[[dict[int, bytes]], dict[int, bytes]]) -> None:
        """Put other keys in the place of those that are there, durably.

        Args:
            change: Returns the new keys of the present ones; the same ones write nothing.

        Raises:
            MasterKeyError: The file holds something else, or is readable by others.
            KeyHolderError: It cannot be written; what was there stands.

        """
        try:
            with self._alone():
                self._clear_away()
                content = self._content()
                present = {} if content is None else self._decoded(content)
                wanted = change(dict(present))
                if wanted != present:
                    self._replace(wanted, there=content is not None)
        except OSError as error:
            raise self._failed(error) from error

    def _replace(self, keys: dict[int, bytes], *, there: bool) -> None:
        kept = _Kept(
            type=self._kind, keys={str(epoch): keys[epoch].hex() for epoch in sorted(keys)}
        )
        descriptor = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(kept))
            file.flush()
            os.fsync(file.fileno())
        if there:
            self._old.hardlink_to(self.path)
        self._new.rename(self.path)
        self._sync_folder()
        self._clear_away()

    def _clear_away(self) -> None:
        """Zero and remove what a change left, unless it is but another name of what counts."""
        for leftover in (self._new, self._old):
            try:
                descriptor = os.open(leftover, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            except FileNotFoundError:
                continue
            try:
                if not self._is_the_file(os.fstat(descriptor)):
                    _overwrite(descriptor)
            finally:
                os.close(descriptor)
            leftover.unlink()
            self._sync_folder()

    def _is_the_file(self, other: os.stat_result) -> bool:
        try:
            return os.path.samestat(self.path.stat(), other)
        except FileNotFoundError:
            return False

    def _content(self) -> bytes | None:
        while True:
            try:
                descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                return None
            with os.fdopen(descriptor, "rb") as file:
                read = os.fstat(file.fileno())
                if stat.S_IMODE(read.st_mode) & 0o077:
                    raise MasterKeyError(
                        f"file `{self.path.name}` is readable by others; expected mode 0600"
                    )
                content = file.read(_MOST_BYTES + 1)
            # Another process may have put a new one in its place, and zeroed what is read here.
            if self._is_the_file(read):
                return content

    def _decoded(self, content: bytes) -> dict[int, bytes]:
        try:
            if len(content) > _MOST_BYTES:
                raise ValueError  # noqa: TRY301 - too long is one of the ways to be something else
            kept = msgspec.json.decode(content, type=ready(_Kept))
            if kept.type != self._kind:
                raise ValueError  # noqa: TRY301 - so is another type
            keys = {_epoch(epoch): bytes.fromhex(key) for epoch, key in kept.keys.items()}
            if any(len(key) != self._length for key in keys.values()):
                raise ValueError  # noqa: TRY301 - and a key of another length
        except (ValueError, msgspec.DecodeError) as error:
            raise MasterKeyError(
                f"file `{self.path.name}` is not a file of epoch keys of type `{self._kind}`"
            ) from error
        return dict(sorted(keys.items()))

    @contextmanager
    def _alone(self) -> Generator[None]:
        descriptor = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _sync_folder(self) -> None:
        descriptor = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _failed(self, error: OSError) -> KeyHolderError:
        return KeyHolderError(f"file `{self.path.name}`: {error.strerror or 'it failed'}")


def _epoch(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_EPOCH_DIGITS):
        raise ValueError
    return int(text)


def _overwrite(descriptor: int) -> None:
    os.pwrite(descriptor, bytes(os.fstat(descriptor).st_size), 0)
    os.fsync(descriptor)

"""A key holder that is one file: the epoch keys stand in it as they are.

It belongs outside the data folder, on another disk if there is one: whoever copies both the
folder and this file can open what was sealed at that time. A destroyed key is overwritten where
it stood; a copy of the file made before that is out of reach, so the file is not to be backed up
beside the data.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from chengnuo.adapters.evidence.epoch_key_file import EpochKeyFile
from chengnuo.adapters.evidence.key_wrapping import KEY_BYTES, unwrapped_under, wrapped_under
from chengnuo.ports.evidence_keys import KeyHolderError

_KIND = "chengnuo-epoch-keys/1"


class FileKeyHolder:
    """`KeyHolder` whose keys live in one file."""

    def __init__(self, path: Path, *, in_data_folder: bool) -> None:
        """Hold the keys of a file, which is made with the first of them.

        Args:
            path: The file; its folder must be there.
            in_data_folder: Whether it lies in the data folder.

        """
        self._file = EpochKeyFile(path, kind=_KIND, length=KEY_BYTES)
        self._in_data_folder = in_data_folder

    @property
    def place(self) -> str:
        """See `KeyHolder.place`."""
        return str(self._file.path)

    @property
    def in_data_folder(self) -> bool:
        """See `KeyHolder.in_data_folder`."""
        return self._in_data_folder

    @property
    def forgets(self) -> bool:
        """See `KeyHolder.forgets`: the file is all there is."""
        return True

    def epochs(self) -> tuple[int, ...]:
        """See `KeyHolder.epochs`."""
        return tuple(self._file.read())

    def make(self, epoch: int) -> None:
        """See `KeyHolder.make`."""
        self._file.change(lambda keys: {epoch: os.urandom(KEY_BYTES)} | keys)

    def wrap(self, epoch: int, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """See `KeyHolder.wrap`."""
        return wrapped_under(self._key(epoch), keys)

    def unwrap(self, epoch: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """See `KeyHolder.unwrap`."""
        return unwrapped_under(self._key(epoch), wrapped)

    def destroy(self, epoch: int) -> None:
        """See `KeyHolder.destroy`."""
        self._file.change(lambda keys: {kept: keys[kept] for kept in keys if kept != epoch})

    def _key(self, epoch: int) -> bytes:
        key = self._file.read().get(epoch)
        if key is None:
            raise KeyHolderError(f"there is no key of epoch {epoch}")
        return key

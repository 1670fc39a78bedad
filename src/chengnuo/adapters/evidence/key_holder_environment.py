"""A key holder under a master key that the environment brings.

The master key is in no file of ours: a copy of the whole data folder opens nothing without it. The
epoch keys are random and stand in a file beside the data, each wrapped under the master key.

It does not forget. Whoever has an old copy of that file and the master key can open what was
sealed then, keys destroyed since included: destroying takes a key from the file, but not from
copies of it. Change the master key, or keep the file out of backups, where that matters.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from chengnuo.adapters.evidence.epoch_key_file import EpochKeyFile
from chengnuo.adapters.evidence.key_wrapping import (
    KEY_BYTES,
    WRAPPED_BYTES,
    unwrapped_under,
    wrapped_under,
)
from chengnuo.ports.evidence_keys import KeyHolderError, MasterKeyError, WrappedKeyError

VARIABLE = "CHENGNUO_EVIDENCE_MASTER_KEY"
_KIND = "chengnuo-wrapped-epoch-keys/1"
_HEX_DIGITS = 2 * KEY_BYTES


def master_from_text(text: str | None) -> bytes:
    """Return the master key of the environment variable's text.

    Raises:
        MasterKeyError: It is not there, or not 64 hex digits; the message does not repeat it.

    """
    if text is None or not text.strip():
        raise MasterKeyError(f"`{VARIABLE}` is not set; expected 64 hex digits")
    digits = text.strip()
    try:
        master = bytes.fromhex(digits)
    except ValueError:
        # Not chained: the cause would tell where in the secret it stumbled.
        master = b""
    if len(digits) != _HEX_DIGITS or len(master) != KEY_BYTES:
        raise MasterKeyError(f"`{VARIABLE}` has {len(digits)} characters; expected 64 hex digits")
    return master


class EnvironmentKeyHolder:
    """`KeyHolder` under a master key."""

    def __init__(self, master: bytes, path: Path) -> None:
        """Hold the wrapped keys of a file, which is made with the first of them.

        Args:
            master: 32 bytes, as `master_from_text` returns.
            path: The file; its folder must be there.

        """
        self._master = master
        self._file = EpochKeyFile(path, kind=_KIND, length=WRAPPED_BYTES)

    @property
    def place(self) -> str:
        """See `KeyHolder.place`."""
        return "environment"

    @property
    def in_data_folder(self) -> bool:
        """See `KeyHolder.in_data_folder`: without the master key the file opens nothing."""
        return False

    @property
    def forgets(self) -> bool:
        """See `KeyHolder.forgets`: an old copy of the file and the master key still open."""
        return False

    def epochs(self) -> tuple[int, ...]:
        """See `KeyHolder.epochs`; a key that the master key does not open is none of ours."""
        return tuple(self._keys())

    def make(self, epoch: int) -> None:
        """See `KeyHolder.make`."""
        # Looked at first: a file of another master key is not written to.
        self._keys()
        (wrapped,) = wrapped_under(self._master, [(os.urandom(KEY_BYTES), _context(epoch))])
        self._file.change(lambda keys: {epoch: wrapped} | keys)

    def wrap(self, epoch: int, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """See `KeyHolder.wrap`."""
        return wrapped_under(self._key(epoch), keys)

    def unwrap(self, epoch: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """See `KeyHolder.unwrap`."""
        return unwrapped_under(self._key(epoch), wrapped)

    def destroy(self, epoch: int) -> None:
        """See `KeyHolder.destroy`."""
        self._keys()
        self._file.change(lambda keys: {kept: keys[kept] for kept in keys if kept != epoch})

    def _key(self, epoch: int) -> bytes:
        key = self._keys().get(epoch)
        if key is None:
            raise KeyHolderError(f"there is no key of epoch {epoch}")
        return key

    def _keys(self) -> dict[int, bytes]:
        kept = self._file.read()
        try:
            keys = unwrapped_under(
                self._master, [(wrapped, _context(epoch)) for epoch, wrapped in kept.items()]
            )
        except WrappedKeyError as error:
            raise MasterKeyError("it is not the one that was used before") from error
        return dict(zip(kept, keys, strict=True))


def _context(epoch: int) -> bytes:
    return b"chengnuo epoch key v1\n" + epoch.to_bytes(8, "big")

"""Texts masked so that they can be restored: names in the text, values in a vault."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.masking import name_of
from chengnuo.engines.text.restoring import restored
from chengnuo.ports.mask_vault import MaskVault
from chengnuo.usecases.texts import Texts


@dataclass(slots=True)
class Restored:
    """How many names were put back into values, and how many no vault knows any more."""

    restored: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class MaskVaults:
    """Masks under a key and restores with the same.

    Args:
        texts: The use cases on text.
        vault: Keeps the values.
        key: The key of the mask, of 16 bytes at least.

    """

    texts: Texts
    vault: MaskVault
    key: bytes

    def masked(self, pieces: Iterable[str], counts: Counter[Kind] | None = None) -> Iterator[str]:
        """Yield a text piece by piece, named; a value is kept before its name is yielded.

        Args:
            pieces: The text in pieces.
            counts: Where the values masked are counted, by kind.

        """
        values: dict[str, str] = {}

        def mask(value: str, kind: Kind) -> str:
            name = name_of(value, kind, self.key)
            values[name] = value
            return name

        for piece in self.texts.masked(pieces, mask, counts):
            self.vault.keep(values)
            values.clear()
            yield piece

    def restored(self, pieces: Iterable[str], counts: Restored) -> Iterator[str]:
        """Yield a text piece by piece with its names restored, and count them."""
        for piece, done, unknown in restored(pieces, self.vault.values):
            counts.restored += done
            counts.unknown += unknown
            yield piece

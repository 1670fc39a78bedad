"""What tells persons and places in lines of Chinese by a model of words."""

from collections.abc import Sequence
from typing import Protocol

from chengnuo.engines.text.tagged import Tagged


class WordTagger(Protocol):
    """A model of words."""

    def tagged(self, lines: Sequence[str]) -> list[list[Tagged]]:
        """Return the persons and places of each line, in order, none overlapping another.

        Args:
            lines: Texts without line ends.

        """
        ...

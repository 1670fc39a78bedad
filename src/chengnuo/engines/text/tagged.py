"""What a model of words says of a line: which of its words are persons and places."""

from dataclasses import dataclass
from enum import IntEnum, auto


class Tag(IntEnum):
    """What a word names."""

    PERSON = auto()
    PLACE = auto()


@dataclass(frozen=True, slots=True, order=True)
class Tagged:
    """A word of a line that names a person or a place.

    Attributes:
        start: The place of its first character in the line.
        end: The place after its last.
        tag: What it names.

    """

    start: int
    end: int
    tag: Tag

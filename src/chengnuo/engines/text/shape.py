r"""What a shape of values is: the first token, the pattern, and what else must speak for one.

No pattern uses `\b`, which knows no end of a word beside Chinese: a value ends where the next sign
is no ASCII letter and no digit. What stands beside a `*` is masked already.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from chengnuo.engines.text.kinds import Evidence, Kind

LEFT: Final = r"(?<![0-9A-Za-z*●])"
RIGHT: Final = r"(?![0-9A-Za-z*●])"


class Made(Enum):
    """What a token is made of."""

    DIGITS = auto()
    HEX = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Head:
    """The first token of a value.

    Attributes:
        shortest: The least length in signs.
        longest: The greatest length; `LONG` for any above.
        made: What it is made of.
        then: The signs of which one follows it; any or none if empty.

    """

    shortest: int
    longest: int
    made: Made
    then: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How values of a kind look, and what must speak for one beside its looks.

    Attributes:
        kind: The kind.
        heads: What the first token of a value may be.
        pattern: What a value looks like, whole.
        check: Tells whether its inner structure is right.
        alone: What speaks for a value without any cue; `None`: it needs one.
        named: What speaks for one that a cue right before it names.
        beside: Whether a cue in the same line before it, or one right after it, is enough.
        after: The signs of which one stands right before the first token; any or none if empty.
        lead: How many signs of a value may stand before its first token.
        cues: The kinds that a cue may name; the kind itself if empty.
        unless: Whether a cue that names something else refuses it.

    """

    kind: Kind
    heads: tuple[Head, ...]
    pattern: re.Pattern[str]
    check: Callable[[str], bool] | None = None
    alone: Evidence | None = None
    named: Evidence = Evidence.KEY
    beside: bool = False
    after: str = ""
    lead: int = 0
    cues: frozenset[Kind] = frozenset()
    unless: bool = True

    def __post_init__(self) -> None:
        """Let a cue name the kind itself if no other is told."""
        if not self.cues:
            object.__setattr__(self, "cues", frozenset({self.kind}))


def whole(*forms: str, left: str = LEFT, right: str = RIGHT) -> re.Pattern[str]:
    """Return the pattern of a value that has one of some forms and ends where they end."""
    return re.compile(f"{left}(?:{'|'.join(forms)}){right}")


def digits(*lengths: int, then: str = "") -> tuple[Head, ...]:
    """Return heads of only digits, of some lengths."""
    return tuple(Head(length, length, Made.DIGITS, then) for length in lengths)


def hexes(*lengths: int, then: str = "") -> tuple[Head, ...]:
    """Return heads of only hexadecimal digits, of some lengths."""
    return tuple(Head(length, length, Made.HEX, then) for length in lengths)


def lettered(shortest: int, longest: int, then: str = "") -> tuple[Head, ...]:
    """Return the head of letters and digits from one length to another."""
    return (Head(shortest, longest, Made.ANY, then),)

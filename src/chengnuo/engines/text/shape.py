r"""What a shape of values is: the first token, the pattern, and what else must speak for one.

No pattern uses `\b`, which knows no end of a word beside Chinese: a value ends where the next sign
is no ASCII letter and no digit. What stands beside a `*` is masked already.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

from chengnuo.engines.text.kinds import Evidence, Kind


@dataclass(frozen=True, slots=True)
class Side:
    """What may not stand right beside a value, on one side of it.

    Attributes:
        signs: The signs, written as inside the brackets of a pattern.
        pairs: Two signs that may not stand there together, in the order of the text.

    """

    signs: str = ""
    pairs: tuple[tuple[str, str], ...] = ()

    def besides(self, signs: str = "", *pairs: tuple[str, str]) -> "Side":
        """Return this with more that may not stand there."""
        return Side(self.signs + signs, self.pairs + pairs)

    def as_pattern(self, look: str) -> str:
        """Return the pattern that looks to this side, `(?!` ahead or `(?<!` behind."""
        one = [f"{look}[{self.signs}])"] if self.signs else []
        return "".join([*one, *(f"{look}[{first}][{then}])" for first, then in self.pairs)])


LEFT: Final = Side("0-9A-Za-z*●")
RIGHT: Final = LEFT


@dataclass(frozen=True, slots=True)
class Form:
    """What a value looks like: one of some forms, ended where they end; the longest that fits.

    The forms are patterns of signs, sets, groups and counts alone, so that an automaton can be
    made of them: what looks around stands in the sides.
    """

    forms: tuple[str, ...]
    left: Side
    right: Side
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compile the pattern once."""
        behind, ahead = self.left.as_pattern("(?<!"), self.right.as_pattern("(?!")
        compiled = re.compile(f"{behind}(?:{'|'.join(self.forms)}){ahead}")
        object.__setattr__(self, "pattern", compiled)


@dataclass(frozen=True, slots=True)
class Check:
    """The inner structure of a value, told of it whole, and told sign by sign.

    Attributes:
        tells: Tells whether it is right.
        first: The state before the first sign.
        step: The state after one more sign, out of few; `None`: it cannot become right.
        accepts: Tells of a state whether a value may end in it.

    """

    tells: Callable[[str], bool]
    first: Hashable
    step: Callable[[Any, str], Hashable | None]
    accepts: Callable[[Any], bool]


class Made(Enum):
    """What a token is made of."""

    DIGITS = auto()
    HEX = auto()
    LETTERS = auto()
    """Not all of them hexadecimal."""
    OTHER = auto()
    """All but that."""
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
        form: What a value looks like, whole.
        check: Its inner structure, if that is more than its looks.
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
    form: Form
    check: Check | None = None
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


def whole(*forms: str, left: Side = LEFT, right: Side = RIGHT) -> Form:
    """Return what a value looks like that has one of some forms and ends where they end."""
    return Form(forms, left, right)


def parted(form: str, signs: str) -> tuple[str, ...]:
    """Return a form for each of the signs that may part it, each time the same (as `{0}`)."""
    return tuple(form.replace("{0}", re.escape(sign)) for sign in signs)


def digits(*lengths: int, then: str = "") -> tuple[Head, ...]:
    """Return heads of only digits, of some lengths."""
    return tuple(Head(length, length, Made.DIGITS, then) for length in lengths)


def hexes(*lengths: int, then: str = "") -> tuple[Head, ...]:
    """Return heads of only hexadecimal digits, of some lengths."""
    return tuple(Head(length, length, Made.HEX, then) for length in lengths)


def lettered(
    shortest: int, longest: int, then: str = "", made: Made = Made.ANY
) -> tuple[Head, ...]:
    """Return the head of letters and digits from one length to another."""
    return (Head(shortest, longest, made, then),)

"""Objects, told apart by where they are made and by the calls through which the way came there."""

from typing import NamedTuple, Optional, TypeAlias

_MOST_CALLS = 5
"""How many calls of the way to a place are told apart."""


class Way(NamedTuple):
    """The call that a method was entered by, and how the way came into its caller."""

    caller: int
    pc: int
    before: Optional["Way"]


class Made(NamedTuple):
    """An object: its type, the method and place that make it, the way into this method."""

    type_id: int
    defined: int
    pc: int
    way: Way | None


Objects: TypeAlias = frozenset[Made] | None
"""None: anything."""
NOTHING: frozenset[Made] = frozenset()


def longer(way: Way) -> Way:
    """Return a way of which no more calls are told apart than the bound."""
    calls: list[Way] = []
    at: Way | None = way
    while at is not None:
        calls.append(at)
        at = at.before
    if len(calls) <= _MOST_CALLS:
        return way
    kept: Way | None = None
    for one in reversed(calls[:_MOST_CALLS]):
        kept = Way(one.caller, one.pc, kept)
    return kept or way


def may_be_one(made: Made, other: Made) -> bool:
    """Tell whether two may be the same object: the ways to it may be known only in part."""
    if made[:3] != other[:3]:
        return False
    first, second = made.way, other.way
    while first is not None and second is not None:
        if first[:2] != second[:2]:
            return False
        first, second = first.before, second.before
    return True

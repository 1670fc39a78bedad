"""A test on the way to a place, as a person reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """A test that a place depends on.

    Attributes:
        pc: Place of the test.
        text: The condition as a person reads it.
        taken: What the condition is on the way to the place.
        is_consent: Whether it is a test of consent.

    """

    pc: int
    text: str
    taken: bool
    is_consent: bool

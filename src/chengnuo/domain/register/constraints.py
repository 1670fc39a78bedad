"""What a field of the register may hold beyond its type; read by the codec and the schema."""

from dataclasses import dataclass

from chengnuo.base.text import Text


@dataclass(frozen=True, slots=True)
class Pattern:
    """The whole text matches a regular expression; `expected` says it in words."""

    regex: str
    expected: Text


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The number is not below a limit."""

    limit: int


@dataclass(frozen=True, slots=True)
class NotEmpty:
    """The list has at least one member."""

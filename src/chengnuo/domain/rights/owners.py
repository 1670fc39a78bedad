"""Whose a row is, as far as tables decide it: by identity, by what it refers to, by what refers.

A table with identity columns is *rooted*. One without that refers to a table that has owners
belongs by all these references, but for those that the register says name other people. One that
refers to none belongs to the owners of the rows that refer to it. Levels are settled one after
another, nearest to identity first, so that ownership never goes in circles: what gets its owners
from a table never claims a row of that table.

Pure, over numbers of tables; rows are followed by the survey.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How the rows of a table come to their owners."""

    IDENTITY = "identity"
    """By the accounts that they name."""
    REFERS = "refers"
    """By the rows that they refer to."""
    REFERRED = "referred"
    """By the rows that refer to them."""
    NOBODY = "nobody"
    """Nothing personal, or out of reach."""


class Tie(StrEnum):
    """What a reference means for ownership."""

    OWNS = "owns"
    """The referring row belongs to the owners of the row that it refers to."""
    CLAIMS = "claims"
    """The row referred to belongs to the owners of the referring row."""
    PLAIN = "plain"
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """What was settled: a way for each table, a tie for each arrow, in the order given."""

    ways: tuple[Way, ...]
    ties: tuple[Tie, ...]


def settle(
    rooted: Sequence[bool],
    personal: Sequence[bool],
    arrows: Sequence[tuple[int, int]],
    meaning: Sequence[bool],
) -> Ownership:
    """Return how rows come to their owners.

    Args:
        rooted: Whether each table has identity columns.
        personal: Whether each table holds declared personal columns.
        arrows: References, from the referring table to the one referred to.
        meaning: Whether each arrow can mean anything for ownership.

    """
    levels = {one: 0 for one, has in enumerate(rooted) if has and personal[one]}
    ways = [Way.IDENTITY if one in levels else Way.NOBODY for one in range(len(rooted))]
    between = [
        (a, b)
        for (a, b), means in zip(arrows, meaning, strict=True)
        if means and personal[a] and personal[b] and a != b
    ]
    level = 0
    while True:
        level += 1
        while found := {a for a, b in between if a not in levels and b in levels}:
            for one in found:
                levels[one], ways[one] = level, Way.REFERS
        level += 1
        found = {b for a, b in between if b not in levels and a in levels}
        if not found:
            break
        for one in found:
            levels[one], ways[one] = level, Way.REFERRED
    ties = (
        _tie(a, b, ways, levels) if means else Tie.PLAIN
        for (a, b), means in zip(arrows, meaning, strict=True)
    )
    return Ownership(tuple(ways), tuple(ties))


def _tie(a: int, b: int, ways: Sequence[Way], levels: dict[int, int]) -> Tie:
    if a not in levels or b not in levels:
        return Tie.PLAIN
    if ways[a] is Way.REFERS and levels[b] <= levels[a]:
        return Tie.OWNS
    if ways[b] is Way.REFERRED and levels[b] >= levels[a]:
        return Tie.CLAIMS
    return Tie.PLAIN

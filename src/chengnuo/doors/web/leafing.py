"""Long lists, leaf by leaf: which leaf an address asks for, and the ways to those beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

ON_A_LEAF = 50
"""Rows on one leaf of a list."""
_LEAF = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of a list, by its number from 0."""

    number: int

    @property
    def skip(self) -> int:
        """How many rows stand on the leaves before."""
        return self.number * ON_A_LEAF

    @property
    def limit(self) -> int:
        """How many to ask for: one more than there is room for tells whether another follows."""
        return ON_A_LEAF + 1


def leaf_of(asked: str | None) -> Leaf:
    """Return the leaf that an address asks for; the first for anything else."""
    return Leaf(int(asked) if asked is not None and _LEAF.fullmatch(asked) else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leafing:
    """Where one is in a list.

    Attributes:
        total: How many rows the whole list has.
        range: Which of them are on this leaf; empty where all are.
        before: Where the leaf before is; empty for none.
        after: Where the next one is; empty for none.

    """

    total: int
    range: str
    before: str
    after: str


def leafing(leaf: Leaf, *, total: int, shown: int, path: str, query: Mapping[str, str]) -> Leafing:
    """Return where one is in a list.

    Args:
        leaf: Which leaf is shown.
        total: How many rows the whole list has.
        shown: How many are on this leaf.
        path: Path of the list.
        query: What it is narrowed by; empty values are left out.

    """
    first, more = leaf.skip, leaf.skip + shown < total

    def address(to: int) -> str:
        asked = {**query, "leaf": str(to) if to else ""}
        said = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{said}" if said else path

    return Leafing(
        total=total,
        range=f"{first + 1:,}–{first + shown:,}" if (first or more) and shown else "",
        before=address(leaf.number - 1) if leaf.number else "",
        after=address(leaf.number + 1) if more and shown else "",
    )

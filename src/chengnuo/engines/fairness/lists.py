"""How far apart two ranked lists are, the first places counting most.

Rank-biased overlap, extrapolated (Webber, Moffat, Zobel: "A similarity measure for indefinite
rankings", ACM TOIS 28(4), 2010, equation 23): with `X_d` the items that the first `d` places of
both lists share, `k` the depth and `A_d` the share of agreement at depth `d`,

    overlap = A_k p^k + (1 - p) / p * sum over d = 1..k of A_d p^d

and the distance is `1 - overlap`: 0 for equal lists, 1 for lists that share nothing. `p` says how
far a reader looks down: the first ten places weigh 86 % at `p = 0.9`. Where one list ends before
the other, `A_d = 2 X_d / (places of the one + places of the other)`; before, that is `X_d / d`.
"""

from collections.abc import Sequence
from typing import Final

PERSISTENCE: Final = 0.9
"""How likely a reader goes on to the next place."""


def list_distance(
    one: Sequence[str], other: Sequence[str], persistence: float = PERSISTENCE
) -> float:
    """Return the distance of two ranked lists, from 0 to 1, in one pass.

    Args:
        one: Items, the first place first; an item that comes again counts at its first place.
        other: The same.
        persistence: `p` of the formula, above 0, below 1.

    >>> round(list_distance(["a", "b", "c"], ["a", "c", "b"]), 4)
    0.045

    """
    first, second = list(dict.fromkeys(one)), list(dict.fromkeys(other))
    depth = max(len(first), len(second))
    if depth == 0:
        return 0.0
    seen_first: set[str] = set()
    seen_second: set[str] = set()
    shared = 0
    total, weight, agreement = 0.0, 1.0, 0.0
    for place in range(depth):
        left = first[place] if place < len(first) else None
        right = second[place] if place < len(second) else None
        if left is not None and left == right:
            shared += 1
        else:
            shared += int(left in seen_second) + int(right in seen_first)
        if left is not None:
            seen_first.add(left)
        if right is not None:
            seen_second.add(right)
        agreement = 2 * shared / (len(seen_first) + len(seen_second))
        weight *= persistence
        total += agreement * weight
    overlap = agreement * weight + (1 - persistence) / persistence * total
    return min(1.0, max(0.0, 1.0 - overlap))

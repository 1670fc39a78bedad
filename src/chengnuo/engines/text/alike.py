"""How alike a text is to each of some others: by runs of two signs, the rarer the weightier.

No words are cut out, so Chinese, English and names of products are treated alike. Meant for a few
hundred short texts, as the rows of a register are.
"""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

_RUN = 2


def alike(text: str, others: Sequence[str]) -> tuple[float, ...]:
    """Return the cosine of a text with each of some others, from 0 to 1, in their order.

    A run of signs weighs the logarithm of one over the share of the others that have it, so that
    one that all of them have weighs nothing.
    """
    runs = [_runs(other) for other in others]
    held_by = Counter(run for found in runs for run in found)
    weights = {run: log((1 + len(others)) / count) for run, count in held_by.items()}
    mine = {run: count * weights[run] for run, count in _runs(text).items() if run in weights}
    size = sqrt(sum(value * value for value in mine.values()))
    return tuple(_cosine(mine, size, found, weights) for found in runs)


def _cosine(
    mine: dict[str, float], size: float, found: Counter[str], weights: dict[str, float]
) -> float:
    other = sqrt(sum((count * weights[run]) ** 2 for run, count in found.items()))
    if not size or not other:
        return 0.0
    shared = sum(mine[run] * count * weights[run] for run, count in found.items() if run in mine)
    return min(1.0, shared / (size * other))


def _runs(text: str) -> Counter[str]:
    words = "".join(sign.lower() if sign.isalnum() else " " for sign in text).split()
    return Counter(
        word[at : at + _RUN] for word in words for at in range(max(1, len(word) - _RUN + 1))
    )

"""What stands around a sentence: its neighbours, its section, its document, its place and form."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.policy.blocks import Sentence

ONE = 1024
"""What 1.0 is among the whole numbers of scores."""
REACH = 2 * ONE
"""A score counts in the context up to this, either way."""

_NONE = -ONE  # what a sentence that is not there scores
_FEW = 8  # so many sentences that are not there stand beside those of a document
_STEPS = (1, -1, 2, -2)
_WINDOWS = (3, 8)
_LONG = 200
_SHORT = (12, 25, 60)
_ENDINGS = (("：", ":"), ("；", ";"), ("。", "！", ".", "!"))


def within_reach(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return scores, in ONE parts, as the whole numbers that the context is made of."""
    near: NDArray[np.int64] = np.clip(np.rint(scores), -REACH, REACH).astype(np.int64)
    return near


def context_of(alone: NDArray[np.int64], sentences: Sequence[Sentence]) -> NDArray[np.int64]:
    """Return what stands around each sentence.

    Args:
        alone: int64[n, classes], the scores alone in parts of ONE, within REACH.
        sentences: The n sentences of one document, in order.

    Returns:
        int64[n, features], the same unit.

    """
    count, width = alone.shape
    margin = max(_WINDOWS)
    padded = np.full((count + 2 * margin, width), _NONE, dtype=np.int64)
    padded[margin : margin + count] = alone
    parts = [alone]
    parts.extend(padded[margin - step : margin - step + count] for step in _STEPS)
    running = np.zeros((len(padded) + 1, width), dtype=np.int64)
    np.cumsum(padded, axis=0, out=running[1:])
    for reach in _WINDOWS:
        low, high = margin - reach, margin + reach + 1
        window = running[high : high + count] - running[low : low + count] - alone
        parts.append(window // (2 * reach))
    numbers: dict[tuple[str, ...], int] = {}
    section = np.array(
        [numbers.setdefault(each.headings, len(numbers)) for each in sentences], dtype=np.int64
    )
    totals = np.zeros((len(numbers), width), dtype=np.int64)
    np.add.at(totals, section, alone)
    sizes = np.bincount(section, minlength=len(numbers))
    parts.append((totals // np.maximum(sizes, 1)[:, None])[section])
    whole = (alone.sum(axis=0) + _FEW * _NONE) // (count + _FEW)
    parts.append(np.broadcast_to(whole, alone.shape))
    parts.append(_surface(sentences))
    return np.concatenate(parts, axis=1)


def _surface(sentences: Sequence[Sentence]) -> NDArray[np.int64]:
    rows: list[tuple[int, ...]] = []
    for at, each in enumerate(sentences):
        place = at * ONE // len(sentences)
        length = min(len(each.text), _LONG)
        rows.append(
            (
                place,
                place * place // ONE,
                length * ONE // _LONG,
                *(ONE * (place < ONE // 10), ONE * (place > ONE - ONE // 10)),
                *(ONE * (length < limit) for limit in _SHORT),
                *(ONE * each.text.endswith(signs) for signs in _ENDINGS),
            )
        )
    return np.array(rows, dtype=np.int64)

"""Thresholds and how good answers are."""

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


def f1(told: Flags, due: Flags) -> float:
    """Return the harmonic mean of precision and recall; 1.0 where nothing is due or told."""
    total = int(told.sum()) + int(due.sum())
    return 2 * int((told & due).sum()) / total if total else 1.0


def macro_of_two(told: Flags, due: Flags, others: int = 0) -> float:
    """Return the mean of F1 for yes and for no; `others` more are a no and told so."""
    rest = np.zeros(others, dtype=np.bool_)
    told, due = np.concatenate([told, rest]), np.concatenate([due, rest])
    return (f1(told, due) + f1(~told, ~due)) / 2


def best_threshold(scores: NDArray[np.float64], due: Flags) -> float:
    """Return the threshold of the best F1: a score over it is a yes."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(due[order])
    quality = 2 * hits / (np.arange(1, len(order) + 1) + int(due.sum()))
    at = int(np.argmax(quality))
    after = min(at + 1, len(order) - 1)
    return round(float(scores[order[at]] + scores[order[after]]) / 2, 4)


def micro_and_macro(told: Flags, due: Flags) -> tuple[float, float]:
    """Return micro F1 and the mean of the classes' F1, by column."""
    return f1(told, due), float(np.mean([f1(*pair) for pair in zip(told.T, due.T, strict=True)]))


def best_cut(scores: NDArray[np.float64], due: Flags) -> float:
    """Return the threshold of the best mean of F1 for yes and for no."""
    order = np.argsort(-scores, kind="stable")
    hits, told, count = np.cumsum(due[order]), np.arange(1, len(order) + 1), len(order)
    yes, no = int(due.sum()), count - int(due.sum())
    missed_no = told - hits
    quality = 2 * hits / (told + yes) + 2 * (no - missed_no) / np.maximum(count - told + no, 1)
    at = int(np.argmax(quality))
    after = min(at + 1, count - 1)
    return round(float(scores[order[at]] + scores[order[after]]) / 2, 4)

"""What takes long is begun first, so that no process of tests ends long after the others.

Processes are given files one after another (`--dist loadfile --no-loadscope-reorder`). First come
those that start real servers, browsers and processes, then those that put whole services together,
and last those that compute; among each, those with more tests first.
"""

from collections import Counter

import pytest

FIRST = ("real", "service")
"""Marks, the first of which takes longest."""


def rank(item: pytest.Item) -> int:
    """Return which mark of a test comes first."""
    ranks = (at for at, mark in enumerate(FIRST) if item.get_closest_marker(mark))
    return next(ranks, len(FIRST))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in order, and leave each as it is."""
    ranks: dict[str, int] = {}
    counts = Counter(str(item.path) for item in items)
    for item in items:
        file = str(item.path)
        ranks[file] = min(rank(item), ranks.get(file, len(FIRST)))
    items.sort(key=lambda item: (ranks[str(item.path)], -counts[str(item.path)], str(item.path)))

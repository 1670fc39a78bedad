"""Decisions: D1, D2, D3, S2; each piece stands in its own module."""

from collections.abc import Iterator

from bench import decision_audience, decision_guard, decision_in_process
from bench.figure import Figure


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield every figure of decisions."""
    for part in (decision_in_process, decision_guard, decision_audience):
        yield from part.measure(short=short)

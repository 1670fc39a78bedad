"""Decisions: D1, D2, D3, S1, S2; each piece stands in its own module."""

from collections.abc import Iterator

from bench import decision_audience, decision_in_process, decision_scale
from bench.figure import Figure


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield every figure of decisions."""
    for part in (decision_in_process, decision_audience, decision_scale):
        yield from part.measure(short=short)

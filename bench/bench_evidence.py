"""The evidence log: E1, E2, group commit, proofs, erasing, memory; each in a module of its own."""

from collections.abc import Iterator

from bench import (
    evidence_append,
    evidence_commit,
    evidence_erasing,
    evidence_memory,
    evidence_merkle,
    evidence_proofs,
    evidence_verify,
)
from bench.figure import Figure


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield every figure of the evidence log."""
    for part in (
        evidence_merkle,
        evidence_append,
        evidence_commit,
        evidence_verify,
        evidence_proofs,
        evidence_erasing,
        evidence_memory,
    ):
        yield from part.measure(short=short)

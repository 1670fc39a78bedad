"""The period of an audit pack as the log has it: one walk over its records."""

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.evidence_log import LogReader, Position
from chengnuo.usecases.governance.pack_counts import LeafCounts
from chengnuo.usecases.governance.pack_sources import PackPeriod, Progress

KEPT_WHOLE = frozenset(
    {
        Kind.REGISTER_PUBLISHED,
        Kind.REQUEST_STATE,
        Kind.COMPLAINT,
        Kind.INCIDENT,
        Kind.DOSSIER_ACT,
        Kind.ATTESTATION,
        Kind.CONTROL_RUN,
    }
)
"""Kinds of which each record of the period is to be found in a part."""
EVERY = 2_000
"""After how many records it is told how far it is."""


def period_of(
    log: LogReader, start: int, end: int, progress: Progress
) -> tuple[PackPeriod, int] | None:
    """Walk the records of a period, and return it and the position of the last of them.

    Returns:
        None if the log has no checkpoint yet.

    """
    signed = log.checkpoint()
    if signed is None or not signed.checkpoint.size:
        return None
    size = signed.checkpoint.size
    newest = log.record(Position(size - 1)).leaf.at
    first = min(max(log.at(start) - 1, 0), size - 1)
    last = min(log.at(min(end, newest) + 1), size) - 1
    counts = LeafCounts()
    of_kind: dict[str, set[int]] = {kind.value: set() for kind in KEPT_WHOLE}
    for at, entry in enumerate(log.entries(Position(first), last + 1), first):
        if at % EVERY == 0:
            progress("records", at - first, last + 1 - first)
        leaf = counts.add(entry, start, end)
        if leaf is not None and leaf.kind in of_kind:
            of_kind[leaf.kind].add(at)
    period = PackPeriod(
        signed=signed,
        start=start,
        end=min(end, max(newest, start)),
        first=first,
        kinds=counts.kinds,
        of_kind=of_kind,
        registers=counts.registers,
        recipients=counts.recipients,
    )
    return period, max(last, first)

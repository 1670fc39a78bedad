"""What a log recorded of the checkpoints of other logs, and whether all shards are among them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.evidence.shard import ShardedOrigin
from chengnuo.ports.evidence_log import LogReader, Position, Record
from chengnuo.ports.evidence_payloads import Payloads

_MOST_LOOKED_AT = 100_000


class NothingSeenError(InvalidInputError):
    """A log holds no checkpoint of another log."""

    code = "nothing-seen"

    def __init__(self) -> None:
        super().__init__(
            "the log holds no checkpoint of another log; name the keys of those logs as"
            " `witness_of` in [evidence] of the settings, and this service as their witness"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLog:
    """The newest checkpoint of another log that was recorded.

    Attributes:
        position: Of the record.
        at: Its instant, microseconds since 1970.
        signed: The checkpoint, with the lines of its own log.

    """

    position: Position
    at: int
    signed: SignedCheckpoint


def seen_logs(log: LogReader, payloads: Payloads) -> tuple[SeenLog, ...]:
    """Return the newest recorded checkpoint of each log, by name.

    The last 100,000 records of the kind are looked through.

    Raises:
        NothingSeenError: None was recorded.
        PayloadDamagedError: A record is not what the log says.

    """
    found: dict[str, SeenLog] = {}
    for record in islice(_chain(log), _MOST_LOOKED_AT):
        values = _values(payloads, record)
        if values is None:
            continue
        signed = SignedCheckpoint.parse(values["note"]["text"])
        seen = SeenLog(position=record.position, at=record.leaf.at, signed=signed)
        found.setdefault(signed.checkpoint.origin, seen)
    if not found:
        raise NothingSeenError
    return tuple(found[origin] for origin in sorted(found))


def newest_seen(log: LogReader, payloads: Payloads, origin: str) -> SignedCheckpoint | None:
    """Return the newest recorded checkpoint of one log, however far back; None if there is none.

    Of a log that goes on it is among the last few records of the kind. Only for one that was never
    seen all of them are looked through, for to miss one would be to forget it.

    Raises:
        PayloadDamagedError: A record is not what the log says.

    """
    for record in _chain(log):
        values = _values(payloads, record)
        if values is not None and values["log"] == origin:
            return SignedCheckpoint.parse(values["note"]["text"])
    return None


def has_seen(log: LogReader) -> bool:
    """Tell whether a log recorded a checkpoint of another, so whether it has cosigned."""
    return next(_chain(log), None) is not None


def missing_shards(origins: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Return for what each set of shards is called which of them are not among some logs."""
    found: dict[tuple[str, int], set[int]] = {}
    for named in filter(None, map(ShardedOrigin.parse, origins)):
        found.setdefault((named.of_all, named.shard.of), set()).add(named.shard.number)
    return {
        of_all: tuple(number for number in range(1, of + 1) if number not in numbers)
        for (of_all, of), numbers in sorted(found.items())
    }


def _values(payloads: Payloads, record: Record) -> Any:  # noqa: ANN401  JSON, or None
    text = payloads.opened(record).payload
    return None if text is None else json.loads(text)


def _chain(log: LogReader) -> Iterator[Record]:
    """Yield the records of the kind under the newest checkpoint, newest first."""
    _, position = log.last(open_tag(Kind.CHECKPOINT_SEEN))
    while position is not None:
        record = log.record(position)
        yield record
        position = record.before

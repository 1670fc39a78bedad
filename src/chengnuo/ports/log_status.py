"""The state of the evidence log, in numbers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How large the log was at the end of a day (UTC)."""

    day: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogStatus:
    """The state of the log.

    Attributes:
        origin: Name of the log.
        size: Records that are durable.
        published: Records under the newest checkpoint.
        checkpoint_at: When that was signed; None before the first.
        queued: Records that wait to be written.
        kinds: How many of each kind, over the published ones.
        growth: Size at the end of each day that had a record, oldest first.
        bytes: Size of all its files.
        recovered: What the last opening did to the end of the log; empty if nothing.
        failed: Why nothing can be written any more; empty while all is well.

    """

    origin: str
    size: int
    published: int
    checkpoint_at: datetime | None
    queued: int
    kinds: tuple[tuple[str, int], ...]
    growth: tuple[Growth, ...]
    bytes: int
    recovered: str
    failed: str

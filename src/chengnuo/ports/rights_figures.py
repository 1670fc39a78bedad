"""Requests about rights counted over everybody: which closed since when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.domain.rights.request import RequestId


@dataclass(frozen=True, slots=True)
class Told:
    """Parties outside that were told of requests.

    Attributes:
        count: How many notices and tasks there are.
        unconfirmed: The request of each that nobody confirmed in time, the newest first.

    """

    count: int
    unconfirmed: tuple[RequestId, ...]


class RightsFiguresStore(Protocol):
    """Counts. Every method is one transaction."""

    def closed_since(self, at: datetime, *, limit: int) -> tuple[tuple[RequestId, datetime], ...]:
        """Return requests that ended since an instant other than by being taken back, and when.

        The newest first.
        """
        ...

    def told(self, before: datetime, *, limit: int) -> Told:
        """Return how many parties outside were told of something, and who did not confirm.

        Args:
            before: What is to be told by hand counts as not confirmed where it was so by then.
            limit: How many of those not confirmed are returned at most.

        """
        ...

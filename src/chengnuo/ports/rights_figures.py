"""Requests about rights counted over everybody: which closed since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.individuals import PersonKey


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

    def open_by_due(self) -> tuple[tuple[date, int], ...]:
        """Return how many requests are open by their last day, the earliest first.

        Counted within an index; no request is read.
        """
        ...

    def asked_again(
        self, requests: Sequence[RequestId], *, limit: int
    ) -> tuple[tuple[RequestId, PersonKey, str, int], ...]:
        """Return whose some open requests are, for which right, and how many there are so.

        Args:
            requests: Which ones, as a page shows them; those that have ended are left out.
            limit: How many open requests of one individual are looked at, so that somebody who
                asks thousands of times does not hold up the page.

        Returns:
            Id, whose, which right, how many of that individual are open for it: itself is one.

        """
        ...

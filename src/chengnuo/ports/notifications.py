"""Notifications that wait to be delivered, and what of each request people were told of.

A request itself is durable; what people are told of it follows from how it looked when somebody
looked last. That look is kept in one transaction with the notifications that follow from it, so
that a stop at whatever instant neither loses one nor makes one twice. No address and no account id
is kept here; what waits names the individual by their key, and that goes when it is delivered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.notifying import Notification


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What of a request people are told of.

    Attributes:
        stage: Where it stands.
        is_extended: Whether the time for the answer was extended.
        has_files: Whether there is something to take home.
        tasks: What has to be done by hand and is not.

    """

    stage: Stage
    is_extended: bool
    has_files: bool
    tasks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Looked:
    """How a request looked last.

    Attributes:
        look: How; None for one that came in before looks were kept: nobody is told of it again.

    """

    look: Look | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A notification that waits.

    Attributes:
        id: Its id, the same at every attempt.
        notification: Who is told what.
        attempts: How often its delivery was begun.

    """

    id: str
    notification: Notification
    attempts: int


@dataclass(frozen=True, slots=True)
class NotificationFigures:
    """How many notifications wait, and how many of the last thirty days were given up."""

    waiting: int
    lost: int


class NotificationStore(Protocol):
    """Keeps notifications and looks. Every method is one transaction."""

    def looked(self, request: RequestId) -> Looked | None:
        """Return how a request looked last; None where nobody ever looked."""
        ...

    def unsettled(self) -> frozenset[RequestId]:
        """Return the requests whose end, or that were never, looked at."""
        ...

    def keep(
        self, request: RequestId, look: Look, told: Sequence[Notification], at: datetime
    ) -> None:
        """Keep how a request looks, together with what people are told of it."""
        ...

    def forget(self, request: RequestId) -> None:
        """Forget how a request looked that is kept no longer."""
        ...

    def put(self, told: Sequence[Notification], at: datetime) -> None:
        """Add notifications that were not there in the last thirty days, by their ids."""
        ...

    def due(self, at: datetime, *, limit: int) -> tuple[Waiting, ...]:
        """Return what is to be delivered by now, the longest due first."""
        ...

    def begin(self, waiting: Waiting, next_at: datetime) -> bool:
        """Count an attempt before it is made, so that nobody else makes it until an instant.

        Returns:
            Whether nobody else had counted one since it was read.

        """
        ...

    def settle(self, notification: str, *, lost: bool) -> None:
        """Erase what a notification says once it is delivered or given up; its id stays a while."""
        ...

    def figures(self) -> NotificationFigures:
        """Count what waits and what was given up."""
        ...

"""Telling an agent that the status of its request changed (Data Rights Protocol 1.0).

Kept until the last status was taken, so that a restart loses none. What is sent says no more than
the agent can ask for: nothing of the individual's information.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.domain.rights.request import RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Where an agent wants to be told of one of its requests.

    Attributes:
        request: The request.
        agent: Id of the agent.
        address: Where the status is sent.
        told: Digest of the status that the agent knows.
        attempts: How often the status after that was sent in vain.
        next_at: When it is looked at next; None once the last status was taken, or given up.

    """

    request: RequestId
    agent: str
    address: str
    told: str
    attempts: int = 0
    next_at: datetime | None


class CallbackStore(Protocol):
    """Keeps callbacks, one a request. Every method is one transaction."""

    def put(self, callback: Callback) -> None:
        """Add one, in place of an earlier one of the request."""
        ...

    def due(self, at: datetime, *, limit: int) -> Sequence[Callback]:
        """Return those that have to be looked at by now, those that wait longest first."""
        ...

    def change(self, callback: Callback, *, attempts: int) -> bool:
        """Replace one if it was tried so often as it was read; tell whether."""
        ...


class CallbackSender(Protocol):
    """The way to agents."""

    def send(self, callback: Callback, message: str, body: bytes) -> None:
        """Send a status once.

        Args:
            callback: Whom and where to.
            message: Id of the message, the same at each attempt.
            body: What is sent, to the byte.

        Raises:
            NoticeNotSentError: It was not taken, or it is not known whether it was.

        """
        ...

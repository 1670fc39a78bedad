"""Telling a party outside by a program what it has to do (PIPL Arts. 21, 23, 47): one attempt.

When to try again, and when to give up, is decided elsewhere. A notice holds the account id, since
without it nobody could act on it: it is made when it is sent, and never kept.
"""

from dataclasses import dataclass, field
from typing import Protocol

from chengnuo.base.errors import UnavailableError


class NoticeNotSentError(UnavailableError):
    """A notice was not taken by its recipient; it is sent again later."""

    code = "rights-notice-not-sent"

    def __init__(self, recipient: str, what: str) -> None:
        super().__init__(f"a notice to `{recipient}` was not taken: {what}")
        self.recipient, self.what = recipient, what


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice, ready to be sent.

    Attributes:
        id: The same at each attempt, so that the recipient takes it once.
        kind: What it asks for, as `delete`.
        request: Request it belongs to.
        recipient: Id of the recipient in the register.
        body: What is sent, to the byte.
        attempt: Which attempt it is, from 1.

    """

    id: str
    kind: str
    request: str
    recipient: str
    body: bytes = field(repr=False)
    attempt: int


@dataclass(frozen=True, slots=True)
class Sent:
    """The recipient took the notice; whether it has done what it asks is not known yet."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The recipient says that it has done what the notice asks."""


class NoticeSender(Protocol):
    """One way to recipients."""

    def send(self, notice: Notice) -> Sent | Acknowledged:
        """Send a notice once.

        Raises:
            NoticeNotSentError: It was not taken, or it is not known whether it was.

        """
        ...

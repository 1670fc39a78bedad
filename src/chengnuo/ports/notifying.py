"""Telling people that something has come about with a request: staff, and the individual.

A notification says what came about, with which request and until when; never who somebody is or
what they asked, so that it may go by mail. Staff get mail by their role. Chengnuo knows no address
of any individual: the operator's own system is told and passes it on.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey


class NotNotifiedError(UnavailableError):
    """A notification was not taken; it is tried again."""

    code = "rights-not-notified"

    def __init__(self, what: str) -> None:
        super().__init__(f"a notification was not delivered: {what}")
        self.what = what


class Notable(StrEnum):
    """What has come about."""

    RECEIVED = "received"
    NEEDS_IDENTITY = "needs-identity"
    READY = "ready-to-download"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    EXTENDED = "extended"
    DUE_SOON = "due-soon"
    PARKED = "parked"
    TASK = "task"
    RELEASE_NEEDED = "release-needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """Something that somebody is told.

    Attributes:
        to: Staff of this role; None for the individual.
        event: What has come about.
        request: With which request.
        due: Last day for the answer; None where there is none any more.
        days_left: Working days until then; negative once it is over.
        person: Key of the individual, for the operator's own system; None for staff.
        occasion: Which step of the request it tells of, so that what comes about again, as another
            stop, is told again; None for a reminder.

    """

    to: Role | None
    event: Notable
    request: RequestId
    due: date | None = None
    days_left: int | None = None
    person: PersonKey | None = None
    occasion: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A notification in words.

    Attributes:
        subject: One line.
        text: All of it as plain text.
        html: All of it as a page.

    """

    subject: str
    text: str
    html: str


class Channel(Protocol):
    """One way to somebody."""

    def deliver(self, notification: Notification, message: Message) -> None:
        """Hand a notification over; twice is no harm, it bears the same id.

        Raises:
            NotNotifiedError: It was not taken.

        """
        ...


def notification_id(notification: Notification) -> str:
    """Return the id of a notification, the same whenever it is made again."""
    parts = [notification.request, notification.event.value, notification.to or "individual"]
    if notification.event is Notable.DUE_SOON:
        parts.append(str(notification.days_left))
    if notification.occasion is not None:
        parts.append(str(notification.occasion))
    return ".".join(parts)

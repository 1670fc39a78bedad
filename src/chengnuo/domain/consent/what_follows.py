"""What follows from a withdrawal: stop, tell the recipients, delete.

Stopping is due at once (PIPL Art. 15). Deleting (Art. 47 para. 1 item 3) and telling recipients
to delete cannot be taken back, so they fall due once the withdrawal cannot be undone any more.
A yes to the same item calls off what has not fallen due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from chengnuo.domain.register.consent_items import (
    ConsentItemId,
    MatterKind,
    provided_categories,
)
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.model import Register

UNDO_FOR = timedelta(minutes=10)
"""How long a withdrawal can be undone."""
UNDO_FOR_US = UNDO_FOR // timedelta(microseconds=1)


class FollowKind(StrEnum):
    """What has to be done."""

    STOP = "stop"
    """Systems and embedded code stop using it."""
    TELL = "tell"
    """A recipient is told, and says that it has stopped and deleted."""
    DELETE = "delete"
    """What was handled on this consent alone is deleted."""


class FollowState(StrEnum):
    """How far it is."""

    OPEN = "open"
    DONE = "done"
    CALLED_OFF = "called-off"
    """The withdrawal was undone, or a new yes came before it fell due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One thing that follows from a withdrawal.

    Attributes:
        withdrawal: Position of the withdrawal in the log.
        person: Under which of the individual's names it was done.
        item: Consent item.
        kind: What has to be done.
        recipient: Who has to be told; empty where nobody has.
        due: From when on, microseconds since 1970.
        state: How far it is.
        done_at: When it was acknowledged; None before.
        done: Position of the record of that; None before.

    """

    withdrawal: int
    person: str
    item: ConsentItemId
    kind: FollowKind
    recipient: str
    due: int
    state: FollowState = FollowState.OPEN
    done_at: int | None = None
    done: int | None = None

    def is_due(self, at: int) -> bool:
        """Tell whether it has to be done by now and is not."""
        return self.state is FollowState.OPEN and self.due <= at


def what_follows(
    item: ConsentItemId, register: Register | None, *, person: str, withdrawal: int, at: int
) -> tuple[FollowUp, ...]:
    """Return what follows from a withdrawal, in the order in which it falls due.

    Args:
        item: Consent item withdrawn.
        register: Register version of the withdrawal; None if it is not kept any more, and then
            nobody can be named who has to be told.
        person: Under which name.
        withdrawal: Position of its record.
        at: Its effective instant, microseconds since 1970.

    """
    later = at + UNDO_FOR_US
    told = () if register is None else tuple(_told(item, register))

    def one(kind: FollowKind, due: int, recipient: str = "") -> FollowUp:
        return FollowUp(
            withdrawal=withdrawal, person=person, item=item, kind=kind, recipient=recipient, due=due
        )

    return (
        one(FollowKind.STOP, at),
        *(one(FollowKind.TELL, later, recipient) for recipient in told),
        one(FollowKind.DELETE, later),
    )


def _told(item: ConsentItemId, register: Register) -> Iterator[RecipientId]:
    """Yield who got something on this consent: the one it names, else all of the activity."""
    activity_id, _, matter = item.partition("/")
    kind, _, about = matter.partition(":")
    activity = register.activity_by_id.get(ActivityId(activity_id))
    if activity is None:
        return
    for recipient in register.recipients_of(activity):
        if kind in {MatterKind.PROVISION, MatterKind.OVERSEAS}:
            is_told = recipient.recipient == about
        elif kind == MatterKind.SENSITIVE:
            is_told = about in provided_categories(activity, recipient)
        else:
            is_told = kind in {MatterKind.GENERAL, MatterKind.MINORS}
        if is_told:
            yield recipient.recipient

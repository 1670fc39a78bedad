"""Acts handed in again: whoever did not hear that an act was recorded may say it once more.

Nothing is recorded twice. The same answer to the same prompt, a withdrawal of what is withdrawn,
and the acknowledgement of what is acknowledged come back with the record there is. Another answer
to an answered prompt stays a conflict.
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.what_follows import FollowKind, FollowState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Recorded, Shown
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.refusals import (
    NoSuchFollowUpError,
    NothingToWithdrawError,
    PromptAnsweredError,
    PromptLateError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """An act that is recorded.

    Attributes:
        recorded: Where and when.
        repeated: Whether it was recorded before, so that nothing was recorded now.

    """

    recorded: Recorded
    repeated: bool = False


def answer_once(  # noqa: PLR0913  who, what, how, after what
    desk: ConsentDesk,
    person: PersonKey,
    item: ConsentItemId,
    act: Act,
    shown: Shown,
    *,
    guardian: Guardian | None = None,
    by: PersonKey | None = None,
    until: datetime | None = None,
) -> Once:
    """Record the answer to a prompt, or find it; see `ConsentDesk.answer` for what is refused."""
    try:
        recorded = desk.answer(person, item, act, shown, guardian=guardian, by=by, until=until)
    except (PromptAnsweredError, PromptLateError):
        for entry in desk.history(person):
            if _is_answer(entry, item, act, shown, guardian):
                return _found(entry)
        raise
    return Once(recorded=recorded)


def withdraw_once(  # noqa: PLR0913  who, what, where, by whom
    desk: ConsentDesk,
    person: PersonKey,
    item: ConsentItemId,
    *,
    surface: str,
    steps: int,
    guardian: Guardian | None = None,
    by: PersonKey | None = None,
) -> Once:
    """Withdraw a consent, or find that it is withdrawn.

    Raises:
        NothingToWithdrawError: There is neither a consent nor a withdrawal that stands.

    """
    try:
        recorded = desk.withdraw(
            person, item, surface=surface, steps=steps, guardian=guardian, by=by
        )
    except NothingToWithdrawError:
        entry = desk.standing_of(person).get(item)
        if entry is None or entry.event.act is not Act.WITHDRAW:
            raise
        return _found(entry)
    return Once(recorded=recorded)


def acknowledge_once(
    desk: ConsentDesk,
    person: PersonKey,
    withdrawal: int,
    kind: FollowKind,
    *,
    recipient: str = "",
) -> Once:
    """Acknowledge something that follows from a withdrawal, or find that it was.

    Args:
        desk: The desk.
        person: Whose withdrawal.
        withdrawal: Position of the withdrawal.
        kind: What was done.
        recipient: Who was told; empty where nobody had to be.

    Raises:
        NoSuchFollowUpError: Nothing of the sort follows, or it was called off.
        FollowUpNotDueError: The withdrawal can still be undone.

    """
    follow_ups = desk.follow_ups(person, limit=100_000)
    found = next(
        (
            one
            for one in follow_ups
            if (one.withdrawal, one.kind, one.recipient) == (withdrawal, kind, recipient)
        ),
        None,
    )
    if found is None:
        raise NoSuchFollowUpError(withdrawal)
    if found.state is FollowState.DONE and found.done is not None and found.done_at is not None:
        recorded = Recorded(position=Position(found.done), at=from_us(found.done_at))
        return Once(recorded=recorded, repeated=True)
    return Once(recorded=desk.acknowledge(person, withdrawal, kind, recipient=recipient))


def _is_answer(
    entry: Entry, item: ConsentItemId, act: Act, shown: Shown, guardian: Guardian | None
) -> bool:
    event = entry.event
    same = (event.item, event.act, entry.prompt) == (item, act, shown.prompt)
    # A withdrawal is bound to what it withdraws, not to what was shown.
    bound = act is Act.WITHDRAW or (
        (event.fingerprint, entry.notice) == (shown.fingerprint, shown.notice)
    )
    return same and bound and entry.guardian == guardian


def _found(entry: Entry) -> Once:
    recorded = Recorded(position=Position(entry.event.position), at=from_us(entry.event.at))
    return Once(recorded=recorded, repeated=True)

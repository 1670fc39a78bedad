"""Who is told what when something comes about with a request, and what if it is not taken.

What is told follows from how a request looked before and looks now, so that whoever changes it
does not have to think of it. What was not taken is tried again, after longer and longer pauses, and
counted as waiting; after two days it is given up and counted as lost. What waits is in memory: an
end of the service loses it. Nothing of the request itself hangs on it, the queue and the centre
show what a notification says, and reminders are made anew from the queue.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from chengnuo.base.text import Lang
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy
from chengnuo.ports.accounts import Role
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.notifying import (
    Channel,
    Notable,
    Notification,
    NotNotifiedError,
    notification_id,
)
from chengnuo.usecases.rights.notice_words import message_of
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen

DUE_SOON_DAYS = (5, 2, 0)
"""Working days left at which staff are reminded."""
_GIVE_UP_AFTER = timedelta(days=2)
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
_MOST_WAITING = 10_000
_OF_STAGE: dict[Stage, Notable] = {
    Stage.NEEDS_IDENTITY: Notable.NEEDS_IDENTITY,
    Stage.NEEDS_RELEASE: Notable.RELEASE_NEEDED,
    Stage.PARKED: Notable.PARKED,
    Stage.FULFILLED: Notable.DONE,
    Stage.PARTLY: Notable.PARTLY,
    Stage.REFUSED: Notable.REFUSED,
}
_STAFF: dict[Notable, tuple[Role, ...]] = {
    Notable.RECEIVED: (Role.STAFF,),
    Notable.DUE_SOON: (Role.STAFF, Role.REVIEWER),
    Notable.PARKED: (Role.STAFF,),
    Notable.TASK: (Role.STAFF,),
    Notable.RELEASE_NEEDED: (Role.REVIEWER,),
}
_INDIVIDUAL = frozenset(
    {
        Notable.RECEIVED,
        Notable.NEEDS_IDENTITY,
        Notable.READY,
        Notable.DONE,
        Notable.PARTLY,
        Notable.REFUSED,
        Notable.EXTENDED,
    }
)


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


def look_at(seen: RequestSeen) -> Look:
    """Return what of a request people are told of."""
    return Look(
        stage=seen.stage,
        is_extended=bool(seen.extended),
        has_files=bool(seen.files),
        tasks=frozenset(task.id for task in seen.tasks if task.done_at is None),
    )


def events_between(before: Look | None, now: Look) -> tuple[Notable, ...]:
    """Return what came about between two looks at a request.

    Args:
        before: How it looked; None before there was a request.
        now: How it looks.

    """
    found: list[Notable] = []
    if before is None:
        found.append(Notable.RECEIVED)
    if (before is None or before.stage is not now.stage) and now.stage in _OF_STAGE:
        found.append(_OF_STAGE[now.stage])
    if now.is_extended and (before is None or not before.is_extended):
        found.append(Notable.EXTENDED)
    if now.has_files and (before is None or not before.has_files):
        found.append(Notable.READY)
    if now.tasks - (frozenset() if before is None else before.tasks):
        found.append(Notable.TASK)
    return tuple(found)


def told_of(event: Notable, seen: RequestSeen) -> tuple[Notification, ...]:
    """Return who is told of an event with a request; nobody is told what they did themselves."""
    due = None if seen.stage.is_final else seen.due.on
    left = None if seen.stage.is_final else seen.days_left
    found = [
        Notification(to=role, event=event, request=seen.request.id, due=due, days_left=left)
        for role in _STAFF.get(event, ())
    ]
    if event in _INDIVIDUAL and seen.request.by is not AskedBy.AUTOMATIC:
        found.append(
            Notification(
                to=None,
                event=event,
                request=seen.request.id,
                due=due,
                days_left=left,
                person=PersonKey(seen.request.person),
            )
        )
    return tuple(found)


def due_soon(lines: Iterable[RequestLine]) -> tuple[Notification, ...]:
    """Return the reminders of a day: for requests with five, two or no working days left."""
    return tuple(
        Notification(
            to=role,
            event=Notable.DUE_SOON,
            request=line.id,
            due=line.due.on,
            days_left=line.days_left,
        )
        for line in lines
        if not line.stage.is_final and line.days_left in DUE_SOON_DAYS
        for role in _STAFF[Notable.DUE_SOON]
    )


@dataclass(slots=True)
class _Waiting:
    notification: Notification
    since: datetime
    next_at: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class NotifyingStatus:
    """How many notifications wait, and how many were given up."""

    waiting: int
    lost: int


@dataclass(slots=True, kw_only=True)
class Notifying:
    """Tells people, and tries again where it was not taken.

    Attributes:
        staff: The way to staff; None where none is set.
        individual: The way to the operator's own system; None where none is set.
        clock: Tells now.
        public_url: Address of this service.
        lang: Language of the words.

    """

    staff: Channel | None
    individual: Channel | None
    clock: Clock
    public_url: str = ""
    lang: Lang = Lang.ZH
    _waiting: deque[_Waiting] = field(default_factory=deque)
    _reminded: dict[str, datetime] = field(default_factory=dict)
    _lost: int = 0
    _lock: Lock = field(default_factory=Lock)

    def changed(self, before: Look | None, now: RequestSeen) -> None:
        """Take in how a request looked and looks; whom it concerns is told at the next round."""
        events = events_between(before, look_at(now))
        self.take(one for event in events for one in told_of(event, now))

    def remind(self, lines: Iterable[RequestLine]) -> None:
        """Remind staff of what is due soon, once for each number of days left."""
        now = self.clock.now()
        fresh: list[Notification] = []
        with self._lock:
            for one in due_soon(lines):
                key = notification_id(one)
                if key not in self._reminded:
                    self._reminded[key] = now
                    fresh.append(one)
            for key in [key for key, at in self._reminded.items() if now - at > _FORGET_AFTER]:
                del self._reminded[key]
        self.take(fresh)

    def take(self, notifications: Iterable[Notification]) -> None:
        """Take in notifications; they are delivered at the next round."""
        now = self.clock.now()
        with self._lock:
            for one in notifications:
                if self._channel(one) is None:
                    continue
                if len(self._waiting) >= _MOST_WAITING:
                    self._waiting.popleft()
                    self._lost += 1
                self._waiting.append(_Waiting(one, since=now, next_at=now))

    def deliver(self) -> int:
        """Deliver what is due; return how many were taken."""
        now = self.clock.now()
        with self._lock:
            due = [one for one in self._waiting if one.next_at <= now]
            self._waiting = deque(one for one in self._waiting if one.next_at > now)
        taken = 0
        for one in due:
            if self._delivered(one.notification):
                taken += 1
                continue
            pause = _PAUSES[min(one.attempts, len(_PAUSES) - 1)]
            one.attempts, one.next_at = one.attempts + 1, now + pause
            with self._lock:
                if one.next_at - one.since > _GIVE_UP_AFTER:
                    self._lost += 1
                else:
                    self._waiting.append(one)
        return taken

    def status(self) -> NotifyingStatus:
        """Tell how many notifications wait and how many were given up."""
        with self._lock:
            return NotifyingStatus(waiting=len(self._waiting), lost=self._lost)

    def _channel(self, notification: Notification) -> Channel | None:
        return self.individual if notification.to is None else self.staff

    def _delivered(self, notification: Notification) -> bool:
        channel = self._channel(notification)
        if channel is None:
            return True
        said = message_of(notification, public_url=self.public_url, lang=self.lang)
        try:
            channel.deliver(notification, said)
        except NotNotifiedError:
            return False
        return True


_FORGET_AFTER = timedelta(days=30)

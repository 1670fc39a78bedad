"""Who is told what when something comes about with a request, and what if it is not taken.

What is told follows from how a request looked before and looks now, so that whoever changes it
does not have to think of it. The request is durable before a change of it is acknowledged, and the
look is kept with what is to be told: a stop in between only makes it later. Each attempt is counted
before it is made; what was not taken is tried again after pauses that double, twelve times, then
given up and counted as lost. After a stop during an attempt there is another, with the same id.
A request of more than three days ago that nobody looked at before is not told of: notifications
were not set then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from chengnuo.base.text import Lang
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy
from chengnuo.ports.accounts import Role
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.notifications import Look, NotificationStore, Waiting
from chengnuo.ports.notifying import Channel, Notable, Notification, NotNotifiedError
from chengnuo.usecases.rights.notice_words import message_of
from chengnuo.usecases.rights.outbox import MOST_ATTEMPTS, pause_after
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen

DUE_SOON_DAYS = (5, 2, 0)
"""Working days left at which staff are reminded."""
_MOST_AT_ONCE = 100
_NEWS_FOR = timedelta(days=3)
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
        Notification(
            to=role,
            event=event,
            request=seen.request.id,
            due=due,
            days_left=left,
            occasion=len(seen.timeline),
        )
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
                occasion=len(seen.timeline),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifying:
    """Tells people, and tries again where it was not taken.

    Attributes:
        store: Keeps what waits, and how requests looked.
        staff: The way to staff; None where none is set.
        individual: The way to the operator's own system; None where none is set.
        clock: Tells now.
        public_url: Address of this service.
        lang: Language of the words.

    """

    store: NotificationStore
    staff: Channel | None
    individual: Channel | None
    clock: Clock
    public_url: str = ""
    lang: Lang = Lang.ZH

    def looked(self, seen: RequestSeen) -> None:
        """Take in how a request looks now; whom it concerns is told at the next round."""
        before, now = self.store.looked(seen.request.id), look_at(seen)
        if before is not None and before.look == now:
            return
        at = self.clock.now()
        look = None if before is None else before.look
        came_lately = before is None and seen.request.received > at - _NEWS_FOR
        events = events_between(look, now) if look is not None or came_lately else ()
        told = [one for event in events for one in told_of(event, seen)]
        self.store.keep(seen.request.id, now, self._with_a_way(told), at)

    def remind(self, lines: Iterable[RequestLine]) -> None:
        """Remind staff of what is due soon, once for each number of days left."""
        told = self._with_a_way(due_soon(lines))
        if told:
            self.store.put(told, self.clock.now())

    def deliver(self) -> int:
        """Deliver what is due; return how many were taken."""
        taken = 0
        for one in self.store.due(self.clock.now(), limit=_MOST_AT_ONCE):
            if one.attempts >= MOST_ATTEMPTS:
                self.store.settle(one.id, lost=True)
            elif self._counted(one) and self._delivered(one.notification):
                self.store.settle(one.id, lost=False)
                taken += 1
        return taken

    def _with_a_way(self, told: Iterable[Notification]) -> tuple[Notification, ...]:
        return tuple(one for one in told if self._channel(one) is not None)

    def _channel(self, notification: Notification) -> Channel | None:
        return self.individual if notification.to is None else self.staff

    def _counted(self, one: Waiting) -> bool:
        return self.store.begin(one, self.clock.now() + pause_after(one.attempts))

    def _delivered(self, notification: Notification) -> bool:
        channel = self._channel(notification)
        if channel is None:  # the way was taken away meanwhile
            return True
        said = message_of(notification, public_url=self.public_url, lang=self.lang)
        try:
            channel.deliver(notification, said)
        except NotNotifiedError:
            return False
        return True

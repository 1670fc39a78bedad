"""Events of recorded runs gathered to observations: one for each thing, owner and phase.

Whose a call is says the stack: the first frame from the top that is neither of the system nor of
the tool. Before consent is only what the log marks so, or what lies before the time that the
tester gave. What the tool answered from its cache was not read; a call inside its own wrapper, in
the same millisecond and on the same stack, is one call. No value of anybody is in what is told.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from chengnuo.base.instant import from_us
from chengnuo.domain.inspection.owners import Owners, owner_of
from chengnuo.domain.inspection.runs.calls import Calls, is_platform
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Observer,
    Owner,
    OwnerKind,
    Place,
    Subject,
    observation_id,
)
from chengnuo.domain.observation.runtime_event import (
    BehaviourLog,
    Frame,
    RunPhase,
    RuntimeEvent,
    Sent,
)
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.ids import CategoryId

MOST_GROUPS: Final = 50_000
MOST_ROWS: Final = 5
"""Rows of a log that one observation names; the count says how many there were."""
_MINUTE: Final = 60_000_000
_MOMENTS: Final = {
    RunPhase.BEFORE_CONSENT: Moment.SEEN_BEFORE_CONSENT,
    RunPhase.AFTER_CONSENT: Moment.SEEN_AFTER_CONSENT,
    RunPhase.UNKNOWN: Moment.SEEN,
}
_NOBODY: Final = Owner(kind=OwnerKind.UNKNOWN)
_Key = tuple[Subject, str, Owner, Moment]


@dataclass(slots=True, kw_only=True)
class _Group:
    """What is known of one thing so far."""

    file: str
    sha256: str
    call: str
    categories: dict[CategoryId, None]
    rows: list[int] = field(default_factory=list)
    count: int = 0
    first: int | None = None
    last: int | None = None
    recent: deque[int] = field(default_factory=deque)
    per_minute: int = 0
    labels: dict[str, None] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)
    kinds: set[Kind] = field(default_factory=set)
    schemes: dict[str, None] = field(default_factory=dict)
    stack: tuple[Frame, ...] = ()
    in_background: int = 0


@dataclass(slots=True)
class Gathering:
    """Gathers the events of one or more logs.

    Attributes:
        knowledge: Catalogues of calls, kits and hosts.
        texts: What kinds of values are called.
        own: The app's own packages.
        app_id: The app's own package name, or empty.
        consent_at: When the tester agreed, microseconds since 1970; None where nobody said.

    """

    knowledge: Knowledge
    texts: TextKnowledge
    own: tuple[str, ...] = ()
    app_id: str = ""
    consent_at: int | None = None
    left_out: int = 0
    _groups: dict[_Key, _Group] = field(default_factory=dict)
    _same: list[RuntimeEvent] = field(default_factory=list)
    _owners: Owners = field(init=False)
    _calls: Calls = field(init=False)

    def __post_init__(self) -> None:
        """Make ready what is asked for each event."""
        self._owners = Owners(sdks=self.knowledge.sdks, own=self.own)
        self._calls = Calls(self.knowledge, self.app_id)

    def take(self, log: BehaviourLog) -> int:
        """Take in every event of a log, and return how many there were."""
        self._same = []
        count = 0
        for event in log.events:
            count += 1
            if not event.is_cached and not self._is_within(event):
                self._take(log, event)
        return count

    def observations(self) -> tuple[Observation, ...]:
        """Return what was seen so far, in the order of observations."""
        found = (self._observation(key, group) for key, group in self._groups.items())
        return tuple(sorted(found, key=lambda one: one.order))

    def _is_within(self, event: RuntimeEvent) -> bool:
        """Tell whether a call is inside one before it: of its stack, in the same millisecond."""
        if event.at is None or not event.stack:
            return False
        if self._same and self._same[0].at is not None:
            if self._same[0].at // 1000 != event.at // 1000:
                self._same = []
            elif any(_is_wrapped(one.stack, event.stack) for one in self._same):
                return True
        self._same = [*self._same[-15:], event]
        return False

    def _take(self, log: BehaviourLog, event: RuntimeEvent) -> None:
        if event.sent is not None and _is_own_phone(event.sent.host):
            return
        if event.sent is not None:
            owner = self._at(event.sent.host, event.stack)
            kinds = (self.texts.of(one).category for one in event.kinds)
            self._add(log, event, (Subject.HOST, event.sent.host), owner, tuple(kinds))
            return
        told = self._calls.told(event)
        if told is not None:
            owner = self.owner_of_stack(event.stack)
            key = (told.subject, told.what)
            self._add(log, event, key, owner, told.categories, call=told.call)

    def owner_of_stack(self, stack: Iterable[Frame]) -> Owner:
        """Return whose a call is by its stack; unknown where no frame tells."""
        caller = next((one for one in stack if not is_platform(one.class_name)), None)
        return _NOBODY if caller is None else self._owners.of(caller.class_name)

    def _at(self, host: str, stack: Iterable[Frame]) -> Owner:
        """Return whose a host is: of the stack that spoke to it, else of the kit known for it."""
        by_stack = self.owner_of_stack(stack)
        if by_stack != _NOBODY:
            return by_stack
        claim = self.knowledge.sdks.by_host(host)
        return _NOBODY if claim is None or claim.weak else owner_of(claim)

    def _phase(self, event: RuntimeEvent) -> RunPhase:
        if event.phase is not RunPhase.UNKNOWN or self.consent_at is None or event.at is None:
            return event.phase
        before = event.at < self.consent_at
        return RunPhase.BEFORE_CONSENT if before else RunPhase.AFTER_CONSENT

    def _add(  # noqa: PLR0913  what is known of an event
        self,
        log: BehaviourLog,
        event: RuntimeEvent,
        what: tuple[Subject, str],
        owner: Owner,
        categories: tuple[CategoryId, ...],
        *,
        call: str = "",
    ) -> None:
        key = (*what, owner, _MOMENTS[self._phase(event)])
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= MOST_GROUPS:
                self.left_out += 1
                return
            group = _Group(
                file=log.name,
                sha256=log.sha256,
                call=call,
                categories={},
                stack=event.stack,
            )
            self._groups[key] = group
        group.categories.update(dict.fromkeys(categories))
        group.kinds.update(event.kinds)
        group.count += 1
        group.in_background += event.in_background
        if len(group.rows) < MOST_ROWS and group.sha256 == log.sha256:
            group.rows.append(event.row)
        if event.label and len(group.labels) < MOST_ROWS:
            group.labels[event.label] = None
        if event.sent is not None:
            _put_sent(group, event.sent)
        if event.at is not None:
            _put_time(group, event.at)

    def _observation(self, key: _Key, group: _Group) -> Observation:
        subject, what, owner, moment = key
        named_only = subject is Subject.HOST and set(group.schemes) == {"dns"}
        details: dict[str, str] = {
            "calls": group.call,
            "count": str(group.count),
            "kinds": " ".join(sorted(one.name.lower() for one in group.kinds)),
            "keys": " ".join(list(group.keys)[:20]),
            "labels": "、".join(group.labels),
            "per-minute": str(group.per_minute) if group.per_minute else "",
            "first": "" if group.first is None else from_us(group.first).isoformat(),
            "last": "" if group.last is None else from_us(group.last).isoformat(),
            "in-background": str(group.in_background) if group.in_background else "",
            "schemes": " ".join(group.schemes),
            "seen": f"{group.file}:{','.join(map(str, group.rows))}",
            "sha256": group.sha256,
            "stack": " ← ".join(f"{one.class_name}.{one.method}" for one in group.stack[:8]),
            "use": "" if subject is not Subject.HOST else "named" if named_only else "opened",
        }
        place = Place(file=group.file, line=group.rows[0])
        name = f"{owner.kind}:{owner.id} {moment}"
        return Observation(
            id=observation_id(Observer.RUNTIME, subject, what, Place(file=""), name),
            observer=Observer.RUNTIME,
            subject=subject,
            what=what,
            categories=tuple(group.categories),
            owner=owner,
            caused_by=owner,
            moment=moment,
            place=place,
            confidence=Confidence.LOW if named_only else Confidence.HIGH,
            details=tuple(sorted((name, value) for name, value in details.items() if value)),
        )


def _is_wrapped(one: tuple[Frame, ...], other: tuple[Frame, ...]) -> bool:
    """Tell whether one of two stacks is the other, with only frames of the system before it."""
    short, long = sorted((one, other), key=len)
    inside = long[: len(long) - len(short)]
    return bool(inside) and long[len(inside) :] == short and all(map(_is_of_system, inside))


def _is_own_phone(host: str) -> bool:
    """Tell whether a host is the phone itself, so that nothing leaves it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_of_system(frame: Frame) -> bool:
    return is_platform(frame.class_name)


def _put_sent(group: _Group, sent: Sent) -> None:
    group.schemes[sent.scheme] = None
    for key in sent.keys:
        if len(group.keys) < MOST_GROUPS:
            group.keys[key] = None


def _put_time(group: _Group, at: int) -> None:
    group.first = at if group.first is None else min(group.first, at)
    group.last = at if group.last is None else max(group.last, at)
    group.recent.append(at)
    while group.recent and group.recent[0] <= at - _MINUTE:
        group.recent.popleft()
    group.per_minute = max(group.per_minute, len(group.recent))

"""Answers from planes that another process keeps current, in a microsecond or two.

What the planes cannot say for certain is not answered here, and whoever asks goes the long way:
planes that are not current, another day, another instant than now, somebody unknown or erased,
what the caller says of somebody, an activity whose assessment is kept in a dossier. So an answer of
here is the one that the long way gives.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final, Protocol

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.instant import from_us
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.lookup import Look, Lookup
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.state_bits import SUPPRESSED
from chengnuo.domain.register.assessing import NOT_KEPT, InDossiers
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.planes import Meant, PlanesMapped
from chengnuo.usecases.decision.answering import NOTHING_STATED, Answer, Stated
from chengnuo.usecases.decision.desk import rests_on

PEOPLE_KEPT: Final = 1 << 17
"""People whose ordinals are kept at a time."""
_ASKED_KEPT: Final = 1 << 12
_LOOKED_EVERY_NS: Final = 1_000_000_000


class Asked(Protocol):
    """What a program asks over and over; the same object each time is the quickest."""

    @property
    def stated(self) -> Stated:
        """What the program says of everybody."""
        ...

    def request(self) -> Request:
        """Return it as the value that is decided on."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is looked up elsewhere than in planes.

    Attributes:
        planes: Maps the planes; None while there are none that can be used.
        ordinal: Returns the dense number of somebody by account id; None for somebody unknown.
        register: Returns the register of a kept version.
        state: Returns what was so about somebody at an instant, by the first records of the log.
        catalogue: The law.
        concluded: Returns what was concluded in dossiers, which no plane knows.
        pinned: The only register version to decide by; empty for the one in force.
        now: Returns the instant, microseconds since 1970.
        ticks: Returns nanoseconds of a clock that nobody sets.

    """

    planes: Callable[[], PlanesMapped | None]
    ordinal: Callable[[str], int | None]
    register: Callable[[str], Register]
    state: Callable[[str, int, int], State]
    catalogue: Catalogue
    concluded: Callable[[], InDossiers]
    pinned: str
    now: Callable[[], int]
    ticks: Callable[[], int]


@dataclass(slots=True, kw_only=True)
class _Held:
    """What holds as long as the planes are laid out as they are and the day is the same."""

    mapped: PlanesMapped
    generation: int
    since: int
    until: int
    lookup: Lookup
    meant: Meant
    flags: memoryview
    ordinals: dict[str, int] = field(default_factory=dict)
    looks: dict[int, tuple[Asked, Look | None]] = field(default_factory=dict)


class QuickAnswers:
    """Answers of one process; threads may share it."""

    def __init__(self, beside: Beside) -> None:
        """Map planes when they are first asked for."""
        self._beside = beside
        self._now, self._ticks = beside.now, beside.ticks
        self._mapped: PlanesMapped | None = None
        self._held: _Held | None = None
        self._look_again = 0
        self._compiled: tuple[str, date, Compiled] | None = None
        self._concluded = NOT_KEPT

    def answer(self, account: str, asked: Asked) -> Answer | None:
        """Return the answer for now; None if it has to be found the long way.

        Args:
            account: The operator's account id.
            asked: What shall be done.

        Raises:
            UnavailableError: The register that the planes are for cannot be read.

        """
        at = self._now()
        if self._ticks() >= self._look_again:
            self._look_for_planes()
        held = self._held
        if held is None and (held := self._hold(at)) is None:
            return None
        mapped = held.mapped
        position, last = mapped.last()
        at = max(at, last)
        counts = held.since <= at < held.until and mapped.counts(held.generation, at)
        if not counts and (held := self._hold(at)) is None:
            return None
        ordinal = held.ordinals.get(account)
        if ordinal is None and (ordinal := self._ordinal(held, account)) is None:
            return None
        found = held.looks.get(id(asked))
        look = found[1] if found is not None and found[0] is asked else self._looked(held, asked)
        if look is None or held.flags[ordinal] & SUPPRESSED:
            return None
        return Answer(
            decision=look.decide(ordinal, at),
            at=at,
            register=held.meant.register,
            law=held.meant.law,
            position=position,
            rests=partial(self._rests, account),
        )

    def _look_for_planes(self) -> None:
        """See now and then whether there are planes, and whether they are still the same."""
        self._look_again = self._ticks() + _LOOKED_EVERY_NS
        concluded = self._beside.concluded()
        if concluded != self._concluded:
            self._concluded, self._held = concluded, None
        if self._mapped is None or not self._mapped.is_there():
            self._held = None
            self._mapped = self._beside.planes()

    def _hold(self, at: int) -> _Held | None:
        """Take the planes as they are now; None if they do not count at an instant."""
        mapped = self._mapped
        if mapped is None or not mapped.counts(generation := mapped.generation, at):
            return None
        try:
            planes, meant, good = mapped.planes(), mapped.meant, mapped.good
            if not self._decides_by(meant):
                return None
            lookup = Lookup(self._compile(meant, civil_date(from_us(at))), planes)
        except ChengnuoError:
            return None
        # What was read belongs together if nothing was changed until now.
        if not mapped.counts(generation, at) or not good.since <= at < good.until:
            return None
        self._held = held = _Held(
            mapped=mapped,
            generation=generation,
            since=good.since,
            until=good.until,
            lookup=lookup,
            meant=meant,
            flags=planes.flags,
        )
        return held

    def _decides_by(self, meant: Meant) -> bool:
        is_law = meant.law == self._beside.catalogue.version.digest
        return is_law and self._beside.pinned in {"", meant.register}

    def _compile(self, meant: Meant, day: date) -> Compiled:
        known = self._compiled
        if known is not None and known[:2] == (meant.register, day):
            return known[2]
        register = self._beside.register(meant.register)
        compiled = Compiled(Book(register=register, catalogue=self._beside.catalogue, day=day))
        self._compiled = (meant.register, day, compiled)
        return compiled

    def _ordinal(self, held: _Held, account: str) -> int | None:
        """Look up somebody's ordinal, which is theirs for ever; nobody's is looked up again."""
        ordinal = self._beside.ordinal(account)
        if ordinal is None or not 0 <= ordinal < len(held.flags):
            return None
        if len(held.ordinals) >= PEOPLE_KEPT:
            held.ordinals = {}
        held.ordinals[account] = ordinal
        return ordinal

    def _looked(self, held: _Held, asked: Asked) -> Look | None:
        request = asked.request()
        beside = self._concluded
        is_sure = (
            asked.stated == NOTHING_STATED
            and request.activity not in beside.concluded
            and request.recipient not in beside.given_up
        )
        look = held.lookup.look(request) if is_sure else None
        if len(held.looks) >= _ASKED_KEPT:
            held.looks = {}
        held.looks[id(asked)] = (asked, look)
        return look

    def _rests(self, account: str, answer: Answer) -> tuple[Position, ...]:
        state = self._beside.state(account, answer.at, answer.position)
        return rests_on(answer.decision, state)

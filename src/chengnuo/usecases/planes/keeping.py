"""The planes of a service, kept equal to the state: what was acknowledged every reader sees.

The state tells every change here before it is acknowledged, and it is written then. Everything
else is done by `settle`, again and again: planes of an earlier service are replayed from where
they stand, what a register change or a birthday alters is written anew, and planes that cannot be
told to be right are made again from the state. Only planes that equal the state are marked as
current; whatever goes wrong takes the mark away first, so that readers ask the log itself.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from hashlib import sha256
from itertools import islice
from threading import RLock

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.instant import from_us
from chengnuo.domain.consent.setting import PUBLIC_INFORMATION, SWITCH
from chengnuo.domain.decision.request import State
from chengnuo.domain.decision.state_bits import (
    SUPPRESSED,
    Lanes,
    lane_of_objection,
    lane_of_switch,
)
from chengnuo.domain.register.model import Register
from chengnuo.engines.planes.planes import Whole
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.consents import Forgotten, Seen
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.planes import Mark, Meant, PlanesWritten, Reached
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.state import state_from
from chengnuo.usecases.decision.books import Edition
from chengnuo.usecases.planes.days import good_on, turned
from chengnuo.usecases.planes.status import PlanesStatus

LOG = logging.getLogger("chengnuo.planes")
_AT_ONCE = 64
"""Records or people written while acts of others wait."""
_TOLD_EVERY = 100_000


class StateInPlanes:
    """`Follower` that writes planes."""

    def __init__(
        self,
        planes: PlanesWritten,
        *,
        edition: Callable[[], Edition | None],
        register_of: Callable[[str], Register | None],
        catalogue: Catalogue,
    ) -> None:
        """Take planes that nobody relies on yet; `settle` them once they follow a state.

        Args:
            planes: The planes, opened to write them.
            edition: Returns the register in force; None where there is none.
            register_of: Returns the register of a kept version; None if it is not kept.
            catalogue: The law.

        """
        self._planes = planes
        self._edition = edition
        self._register_of = register_of
        self._catalogue = catalogue
        self._lanes: Lanes | None = None
        self._keeper: ConsentKeeper | None = None
        self._lost = True
        self._why = ""
        self._marking = RLock()
        self._take_mark(Mark.BEHIND)
        known = register_of(planes.meant.register) if planes.mark is not Mark.RAW else None
        if known is not None and planes.meant.law == self._law:
            self._lanes = Lanes(known, catalogue)

    def follow(self, keeper: ConsentKeeper) -> None:
        """Take the state that is followed."""
        self._keeper = keeper

    def changed(self, person: PersonKey, state: State) -> None:
        """See `Follower.changed`."""
        with _Nothing(self):
            self._put(person, state)

    def forgotten(self, ordinal: int) -> None:
        """See `Follower.forgotten`."""
        with _Nothing(self):
            self._planes.put(ordinal, Whole(flags=SUPPRESSED))

    def expects(self, person: PersonKey | None) -> None:
        """See `Follower.expects`."""
        with _Nothing(self):
            if person is None:
                self._planes.expect(None)
                return
            if self._planes.expected is not None:  # of another, whose change nobody told
                self._take_mark(Mark.RAW)
            self._planes.expect(self._state.store.ordinal(person))

    def reached(self, seen: Seen) -> None:
        """See `Follower.reached`."""
        with _Nothing(self):
            if not self._lost:
                self._reached(seen)

    def lost(self) -> None:
        """See `Follower.lost`."""
        with self._marking:
            self._lost = True
            self._take_mark(Mark.BEHIND)

    def register_changed(self) -> None:
        """Take the mark away once another register is in force, until the planes are for it."""
        with self._marking:
            if self._edition_meant() != self._planes.meant:
                self._take_mark(Mark.BEHIND)

    def status(self) -> PlanesStatus:
        """Return how the planes are."""
        planes = self._planes
        return PlanesStatus(
            current=planes.mark is Mark.CURRENT,
            individuals=planes.planes.capacity,
            bytes=planes.used(),
            position=planes.reached_to.position,
            why="" if planes.mark is Mark.CURRENT else self._why,
        )

    def settle(self) -> None:
        """Bring the planes level with the state, and mark them as current.

        Raises:
            ChengnuoError: They could not be; nobody relies on them, and it can be tried again.

        """
        edition = self._edition()
        if edition is None:
            return
        try:
            self._state.level()
            self._settle(edition)
        except ChengnuoError as error:
            self.failed(error.code, Mark.BEHIND)
            raise

    def close(self) -> None:
        """Let go of the planes; whoever reads goes on relying on those that are current."""
        with nullcontext() if self._keeper is None else self._keeper.lock:
            self._planes.close()

    def failed(self, why: str, mark: Mark) -> None:
        """Take the mark away because of something."""
        with self._marking:
            if why != self._why:
                LOG.warning("the planes are not current: %s; decisions read the log", why)
            self._why, self._lost = why, True
            self._take_mark(mark)

    @property
    def _state(self) -> ConsentKeeper:
        assert self._keeper is not None, "a state is followed before anything is told"  # noqa: S101
        return self._keeper

    @property
    def _law(self) -> str:
        return self._catalogue.version.digest

    def _edition_meant(self) -> Meant | None:
        edition = self._edition()
        return None if edition is None else Meant(register=edition.version, law=self._law)

    def _settle(self, edition: Edition) -> None:
        planes, meant = self._planes, Meant(register=edition.version, law=self._law)
        if planes.mark is Mark.RAW or self._lanes is None or not self._stand_on_log():
            self._make_anew(edition.register, meant)
        elif planes.meant != meant:
            self._renew(self._lanes, edition.register, meant)
        self._turn_day()
        if self._lost:
            self._replay()
        with self._state.lock, self._marking:
            if not self._lost and self._edition_meant() == planes.meant and self._is_today():
                if planes.mark is not Mark.CURRENT:
                    LOG.info("the planes are current, with %d records", planes.reached_to.position)
                self._why = ""
                planes.marked(Mark.CURRENT)

    def _stand_on_log(self) -> bool:
        """Tell whether the log still has the record up to which the planes go."""
        reached = self._planes.reached_to
        if not self._lost or not reached.position:
            return True
        if reached.position > self._state.seen().position:
            return False
        record = self._state.recorder.log.record(Position(reached.position - 1))
        return sha256(record.entry).digest() == reached.anchor

    def _make_anew(self, register: Register, meant: Meant) -> None:
        """Write everybody from the state."""
        state, planes, lanes = self._state, self._planes, Lanes(register, self._catalogue)
        with state.lock:
            self.lost()
            planes.empty(meant, lanes.names)
            self._lanes = lanes
            seen = Seen(position=state.level(), at=state.seen().at)
            planes.good_for(good_on(civil_date(from_us(state.now()))))
        self._write_all(person for person, _ in state.store.everyone())
        self._whole(seen)

    def _renew(self, older: Lanes, register: Register, meant: Meant) -> None:
        """Change to another register: whoever acted on what has another lane is written anew."""
        state, planes, lanes = self._state, self._planes, Lanes(register, self._catalogue)
        with state.lock:
            self.lost()
            seen = planes.reached_to
            planes.marked(Mark.RAW)
            known = set(planes.planes.lanes)
            planes.renew(meant, lanes.names, lanes.carried(older))
            self._lanes = lanes
        added = {name for name in lanes.names if name not in known}
        items = {item for item, lane in lanes.items.items() if lane.name in added}
        switches = (one.switch for one in register.switches)
        settings = {f"{SWITCH}{one}" for one in switches if lane_of_switch(one) in added}
        settings |= {
            f"{PUBLIC_INFORMATION}{one}"
            for one in lanes.objections
            if lane_of_objection(one) in added
        }
        self._write_all(state.store.acted_on(items, settings))
        self._whole(Seen(position=seen.position, at=seen.at))

    def _whole(self, seen: Seen) -> None:
        """Take the planes as right up to a position; what came since is replayed."""
        with self._state.lock:
            self._reached(seen)
            self._planes.marked(Mark.BEHIND)

    def _replay(self) -> None:
        """Write everybody whom a record concerns that the planes lack."""
        state, planes = self._state, self._planes
        if (expected := planes.expected) is not None:
            person = state.store.person(expected)
            self._write_all([] if person is None else [person])
            planes.expect(None)
        self._write_all(self._not_suppressed())
        while True:
            with state.lock:
                at, size = planes.reached_to.position, state.level()
                upto = min(at + _AT_ONCE, size)
                for taken in state.look(range(at, upto)):
                    if isinstance(taken.change, Forgotten):
                        planes.put(taken.change.ordinal, Whole(flags=SUPPRESSED))
                    self._write(person for person, _ in taken.persons)
                if upto == size:
                    self._reached(state.seen())
                    with self._marking:
                        self._lost = False
                    return
                self._reached(Seen(position=upto, at=planes.reached_to.at))

    def _not_suppressed(self) -> Iterable[PersonKey]:
        """Yield whose deletion was recorded and may have been carried out unseen."""
        for person, ordinal in self._state.store.with_deletion():
            if not self._planes.planes.flags_of(ordinal) & SUPPRESSED:
                yield person

    def _turn_day(self) -> None:
        """Write everybody who came into another age since the day that the planes are for."""
        state, good = self._state, self._planes.good
        today = civil_date(from_us(state.now()))
        if good == good_on(today):
            return
        for first, before in turned(civil_date(from_us(good.since)), today):
            self._write_all(state.store.born_between(first, before))
        with state.lock:
            self._planes.good_for(good_on(today))

    def _is_today(self) -> bool:
        return self._planes.good == good_on(civil_date(from_us(self._state.now())))

    def _write_all(self, people: Iterable[PersonKey]) -> None:
        """Write many, a few at a time, so that acts go on between."""
        given, count = iter(people), 0
        while some := list(islice(given, _AT_ONCE)):
            with self._state.lock:
                self._write(some)
            count += len(some)
            if count % _TOLD_EVERY < _AT_ONCE <= count:
                LOG.info("%d individuals written to the planes", count)

    def _write(self, people: Iterable[PersonKey]) -> None:
        state = self._state
        for person in people:
            kept = state.kept(person)
            found = state_from(kept, state.now())
            for name in kept.names:
                self._put(name, found)

    def _put(self, person: PersonKey, state: State) -> None:
        ordinal = self._state.store.ordinal(person)
        if ordinal is not None and self._lanes is not None:
            self._planes.put(ordinal, self._lanes.bits_of(state))

    def _reached(self, seen: Seen) -> None:
        anchor = b""
        if seen.position:
            record = self._state.recorder.log.record(Position(seen.position - 1))
            anchor = sha256(record.entry).digest()
        at = max(seen.at, self._planes.reached_to.at)
        self._planes.reached(Reached(position=seen.position, at=at, anchor=anchor))

    def _take_mark(self, mark: Mark) -> None:
        if self._planes.mark > mark:
            self._planes.marked(mark)


class _Nothing:
    """Lets no error out of a follower: the planes lose their mark instead."""

    def __init__(self, planes: StateInPlanes) -> None:
        self._planes = planes

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: object, _: object) -> bool:
        """Take the mark away after an error; an interrupt goes on."""
        if kind is None:
            return False
        # What was not written need not be in the log, so a replay would not mend it.
        why = error.code if isinstance(error, ChengnuoError) else kind.__name__
        self._planes.failed(why, Mark.RAW)
        return issubclass(kind, Exception)

"""A desk of decisions from an opened log: for the command line and for a guard in process."""

from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile
from time import monotonic_ns
from typing import Final

import msgspec

from chengnuo.base.instant import to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.decision.request import State
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.clock import Clock
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.evidence_log import LogReader, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.quick import Beside, QuickAnswers
from chengnuo.usecases.decision.replaying import Replay
from chengnuo.usecases.decision.states import NobodyKnown
from chengnuo.usecases.dossier.assessed import KeptAssessments
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.tools import Reading
from chengnuo.usecases.register_desk import NoRegisterError

_FOLLOWED_EVERY_US: Final = 1_000_000
_FOLLOWED_EVERY_NS: Final = 1_000_000_000


class _Version(msgspec.Struct):
    version: str


def edition_of(register: Register) -> Edition:
    """Return a register with its version."""
    return Edition(version=version_of(register), register=register)


def edition_in_force(reading: Reading) -> Edition:
    """Return the register that the log says is in force.

    Raises:
        NoRegisterError: It says so of none.
        UnknownVersionError: It is not kept.

    """
    version = version_in_force(reading)
    return Edition(version=version, register=reading.register_of(version).register)


def version_in_force(reading: Reading) -> Version:
    """Return the version of the register that the log says is in force.

    Raises:
        NoRegisterError: It says so of none.

    """
    return version_by_log(reading.log, reading.payloads)


def version_by_log(log: LogReader, payloads: Payloads) -> Version:
    """Return the version of the register that a log says is in force; raises as above."""
    record = _newest(log, Kind.REGISTER_PUBLISHED)
    payload = None if record is None else payloads.opened(record).payload
    if payload is None:
        raise NoRegisterError
    return Version(msgspec.json.decode(payload, type=ready(_Version)).version)


def followed_edition(reading: Reading, clock: Clock) -> Callable[[], Edition]:
    """Return what tells the register that the log says is in force, looked up every second.

    Raises:
        NoRegisterError: From the returned: the log says so of none.
        UnknownVersionError: From the returned: it is not kept.

    """
    read = lru_cache(maxsize=2)(lambda version: reading.register_of(version).register)
    found: list[tuple[int, Version]] = []

    def edition() -> Edition:
        now = to_us(clock.now())
        if not found or not 0 <= now - found[0][0] < _FOLLOWED_EVERY_US:
            found[:] = [(now, version_in_force(reading))]
        version = found[0][1]
        return Edition(version=version, register=read(version))

    return edition


def followed_assessments(reading: Reading) -> KeptAssessments:
    """Return what tells which impact assessments stand, looked up every second."""
    looked = [monotonic_ns() - _FOLLOWED_EVERY_NS]

    def again() -> bool:
        now = monotonic_ns()
        is_time = now - looked[0] >= _FOLLOWED_EVERY_NS
        if is_time:
            looked[0] = now
        return is_time

    def register(version: str) -> Register:
        return reading.register_of(version).register

    return KeptAssessments(reading.log, reading.payloads, register, again=again)


def quick_of(reading: Reading, clock: Clock, *, pinned: str = "") -> QuickAnswers:
    """Return what answers from the planes beside an opened log.

    Args:
        reading: The log, opened to read it.
        clock: Tells now.
        pinned: The only register version to decide by; empty for the one in force.

    """

    def ordinal(account: str) -> int | None:
        return reading.consents.ordinal(reading.person(account))

    def register(version: str) -> Register:
        return reading.register_of(version).register

    def state(account: str, at: int, position: int) -> State:
        return _states(reading).state_before(reading.person(account), at, position=position)

    kept = followed_assessments(reading)

    return QuickAnswers(
        Beside(
            planes=reading.planes,
            ordinal=ordinal,
            register=register,
            state=state,
            catalogue=reading.catalogue,
            concluded=lambda: kept.by(None),
            pinned=pinned,
            now=lambda: to_us(clock.now()),
            ticks=monotonic_ns,
        )
    )


def desk_of(
    reading: Reading, edition: Edition, clock: Clock, *, recorder: Recorder | None = None
) -> DecisionDesk:
    """Return the desk that decides by an opened log and a register."""
    return DecisionDesk(
        books=Books(lambda: edition, reading.catalogue, assessed=followed_assessments(reading)),
        states=_states(reading),
        clock=clock,
        recorder=recorder,
    )


def desk_of_nobody(edition: Edition, catalogue: Catalogue, clock: Clock) -> DecisionDesk:
    """Return the desk of an installation without a log: nothing is known of anybody."""
    return DecisionDesk(books=Books(lambda: edition, catalogue), states=NobodyKnown(), clock=clock)


def replay_of(reading: Reading, *, register_of: Callable[[str], Register] | None = None) -> Replay:
    """Return what replays the decisions of an opened log."""

    def kept(version: str) -> Register:
        return reading.register_of(version).register

    return Replay(
        log=reading.log,
        payloads=reading.payloads,
        states=ChainStates(log=reading.log, payloads=reading.payloads),
        register_of=kept if register_of is None else register_of,
        books=Books(
            lambda: edition_in_force(reading),
            reading.catalogue,
            assessed=followed_assessments(reading),
        ),
    )


def _states(reading: Reading) -> ChainStates:
    def known(person: PersonKey) -> tuple[KnownOfIndividual, ...]:
        return reading.consents.of(person).known

    return ChainStates(log=reading.log, payloads=reading.payloads, known=known)


def _newest(log: LogReader, kind: Kind) -> Record | None:
    """Return the newest record of a kind that concerns nobody, also before it is published."""
    tag = open_tag(kind)
    mapped, last = log.last(tag)
    for record in takewhile(lambda one: one.position >= mapped, log.newest()):
        if record.leaf.tag == tag.hex():
            return record
    return None if last is None else log.record(last)

"""A desk of decisions from an opened log: for the command line and for a guard in process."""

from collections.abc import Callable
from itertools import takewhile

import msgspec

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.clock import Clock
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.evidence_log import LogReader, NoSuchRecordError, Position, Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.replaying import Replay
from chengnuo.usecases.decision.states import NobodyKnown
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.tools import Reading
from chengnuo.usecases.register_desk import NoRegisterError


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
    record = _newest(reading.log, Kind.REGISTER_PUBLISHED)
    payload = None if record is None else reading.payloads.opened(record).payload
    if payload is None:
        raise NoRegisterError
    version = msgspec.json.decode(payload, type=_Version).version
    return Edition(version=Version(version), register=reading.register_of(version).register)


def desk_of(
    reading: Reading, edition: Edition, clock: Clock, *, recorder: Recorder | None = None
) -> DecisionDesk:
    """Return the desk that decides by an opened log and a register."""

    def known(person: PersonKey) -> tuple[KnownOfIndividual, ...]:
        return reading.consents.of(person).known

    return DecisionDesk(
        books=Books(lambda: edition, reading.catalogue),
        states=ChainStates(log=reading.log, payloads=reading.payloads, known=known),
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
        books=Books(lambda: edition_in_force(reading), reading.catalogue),
    )


def _newest(log: LogReader, kind: Kind) -> Record | None:
    """Return the newest record of a kind that concerns nobody, also before it is published."""
    tag = open_tag(kind)
    try:
        signed, found = log.head(tag)
    except NoSuchRecordError:
        covered, head = 0, None
    else:
        covered, head = signed.checkpoint.size, found.end
    for record in takewhile(lambda one: one.position >= covered, log.newest()):
        if record.leaf.tag == tag.hex():
            return record
    if head is None or head.key != tag:
        return None
    return log.record(Position(head.position))

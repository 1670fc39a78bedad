"""What an audit pack is put together from, and the period of it as the log has it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.governance.audit_pack import Value
from chengnuo.law.civil import BEIJING, civil_date
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.control_runs import ControlRuns
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.evidence_log import LogReader
from chengnuo.ports.kit_vettings import KitStore
from chengnuo.ports.releases import ReleaseFiles, ReleaseStore
from chengnuo.ports.rights import RightsStore
from chengnuo.ports.statements import Statements
from chengnuo.ports.witnessing import StampStore
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.governance.auditing import Auditing
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSources:
    """Where everything comes from.

    Attributes:
        auditing: Draws up working papers; its desk of dossiers serves here, too.
        register: The register and its archive.
        log: The log, to read.
        prover: Proves from it.
        stamps: Checkpoints that were kept.
        rights: Requests of individuals.
        releases: Releases of apps.
        kits: Vettings of kits.
        papers: What is kept beside releases and kits.
        kit_papers: What is kept beside kits.
        statements: Statements about prices and probes.
        controls: Runs of controls as they are kept.
        signer: Signs the list of files.
        writers: Write documents, by format.
        program: Name and version of each program that makes what people read.
        recorder: Records that a pack is handed out; None beside whoever writes the log.

    """

    auditing: Auditing
    register: Desk
    log: LogReader
    prover: Prover
    stamps: StampStore
    rights: RightsStore
    releases: ReleaseStore
    kits: KitStore
    papers: ReleaseFiles
    kit_papers: ReleaseFiles
    statements: Statements
    controls: ControlRuns
    signer: LogSigner
    writers: Mapping[str, DocumentWriter]
    program: str
    recorder: Recorder | None = None


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands at the last instant a pack speaks of, so that nothing else tells."""

    at: datetime

    def now(self) -> datetime:
        """See `Clock.now`."""
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPeriod:
    """The period of a pack as the log has it.

    Attributes:
        signed: The checkpoint that the pack was begun under.
        start: First instant, microseconds since 1970.
        end: Last instant that the pack speaks of: of the period, or of the last record.
        first: Position of the first record with it: the one before the period, where there is one.
        kinds: How many records of the period there are of each kind.
        of_kind: Their positions, for the kinds that parts are complete for.
        registers: Versions of the register that they name, and how many name each.
        recipients: How many provisions there were to each recipient.

    """

    signed: SignedCheckpoint
    start: int
    end: int
    first: int
    kinds: Counter[str]
    of_kind: Mapping[str, set[int]]
    registers: Counter[str]
    recipients: Counter[str]

    def __contains__(self, at: datetime) -> bool:
        return from_us(self.start) <= at <= from_us(self.end)

    @property
    def until(self) -> datetime:
        """The last instant that the pack speaks of."""
        return from_us(self.end)

    def left_out(self, kind: str, records: set[int]) -> int:
        """Return how many records of a kind none of these is."""
        return len(self.of_kind.get(kind, set()) - records)


Progress = Callable[[str, int, int], None]
"""Told of the step, how far it is and how much there is."""


def day(at: datetime | None) -> Value:
    """Return the civil day of an instant, or nothing."""
    return None if at is None else civil_date(at).isoformat()


def moment(at: datetime) -> str:
    """Return the second of an instant in Beijing time, as `2026-11-30T13:34:06+08:00`."""
    return at.astimezone(BEIJING).isoformat(timespec="seconds")


def joined(texts: list[Text]) -> Text:
    """Return texts one after the other."""
    return Text("；".join(one.zh for one in texts), "; ".join(one.en or one.zh for one in texts))

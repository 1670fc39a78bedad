"""What a process that follows stands on: a state of its own, from the records of another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.evidence.followed import OpenedToFollow, open_to_follow
from chengnuo.adapters.evidence.opening import has_log
from chengnuo.adapters.evidence.place import KEYS
from chengnuo.adapters.following import SaidMarkFile
from chengnuo.adapters.planes.place import outdate_planes_of
from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.followers import SEAL_OF
from chengnuo.doors.http.records_to_leader import RecordsToLeader
from chengnuo.doors.settings import ServeSettings
from chengnuo.ports.evidence_log import Appended, Draft
from chengnuo.usecases.consent.followers import NOBODY
from chengnuo.usecases.consent.reading import ConsentReading
from chengnuo.usecases.decision.opening import version_by_log
from chengnuo.usecases.dossier.assessed import KeptAssessments
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.following import Followed, Following
from chengnuo.usecases.register_desk import Desk, NoRegisterError
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.versions import Versions
from chengnuo.wiring.database import data_folder
from chengnuo.wiring.evidence import place_of
from chengnuo.wiring.planes import ServicePlanes
from chengnuo.wiring.shards import tell_missing_key

if TYPE_CHECKING:
    from chengnuo.adapters.postgresql.shared import SharedDatabase
    from chengnuo.ports.following import Holder

REPLICA = "replica"


class KeysNotCopiedError(InvalidInputError):
    """This host has not what it needs to follow, or to take over."""

    code = "keys-not-copied"

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"`{data.name}` lacks `keys/` or `evidence/log/log.json` of the process that writes the"
            " database; copy them from its data folder"
        )


class EpochKeyOnOneHostError(InvalidInputError):
    """The file of the epoch keys lies in the data folder of one host, where no other has it."""

    code = "epoch-key-on-one-host"

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"the epoch key lies in `{data.name}`, so this host would not open what is recorded"
            " after the next erasure; give every host the same token, or with [evidence]"
            " master_key_file the same file outside of its data folder"
        )


@dataclass(slots=True)
class Handover:
    """Hands records over to the process that writes, be it this one."""

    to: Callable[[Sequence[Draft]], Appended]

    def __call__(self, drafts: Sequence[Draft]) -> Appended:
        """See `Handed`."""
        return self.to(drafts)


@dataclass(slots=True)
class Parts:
    """What a process that follows stands on."""

    settings: ServeSettings
    data: DataFolder
    opened: OpenedToFollow
    records: RecordsToLeader
    handover: "Handover"
    replica: SqliteDatabase
    desk: Desk
    consents: ConsentReading
    following: Following
    recorder: Recorder
    assessed: KeptAssessments
    planes: ServicePlanes | None
    clock: SystemClock
    is_let_go: bool = False

    def let_go(self) -> None:
        """Let go of the folder; questions can still be answered. Again does nothing."""
        if self.is_let_go:
            return
        self.is_let_go = True
        if self.planes is not None:
            self.planes.close()
        self.opened.let_go()

    def close(self) -> None:
        """Hand over what is queued, and close everything."""
        try:
            self.opened.close()
        finally:
            self.records.close()
            self.replica.close()
            self.following.close()  # after the state that it tells of
            self.data.close()


def refuse_unprepared(settings: ServeSettings) -> None:
    """Refuse a data folder without the keys of the process that writes, or its own epoch key.

    Raises:
        KeysNotCopiedError: They are not there.
        EpochKeyOnOneHostError: The epoch key lies in it.

    """
    data = Path(settings.data)
    keys = [data / KEYS / name for name in ("tenant.key", "seal.key")]
    place = place_of(settings)
    if not has_log(place) or not all(key.exists() for key in keys):
        raise KeysNotCopiedError(data)
    if place.is_of_one_host:
        raise EpochKeyOnOneHostError(data)


def parts_of(settings: ServeSettings, registers: Registers, shared: "SharedDatabase") -> Parts:
    """Open everything, and bring the state level for the first time.

    Raises:
        LogLockedError: Another process uses the data folder.
        DatabaseUnavailableError: The database does not answer.

    """
    clock, place, folder = SystemClock(), place_of(settings), Path(settings.data)
    outlook = import_module("chengnuo.adapters.postgresql.outlook")
    data = data_folder(settings, clock)

    def holder() -> "Holder | None":
        return following.holder

    records = RecordsToLeader(holder, partial(data.keys.tokens.keyed, SEAL_OF))
    handover = Handover(records)
    rows = outlook.FollowedKeyRows(shared.database)
    opened = open_to_follow(place, batches=shared.batches, keys=rows, clock=clock, handed=handover)
    outdate_planes_of(folder)
    versions = Versions(archive=data.versions, signer=data.keys.signer, clock=clock)
    desk = Desk(registers=registers, versions=versions, folder=None)
    in_force = partial(_in_force, opened)
    if version := in_force():
        desk.serve(version)
    planes = ServicePlanes.opened(settings, desk, left_s=lambda: following.left_s)
    recorder = Recorder(
        log=opened.log,
        payloads=opened.payloads,
        in_force=lambda: InForce(
            register=desk.served.version, law=registers.catalogue.version.digest
        ),
    )
    replica = SqliteDatabase(folder / REPLICA, is_replica=True)
    consents = ConsentReading(
        recorder=recorder,
        store=SqlConsents(replica),
        desk=desk,
        clock=clock,
        follower=NOBODY if planes is None else planes.state,
    )
    if planes is not None:
        planes.state.follow(consents.keeper)
    assessed = KeptAssessments(opened.log, opened.payloads, partial(_register_of, desk))

    def noted() -> None:
        assessed.take_in(consents.keeper.seen().position)

    following = Following(
        Followed(
            source=outlook.Outlooks(shared.database, rows, mine=shared.holder),
            keeper=consents.keeper,
            desk=desk,
            in_force=in_force,
            noted=noted,
            tree=opened.log,
            mark=SaidMarkFile(folder / REPLICA / "said"),
        ),
        most_ms=1000 * settings.replica_stale_s,
        seconds=monotonic,
        changed=(lambda: None) if planes is None else planes.register_changed,
    )
    following.look()
    tell_missing_key(settings)
    return Parts(
        settings=settings,
        data=data,
        opened=opened,
        records=records,
        handover=handover,
        replica=replica,
        desk=desk,
        consents=consents,
        following=following,
        recorder=recorder,
        assessed=assessed,
        planes=planes,
        clock=clock,
    )


def _in_force(opened: OpenedToFollow) -> str:
    try:
        return version_by_log(opened.log, opened.payloads)
    except NoRegisterError:
        return ""


def _register_of(desk: Desk, version: str) -> Register:
    return desk.register_of(version).register

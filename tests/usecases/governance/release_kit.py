"""A release desk on a data folder of its own, with a real log, and an inspector that is told."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.doors.clock_kit import StandingClock
from tests.migrated import lay_migrated_database
from tests.running import run
from tests.servers.over import database_of, once_free

from chengnuo.adapters.data_folder import DataFolder, open_data_folder
from chengnuo.adapters.documents.inspection_page import InspectionPage
from chengnuo.adapters.evidence.opening import OpenedToWrite, open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.release_folder import ReleaseFolder
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.governance.release import Release
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place as SeenAt
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.governance.inspecting import ReleaseInspector
from chengnuo.usecases.governance.releasing import ReleaseDesk
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.versions import Versions

SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
APP = "jishi-app"
LIMIT = 1 << 20
NOW = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)


def account(name: str, role: Role) -> Account:
    return Account(id=AccountId(name), name=name, role=role, enabled=True, created_at=NOW)


STAFF, REVIEWER = account("staff-1", Role.STAFF), account("reviewer-1", Role.REVIEWER)
OTHER_REVIEWER = account("reviewer-2", Role.REVIEWER)
AUDITOR = account("auditor-1", Role.AUDITOR)


READ: dict[str, LoadedRegister] = {}


class ShopRegisters(Registers):
    """Reads the shop's register once for a process and a law: it is frozen, and slow to read."""

    def load_as_written(self, folder: Path) -> LoadedRegister:
        assert folder == SHOP
        law = self.catalogue.version.digest
        if law not in READ:
            READ[law] = super().load_as_written(folder)
        return READ[law]


@dataclass
class Told:
    """Sees in a package what it is told to, or fails as it is told to."""

    seen: Inspection
    sha256: str = ""
    error: Exception | None = None
    during: Callable[[], object] = field(default=lambda: None)

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        assert path.is_file()
        tell("open")
        self.during()
        if self.error is not None:
            raise self.error
        package = self.seen.package
        return replace(self.seen, package=replace(package, sha256=self.sha256 or package.sha256))

    def listings(
        self, path: Path, places: Sequence[SeenAt], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        raise AssertionError((path, places, tell))


@dataclass
class Kit:
    """What a test works with."""

    desk: ReleaseDesk
    inspector: ReleaseInspector
    told: Told
    opened: OpenedToWrite
    data: DataFolder
    accounts: list[int]
    clock: StandingClock

    def submit(self, by: Account = STAFF, content: bytes = b"PK\3\4 tea", **named: str) -> Release:
        async def pieces() -> AsyncIterator[bytes]:
            for start in range(0, len(content), 1000):
                yield content[start : start + 1000]

        app, name = named.get("app", APP), named.get("name", "tea.apk")
        release = run(self.desk.submit(by, app, name, pieces()))
        self.told.sha256 = release.sha256
        return release

    def inspected(self, by: Account = STAFF, content: bytes = b"PK\3\4 tea") -> Release:
        return self.inspector.inspect(self.submit(by, content).id)

    def close(self) -> None:
        with closing(self.data):
            self.opened.close()


def kit_of(folder: Path, catalogue: Catalogue, knowledge: Knowledge, seen: Inspection) -> Kit:
    """Open a kit; two accounts are enabled."""
    clock = StandingClock()
    if not folder.exists():
        lay_migrated_database(folder)
    shared = database_of(folder)
    data = open_data_folder(
        folder,
        signing_key_file=None,
        clock=clock,
        database=None if shared is None else shared.database,
    )
    place = Place(data=folder, elsewhere=shared)
    opened = once_free(lambda: open_log(place, clock=clock, origin="tea.example/log"))
    recorder = Recorder(
        log=opened.log,
        payloads=opened.payloads,
        in_force=lambda: InForce(register="", law=catalogue.version.digest),
    )
    registers = ShopRegisters(source=RegisterFolder(), catalogue=catalogue, clock=clock)
    versions = Versions(archive=data.versions, signer=data.keys.signer, clock=clock)
    register = Desk(registers=registers, versions=versions, folder=SHOP)
    register.open()
    accounts, told = [2], Told(seen)
    desk = ReleaseDesk(
        store=data.releases,
        files=ReleaseFolder(root=folder / "releases", limit_bytes=LIMIT),
        register=register,
        recorder=recorder,
        prover=Prover(log=opened.log, payloads=opened.payloads),
        signer=opened.signer,
        read_report=read_report,
        enabled_accounts=lambda: accounts[0],
        tokens=data.keys.tokens,
        clock=clock,
    )
    inspections = Inspections(
        inspector=told,
        words=ReportWords(law=catalogue, knowledge=knowledge),
        today=lambda: date(2026, 11, 28),
    )
    inspector = ReleaseInspector(
        desk=desk, inspections=lambda: inspections, page=InspectionPage, tool="chengnuo test"
    )
    return Kit(desk, inspector, told, opened, data, accounts, clock)

"""A desk for dossiers on a real data folder and a real log; several accounts are enabled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.doors.clock_kit import StandingClock
from tests.migrated import lay_migrated_database

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.evidence.opening import open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.evidence.recording import InForce, Recorder

ME, OTHER = PersonKey("a" * 64), PersonKey("b" * 64)
INDIVIDUAL = Actor(party=Party.INDIVIDUAL, names=frozenset({ME}))
STRANGER = Actor(party=Party.INDIVIDUAL, names=frozenset({OTHER}))
STAFF = Actor(id="acc-staff", party=Party.STAFF)
REVIEWER = Actor(id="acc-reviewer", party=Party.REVIEWER)
AUDITOR = Actor(id="acc-auditor", party=Party.AUDITOR)
ADMIN = Actor(id="acc-admin", party=Party.ADMIN)

ROWS: Mapping[str, tuple[str, ...]] = {
    "activities": ("nearby", "orders"),
    "recipients": ("maps", "cloud"),
    "agreements": ("cloud-2026",),
    "assessments": ("pia-nearby",),
    "apps": ("tea",),
    "services": ("browse",),
    "stores": ("main",),
    "list-rows": ("nearby/PI-LOC-PRECISE", "orders/PI-BASIC-PHONE"),
}


@dataclass
class DossierHouse:
    """Everything a desk stands on."""

    folder: Path
    catalogue: Catalogue
    accounts: int = 3
    promised: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = StandingClock()
        if not self.folder.exists():
            lay_migrated_database(self.folder)
        self.open()

    def open(self) -> None:
        """Start as the service does."""
        self.data = open_data_folder(self.folder, signing_key_file=None, clock=self.clock)
        self.opened = open_log(Place(data=self.folder), clock=self.clock, origin="tea.example/log")
        law = self.catalogue.version.digest
        self.recorder = Recorder(
            log=self.opened.log,
            payloads=self.opened.payloads,
            in_force=lambda: InForce(register="", law=law),
        )
        self.desk = DossierDesk(
            store=self.data.dossiers,
            recorder=self.recorder,
            clock=self.clock,
            tokens=self.data.keys.tokens,
            catalogue=self.catalogue,
            calendar=load_working_calendar(),
            sorts=SORTS,
            known=lambda kind: ROWS[kind],
            promised=lambda: self.promised,
            enabled_accounts=lambda: self.accounts,
        )

    def close(self) -> None:
        self.opened.close()
        self.data.close()

    def records(self, *kinds: Kind) -> list[Record]:
        """Return the records of some kinds, the oldest first."""
        self.opened.log.publish()
        found = [one for one in self.opened.log.newest() if one.leaf.kind in kinds]
        return found[::-1]

    def payload(self, record: Record) -> bytes:
        opened = self.opened.payloads.opened(record).payload
        assert opened is not None
        return opened

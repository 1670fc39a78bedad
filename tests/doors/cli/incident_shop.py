"""The sample shop as a data folder with its register kept, its database, and an open incident."""

import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.versions import Versions
from chengnuo.wiring.knowledge import law_catalogue
from chengnuo.wiring.program import Program

SHOP = Path(__file__).parents[3] / "examples" / "shop"
ORIGIN = "ev.example/incidents"
CUSTOMERS = 60
STAFF = Actor(id="acc-staff", party=Party.STAFF)
REVIEWER = Actor(id="acc-reviewer", party=Party.REVIEWER)
FOUND: Mapping[str, Value] = {
    "kind": "leak",
    "discovered-at": "2026-03-01T02:00:00Z",
    "how": "monitoring",
    "what": "备份被下载",
}


def lay(folder: Path) -> tuple[Path, Path]:
    """Make a data folder and the shop's database; return both."""
    data, database = folder / "data", folder / "shop.db"
    command = [sys.executable, str(SHOP / "make_database.py"), str(database)]
    command += ["--customers", str(CUSTOMERS)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  ours
    with Program().evidence_writing(data, None, origin=ORIGIN, make=True):
        pass
    loaded = Registers(
        source=RegisterFolder(), catalogue=law_catalogue(), clock=SystemClock()
    ).load(SHOP / "register")
    opened = open_data_folder(data, signing_key_file=None, clock=SystemClock())
    versions = Versions(archive=opened.versions, signer=opened.keys.signer, clock=SystemClock())
    versions.keep(canonical_bytes(loaded.register), by="cli")
    opened.close()
    return data, database


def opened_incident(data: Path, **more: Value) -> str:
    """Open an incident, and return its id."""
    with Program().incidents(data, None, writing=True) as room:
        seen = room.desk.open("incident", "discover", STAFF, {**FOUND, **more})
        return seen.dossier.id


def done(data: Path, dossier: str, what: str, fields: Mapping[str, Value]) -> None:
    """Do something in it."""
    with Program().incidents(data, None, writing=True) as room:
        actor = REVIEWER if what in {"learnt", "decide-not-to-tell"} else STAFF
        room.desk.act(DossierId(dossier), what, actor, fields)


def accounts(database: Path, table: str = "customers") -> list[str]:
    """Return the accounts of a table, by a plain statement."""
    with sqlite3.connect(database) as opened:
        rows = opened.execute(f"SELECT DISTINCT customer_id FROM {table}")  # noqa: S608  ours
        return [str(one) for (one,) in rows if one is not None]

"""An installation with its epoch key apart, for the tests of backups."""

from collections.abc import Callable
from pathlib import Path

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.wiring.program import Program

ORIGIN = "ev.example/backups"
MADE: dict[str, Tree] = {"what": "made", "by": "cli", "single_person": True}
GIVEN: dict[str, Tree] = {"categories": ["phone"], "purpose": "maps", "method": "api"}
GONE: dict[str, Tree] = {"ground": "PIPL-47", "stores": ["main"]}

Said = dict[str, object]
Run = Callable[..., tuple[int, Said]]


class Installation:
    """A data folder with its epoch key apart, its backups and what opens them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.key = folder / "apart" / "epoch.key"
        self.key.parent.mkdir(mode=0o700)
        self.settings = self.settings_of(self.key, "settings.toml")
        self.private, self.public = folder / "restore.key", folder / "backup.pub"

    def settings_of(self, key: Path, name: str) -> Path:
        """Return settings that name a file of the epoch key."""
        file = self.folder / name
        file.write_text(f'[evidence]\nmaster_key_file = "{key}"\n')
        return file

    def key_of_now(self, name: str) -> Path:
        """Return settings with a copy of the epoch key as it is now."""
        copy = self.folder / name / "epoch.key"
        copy.parent.mkdir(mode=0o700)
        copy.write_bytes(self.key.read_bytes())
        copy.chmod(0o600)
        return self.settings_of(copy, f"{name}.toml")

    def person(self, account: str) -> PersonKey:
        with Program().evidence_reading(self.data, self.settings) as reading:
            return reading.person(account)

    def record(self, *accounts: str) -> None:
        """Record something about nobody, then a provision of each account."""
        with Program().evidence_writing(
            self.data, self.settings, origin=ORIGIN, make=True
        ) as writing:
            writing.recorder.record(Kind.CONFIGURATION, MADE)
            for account in accounts:
                person = writing.reading.person(account)
                writing.recorder.record(Kind.PROVISION, GIVEN, person=person)

    def erase(self, account: str, key: KeyClass = KeyClass.CONTENT) -> None:
        """Erase an account as a deletion does."""
        with Program().evidence_writing(self.data, self.settings) as writing:
            person = writing.reading.person(account)
            appended = writing.recorder.record(Kind.DELETION, GONE, person=person)
            assert appended is not None
            erasure = Erasure(
                key=key, at=from_us(appended.at), under="PIPL-47", position=appended.first
            )
            writing.log.erase({person: erasure})


def readable(data: Path, settings: Path) -> dict[int, bool]:
    """Return of each provision in a folder whether it can be read."""
    with Program().evidence_reading(data, settings) as reading:
        records = [reading.log.record(Position(at)) for at in range(reading.log.status().size)]
        return {
            one.position: reading.payloads.opened(one).payload is not None
            for one in records
            if one.leaf.kind == Kind.PROVISION.value
        }


def kinds(data: Path, settings: Path) -> list[str]:
    """Return the kinds of the records of a folder."""
    with Program().evidence_reading(data, settings) as reading:
        size = reading.log.status().size
        return [reading.log.record(Position(at)).leaf.kind for at in range(size)]

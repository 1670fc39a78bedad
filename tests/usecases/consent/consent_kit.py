"""A tea house that really runs: register folder, data folder, log, and the desk of consents."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from tests.doors.clock_kit import StandingClock
from tests.migrated import lay_migrated_database
from tests.servers.over import database_of, once_free
from tests.strategies.told_register import WRITTEN

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.evidence.log import Pace
from chengnuo.adapters.evidence.opening import open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang
from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.request import State
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import AppId
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Recorded, Shown
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.followers import Nobody
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.versions import Versions

LIN, GUEST, CHILD = PersonKey("1a" * 32), PersonKey("2b" * 32), PersonKey("3c" * 32)
NEARBY, PLACE, ABROAD, WALL, MINORS = (
    ConsentItemId(item)
    for item in (
        "nearby/general",
        "nearby/sensitive:PI-LOC-PRECISE",
        "nearby/overseas:maps",
        "wall/general",
        "child/minors",
    )
)
PARENT = Guardian(relation="parent", method="own-device")
A_PURPOSE = "{zh: 推荐附近茶舍, en: Show tea houses nearby}"
_SMALL = Pace(segment_bytes=1 << 18, publish_every_s=0.05)


class Told(Nobody):
    """Remembers what a follower is told."""

    def __init__(self) -> None:
        self.told: list[tuple[PersonKey, State]] = []

    def changed(self, person: PersonKey, state: State) -> None:
        self.told.append((person, state))


class TeaHouse:
    """Everything that the service stands on, without the doors."""

    def __init__(self, folder: Path, catalogue: Catalogue, *, log: Path | None = None) -> None:
        self.log_place = log or folder / "data"
        self.clock = StandingClock()
        self.catalogue = catalogue
        self.folder = folder
        self.follower = Told()
        existed = folder.exists()
        if not (folder / "data").exists():
            lay_migrated_database(folder / "data")
        if not existed:
            (folder / "register").mkdir(parents=True)
            self.write(WRITTEN)
        self.open()

    @property
    def told(self) -> list[tuple[PersonKey, State]]:
        """What whoever follows the state was told."""
        return self.follower.told

    def write(self, text: str) -> None:
        (self.folder / "register" / "register.yaml").write_text(text, "utf-8")

    def edit(self, old: str, new: str) -> None:
        """Change the register as its owner would, and put it in force."""
        text = (self.folder / "register" / "register.yaml").read_text("utf-8")
        assert text.count(old) == 1, old
        self.write(text.replace(old, new))
        self.desk.load(by="cli")

    def open(self) -> None:
        """Start as the service does."""
        data = self.folder / "data"
        shared = database_of(data)
        self.data = open_data_folder(
            data,
            signing_key_file=None,
            clock=self.clock,
            database=None if shared is None else shared.database,
        )
        self.opened = once_free(
            lambda: open_log(
                Place(data=self.log_place, elsewhere=shared),
                clock=self.clock,
                origin="log.example/tea",
                pace=_SMALL,
            )
        )

        def in_force() -> InForce:
            served = self.desk.current()
            version = "" if served is None else served.version
            return InForce(register=version, law=self.catalogue.version.digest)

        self.recorder = Recorder(
            log=self.opened.log, payloads=self.opened.payloads, in_force=in_force
        )
        self.desk = Desk(
            registers=Registers(
                source=RegisterFolder(), catalogue=self.catalogue, clock=self.clock
            ),
            versions=Versions(
                archive=self.data.versions, signer=self.data.keys.signer, clock=self.clock
            ),
            folder=self.folder / "register",
        )
        self.desk.open()
        self.consents = ConsentDesk(
            recorder=self.recorder,
            store=self.data.consents,
            desk=self.desk,
            clock=self.clock,
            follower=self.follower,
        )
        self.consents.open()

    def close(self) -> None:
        self.opened.close()
        self.data.close()

    def start_again(self) -> None:
        self.close()
        self.open()

    def erase(self, person: PersonKey, *, proof: bool = True) -> None:
        """Destroy the keys of somebody, as a deletion does once no hold stands any more."""
        eraser = Eraser(
            log=self.opened.log,
            vault=self.opened.vault,
            recorder=self.recorder,
            clock=self.clock,
        )
        values = {"ground": "PIPL-47", "stores": ("main",)}
        if proof:
            eraser.proof(person, under="PIPL-47", values=values)
        else:
            eraser.content(
                person, under="PIPL-47", values=values, keep_until=None, keep_under="PIPL-56"
            )

    def records(self) -> int:
        """Return how many records the log has."""
        newest = next(self.opened.log.newest(), None)
        return 0 if newest is None else newest.position + 1

    def shown(self, item: ConsentItemId, **other: object) -> Shown:
        """Return what a prompt made just now shows."""
        register = self.desk.served.register
        found = matter_of(register, self.catalogue, item).item
        shown = Shown(
            app=AppId("tea"),
            notice=notice_of(register, self.catalogue, item, Lang.ZH).digest,
            fingerprint=found.fingerprint,
            lang=Lang.ZH,
            surface="android",
            steps=1,
            prompt=f"prompt-{token_hex(8)}",
            asked_at=self.clock.now(),
        )
        return replace(shown, **other)  # type: ignore[arg-type]  # the fields of `Shown`

    def answer(  # noqa: PLR0913  who, what, how
        self,
        item: ConsentItemId,
        act: Act = Act.GIVE,
        *,
        person: PersonKey = LIN,
        guardian: Guardian | None = None,
        by: PersonKey | None = None,
        until: datetime | None = None,
    ) -> Recorded:
        """Show a prompt and answer it."""
        return self.consents.answer(
            person, item, act, self.shown(item), guardian=guardian, by=by, until=until
        )

    def withdraw(self, item: ConsentItemId, *, person: PersonKey = LIN) -> Recorded:
        return self.consents.withdraw(person, item, surface="centre", steps=1)

    def state(self, person: PersonKey = LIN) -> State:
        now = max(to_us(self.clock.now()), self.consents.seen().at)
        return self.consents.state_of(person, now)

    def stands(self, item: ConsentItemId, person: PersonKey = LIN) -> Act | None:
        act = self.state(person).consents.get(item)
        return None if act is None else act.act

    def wait(self, **time: int) -> None:
        self.clock.pass_by(timedelta(**time))

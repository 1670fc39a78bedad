"""A tea house with a database of its own and the desk for requests, all real."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from tests.strategies.told_register import WRITTEN
from tests.usecases.consent.consent_kit import TeaHouse

from chengnuo.adapters.connectors.sql import open_database
from chengnuo.adapters.exports.folder import FolderExports
from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.base.errors import UnavailableError
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.domain.rights.request import Asked, AskedBy, DeletionAsked, Ground
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import RecordSource, StoreUnavailableError
from chengnuo.ports.rights_outside import NoticeKept
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting import RightsExports
from chengnuo.usecases.rights.keeping import CaseKeeper
from chengnuo.usecases.rights.planner import Planner
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import Asker, RequestSeen

TABLES = """\
    tables:
      - table: orders
        identity: [account]
        not_personal: [id, done]
        events: [{event: transaction-done, column: done}]
        columns:
          - {column: account, category: PI-NETID-ACCOUNT, when_deleted: delete-row, export: false}
          - {column: receiver, category: PI-BASIC-NAME, when_deleted: delete-row, correctable: true}
      - table: places
        identity: [account]
        not_personal: [id]
        columns:
          - {column: account, category: PI-NETID-ACCOUNT, when_deleted: delete-row, export: false}
          - {column: place, category: PI-LOC-PRECISE, when_deleted: delete-row}
      - table: children
        identity: [account]
        not_personal: [id]
        columns:
          - {column: account, category: PI-NETID-ACCOUNT, when_deleted: delete-row, export: false}
          - {column: allergy, category: PI-AGE-U14, when_deleted: delete-row}
  - store: paper
    name: {zh: 纸质登记本, en: Paper book}
    kind: manual
    connection: PAPER
    region: {zh: 杭州, en: Hangzhou}
"""
REGISTER = WRITTEN.replace(
    "    tables: [{table: orders}, {table: places}, {table: children}]\n",
    TABLES[: TABLES.index("  - store: paper")],
)
WITH_PAPER = WRITTEN.replace(
    "    tables: [{table: orders}, {table: places}, {table: children}]\n", TABLES
)
SCHEMA = """
CREATE TABLE orders (id INTEGER PRIMARY KEY, account TEXT NOT NULL, receiver TEXT, done TEXT);
CREATE TABLE places (id INTEGER PRIMARY KEY, account TEXT NOT NULL, place TEXT);
CREATE TABLE children (id INTEGER PRIMARY KEY, account TEXT NOT NULL, allergy TEXT);
"""
LIN, WANG = "lin-0001", "wang-0002"
STAFF = Account(
    id=AccountId("staff-1"),
    name="staff@tea.example",
    role=Role.STAFF,
    enabled=True,
    created_at=datetime.fromisoformat("2026-01-01T00:00:00+00:00"),
)
REVIEWER = replace(
    STAFF, id=AccountId("reviewer-1"), name="reviewer@tea.example", role=Role.REVIEWER
)
DELETE_ALL = DeletionAsked(ground=Ground.PURPOSE)


class Couriers:
    """`NoticeSender` that remembers what it was given and answers as it is told."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str]] = []
        self.channels: set[str] = set()
        self.answer: bool | None = True

    def has_channel(self, recipient: RecipientId) -> bool:
        return recipient in self.channels

    def send(self, notice: NoticeKept, account: str) -> bool:
        if self.answer is None:
            raise UnavailableError
        self.given.append((notice.outside.recipient, account))
        return self.answer


class Shop:
    """`Sources` over one SQLite file, which can be taken away."""

    def __init__(self, house: "RightsHouse") -> None:
        self.house, self.is_away = house, False

    def open(self, store: str) -> RecordSource:
        about: Store = next(
            one for one in self.house.desk.served.register.stores if one.store == store
        )
        if self.is_away or about.kind is StoreKind.MANUAL:
            raise StoreUnavailableError(store, "it is away")
        return open_database(about, f"sqlite:///{self.house.shop_file}")


class RightsHouse(TeaHouse):
    """The tea house with a desk for requests."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        *,
        register: str = REGISTER,
        owner: str = "one",
        log: Path | None = None,
    ) -> None:
        self.owner, self.accounts, self.couriers = owner, 1, Couriers()
        self.shop = Shop(self)
        self.release_all = False
        self.shop_file = folder / "shop.db"
        if not folder.exists():
            (folder / "register").mkdir(parents=True)
            (folder / "register" / "register.yaml").write_text(register, "utf-8")
            with closing(sqlite3.connect(self.shop_file)) as shop:
                shop.executescript(SCHEMA)
        super().__init__(folder, catalogue, log=log)

    def open(self) -> None:
        super().open()
        clock = self.clock
        self.room = Room(
            keeper=CaseKeeper(store=self.data.rights, recorder=self.recorder, clock=clock),
            outside=self.data.rights_outside,
            suppressions=self.data.suppressions,
            holds=self.data.holds,
            consents=self.consents,
            register=self.desk,
            planner=Planner(
                sources=self.shop,
                scratches=SqliteScratches(self.folder / "scratch"),
                random=token_bytes,
            ),
            sources=self.shop,
            calendar=load_working_calendar(),
            tokens=self.data.keys.tokens,
            eraser=Eraser(
                log=self.opened.log, vault=self.opened.vault, recorder=self.recorder, clock=clock
            ),
            enabled_accounts=lambda: self.accounts,
            sender=self.couriers,
            exports=RightsExports(
                place=FolderExports(
                    root=self.folder / "exports", sealer=self.data.keys.sealer, reserve_bytes=0
                ),
                recorder=self.recorder,
                tokens=self.data.keys.tokens,
            ),
            release_all=self.release_all,
            owner=self.owner,
        )
        self.rights = RightsDesk(self.room).start()

    def fill(self, account: str, *, rows: int = 2) -> None:
        """Let somebody leave rows in every table."""
        with closing(sqlite3.connect(self.shop_file)) as shop:
            for _ in range(rows):
                shop.execute(
                    "INSERT INTO orders (account, receiver, done) VALUES (?, ?, ?)",
                    (account, "示例收货人", "2026-01-01"),
                )
                shop.execute("INSERT INTO places (account, place) VALUES (?, ?)", (account, "x"))
                shop.execute("INSERT INTO children (account, allergy) VALUES (?, 'x')", (account,))
            shop.commit()

    def rows_of(self, account: str) -> int:
        """Return how many rows of somebody there are."""
        with closing(sqlite3.connect(self.shop_file)) as shop:
            return sum(
                shop.execute(
                    f"SELECT count(*) FROM {table} WHERE account = ?",  # noqa: S608
                    (account,),
                ).fetchone()[0]
                for table in ("orders", "places", "children")
            )

    def person(self, account: str) -> PersonKey:
        return person_key(self.data.keys.tokens, account)

    def asker(self, account: str = LIN, **other: object) -> Asker:
        """Return somebody who has signed in just now."""
        asker = Asker(
            person=self.person(account),
            account=account,
            by=AskedBy.INDIVIDUAL,
            app="tea",
            surface="centre",
            authenticated_at=self.clock.now(),
        )
        return replace(asker, **other)  # type: ignore[arg-type]  # the fields of `Asker`

    def ask(
        self,
        right: Right = Right.DELETE,
        asked: Asked = DELETE_ALL,
        *,
        account: str = LIN,
        **other: object,
    ) -> RequestSeen:
        return self.rights.open(self.asker(account, **other), right, asked)

    def work(self, *, minutes: int = 0) -> None:
        """Let time pass and work until nothing moves."""
        self.wait(minutes=minutes)
        while self.rights.work():
            pass

"""The sample shop as stores in which rights are fulfilled, small, new for each test."""

import shutil
import sqlite3
import sys
from abc import abstractmethod
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from os import urandom
from pathlib import Path

from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.connectors.sql import open_database
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register
from chengnuo.domain.register.store import StoreKind
from chengnuo.domain.rights.plan import Plan, RowFate, Step
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    DeletionAsked,
    Ground,
    ReadAsked,
    RequestId,
    RightsRequest,
)
from chengnuo.domain.rights.values import Value
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.planner import Planner
from chengnuo.usecases.rights.planner_values import RowPage, Surroundings

SHOP = Path(__file__).parents[3] / "examples" / "shop"
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
CUSTOMERS = 120
MINE = {
    **dict.fromkeys(
        (
            "push_tokens",
            "ad_settings",
            "carts",
            "favourites",
            "customer_coupons",
            "browse_history",
            "search_history",
            "location_log",
            "video_views",
            "feed_labels",
            "campaign_participants",
            "raffle_winners",
        ),
        "customer_id = :me",
    ),
    "videos": "author_id = :me",
    "shipment_provisions": "order_id IN (SELECT order_id FROM orders WHERE customer_id = :me)",
    "customers": "customer_id = :me",
    "login_methods": "customer_id = :me",
    "addresses": "address_id IN (SELECT address_id FROM customer_addresses"
    " WHERE customer_id = :me)",
    "customer_addresses": "customer_id = :me",
    "children_profiles": "guardian_id = :me",
    "real_name_records": "customer_id = :me",
    "device_profiles": "device_id IN (SELECT device_id FROM device_logins WHERE customer_id = :me"
    " UNION SELECT device_id FROM browse_history WHERE customer_id = :me"
    " UNION SELECT device_id FROM push_tokens WHERE customer_id = :me"
    " UNION SELECT device_id FROM risk_events WHERE customer_id = :me)",
    "device_logins": "customer_id = :me",
    "orders": "customer_id = :me",
    "order_items": "order_id IN (SELECT order_id FROM orders WHERE customer_id = :me)",
    "payments": "order_id IN (SELECT order_id FROM orders WHERE customer_id = :me)",
    "refunds": "order_id IN (SELECT order_id FROM orders WHERE customer_id = :me)",
    "invoices": "order_id IN (SELECT order_id FROM orders WHERE customer_id = :me)",
    "reviews": "customer_id = :me",
    "video_comments": "customer_id = :me",
    "chat_messages": "customer_id = :me",
    "attachments": "(owner_kind = 'review' AND owner_id IN (SELECT review_id FROM reviews"
    " WHERE customer_id = :me)) OR (owner_kind = 'refund' AND owner_id IN (SELECT refund_id"
    " FROM refunds NATURAL JOIN orders WHERE customer_id = :me)) OR (owner_kind ="
    " 'chat_message' AND owner_id IN (SELECT message_id FROM chat_messages"
    " WHERE customer_id = :me))",
    "crash_reports": "device_id IN (SELECT device_id FROM device_logins WHERE customer_id = :me"
    " UNION SELECT device_id FROM browse_history WHERE customer_id = :me)",
    "risk_events": "customer_id = :me",
    "audit_trail": "customer_id = :me",
}
"""By table, what an engineer would write to find the rows of one customer, `:me`."""


def make_shop(out: Path, *, customers: int = CUSTOMERS) -> None:
    """Write the sample's database."""
    sys.path.insert(0, str(SHOP))
    try:
        from make_database import make  # noqa: PLC0415  the example's folder is on the path now
    finally:
        sys.path.remove(str(SHOP))
    make(out, customers=customers)


class Taken:
    """What a copy took, by table and column."""

    def __init__(self) -> None:
        self.pages: list[RowPage] = []

    def take(self, page: RowPage) -> None:
        self.pages.append(page)

    def rows(self, table: str) -> Counter[tuple[Value, ...]]:
        return Counter(
            row for page in self.pages if page.table == table for row in map(tuple, page.rows)
        )

    def columns(self, table: str) -> tuple[str, ...]:
        return next(page.columns for page in self.pages if page.table == table)


@cache
def sample_register() -> tuple[Register, Catalogue]:
    """Return the register of the sample and the law that it was read by."""
    catalogue = load_catalogue(read_catalogue, cache_folder=None)
    files = RegisterFolder().read(SHOP)
    found = read_register(files.trees, catalogue=catalogue, problems=files.problems)
    return found.register, catalogue


class AnyShop:
    """The shop in some database."""

    def __init__(
        self, address: str, kind: StoreKind, folder: Path, *, most_rows: int = 100_000
    ) -> None:
        self._address, self._kind = address, kind
        whole, catalogue = sample_register()
        self.around = Surroundings(
            register=replace(
                whole,
                stores=tuple(
                    replace(one, kind=kind) for one in whole.stores if one.store == "main"
                ),
            ),
            version="0" * 64,
            law=catalogue,
        )
        self.scratch = folder / "scratch"
        self.planner = self.planner_of(self.around.register, most_rows=most_rows)

    def planner_of(self, register: Register, *, most_rows: int = 100_000) -> Planner:
        return Planner(
            sources=ConnectedStores(
                register.stores, {"SHOP_DB": self._address}, {self._kind: open_database}
            ),
            scratches=SqliteScratches(self.scratch),
            random=urandom,
            most_rows=most_rows,
        )

    @abstractmethod
    def sql(self, statement: str, *given: object) -> list[tuple[object, ...]]: ...

    @abstractmethod
    def everything(self) -> Mapping[str, list[tuple[object, ...]]]: ...

    def one(self, statement: str, *given: object) -> object:
        return self.sql(statement, *given)[0][0]

    def plan(
        self, right: Right, asked: Asked, account: object, *, around: Surroundings | None = None
    ) -> Plan:
        request = RightsRequest(
            id=RequestId("rq-shop"),
            right=right,
            person="somebody",
            by=AskedBy.INDIVIDUAL,
            app="",
            surface="api",
            received=AT,
            asked=asked,
        )
        return self.planner.plan(request, str(account), AT, around or self.around)

    def read(self, account: object) -> tuple[Plan, Taken]:
        taken = Taken()
        request = self.plan(Right.ACCESS, ReadAsked(), account).request
        return self.planner.plan(request, str(account), AT, self.around, taker=taken), taken

    def delete(self, account: object, *, around: Surroundings | None = None) -> Plan:
        asked = DeletionAsked(ground=Ground.UNLAWFUL)
        return self.plan(Right.DELETE, asked, account, around=around)

    def carry_out(self, plan: Plan, account: object) -> tuple[int, int]:
        (store,) = plan.stores
        done = self.planner.carry_out(plan, store, account=str(account))
        return done.deleted, done.changed


class Shop(AnyShop):
    """One copy of the shop in a file of SQLite."""

    def __init__(self, database: Path, folder: Path, *, most_rows: int = 100_000) -> None:
        self.file = folder / "shop.db"
        shutil.copy(database, self.file)
        super().__init__(f"sqlite:///{self.file}", StoreKind.SQLITE, folder, most_rows=most_rows)

    def sql(self, statement: str, *given: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.file)
        try:
            found = connection.execute(statement, given).fetchall()
            connection.commit()
        finally:
            connection.close()
        return found

    def everything(self) -> Mapping[str, list[tuple[object, ...]]]:
        names = self.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {str(name): self.sql(f"SELECT * FROM {name}") for (name,) in names}  # noqa: S608  our own names


def steps(plan: Plan, table: str) -> list[Step]:
    """Return the steps of a table."""
    return [step for store in plan.stores for step in store.steps if step.table == table]


def fates(plan: Plan, table: str) -> dict[RowFate, int]:
    """Return how many rows of a table have which fate."""
    found: Counter[RowFate] = Counter()
    for step in steps(plan, table):
        found[step.fate] += step.rows
    return dict(found)

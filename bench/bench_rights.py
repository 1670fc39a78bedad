"""R1, R2: rights over real databases, beside queries that somebody wrote by hand."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from os import urandom
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.rights_postgres import PostgresShop, postgres_shop
from bench.rights_shop import ACCOUNT, by_hand, make_shop, shop_register

from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.connectors.sql import open_database
from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.domain.register.store import StoreKind
from chengnuo.domain.rights.request import AskedBy, ReadAsked, RequestId, RightsRequest
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.planner import Planner, RowPage, Surroundings
from chengnuo.wiring.program import Program

if TYPE_CHECKING:
    from chengnuo.domain.rights.values import Value

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
FULL, SHORT = 20_000, 4_000


class Taken:
    """Takes rows and counts each, as often as it comes."""

    def __init__(self) -> None:
        self.rows: dict[str, Counter[tuple[Value, ...]]] = {}
        self.columns: dict[str, tuple[str, ...]] = {}

    def take(self, page: RowPage) -> None:
        """See `RowTaker.take`."""
        self.columns[page.table] = page.columns
        self.rows.setdefault(page.table, Counter()).update(map(tuple, page.rows))


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of rights."""
    yield access(SHORT if short else FULL)
    if not short:
        with postgres_shop(FULL) as shop:
            if shop is not None:
                yield access_on_postgresql(shop, FULL)


def access(orders: int) -> Figure:
    """Return R1: everything of one customer with many orders, found and read."""
    with tempfile.TemporaryDirectory() as place:
        shop = Path(place) / "shop.db"
        make_shop(shop, orders)
        return _compared(
            Read(
                kind=StoreKind.SQLITE, address=f"sqlite:///{shop}", by_hand=partial(by_hand, shop)
            ),
            f"access over 12 tables, {orders:,} orders",
            "twelve hand-written queries",
        )


def access_on_postgresql(shop: PostgresShop, orders: int) -> Figure:
    """Return R1 on PostgreSQL; the server's own time is in neither figure."""
    return _compared(
        Read(kind=StoreKind.POSTGRESQL, address=shop.address, by_hand=shop.by_hand),
        f"the same on PostgreSQL, {orders:,} orders",
        "the same queries by pg8000",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A database to read in both ways.

    Attributes:
        kind: Its kind.
        address: Where it is.
        by_hand: Runs the hand-written queries for the columns of each table.

    """

    kind: StoreKind
    address: str
    by_hand: Callable[[dict[str, tuple[str, ...]]], Iterator[tuple[str, list[tuple]]]]


def _compared(read: Read, name: str, base_name: str) -> Figure:
    register = shop_register(read.kind)
    with tempfile.TemporaryDirectory() as place:
        stores = ConnectedStores(
            register.stores, {"SHOP_DB": read.address}, {read.kind: open_database}
        )
        planner = Planner(
            sources=stores, scratches=SqliteScratches(Path(place) / "scratch"), random=urandom
        )
        around = Surroundings(register=register, version="0" * 64, law=Program().catalogue())
        taken = Taken()
        plan = partial(planner.plan, asked(), str(ACCOUNT), AT, around, taker=taken)
        begun = time.process_time()
        found = plan()
        ours = time.process_time() - begun
        begun = time.process_time()
        hand = dict(read.by_hand(taken.columns))
        base = time.process_time() - begun
    for table, rows in hand.items():
        assert Counter(rows) == taken.rows.get(table, Counter()), table
    assert found.rows == sum(map(len, hand.values()))
    return Figure(
        aim="R1",
        name=f"{name}, {found.rows:,} rows, processor time",
        ours=ours * 1e3,
        base=base * 1e3,
        base_name=base_name,
        unit="ms",
        limit=15 * base * 1e3,
        checked="every row of every table is the same",
    )


def asked() -> RightsRequest:
    """Return the request for all that is kept."""
    return RightsRequest(
        id=RequestId("rq-bench"),
        right=Right.ACCESS,
        person="0" * 64,
        by=AskedBy.INDIVIDUAL,
        app="",
        surface="api",
        received=AT,
        asked=ReadAsked(),
    )

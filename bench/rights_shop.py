"""One customer of the sample shop with very many orders, and what they ask to see, by hand.

The twelve tables are those that hold most of a customer. The hand-written queries are what an
engineer would write who knows the schema: each joins from the account, each is read to its end.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import StoreKind
from chengnuo.wiring.program import Program

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "examples" / "shop"))
from make_database import make  # noqa: E402  the sample is a folder of programs, no package

ACCOUNT = 7
TABLES = (
    "customers",
    "login_methods",
    "customer_addresses",
    "addresses",
    "orders",
    "order_items",
    "payments",
    "refunds",
    "invoices",
    "shipment_provisions",
    "reviews",
    "attachments",
)
_OF_MINE = "order_id IN (SELECT order_id FROM orders WHERE customer_id = ?)"
WHERE = {
    "customers": "customer_id = ?",
    "login_methods": "customer_id = ?",
    "customer_addresses": "customer_id = ?",
    "addresses": "address_id IN (SELECT address_id FROM customer_addresses WHERE customer_id = ?)",
    "orders": "customer_id = ?",
    "order_items": _OF_MINE,
    "payments": _OF_MINE,
    "refunds": _OF_MINE,
    "invoices": _OF_MINE,
    "shipment_provisions": _OF_MINE,
    "reviews": "customer_id = ?",
    "attachments": (
        "owner_kind = 'review' AND owner_id IN"
        " (SELECT review_id FROM reviews WHERE customer_id = ?)"
        " OR owner_kind = 'refund' AND owner_id IN"
        " (SELECT refund_id FROM refunds JOIN orders USING (order_id) WHERE customer_id = ?)"
    ),
}


def make_shop(file: Path, orders: int) -> None:
    """Make the sample shop and give one customer that many orders, with what belongs to them."""
    make(file, customers=200)
    with closing(sqlite3.connect(file)) as shop, shop:
        first = 1_000_000
        numbers = range(first, first + orders)
        placed = "2026-05-01 08:00:00"
        shop.executemany(
            "INSERT INTO orders VALUES (?, ?, ?, '甲乙', '12000000000', '无名路 1 号', NULL,"
            " 'done', 4000, 0, 4000, ?)",
            ((one, f"B{one:017d}", ACCOUNT, placed) for one in numbers),
        )
        shop.executemany(
            "INSERT INTO order_items VALUES (?, ?, 1, 1, 2000)",
            ((one, line) for one in numbers for line in (1, 2)),
        )
        shop.executemany(
            "INSERT INTO payments VALUES (?, ?, 'alipay', ?, 'payer', 4000, ?)",
            ((one, one, f"T{one}", placed) for one in numbers),
        )
        shop.executemany(
            "INSERT INTO shipment_provisions VALUES"
            " (?, ?, 'yunlu', ?, '甲乙', '12000000000', '无名路 1 号', ?, ?)",
            ((one, one, f"W{one}", placed, placed) for one in numbers),
        )
        shop.executemany(
            "INSERT INTO invoices VALUES (?, ?, 'person', '甲乙', NULL, 'a@shop.invalid', 4000, ?)",
            ((one, one, placed) for one in numbers if one % 2),
        )
        shop.executemany(
            "INSERT INTO reviews VALUES (?, ?, ?, 1, '甲', 5, 'good', 1, ?)",
            ((one, ACCOUNT, one, placed) for one in numbers if one % 4 == 0),
        )


def shop_register(kind: StoreKind = StoreKind.SQLITE) -> Register:
    """Return the sample register, its main store cut down to the twelve tables."""
    register = Program().registers().load(ROOT / "examples" / "shop" / "register").register
    main = next(store for store in register.stores if store.store == "main")
    there = {f"main.{table}" for table in TABLES}
    tables = tuple(
        replace(one, references=tuple(ref for ref in one.references if ref.to in there))
        for one in main.tables
        if one.table in TABLES
    )
    return replace(register, stores=(replace(main, kind=kind, tables=tables),))


def by_hand(file: Path, columns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, list[tuple]]]:
    """Yield each table and all rows of the customer, read by hand-written queries."""
    with closing(sqlite3.connect(file)) as shop:
        for table, query in queries(columns):
            yield table, shop.execute(query, (ACCOUNT,) * query.count("?")).fetchall()


def queries(columns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield each table and the query for its rows, with `?` for the customer."""
    for table in TABLES:
        wanted = ", ".join(columns[table])
        yield table, f"SELECT {wanted} FROM {table} WHERE {WHERE[table]}"  # noqa: S608  names of ours

"""A lake: tables in folders of Parquet, CSV and JSON lines, with what a sample of them lacks."""

import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pyarrow as pa
from pyarrow import csv, parquet

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.ports.store_look import PAGE_ROWS

LAKE = Store(
    store=StoreId("lake"), name=Text("湖", "Lake"), kind=StoreKind.FILES, connection="LAKE"
)
_ROWS = (700, PAGE_ROWS + 150, 300, 700)
"""Of each file of a table; one has a second page."""


def lay(folder: Path, seed: int = 5) -> None:
    """Write the lake."""
    random = Random(seed)
    for name in ("orders", "visits", "events", "torn"):
        (folder / name).mkdir(parents=True)
    for at, rows in enumerate(_ROWS):
        orders = pa.table(
            {
                "order_no": [f"o{at}-{row}" for row in range(rows)],
                "mobile": [_mobile(random) for _ in range(rows)],
                "remark": [_remark(random) for _ in range(rows)],
                "created_at": [_instant(random) for _ in range(rows)],
                "ext": [_ext(random, at, row) for row in range(rows)],
            }
        )
        parquet.write_table(orders, folder / "orders" / f"part-{at}.parquet")
        csv.write_csv(orders.select(["mobile", "remark", "ext"]), folder / "visits" / f"{at}.csv")
        lines = "".join(f"{json.dumps(one, default=str)}\n" for one in orders.to_pylist())
        (folder / "events" / f"{at}.jsonl").write_text(lines)
        (folder / "torn" / f"{at}.jsonl").write_text(lines)
    damaged = folder / "torn" / "2.jsonl"  # after a path that no sample has came up
    damaged.write_bytes(damaged.read_bytes()[:-40] + b'"\n{"mobile": \n')


def _instant(random: Random) -> datetime:
    return datetime(2026, random.randint(1, 9), random.randint(1, 28), 8, tzinfo=UTC)


def _mobile(random: Random) -> str:
    return random.choice(("138", "159", "186")) + f"{random.randrange(10**8):08}"


def _remark(random: Random) -> str:
    if random.random() < 0.03:
        return f"到了请打电话 {_mobile(random)}，谢谢"
    return random.choice(("不要辣", "放在门口", "尽快", ""))


def _ext(random: Random, at: int, row: int) -> str:
    """Return JSON whose paths are not all in the first file, nor on the first page."""
    found: dict[str, object] = {"source": random.choice(("app", "web"))}
    if row > PAGE_ROWS:
        found["late"] = _mobile(random)
    if at > 1:
        found["gift"] = {"to": _mobile(random)}
    if at == len(_ROWS) - 1:
        found["mail"] = f"a{random.randrange(10**6)}@example.com"
    return json.dumps(found)

"""Logs of quotes made from a seed, as tables and files, and what two passes over them differ by."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from chengnuo.domain.pricing.in_memory import Table
from chengnuo.domain.pricing.spec import spec_of
from chengnuo.engines.fairness.statistics import Statistics

START = 1_767_225_600  # 2026-01-01T00:00:00Z
SPEC = spec_of(
    {
        "person": "uid",
        "item": "sku",
        "time": "at",
        "price": "paid",
        "quote_id": "quote",
        "profile": {
            "habit": ["is_old", "views"],
            "paying-ability": ["phone"],
            "other": [{"column": "visits", "as": "level"}],
        },
        "factors": [
            {
                "column": "off",
                "reason": "NEW_USER",
                "kind": "addback",
                "rule": "act-118",
                "eligible": "not is_old",
            },
            {"column": "zone", "reason": "NEED", "kind": "cell"},
            {"column": "km", "reason": "NEED", "kind": "linear"},
        ],
        "terms": [{"column": "wait", "margin": 1.0}],
    }
)


def table(rows: int, *, seed: int = 7, hours: int = 5, persons: int = 60) -> dict[str, Any]:
    """Return a log in which every quote is priced, dated and complete."""
    of = np.random.default_rng(seed)
    is_old = of.random(rows) < 0.4
    return {
        "quote": np.array([f"q{i}" for i in range(rows)]),
        "uid": np.array([f"u-{i}" for i in of.integers(0, persons, rows)]),
        "sku": np.array([f"s{i}" for i in of.integers(0, 5, rows)]),
        "at": START + of.integers(0, hours * 3600, rows),
        "paid": np.round(np.exp(of.normal(3, 0.2, rows)), 2),
        "off": np.where(~is_old & (of.random(rows) < 0.3), 2.5, 0.0),
        "zone": of.choice(["east", "west"], rows),
        "km": np.round(of.gamma(2.0, 3.0, rows), 1),
        "wait": of.gamma(2.0, 2.0, rows),
        "is_old": is_old,
        "views": of.integers(0, 40, rows),
        "phone": of.choice(["low", "mid", "high"], rows, p=[0.5, 0.3, 0.2]),
        "visits": of.integers(0, 3, rows),
    }


def arrow(of: Table) -> pa.Table:
    """Return the log with its time as a timestamp that has a zone."""
    columns = {name: pa.array(one) for name, one in of.items() if name != "at"}
    columns["at"] = pa.array(np.asarray(of["at"]) * 1_000_000, pa.timestamp("us", "UTC"))
    return pa.table(columns)


def parquet(of: Table, path: Path) -> Path:
    """Write a log."""
    pa.parquet.write_table(arrow(of), path)
    return path


def differences(one: object, other: object, name: str = "") -> Iterator[str]:
    """Yield where two statistics differ by more than rounding."""
    if is_dataclass(one) and type(one) is type(other):
        for each in fields(one):
            yield from differences(
                getattr(one, each.name), getattr(other, each.name), f"{name}.{each.name}"
            )
    elif isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            yield f"{name}: {sorted(one)} and {sorted(other)}"
        for key in one.keys() & other.keys():
            yield from differences(one[key], other[key], f"{name}[{key}]")
    elif isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        if not _alike(one, other):
            yield name
    elif one != other:
        yield f"{name}: {one} and {other}"


def _alike(one: NDArray[Any], other: NDArray[Any]) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind != "f":
        return bool((one == other).all())
    scale = max(1.0, float(np.abs(one).max(initial=0.0)))
    return bool(np.abs(one - other).max(initial=0.0) <= 1e-9 * scale)


def without_sources(statistics: Statistics) -> Statistics:
    """Return them without the digests of files, which a table in memory has none of."""

    return replace(statistics, sources=())

"""Logs of transfers as CSV, JSON lines and Parquet; Parquet goes through DuckDB, an extra.

Columns: `tier` (`free` or `paid`), `direction` (`up` or `down`), `bytes`, `seconds`, and where
there are `account` and `network`. Accounts are numbered while reading and not kept.
"""

import csv
import json
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Final

import numpy as np

from chengnuo.domain.pricing.speeds import Direction, SpeedLog
from chengnuo.ports.speed_logs import SpeedLogError

NEEDED: Final = ("tier", "direction", "bytes", "seconds")
_OTHERS: Final = ("account", "network")
_TIERS: Final = {"free": True, "paid": False}
_UPWARDS: Final = {Direction.UP.value: True, Direction.DOWN.value: False}
_BATCH: Final = 50_000
_MOST_LEFT_OUT: Final = 0.5


class SpeedLogFiles:
    """`SpeedLogs` over files."""

    def read(self, file: Path) -> SpeedLog:
        """See `SpeedLogs.read`."""
        readers = {".csv": _csv, ".jsonl": _jsonl, ".ndjson": _jsonl, ".parquet": _parquet}
        reader = readers.get(file.suffix.lower())
        if reader is None:
            raise SpeedLogError(file.name, f"its name ends with none of {', '.join(readers)}")
        log = _Reading()
        try:
            for row in reader(file):
                log.add(row)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise SpeedLogError(file.name, "it cannot be read") from error
        if log.left_out > _MOST_LEFT_OUT * (log.left_out + len(log.kbps)):
            raise SpeedLogError(file.name, "most rows have no tier, direction, bytes or seconds")
        return log.done()


class _Reading:
    """Rows so far."""

    def __init__(self) -> None:
        self.is_free, self.is_up = array("b"), array("b")
        self.kbps, self.account, self.network = array("d"), array("q"), array("q")
        self.accounts: dict[object, int] = {}
        self.networks: dict[object, int] = {}
        self.left_out = 0

    def add(self, row: Mapping[str, object]) -> None:
        is_free = _TIERS.get(str(row.get("tier")).strip().lower())
        is_up = _UPWARDS.get(str(row.get("direction")).strip().lower())
        size, seconds = _number(row.get("bytes")), _number(row.get("seconds"))
        if is_free is None or is_up is None or size <= 0 or seconds <= 0:
            self.left_out += 1
            return
        # Without an account every transfer stands for itself.
        of = row.get("account") or len(self.kbps)
        self.is_free.append(is_free)
        self.is_up.append(is_up)
        self.kbps.append(size * 8 / 1000 / seconds)
        self.account.append(self.accounts.setdefault(of, len(self.accounts)))
        self.network.append(self.networks.setdefault(row.get("network"), len(self.networks)))

    def done(self) -> SpeedLog:
        return SpeedLog(
            is_free=np.array(self.is_free, dtype=bool),
            is_up=np.array(self.is_up, dtype=bool),
            kbps=np.array(self.kbps),
            account=np.array(self.account, dtype=np.int64),
            network=np.array(self.network, dtype=np.int64),
            left_out=self.left_out,
        )


def _number(value: object) -> float:
    """Return a number; 0 for what is none, or not finite."""
    try:
        found = float(value) if isinstance(value, str | int | float) else 0.0
    except (ValueError, OverflowError):
        return 0.0
    return found if math.isfinite(found) else 0.0


def _csv(file: Path) -> Iterator[Mapping[str, object]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        _hold_columns(file, rows.fieldnames or ())
        yield from rows


def _jsonl(file: Path) -> Iterator[Mapping[str, object]]:
    with file.open(encoding="utf-8-sig") as lines:
        for line in lines:
            if line.strip():
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                yield row if isinstance(row, dict) else {}


def _parquet(file: Path) -> Iterator[Mapping[str, object]]:
    try:
        duckdb = import_module("duckdb")
    except ImportError as error:
        raise SpeedLogError(file.name, "Parquet takes the extra `price` (DuckDB)") from error
    with closing(duckdb.connect()) as database:
        try:
            head = database.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(file)])
            names = [one[0] for one in head.description]
            _hold_columns(file, names)
            kept = [one for one in (*NEEDED, *_OTHERS) if one in names]
            columns = ", ".join(f'CAST("{one}" AS VARCHAR)' for one in kept)
            rows = database.execute(
                f"SELECT {columns} FROM read_parquet(?)",  # noqa: S608  names of our own
                [str(file)],
            )
            while part := rows.fetchmany(_BATCH):
                yield from (dict(zip(kept, row, strict=True)) for row in part)
        except duckdb.Error as error:
            raise SpeedLogError(file.name, "it is no Parquet file") from error


def _hold_columns(file: Path, names: Sequence[str]) -> None:
    missing = [one for one in NEEDED if one not in names]
    if missing:
        raise SpeedLogError(file.name, f"it has no column `{missing[0]}`")

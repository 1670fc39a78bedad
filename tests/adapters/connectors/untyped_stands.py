"""Stores without a schema as stands of the contract: tables in files, and hashes of Redis.

A file names its rows by what they hold and orders them by their place, so rows are laid out in the
order of their ids. Ids are texts of one length, so that texts sort as the numbers do.
"""

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, Protocol

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
from moto.server import ThreadedMotoServer
from pyarrow import csv as arrow_csv
from pyarrow import parquet as pq
from redis import Redis
from tests.adapters.connectors.contract import ColumnForm, Row, TableForm
from tests.adapters.connectors.files_kit import Laid, LaidFolder, bucket_at

from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.adapters.connectors.redis import RedisSource
from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import Store, StoreKind, Table
from chengnuo.domain.rights.schema import ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import MOST_VALUES, Lack, Match

DECLARED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "orders": (("id",), ("owner", "note")),
    "lines": (("order_id", "kind"), ("amount",)),
    "kept": (("id",), ("v",)),
    "seen": (("id",), ("at",)),
}
"""By table of the suite, the columns that its stands name rows by, and the others."""
_IDS = frozenset({"id", "order_id"})
_DIGITS = 8


class UntypedStand(ABC):
    """What they have in common."""

    kind = StoreKind.OTHER
    row_names: tuple[str, ...] = ()
    lacks = frozenset({Lack.SCHEMA})
    types = frozenset({ValueType.TEXT})

    def id(self, number: int) -> str:
        return f"{number:0{_DIGITS}d}"

    def key(self, table: str) -> tuple[str, ...]:
        del table
        return self.row_names

    def told(self, value: Value, kind: ValueType) -> Value:
        del kind
        return value

    @abstractmethod
    def name(self, table: str) -> str:
        """Return what the store calls a table."""

    def store(self) -> Store:
        return Store(
            store=StoreId("main"),
            name=Text("主库", "main"),
            kind=self.kind,
            connection="SAMPLE",
            tables=tuple(
                Table(table=self.name(one), identity=names, not_personal=others)
                for one, (names, others) in DECLARED.items()
            ),
        )

    def add_column(self, table: str, column: ColumnForm) -> None:
        message = f"no schema to add `{column.name}` of `{table}` to; the test fails before"
        raise AssertionError(message)


class RedisStand(UntypedStand):
    """Hashes of Redis."""

    kind = StoreKind.REDIS
    row_names = ("$key",)

    def __init__(self, address: str) -> None:
        self.address = address
        self.client = Redis.from_url(address, decode_responses=True)
        self.client.flushall()

    def name(self, table: str) -> str:
        return ":".join((table, *(f"{{{one}}}" for one in DECLARED[table][0])))

    def make(self, *tables: TableForm) -> None:
        assert all(one.table in DECLARED for one in tables)

    def put(self, table: str, rows: Sequence[Row]) -> None:
        names, others = DECLARED[table]
        with self.client.pipeline(transaction=False) as pipe:
            for row in rows:
                held = {one: str(row[one]) for one in others if row[one] is not None}
                # A hash without a field is not there.
                key = ":".join((table, *(str(row[one]) for one in names)))
                pipe.hset(key, mapping={"there": "1", **held})
            pipe.execute()

    def held(self, table: str) -> list[dict[str, Value]]:
        names, others = DECLARED[table]
        found: list[dict[str, Value]] = []
        for key in self.client.scan_iter(f"{table}:*", count=1_000):
            fields: Any = self.client.hgetall(key)
            named = dict(zip(names, str(key).split(":")[1:], strict=True))
            found.append({**named, **{one: fields.get(one) for one in others}})
        return found

    def keys(self, table: str, rows: Sequence[RowKey]) -> list[RowKey]:
        return [(":".join((table, *map(str, row))),) for row in rows]

    def open(self) -> RedisSource:
        return RedisSource(self.store(), self.address)

    @contextmanager
    def silenced(self) -> Iterator[None]:
        """Let it hold nobody: who is connected is thrown out, who comes is refused."""
        self.client.config_set("requirepass", "sample")
        self.client.client_kill_filter(_type="normal", skipme=True)
        try:
            yield
        finally:
            self.client.config_set("requirepass", "")


class TableFile(Protocol):
    """A form of table files as the tests write and read it, not by the connector."""

    ending: str
    types: frozenset[ValueType]

    def written(self, columns: Sequence[ColumnForm], rows: Sequence[Row]) -> bytes: ...
    def read(self, data: bytes) -> list[dict[str, Value]]: ...


class CsvFile:
    ending = "csv"
    types = frozenset({ValueType.TEXT})

    def written(self, columns: Sequence[ColumnForm], rows: Sequence[Row]) -> bytes:
        names = [one.column for one in columns]
        lines = [",".join(names)]
        for row in rows:
            cells = (row[one] for one in names)
            lines.append(",".join("" if one is None else _quoted(str(one)) for one in cells))
        return ("\r\n".join(lines) + "\r\n").encode()

    def read(self, data: bytes) -> list[dict[str, Value]]:
        names = next(csv.reader(io.StringIO(data.decode(), newline="")))
        found = arrow_csv.read_csv(
            io.BytesIO(data),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
        return list(found.to_pylist())


class JsonLinesFile:
    ending = "jsonl"
    types = frozenset({ValueType.TEXT, ValueType.INTEGER, ValueType.REAL, ValueType.BOOLEAN})

    def written(self, columns: Sequence[ColumnForm], rows: Sequence[Row]) -> bytes:
        del columns
        return b"".join(json.dumps(dict(row)).encode() + b"\n" for row in rows)

    def read(self, data: bytes) -> list[dict[str, Value]]:
        return [json.loads(line) for line in data.splitlines()]


class ParquetFile:
    ending = "parquet"
    spelled: Mapping[ValueType, Any] = {
        ValueType.TEXT: pa.string(),
        ValueType.INTEGER: pa.int64(),
        ValueType.REAL: pa.float64(),
        ValueType.DECIMAL: pa.decimal128(30, 6),
        ValueType.BOOLEAN: pa.bool_(),
        ValueType.DATE: pa.date32(),
        ValueType.TIME: pa.time64("us"),
        ValueType.INSTANT: pa.timestamp("us"),
        ValueType.BYTES: pa.binary(),
    }
    types = frozenset(spelled)

    def written(self, columns: Sequence[ColumnForm], rows: Sequence[Row]) -> bytes:
        fields = [
            (one.column, pa.string() if one.column in _IDS else self.spelled[one.type])
            for one in columns
        ]
        out = io.BytesIO()
        pq.write_table(pa.Table.from_pylist([dict(one) for one in rows], pa.schema(fields)), out)
        return out.getvalue()

    def read(self, data: bytes) -> list[dict[str, Value]]:
        return list(pq.read_table(io.BytesIO(data)).to_pylist())


class FilesStand(UntypedStand):
    """Tables in files of one form, in a folder or a bucket."""

    kind = StoreKind.FILES
    row_names = ("$row",)
    lacks = frozenset({Lack.SCHEMA, Lack.TRANSACTIONS})

    def __init__(self, laid: Laid, file: TableFile) -> None:
        self.laid, self.file = laid, file
        if isinstance(laid, LaidFolder):
            laid.path.mkdir(exist_ok=True)
        self.types = file.types
        self._forms: dict[str, TableForm] = {}

    def name(self, table: str) -> str:
        return f"{table}/*.{self.file.ending}"

    def _file(self, table: str) -> str:
        return f"{table}/one.{self.file.ending}"

    def make(self, *tables: TableForm) -> None:
        for one in tables:
            self._forms[one.table] = one
            self._write(one.table, [])

    def _write(self, table: str, rows: Sequence[Row]) -> None:
        self.laid.write(self._file(table), self.file.written(self._forms[table].columns, rows))

    def put(self, table: str, rows: Sequence[Row]) -> None:
        names = DECLARED[table][0]
        fresh = sorted(rows, key=lambda row: tuple(str(row[one]) for one in names))
        self._write(table, [*self.held(table), *fresh])

    def held(self, table: str) -> list[dict[str, Value]]:
        return self.file.read(self.laid.read(self._file(table)) or b"")

    def keys(self, table: str, rows: Sequence[RowKey]) -> list[RowKey]:
        names, named = DECLARED[table][0], {}
        source = self.open()
        for begin in range(0, len(rows), MOST_VALUES):
            match = Match(columns=names, values=tuple(rows[begin : begin + MOST_VALUES]))
            for *row, key in source.rows(self.name(table), (*names, "$row"), match):
                named[tuple(row)] = key
        source.close()
        nobody = f"{self._file(table)}\t{1:012d}\t{'0' * 32}"
        return [(named.get(tuple(row), nobody),) for row in rows]

    def open(self) -> FilesSource:
        return FilesSource(self.store(), self.laid.address)

    @contextmanager
    def silenced(self) -> Iterator[None]:
        """Let a link that leads nowhere stand for the file, as of a disk that is not there."""
        assert isinstance(self.laid, LaidFolder)
        file = self.laid.path / self._file("orders")
        away = self.laid.path.with_name("away")
        file.rename(away)
        file.symlink_to("nowhere")
        try:
            yield
        finally:
            away.replace(file)


class BucketStand(FilesStand):
    """The same in a bucket of a server of our own, which keeps what it holds over a stop."""

    def __init__(self, file: TableFile) -> None:
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        host, self._port = self.server.get_host_and_port()
        super().__init__(
            bucket_at(f"http://{host}:{self._port}", f"sample-{token_hex(4)}", versioned=False),
            file,
        )

    @contextmanager
    def silenced(self) -> Iterator[None]:
        self.server.stop()
        try:
            yield
        finally:
            self.server = ThreadedMotoServer("127.0.0.1", self._port, verbose=False)
            self.server.start()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

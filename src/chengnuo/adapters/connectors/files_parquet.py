"""Parquet files, read and written by pyarrow (the extra `parquet`).

Kept in a copy: the schema with its nullability, units and metadata, the row groups and their
order, compression and dictionary encoding of each column, the format version. DuckDB, which is an
extra already, was tried and makes other types of some columns and drops the metadata. Lost: bloom
filters. A row group is held in memory while it is copied; an encrypted file is not read.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from chengnuo.adapters.connectors.files_forms import (
    ChangeRefusedError,
    Edit,
    FormError,
    Gone,
    Record,
    digest_of,
)
from chengnuo.domain.rights.schema import ColumnSchema, ValueType
from chengnuo.domain.rights.values import Value

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
    from pyarrow import parquet as pq

_MOST_GROUP_BYTES = 1024 * 1024 * 1024
_BATCH = 2_000


class _ParquetRow:
    """One row of a batch, by the Python values of all its columns."""

    def __init__(self, number: int, values: dict[str, object]) -> None:
        self._number = number
        self._values = values

    @property
    def number(self) -> int:
        return self._number

    @cached_property
    def digest(self) -> str:
        plain = json.dumps([*self._values.items()], ensure_ascii=False, default=repr)
        return digest_of(plain.encode("utf-8", "surrogatepass"))

    def value(self, column: str) -> Value:
        found = self._values.get(column)
        if found is None or isinstance(
            found, str | bool | int | float | bytes | Decimal | date | datetime | time | UUID
        ):
            return found
        if isinstance(found, list | dict):
            return json.dumps(found, ensure_ascii=False, default=str)
        raise FormError(f"row {self._number} holds a {type(found).__name__}")


class Parquet:
    """`Form` of Parquet files."""

    def __init__(self) -> None:
        """Load pyarrow.

        Raises:
            ImportError: The extra `parquet` is not installed.

        """
        self._arrow = import_module("pyarrow")
        self._compute = import_module("pyarrow.compute")
        self._parquet = import_module("pyarrow.parquet")

    def columns(self, file: BinaryIO) -> tuple[ColumnSchema, ...]:
        """See `Form.columns`."""
        return tuple(
            ColumnSchema(column=field.name, type=self._type(field.type), nullable=field.nullable)
            for field in self._opened(file).schema_arrow
        )

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """See `Form.records`."""
        opened = self._opened(file)
        number = 0
        try:
            for batch in opened.iter_batches(batch_size=_BATCH):
                for row in self._rows(self._arrow.Table.from_batches([batch]), number):
                    number = row.number
                    yield row
        except (self._arrow.ArrowException, OSError):
            raise FormError("the file is damaged") from None

    def copy(self, file: BinaryIO, to: BinaryIO, edit: Callable[[Record], Edit]) -> None:
        """See `Form.copy`."""
        opened = self._opened(file)
        number = 0
        try:
            with self._writer(opened, to) as writer:
                for group in range(opened.num_row_groups):
                    if opened.metadata.row_group(group).total_byte_size > _MOST_GROUP_BYTES:
                        raise FormError(f"a row group is over {_MOST_GROUP_BYTES} bytes")
                    table = opened.read_row_group(group)
                    rows = self._rows(table, number)
                    edits = [edit(row) for row in rows]
                    number += len(edits)
                    edited = self._edited(table, edits)
                    if edited.num_rows or not table.num_rows:
                        writer.write_table(edited, row_group_size=max(1, edited.num_rows))
        except (self._arrow.ArrowException, OSError):
            raise FormError("the file is damaged, or its copy cannot be written") from None

    def _opened(self, file: BinaryIO) -> "pq.ParquetFile":
        file.seek(0)
        try:
            return self._parquet.ParquetFile(file)
        except (self._arrow.ArrowException, OSError):
            raise FormError("the file is no Parquet file that can be read") from None

    def _rows(self, table: "pa.Table", before: int) -> Iterator[_ParquetRow]:
        """Yield the rows of a table; nanoseconds are cut off for reading, never for writing."""
        columns = []
        for field, column in zip(table.schema, table.columns, strict=True):
            shown = column
            if self._arrow.types.is_timestamp(field.type) and field.type.unit == "ns":
                shown = column.cast(self._arrow.timestamp("us", field.type.tz), safe=False)
            elif self._arrow.types.is_time64(field.type):
                shown = column.cast(self._arrow.time64("us"), safe=False)
            columns.append((field.name, shown))
        for start in range(0, table.num_rows, _BATCH):
            parts = [(name, column.slice(start, _BATCH).to_pylist()) for name, column in columns]
            for place in range(min(_BATCH, table.num_rows - start)):
                values = {name: part[place] for name, part in parts}
                yield _ParquetRow(before + start + place + 1, values)

    def _edited(self, table: "pa.Table", edits: list[Edit]) -> "pa.Table":
        columns = {
            name for one in edits if one is not None and not isinstance(one, Gone) for name in one
        }
        for name in sorted(columns):
            table = self._with_column(table, name, edits)
        if any(isinstance(one, Gone) for one in edits):
            table = table.filter(self._arrow.array([not isinstance(one, Gone) for one in edits]))
        return self._with_fresh_dictionaries(table)

    def _with_fresh_dictionaries(self, table: "pa.Table") -> "pa.Table":
        """Return a table whose dictionaries hold nothing that no row has any more."""
        for place, field in enumerate(table.schema):
            if self._arrow.types.is_nested(field.type) and "dictionary<" in str(field.type):
                raise FormError("a nested column has a dictionary of values")
            if self._arrow.types.is_dictionary(field.type):
                plain = table.column(place).cast(field.type.value_type)
                fresh = plain.combine_chunks().dictionary_encode().cast(field.type)
                table = table.set_column(place, field, fresh)
        return table

    def _with_column(self, table: "pa.Table", name: str, edits: list[Edit]) -> "pa.Table":
        place = table.schema.get_field_index(name)
        if place < 0:
            raise ChangeRefusedError(name, "the file has no such column")
        field = table.schema.field(place)
        new: list[Value] = []
        taken = list(range(table.num_rows))
        for row, one in enumerate(edits):
            if one is not None and not isinstance(one, Gone) and name in one:
                taken[row] = table.num_rows + len(new)
                new.append(one[name])
        if None in new and not field.nullable:
            raise ChangeRefusedError(name, "NOT NULL")
        kind = field.type
        added = None
        # Such an error tells the value, so it is not carried along.
        with suppress(self._arrow.ArrowException, TypeError, ValueError, OverflowError):
            if self._arrow.types.is_dictionary(kind):
                values = self._arrow.array(new, type=kind.value_type)
                added = values.dictionary_encode().cast(kind)
            else:
                added = self._arrow.array(new, type=kind)
        if added is None:
            raise ChangeRefusedError(name, f"the column holds {kind}")
        both = self._arrow.chunked_array([*table.column(place).chunks, added], type=kind)
        if self._arrow.types.is_dictionary(kind):
            both = both.unify_dictionaries()
        changed = both.take(self._arrow.array(taken, type=self._arrow.int64()))
        return table.set_column(place, field, changed)

    def _writer(self, opened: "pq.ParquetFile", to: BinaryIO) -> "pq.ParquetWriter":
        meta = opened.metadata
        options: dict[str, object] = {"version": "2.6"}
        if meta.format_version in {"1.0", "2.4", "2.6"}:
            options["version"] = meta.format_version
        if meta.num_row_groups:
            group = meta.row_group(0)
            chunks = [group.column(place) for place in range(meta.num_columns)]
            options |= {
                "compression": {
                    one.path_in_schema: one.compression.replace("UNCOMPRESSED", "NONE")
                    for one in chunks
                },
                "use_dictionary": [
                    one.path_in_schema
                    for one in chunks
                    if any("DICTIONARY" in encoding for encoding in one.encodings)
                ],
                "sorting_columns": group.sorting_columns or None,
                "write_page_index": any(one.has_column_index for one in chunks),
                "use_deprecated_int96_timestamps": any(
                    one.physical_type == "INT96" for one in chunks
                ),
            }
        has_arrow = b"ARROW:schema" in (meta.metadata or {})
        return self._parquet.ParquetWriter(
            to, opened.schema_arrow, store_schema=has_arrow, **options
        )

    def _type(self, kind: "pa.DataType") -> ValueType:
        types = self._arrow.types
        if types.is_dictionary(kind):
            return self._type(kind.value_type)
        for is_one, found in (
            (types.is_string, ValueType.TEXT),
            (types.is_large_string, ValueType.TEXT),
            (types.is_boolean, ValueType.BOOLEAN),
            (types.is_integer, ValueType.INTEGER),
            (types.is_floating, ValueType.REAL),
            (types.is_decimal, ValueType.DECIMAL),
            (types.is_date, ValueType.DATE),
            (types.is_time, ValueType.TIME),
            (types.is_timestamp, ValueType.INSTANT),
            (types.is_binary, ValueType.BYTES),
            (types.is_large_binary, ValueType.BYTES),
            (types.is_fixed_size_binary, ValueType.BYTES),
            (types.is_nested, ValueType.JSON),
        ):
            if is_one(kind):
                return found
        return ValueType.OTHER

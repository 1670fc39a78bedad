"""What a change does not touch stays as it was, byte for byte or type for type."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pq

from chengnuo.adapters.connectors.files_csv import Delimited
from chengnuo.adapters.connectors.files_forms import (
    ChangeRefusedError,
    Edit,
    Form,
    FormError,
    Gone,
    Record,
)
from chengnuo.adapters.connectors.files_jsonl import JsonLines
from chengnuo.adapters.connectors.files_parquet import Parquet

CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=6
).filter(lambda text: not text.startswith("﻿"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=6,
)


def edited(form: Form, data: bytes, edit: Callable[[Record], Edit]) -> bytes:
    out = io.BytesIO()
    form.copy(io.BytesIO(data), out, edit)
    return out.getvalue()


def deleting(*numbers: int) -> Callable[[Record], Edit]:
    return lambda record: Gone.GONE if record.number in numbers else None


def setting(number: int, **values: str | int | None) -> Callable[[Record], Edit]:
    return lambda record: values if record.number == number else None


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6), st.sampled_from(",;\t|"))
def test_csv_is_read_as_the_csv_module_writes_it(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b"], *rows])
    data = out.getvalue().encode()
    found = [[one.value("a"), one.value("b")] for one in Delimited().records(io.BytesIO(data))]
    assert found == rows


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6), CELLS)
def test_csv_that_was_changed_is_read_by_the_csv_module(rows: list[list[str]], new: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["a", "b"], *rows])
    data = edited(Delimited(), out.getvalue().encode(), setting(2, b=new))
    found = list(csv.reader(io.StringIO(data.decode(), newline="")))
    kept = [row for row in rows if any(row)]
    expected = [[a, new if number == 2 else b] for number, (a, b) in enumerate(rows, start=1)]
    assert len(kept) < len(rows) or found[1:] == expected


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, header: bool) -> None:
    for form in (Delimited(), JsonLines(), Parquet()):
        given_bytes = b"a,b\n" + data if header else data
        try:
            for one in form.records(io.BytesIO(given_bytes)):
                assert len(one.digest) == 32
                one.value("a")
            form.columns(io.BytesIO(given_bytes))
        except FormError:
            continue
        assert edited(form, given_bytes, lambda _: None) == given_bytes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"a,b\n1,x\n2,y", b"a,b\n1,x\n", id="the last line has no end"),
        pytest.param(b'a;b\r\n1;"x\r\n;"\r\n2;y\r\n', b'a;b\r\n1;"x\r\n;"\r\n', id="quoted CR LF"),
        pytest.param(b'a,b\n1,5" disk\n2,6" disk\n', b'a,b\n1,5" disk\n', id="a quote inside"),
        pytest.param("﻿a,b\n\n1,甲\n2,乙\n".encode(), "﻿a,b\n\n1,甲\n".encode(), id="BOM"),
        pytest.param(
            "名,b\n1,联通\n2,乙\n".encode("gbk"), "名,b\n1,联通\n".encode("gbk"), id="GBK"
        ),
        pytest.param(b"a,b\n1\n2,x,too,many\n", b"a,b\n1\n", id="ragged rows"),
    ],
)
def test_deleting_a_csv_row_keeps_all_else(before: bytes, after: bytes) -> None:
    assert edited(Delimited(), before, deleting(2)) == after


def test_a_changed_cell_keeps_quotes_and_encoding() -> None:
    before = '名,b\n"1",联通\n"2",乙\n'.encode("gbk")
    after = '名,b\n"1",联通\n"丙",\n'.encode("gbk")
    assert edited(Delimited(), before, setting(2, 名="丙", b=None)) == after
    assert [one.value("名") for one in Delimited().records(io.BytesIO(after))] == ["1", "丙"]


def test_an_empty_cell_is_null_and_an_empty_text_is_quoted() -> None:
    data = edited(Delimited(), b"a,b\n1,x\n", setting(1, a=None, b=""))
    assert data == b'a,b\n,""\n'
    (row,) = Delimited().records(io.BytesIO(data))
    assert (row.value("a"), row.value("b")) == (None, "")


@pytest.mark.parametrize(
    "data",
    [b'a,b\n1,"never closed\n2,x\n', b"a,a\n1,2\n", "a,b\n1,甲\n".encode("utf-16")],
    ids=["open quote", "same name twice", "UTF-16"],
)
def test_csv_that_would_be_read_wrongly_is_refused(data: bytes) -> None:
    with pytest.raises(FormError):
        list(Delimited().records(io.BytesIO(data)))


def test_what_csv_cannot_hold_is_refused() -> None:
    with pytest.raises(ChangeRefusedError):
        edited(Delimited(), b"a,b\n1,x\n", setting(1, c="x"))
    with pytest.raises(ChangeRefusedError):
        edited(Delimited(), b"a,b\n1,x\n", lambda _: {"a": b"x"})


@given(st.lists(st.dictionaries(CELLS, JSON, max_size=4), min_size=1, max_size=5), JSON)
def test_json_lines_change_in_one_value_only(rows: list[dict[str, object]], new: object) -> None:
    spaced = [json.dumps(row, ensure_ascii=bool(n % 2)) for n, row in enumerate(rows)]
    data = "\n".join(spaced).encode()
    value = new if new is None or isinstance(new, str | int | float) else "word"
    out = edited(JsonLines(), data, lambda one: {"a": value} if one.number == 1 else None)
    lines = out.split(b"\n")
    assert lines[1:] == data.split(b"\n")[1:]
    expected = {**rows[0], "a": value}
    if value is None and "a" not in rows[0]:
        del expected["a"]
    assert json.loads(lines[0]) == expected
    assert list(json.loads(lines[0])) == list(expected)


def test_numbers_and_spaces_of_other_members_stay_as_written() -> None:
    before = b'  {"n" : 1.10, "big":123456789012345678901, "a": "x" , "e":1E5 }\r\n\r\n{}\r\n'
    after = b'  {"n" : 1.10, "big":123456789012345678901, "a": null , "e":1E5 }\r\n\r\n{}\r\n'
    assert edited(JsonLines(), before, setting(1, a=None)) == after


def test_compression_is_kept_as_it_was() -> None:
    before = gzip.compress(b'{"a":1}\n{"a":2}\n')
    after = edited(JsonLines(), before, deleting(1))
    assert gzip.decompress(after) == b'{"a":2}\n'
    with pytest.raises(FormError):
        list(JsonLines().records(io.BytesIO(before[:-12])))


def rich_parquet() -> bytes:
    schema = pa.schema(
        [
            pa.field("id", pa.int64(), nullable=False),
            pa.field("at", pa.timestamp("ms", tz="Asia/Shanghai")),
            pa.field("ns", pa.timestamp("ns")),
            pa.field("fee", pa.decimal128(10, 2)),
            pa.field("small", pa.uint16()),
            pa.field("kind", pa.dictionary(pa.int32(), pa.string())),
            pa.field("tags", pa.list_(pa.string()), metadata={"unit": "none"}),
            pa.field("code", pa.binary(4)),
        ],
        metadata={"owner": "sample"},
    )
    at = datetime(2026, 1, 1, tzinfo=UTC)
    columns = [
        [1, 2],
        [at, None],
        pa.array([1_000_000_001, 2], pa.timestamp("ns")),
        [Decimal("1.10"), Decimal("2.20")],
        [1, 2],
        ["x", "y"],
        [["p"], []],
        [b"abcd", b"efgh"],
    ]
    rows = pa.table(columns, schema=schema)
    out = io.BytesIO()
    codecs = dict.fromkeys(schema.names, "SNAPPY") | {"id": "ZSTD", "fee": "GZIP"}
    options = {"compression": codecs, "use_dictionary": ["kind"], "version": "2.6"}
    with pq.ParquetWriter(out, schema, **options) as writer:
        writer.write_table(rows)
        writer.write_table(rows)
    return out.getvalue()


def shape(data: bytes) -> list[object]:
    file = pq.ParquetFile(io.BytesIO(data))
    chunks = [file.metadata.row_group(0).column(n) for n in range(file.metadata.num_columns)]
    return [
        str(file.schema).splitlines()[1:],  # the first holds an address in memory
        file.schema_arrow.metadata,
        [field.metadata for field in file.schema_arrow],
        [(one.compression, "RLE_DICTIONARY" in one.encodings) for one in chunks],
        file.metadata.format_version,
    ]


def test_parquet_keeps_types_groups_and_compression() -> None:
    before = rich_parquet()
    after = edited(Parquet(), before, deleting(2))
    assert shape(after) == shape(before)
    file = pq.ParquetFile(io.BytesIO(after))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [1, 2]
    old = pq.read_table(io.BytesIO(before))
    assert file.read().to_pylist() == old.take([0, 2, 3]).to_pylist()


def test_parquet_changes_single_values_of_any_type() -> None:
    before = rich_parquet()
    values: dict[str, object] = {"kind": "new", "fee": None, "ns": None, "tags": None, "at": None}
    after = edited(Parquet(), before, lambda one: values if one.number == 3 else None)  # type: ignore[arg-type,return-value]  # plain values
    assert shape(after) == shape(before)
    old, new = pq.read_table(io.BytesIO(before)), pq.read_table(io.BytesIO(after))
    assert new.take([0, 1, 3]).to_pylist() == old.take([0, 1, 3]).to_pylist()
    row = new.slice(2, 1).to_pylist()[0]
    assert {name: row[name] for name in values} == values
    assert row["code"] == b"abcd"


@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int32(), pa.string())])
def test_nothing_of_a_removed_or_changed_row_stays_in_the_bytes(kind: pa.DataType) -> None:
    names = pa.array(["first-name", "second-name", "third-name"], pa.string()).cast(kind)
    out = io.BytesIO()
    pq.write_table(pa.table({"name": names}), out, compression="NONE")
    assert b"second-name" in out.getvalue()
    after = edited(
        Parquet(),
        out.getvalue(),
        lambda one: Gone.GONE if one.number == 2 else {"name": "x"} if one.number == 3 else None,
    )
    assert b"first-name" in after
    assert b"second-name" not in after
    assert b"third-name" not in after


def test_a_file_without_rows_left_is_still_parquet() -> None:
    after = edited(Parquet(), rich_parquet(), deleting(1, 2, 3, 4))
    assert pq.read_table(io.BytesIO(after)).num_rows == 0
    assert list(Parquet().records(io.BytesIO(after))) == []


@pytest.mark.parametrize("change", [{"id": None}, {"small": -1}, {"fee": "word"}, {"other": 1}])
def test_what_parquet_cannot_hold_is_refused(change: dict[str, str | int | None]) -> None:
    with pytest.raises(ChangeRefusedError):
        edited(Parquet(), rich_parquet(), lambda _: change)

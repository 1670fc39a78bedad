"""Stores of files keep the contract of record sources, in a folder and in buckets alike."""

import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pytest
from pyarrow import parquet as pq
from tests.adapters.connectors.files_kit import (
    Laid,
    LaidBucket,
    LaidFolder,
    bucket_at,
    files_store,
    s3_server,
    table,
)

from chengnuo.adapters.connectors import files
from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import (
    PAGE,
    Match,
    PageTooLargeError,
    StoreRefusedError,
    StoreUnavailableError,
)

CSV = "orders/*.csv"
JSONL = "events/**/*.jsonl.gz"
PARQUET = "visits/*.parquet"
PICTURES = "pictures"
TABLES = (
    table(CSV, "customer_id", "note"),
    table(JSONL, "customer_id", "seen"),
    table(PARQUET, "customer_id", "page"),
    table(PICTURES, "file_key", "content"),
)
JANUARY = b"customer_id,note,at\r\n1,a,2026-01-01\r\n2,b,2026-01-02\r\n1,,2026-01-03\r\n"
FEBRUARY = b"customer_id,note,at\r\n3,c,2026-02-01\r\n"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "sample")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "sample")
        with s3_server() as address:
            yield address


@pytest.fixture(
    params=[
        "folder",
        pytest.param("bucket", marks=pytest.mark.real),
        pytest.param("versioned bucket", marks=pytest.mark.real),
    ]
)
def laid(request: pytest.FixtureRequest, tmp_path: Path) -> Laid:
    if request.param == "folder":
        return LaidFolder(tmp_path)
    endpoint = request.getfixturevalue("endpoint")
    return bucket_at(endpoint, f"sample-{token_hex(4)}", versioned="versioned" in request.param)


@pytest.fixture
def source(laid: Laid) -> Iterator[FilesSource]:
    laid.write("orders/2026-01.csv", JANUARY)
    laid.write("orders/2026-02.csv", FEBRUARY)
    laid.write("orders/other.txt", b"1,not a table\n")
    lines = b'{"customer_id": 1, "seen": {"a": [1]}}\n{"customer_id":"2"}\n'
    laid.write("events/a/b/one.jsonl.gz", gzip.compress(lines))
    visits = pa.table({"customer_id": [1, 2, 2], "page": ["x", "y", "z"]})
    laid.write("visits/one.parquet", parquet_of(visits))
    laid.write("pictures/up/a.jpg", b"A" * 10)
    laid.write("pictures/up/b.jpg", b"B" * 20)
    laid.write("pictures/up/a.jpg.bak", b"C" * 30)
    found = FilesSource(files_store(*TABLES), laid.address)
    yield found
    found.close()


def parquet_of(rows: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(rows, out)
    return out.getvalue()


def of(column: str, *values: Value, also: tuple[tuple[str, Value], ...] = ()) -> Match:
    return Match(columns=(column,), values=tuple((value,) for value in values), also=also)


def keys(source: FilesSource, name: str, match: Match) -> list[RowKey]:
    (key,) = source.schema([name]).by_name[name].key
    return [row[:1] for row in source.rows(name, [key], match)]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        (CSV, ["$row", "customer_id", "note", "at"]),
        (JSONL, ["$row", "customer_id", "seen"]),
        (PARQUET, ["$row", "customer_id", "page"]),
        (PICTURES, ["file_key", "content"]),
    ],
)
def test_the_columns_are_those_of_the_files(
    source: FilesSource, name: str, columns: list[str]
) -> None:
    schema = source.schema([name, "not in the register"])
    assert [one.table for one in schema.tables] == [name]
    assert [one.column for one in schema.by_name[name].columns] == columns
    assert schema.digest == source.schema([name]).digest


def test_a_table_without_a_file_is_not_there(laid: Laid) -> None:
    laid.write("elsewhere.csv", b"a\n1\n")
    source = FilesSource(files_store(*TABLES), laid.address)
    assert [one.table for one in source.schema([CSV, PICTURES]).tables] == [PICTURES]
    source.close()


@pytest.mark.parametrize(
    ("name", "column", "asked", "found"),
    [
        pytest.param(CSV, "note", 1, ["a", None], id="a number finds its text in CSV"),
        pytest.param(JSONL, "customer_id", 2, ["2"], id="a number finds its text in JSON"),
        pytest.param(JSONL, "seen", "1", ['{"a": [1]}'], id="a text finds its number in JSON"),
        pytest.param(PARQUET, "page", "2", ["y", "z"], id="a text finds its number in Parquet"),
    ],
)
def test_rows_are_found_by_value(
    source: FilesSource, name: str, column: str, asked: Value, found: list[Value]
) -> None:
    match = of("customer_id", asked, None)
    assert [row for (row,) in source.rows(name, [column], match)] == found


def test_pages_follow_each_other_without_a_gap(laid: Laid) -> None:
    lines = b"".join(b"%d,x\n" % (number % 3) for number in range(PAGE * 3 + 30))
    laid.write("orders/a.csv", b"customer_id,note\n" + lines)
    laid.write("orders/a-b.csv", b"customer_id,note\n1,last\n")
    source = FilesSource(files_store(*TABLES), laid.address)
    pages = []
    after: RowKey | None = None
    while True:
        page = source.rows(CSV, ["$row", "note"], of("customer_id", 1), after=after)
        pages.append(page)
        if len(page) < PAGE:
            break
        after = page[-1][:1]
    seen = [row[0] for page in pages for row in page]
    source.close()
    assert [len(page) for page in pages] == [PAGE, 11]
    assert len(set(seen)) == PAGE + 11
    assert seen == sorted(str(one) for one in seen)


def test_pages_of_files_follow_each_other(
    source: FilesSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PAGE", 2)
    everything = of("size", 10, 20, 30)
    first = source.rows(PICTURES, ["file_key"], everything)
    assert first == [("up/a.jpg",), ("up/a.jpg.bak",)]
    assert source.rows(PICTURES, ["file_key"], everything, after=first[-1]) == [("up/b.jpg",)]


def test_deleting_leaves_other_rows_and_other_files_byte_for_byte(
    source: FilesSource, laid: Laid
) -> None:
    with source.changes() as changes:
        assert changes.delete(CSV, keys(source, CSV, of("customer_id", 1))) == 2
        assert laid.read("orders/2026-01.csv") == JANUARY  # nothing yet
    assert laid.read("orders/2026-01.csv") == b"customer_id,note,at\r\n2,b,2026-01-02\r\n"
    assert laid.read("orders/2026-02.csv") == FEBRUARY
    assert not [name for name in laid.names() if ".chengnuo-" in name]


def test_deleting_twice_never_takes_the_row_that_moved_up(source: FilesSource, laid: Laid) -> None:
    doomed = keys(source, CSV, of("customer_id", 1))
    for count in (2, 0):
        with source.changes() as changes:
            assert changes.delete(CSV, doomed) == count
    assert laid.read("orders/2026-01.csv") == b"customer_id,note,at\r\n2,b,2026-01-02\r\n"


def test_rows_named_by_key_are_looked_for_in_their_files_only(
    source: FilesSource, laid: Laid
) -> None:
    first, second = keys(source, CSV, of("customer_id", 1))
    laid.write("orders/2026-02.csv", b'customer_id\n"never closed\n')
    with source.changes() as changes:
        changes.delete(CSV, [first])
    match = Match(columns=("$row",), values=(first, second))
    assert source.rows(CSV, ["note", "at"], match) == [(None, "2026-01-03")]  # it has moved up
    assert keys(source, CSV, Match(columns=("$row",), values=())) == []


def test_equal_rows_go_as_many_times_as_they_were_named(laid: Laid) -> None:
    laid.write("orders/a.csv", b"customer_id,note\n1,x\n1,x\n1,x\n")
    source = FilesSource(files_store(*TABLES), laid.address)
    three = keys(source, CSV, of("customer_id", 1))
    with source.changes() as changes:
        assert changes.delete(CSV, three[:2]) == 2
    source.close()
    assert laid.read("orders/a.csv") == b"customer_id,note\n1,x\n"


def test_updates_and_deletions_of_one_file_add_up(source: FilesSource, laid: Laid) -> None:
    first, second = keys(source, CSV, of("customer_id", 1))
    with source.changes() as changes:
        assert changes.update(CSV, [(first, {"note": 'said "no"'})]) == 1
        assert changes.delete(CSV, [second]) == 1
        assert changes.update(CSV, [(second, {"note": "gone"})]) == 0
    expected = b'customer_id,note,at\r\n1,"said ""no""",2026-01-01\r\n2,b,2026-01-02\r\n'
    assert laid.read("orders/2026-01.csv") == expected


def test_other_forms_are_changed_as_well(source: FilesSource, laid: Laid) -> None:
    with source.changes() as changes:
        assert changes.delete(PARQUET, keys(source, PARQUET, of("customer_id", 2))) == 2
        (event,) = keys(source, JSONL, of("customer_id", 1))
        assert changes.update(JSONL, [(event, {"customer_id": None})]) == 1
    packed = laid.read("events/a/b/one.jsonl.gz")
    assert packed is not None
    lines = gzip.decompress(packed)
    assert lines == b'{"customer_id": null, "seen": {"a": [1]}}\n{"customer_id":"2"}\n'
    assert source.rows(PARQUET, ["page"], of("customer_id", 1, 2)) == [("x",)]


def test_nothing_is_changed_when_the_block_raises(source: FilesSource, laid: Laid) -> None:
    before = {name: laid.read(name) for name in laid.names()}
    with pytest.raises(ZeroDivisionError), source.changes() as changes:  # noqa: PT012  as a block of changes is
        changes.delete(CSV, keys(source, CSV, of("customer_id", 1, 3)))
        changes.delete(PICTURES, [("up/a.jpg",)])
        raise ZeroDivisionError
    assert {name: laid.read(name) for name in laid.names()} == before


def test_a_refused_value_leaves_all_files_as_they_were(source: FilesSource, laid: Laid) -> None:
    before = {name: laid.read(name) for name in laid.names()}
    (key,) = keys(source, PARQUET, of("customer_id", 1))
    with pytest.raises(StoreRefusedError) as refused, source.changes() as changes:  # noqa: PT012  as above
        changes.delete(CSV, keys(source, CSV, of("customer_id", 1)))
        changes.update(PARQUET, [(key, {"customer_id": "word"})])
    assert refused.value.table == PARQUET
    assert {name: laid.read(name) for name in laid.names()} == before


def test_a_file_that_changes_meanwhile_is_not_overwritten(source: FilesSource, laid: Laid) -> None:
    added = JANUARY + b"4,added,2026-01-09\r\n"
    with pytest.raises(StoreRefusedError), source.changes() as changes:  # noqa: PT012  as above
        changes.delete(CSV, keys(source, CSV, of("customer_id", 1, 3)))
        laid.write("orders/2026-01.csv", added)
    assert laid.read("orders/2026-01.csv") == added
    assert laid.read("orders/2026-02.csv") == FEBRUARY


def test_files_are_found_by_key_and_removed(source: FilesSource, laid: Laid) -> None:
    match = of("file_key", "up/b.jpg", "up/a.jpg", "up/none.jpg", "../orders/2026-01.csv", None)
    found = source.rows(PICTURES, ["file_key", "size", "content"], match)
    assert found == [("up/a.jpg", 10, b"A" * 10), ("up/b.jpg", 20, b"B" * 20)]
    with source.changes() as changes:
        asked = [("up/a.jpg",), ("up/a.jpg",), ("up/none.jpg",), ("../orders/2026-01.csv",)]
        assert changes.delete(PICTURES, asked) == 1
        assert laid.read("pictures/up/a.jpg") is not None
    assert laid.read("pictures/up/a.jpg") is None
    assert laid.read("pictures/up/a.jpg.bak") == b"C" * 30
    assert laid.read("orders/2026-01.csv") == JANUARY
    if isinstance(laid, LaidBucket):
        assert laid.versions("pictures/up/a.jpg") == laid.versions("pictures/up/a.jpg.bak") == 1


def test_a_file_cannot_be_changed_in_place(source: FilesSource) -> None:
    with pytest.raises(StoreRefusedError), source.changes() as changes:
        changes.update(PICTURES, [(("up/a.jpg",), {"content": b""})])


def test_pages_of_contents_have_a_limit(
    source: FilesSource, laid: Laid, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = bytes(range(256)) * 12 * 1024
    laid.write("pictures/film.mp4", film)
    assert source.rows(PICTURES, ["content"], of("file_key", "film.mp4")) == [(film,)]
    monkeypatch.setattr(files, "MOST_PAGE_BYTES", 25)
    with pytest.raises(PageTooLargeError):
        source.rows(PICTURES, ["content"], of("file_key", "up/a.jpg", "up/b.jpg"))
    assert len(source.rows(PICTURES, ["size"], of("file_key", "up/a.jpg", "up/b.jpg"))) == 2


def test_different_values_are_listed_once_without_null(source: FilesSource) -> None:
    assert sorted(source.distinct(CSV, "note"), key=str) == ["a", "b", "c"]
    assert sorted(source.distinct(JSONL, "customer_id"), key=str) == [1, "2"]
    assert sorted(source.distinct(PARQUET, "customer_id"), key=str) == [1, 2]
    assert sorted(source.distinct(PICTURES, "size"), key=str) == [10, 20, 30]
    assert sorted(source.distinct(PICTURES, "file_key"), key=str) == [
        "up/a.jpg",
        "up/a.jpg.bak",
        "up/b.jpg",
    ]
    assert list(source.distinct(PICTURES, "content")) == []


def test_older_rows_are_found(source: FilesSource) -> None:
    before = datetime(2026, 1, 3, tzinfo=UTC)
    assert source.older(CSV, ["note"], "at", before) == [("a",), ("b",)]
    later = datetime(2200, 1, 1, tzinfo=UTC)
    assert len(source.older(PICTURES, ["file_key"], "modified_at", later)) == 3
    assert not source.older(PICTURES, ["file_key"], "modified_at", before)


def test_a_damaged_file_stops_the_work_without_a_value_in_the_message(
    source: FilesSource, laid: Laid
) -> None:
    laid.write("events/two.jsonl.gz", b'{"customer_id": 1}\nzhang san\n')
    with pytest.raises(StoreUnavailableError) as stopped:
        source.rows(JSONL, ["seen"], of("customer_id", 1))
    assert "file 2 of `events/**/*.jsonl.gz`: record 2 is not JSON" in str(stopped.value)
    assert "zhang" not in str(stopped.value)


def test_a_table_that_the_register_has_not_is_told(source: FilesSource) -> None:
    with pytest.raises(StoreUnavailableError):
        source.rows("absent", ["id"], of("id", 1))
    with pytest.raises(StoreUnavailableError):
        list(source.distinct("absent", "id"))


def test_no_error_carries_a_value_along(source: FilesSource, laid: Laid) -> None:
    laid.write("events/two.jsonl", b'{"name": "zhang san"')
    laid.write("events/two.jsonl.gz", b'{"name": "zhang san"')
    (key,) = keys(source, PARQUET, of("customer_id", 1))

    def read() -> None:
        source.rows(JSONL, ["seen"], of("customer_id", 9))

    def change() -> None:
        with source.changes() as changes:
            changes.update(PARQUET, [(key, {"customer_id": "zhang san"})])

    for act in (read, change):
        with pytest.raises((StoreUnavailableError, StoreRefusedError)) as raised:
            act()
        error: BaseException | None = raised.value
        while error is not None:
            assert "zhang" not in str(error) + repr(vars(error))
            error = error.__context__


def test_a_table_of_files_needs_one_column_for_their_names(laid: Laid) -> None:
    with pytest.raises(StoreUnavailableError):
        FilesSource(files_store(table(PICTURES, "file_key", "customer_id")), laid.address)


@pytest.mark.parametrize(
    "address",
    [
        "file:///there/is/no/such/folder",
        "file://host/folder",
        "folder",
        "https://bucket.example.com",
        "s3://",
        "s3://key:secret@bucket/",
        "s3://bucket/?secret=1",
    ],
)
def test_an_address_that_is_none_is_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(StoreUnavailableError) as refused:
        FilesSource(files_store(*TABLES), address)
    assert "secret" not in str(refused.value)


def test_json_is_carried_whole(source: FilesSource) -> None:
    ((seen,),) = source.rows(JSONL, ["seen"], of("customer_id", 1))
    assert json.loads(str(seen)) == {"a": [1]}

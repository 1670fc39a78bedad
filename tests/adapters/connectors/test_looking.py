"""Looking into a real store of each kind: all its tables, no row twice, nothing left out."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from tests.adapters.connectors.contract import ColumnForm, Stand, TableForm
from tests.adapters.connectors.files_kit import LaidFolder
from tests.adapters.connectors.sql_stands import PostgresqlStand, SqliteStand, SqlStand, store_of
from tests.adapters.connectors.untyped_stands import CsvFile, FilesStand, RedisStand

from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.adapters.connectors.files_folder import Folder
from chengnuo.adapters.connectors.files_looking import FilesLook
from chengnuo.adapters.connectors.redis_looking import RedisLook, forms_of
from chengnuo.adapters.connectors.sql_looking import SqlLook
from chengnuo.domain.register.store import StoreKind
from chengnuo.domain.rights.schema import ValueType
from chengnuo.domain.rights.values import Value
from chengnuo.ports.record_source import StoreUnavailableError
from chengnuo.ports.store_look import PAGE_ROWS, StoreLook

ROWS = PAGE_ROWS + 100
ORDERS = TableForm(
    table="orders",
    columns=(
        ColumnForm("id"),
        ColumnForm("owner", ValueType.TEXT),
        ColumnForm("note", ValueType.TEXT, nullable=True),
    ),
)


def look_of(stand: Stand) -> StoreLook:
    if isinstance(stand, RedisStand):
        return RedisLook(stand.store(), stand.address)
    if isinstance(stand, FilesStand):
        return FilesLook(stand.store(), stand.laid.address)
    assert isinstance(stand, SqlStand)
    return SqlLook(store_of(stand.kind), stand.url.render_as_string(hide_password=False))


@pytest.fixture
def look(stand: Stand) -> Iterator[StoreLook]:
    found = look_of(stand)
    yield found
    found.close()


def laid(stand: Stand, rows: int) -> None:
    stand.make(ORDERS)
    stand.put(
        "orders",
        [
            {"id": stand.id(at), "owner": f"o{at % 7}", "note": None if at % 3 else f"n{at:05}"}
            for at in range(1, rows + 1)
        ],
    )


def owners(look: StoreLook, table: str, most: int | None) -> list[tuple[Value, ...]]:
    columns = ["owner", "note"]
    return list(chain.from_iterable(look.pages(table, columns, most)))


def test_rows_of_a_table_come_once_all_of_them_or_some(stand: Stand, look: StoreLook) -> None:
    laid(stand, ROWS)
    table = stand.name("orders")
    assert table in {one.schema.table for one in look.tables()}
    found, some = owners(look, table, None), owners(look, table, 120)
    assert len(found) == ROWS
    assert len({note for _, note in found if note}) == ROWS // 3
    assert look.rows(table) in {ROWS, None}
    assert 0 < len(some) <= 120
    notes = [note for _, note in some if note]
    assert len(notes) == len(set(notes))
    assert set(some) <= set(found)
    assert look.oldest(table, "note") == "n00003"


def test_a_table_that_the_register_does_not_name_is_there(stand: Stand, look: StoreLook) -> None:
    laid(stand, 3)
    table = undeclared(stand)
    seen = {one.schema.table: one for one in look.tables()}
    assert table in seen
    column = seen[table].schema.columns[-1].column
    assert list(chain.from_iterable(look.pages(table, [column], 10))) == [("blue",)]


def undeclared(stand: Stand) -> str:
    """Put a row into a table that nobody declared; return what it is called."""
    if isinstance(stand, RedisStand):
        stand.client.hset("extra:17", mapping={"colour": "blue"})
        return "extra:{part2}"
    if isinstance(stand, FilesStand):
        form = (ColumnForm("colour", ValueType.TEXT),)
        stand.laid.write(
            f"extra/2026/one.{stand.file.ending}", stand.file.written(form, [{"colour": "blue"}])
        )
        return f"extra/*/*.{stand.file.ending}"
    stand.make(
        TableForm(table="extra", columns=(ColumnForm("id"), ColumnForm("colour", ValueType.TEXT)))
    )
    stand.put("extra", [{"id": 1, "colour": "blue"}])
    return "extra"


@pytest.mark.parametrize("key", [("id",), ("owner", "id"), ()], ids=["number", "two", "none"])
def test_rows_of_any_key_come_once(tmp_path: Path, key: tuple[str, ...]) -> None:
    stand = SqliteStand(tmp_path)
    stand.make(TableForm(table="orders", columns=ORDERS.columns, key=key))
    # Numbers with holes, so that places by number are no places by count.
    rows = [{"id": at * at, "owner": f"o{at % 7}", "note": f"n{at}"} for at in range(ROWS)]
    stand.put("orders", rows)
    look = look_of(stand)
    whole, some = owners(look, "orders", None), owners(look, "orders", 500)
    look.close()
    assert len(set(whole)) == len(whole) == ROWS
    assert len(set(some)) == len(some)
    assert 100 <= len(some) <= 500


def test_of_a_long_text_only_the_beginning_is_read(tmp_path: Path) -> None:
    stand = SqliteStand(tmp_path)
    stand.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT)")
    stand.put("notes", [{"id": 1, "note": "x" * 100_000}])
    look = look_of(stand)
    ((text,),) = next(iter(look.pages("notes", ["note"], 5)))
    look.close()
    assert text == "x" * 4_096


@pytest.mark.real
@pytest.mark.service
def test_a_table_that_may_not_be_read_is_said(postgresql_stand: PostgresqlStand) -> None:
    laid(postgresql_stand, 3)
    postgresql_stand.execute(
        "CREATE ROLE looker LOGIN PASSWORD 'sample'",
        "CREATE TABLE open_to_all (id BIGINT PRIMARY KEY)",
        "GRANT SELECT ON open_to_all TO looker",
    )
    url = postgresql_stand.url.set(username="looker", password="sample")  # noqa: S106  thrown away
    look = SqlLook(store_of(StoreKind.POSTGRESQL), url.render_as_string(hide_password=False))
    try:
        assert look.rows("open_to_all") == 0
        with pytest.raises(StoreUnavailableError, match="permission"):
            look.rows("orders")
    finally:
        look.close()
        postgresql_stand.execute("DROP OWNED BY looker", "DROP ROLE looker")


def test_files_and_folders_of_somebody_do_not_name_a_table(tmp_path: Path) -> None:
    stand = FilesStand(LaidFolder(tmp_path / "files"), CsvFile())
    form = (ColumnForm("colour", ValueType.TEXT),)
    written = CsvFile().written(form, [{"colour": "blue"}])
    stand.laid.write("exports/somebody@mail.example/all.csv", written)
    look = look_of(stand)
    tables = [one.schema.table for one in look.tables()]
    look.close()
    assert tables == ["exports/*/*.csv"]


def test_a_table_of_many_files_is_listed_once_to_read_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = FilesStand(LaidFolder(tmp_path / "files"), CsvFile())
    form = (ColumnForm("colour", ValueType.TEXT),)
    for at in range(40):
        written = CsvFile().written(form, [{"colour": f"c{at:02}"}])
        stand.laid.write(f"extra/{at:02}.csv", written)
    look = look_of(stand)
    (table,) = look.tables()
    listings, names = [], Folder.names
    monkeypatch.setattr(
        Folder, "names", lambda place, under: listings.append(under) or names(place, under)
    )
    found = list(chain.from_iterable(look.pages(table.schema.table, ["colour"], None)))
    look.close()
    assert found == [(f"c{at:02}",) for at in range(40)]
    assert len(listings) == 1


def test_what_is_wrong_with_a_file_that_is_gone_by_then_is_told_without_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = FilesStand(LaidFolder(tmp_path / "files"), CsvFile())
    stand.laid.write("extra/somebody.csv", b'colour\n"blue')
    look = look_of(stand)
    (table,) = look.tables()
    pages = look.pages(table.schema.table, ["colour"], 10)
    monkeypatch.setattr(FilesSource, "files_of", lambda *_: ["extra/somebody.csv"])
    monkeypatch.setattr(Folder, "names", lambda *_: iter(()))
    with pytest.raises(StoreUnavailableError, match="file \\? of") as told:
        list(pages)
    look.close()
    assert "somebody" not in str(told.value)


@pytest.mark.real
@pytest.mark.needs("redis-server")
def test_keys_of_redis_are_told_by_their_form(redis_stand: RedisStand) -> None:
    client = redis_stand.client
    client.set("login:zhangsan:at", "1")
    client.sadd("blocked", "somebody@mail.example")
    client.zadd("rank:2026", {"wang": 1.5})
    client.set(b"\xff\xfe", "no text")
    look = look_of(redis_stand)
    tables = {one.schema.table for one in look.tables()}
    members = list(chain.from_iterable(look.pages("blocked", ["member"], None)))
    look.close()
    assert tables == {"login:{part2}:{part3}", "blocked", "rank:{part2}"}
    assert members == [("somebody@mail.example",)]


FORMS: list[tuple[list[str], list[str]]] = [
    (["config"], ["config"]),
    (["{shop}:17", "{shop}:18"], ["{part1}:{part2}"]),
    ([f"user:{at}:profile" for at in range(9)], ["user:{part2}:profile"]),
    ([f"user:{name}" for name in ("lin", "wu", "he")], ["user:{part2}"]),
]


@pytest.mark.parametrize(("keys", "expected"), FORMS, ids=["word", "braces", "ids", "names"])
def test_a_form_of_keys_has_nothing_of_anybody(keys: list[str], expected: list[str]) -> None:
    told: Callable[[list[str]], dict[str, list[str]]] = forms_of
    assert list(told(keys)) == expected

"""Everything arrives, row by row and under the signed root; one side is in force at any time."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text, update
from tests.adapters.evidence.key_kit import erasure, raws
from tests.adapters.evidence.log_kit import SteppingClock, consents, person, published
from tests.adapters.moving.moving_kit import fill, held, make_log, move, mover, shared, written
from tests.servers.databases import Postgresql

from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.adapters.evidence.moved_mark import DataMovedError, moved_to
from chengnuo.adapters.evidence.opening import check_everything, open_log, open_reader
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.moving.server_side import MoveTargetError
from chengnuo.adapters.moving.tables import MoveValueError
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.making import MoveUnfinishedError
from chengnuo.adapters.sql.schema import ACCOUNT
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.ports.data_move import MoveDiffersError
from chengnuo.ports.evidence_log import LogLockedError
from chengnuo.usecases.operations.moving import Moved

pytestmark = pytest.mark.real
_FEW = 16
_PERSONS = [person(number) for number in range(17)]


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    make_log(folder)
    fill(folder, 30)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    return Place(data=Path(shutil.copytree(made, tmp_path / "data")))


@dataclass(frozen=True)
class AfterMove:
    """A folder that was moved, and where to."""

    place: Place
    url: str
    moved: Moved
    refused: type[Exception]


@pytest.fixture(scope="module")
def after(
    made: Path, tmp_path_factory: pytest.TempPathFactory, postgresql_server: Postgresql
) -> Iterator[AfterMove]:
    place = Place(data=Path(shutil.copytree(made, tmp_path_factory.mktemp("moved") / "data")))
    with (
        postgresql_server.database() as name,
        closing(SqliteDatabase(place.data)) as opened_before,
    ):
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        moved = move(place, url)
        with pytest.raises(Exception, match=r".") as found, opened_before.write():
            pass
        yield AfterMove(place, url, moved, found.type)


def kept(place: Place) -> dict[str, list[tuple[object, ...]]]:
    with closing(SqliteDatabase(place.data, although_moved=True)) as database:
        return held(database)


def keys_in(vault: KeptKeys) -> tuple[object, ...]:
    found = {one: vault.find(one) for one in _PERSONS}
    opened = raws({one: keys for one, keys in found.items() if keys is not None})
    return opened, [vault.erasures(one) for one in _PERSONS]


def test_every_row_key_and_record_arrives(after: AfterMove, made: Path) -> None:
    before = Place(data=made)
    with closing(SqliteKeyVault(before.folder / "keys.db", before.holder())) as vault:
        keys = keys_in(vault)
    rows = kept(before)
    assert min(map(len, rows.values())) > 0
    assert after.moved.tree is not None
    assert (after.moved.tree.size, after.moved.tree.proved) == (40, 40)
    with shared(after.url) as there:
        assert held(there.database) == rows
        with closing(KeptKeys(there.keys(), after.place.holder())) as vault:
            assert keys_in(vault) == keys
        assert list(check_everything(replace(after.place, elsewhere=there))) == []


def test_the_tables_are_those_of_a_new_database(
    after: AfterMove, postgresql_server: Postgresql, postgresql_tables: str
) -> None:
    catalogue = text(
        "SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) "
        "FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
        "WHERE n.nspname = 'public' ORDER BY 1, 2"
    )
    found = []
    with postgresql_server.database(like=postgresql_tables) as name:
        new = postgresql_server.url(name).render_as_string(hide_password=False)
        for one in (after.url, new):
            with shared(one) as there, there.database.read() as connection:
                found.append(connection.execute(catalogue).all())
    assert found[0] == found[1]
    assert any(row[2].startswith("FOREIGN KEY") for row in found[0])


def test_the_old_place_is_neither_written_nor_read(after: AfterMove) -> None:
    assert after.refused is DataMovedError
    assert moved_to(after.place.data) == after.moved.to
    assert "operator" not in after.moved.to
    for opened in (
        lambda: SqliteDatabase(after.place.data),
        lambda: written(after.place),
        lambda: open_reader(after.place),
    ):
        with pytest.raises(DataMovedError) as found:
            opened()
        assert after.moved.to in str(found.value)


def test_moved_twice_changes_nothing(after: AfterMove) -> None:
    again = move(after.place, after.url)
    assert (after.moved.already, again.already, again.to) == (False, True, after.moved.to)


def test_the_service_goes_on_there(after: AfterMove) -> None:
    with shared(after.url) as there:
        opened = written(replace(after.place, elsewhere=there))
        try:
            assert opened.log.append([*consents([7], whose=3)]).first == 40
            opened.log.publish()
        finally:
            opened.close()
        assert list(check_everything(replace(after.place, elsewhere=there))) == []
        with there.database.write() as connection:
            last = connection.execute(text("SELECT max(ordinal) FROM use_person")).scalar_one()
            made = text("INSERT INTO use_person (person) VALUES ('new') RETURNING ordinal")
            assert connection.execute(made).scalar_one() == last + 1


def test_what_the_service_does_meanwhile_is_brought_over_too(place: Place, url: str) -> None:
    """Rows are changed, taken away and made, keys destroyed, records added between rounds."""
    opened = written(place)
    with mover(place, url) as both:
        both.bring_over(trusting=False, tell=lambda *_: None)
        with pytest.raises(LogLockedError), both.held():
            pass
        with closing(SqliteDatabase(place.data)) as database, database.write() as connection:
            first = connection.execute(text("SELECT min(id) FROM account")).scalar_one()
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == first).values(name="另一个"))
            connection.execute(text("DELETE FROM use_record WHERE position % 3 = 0"))
            connection.execute(text("DELETE FROM consent_act WHERE position < 9"))
        fill(place.data, 30, seed=5)
        opened.log.append([published(1), *consents([1, 2, 3], whose=40)])
        opened.log.erase({person(5): erasure()})
        both.bring_over(trusting=True, tell=lambda *_: None)
    opened.close()
    with pytest.raises(MoveUnfinishedError):
        PostgresqlDatabase(url)
    rows = kept(place)
    moved = move(place, url)
    assert moved.tree is not None
    assert moved.tree.size == 44
    with shared(url) as there:
        assert held(there.database) == rows
        with closing(KeptKeys(there.keys(), place.holder())) as vault:
            assert vault.erasures(person(5))
            found = vault.find(person(5))
            assert found is None or found.content is None


@pytest.mark.slow
def test_two_rows_that_change_places_do_so_there_too(place: Place, url: str) -> None:
    """What only one may have goes from a row of the last range to one of the first, and back."""
    with mover(place, url, range_rows=_FEW) as both:
        both.bring_over(trusting=False, tell=lambda *_: None)
    with closing(SqliteDatabase(place.data)) as database, database.write() as connection:
        for low, high in ((1, 30), (2, 29)):
            given = {"low": low, "high": high}
            for change in (
                "CREATE TEMP TABLE two AS SELECT * FROM use_person WHERE ordinal IN (:low, :high)",
                "DELETE FROM use_person WHERE ordinal IN (:low, :high)",
                "INSERT INTO use_person SELECT :low + :high - ordinal, person, deletion FROM two",
                "DROP TABLE two",
            ):
                connection.execute(text(change), given)
    rows = kept(place)
    move(place, url, range_rows=_FEW)
    with shared(url) as there:
        assert held(there.database) == rows


@pytest.mark.parametrize("spoil", [pytest.param("row", marks=pytest.mark.slow), "batch"])
def test_what_is_not_the_same_there_is_found_or_mended(place: Place, url: str, spoil: str) -> None:
    with mover(place, url) as both:
        both.bring_over(trusting=False, tell=lambda *_: None)
    with closing(PostgresqlDatabase(url, as_it_is=True)) as there, there.write() as connection:
        if spoil == "row":
            connection.execute(text("UPDATE account SET name = name || 'other'"))
            connection.execute(text("DELETE FROM recovery_code"))
        else:
            changed = text("UPDATE log_batch SET data = set_byte(data, 60, 1) WHERE first = 2")
            connection.execute(changed)
    if spoil == "row":
        rows = kept(place)
        move(place, url)
        with shared(url) as opened:
            assert held(opened.database) == rows
    else:
        with pytest.raises(MoveDiffersError):
            move(place, url)
        assert moved_to(place.data) == ""
        written(place).close()
        with pytest.raises(MoveUnfinishedError):
            PostgresqlDatabase(url)


def test_a_value_of_another_type_is_named_by_its_column_only(place: Place, url: str) -> None:
    with closing(SqliteDatabase(place.data)) as database, database.write() as connection:
        connection.execute(text("UPDATE individual SET account = 'a' || char(0) || 'secret'"))
    with pytest.raises(MoveValueError) as found:
        move(place, url)
    assert "`account`" in str(found.value)
    assert "secret" not in str(found.value)
    assert moved_to(place.data) == ""


@pytest.mark.slow
def test_a_database_in_use_is_left_alone(place: Place, url: str, tmp_path: Path) -> None:
    with shared(url) as there:
        other = tmp_path / "other"
        open_log(Place(data=other, elsewhere=there), clock=SteppingClock()).close()
        before = held(there.database)
    with pytest.raises(MoveTargetError):
        move(place, url)
    with shared(url) as there:
        assert held(there.database) == before


@pytest.mark.slow
def test_the_move_of_another_folder_is_not_gone_on_with(
    place: Place, url: str, tmp_path: Path
) -> None:
    with mover(place, url) as both:
        both.bring_over(trusting=False, tell=lambda *_: None)
    other = Place(data=tmp_path / "other")
    open_log(other, clock=SteppingClock()).close()
    SqliteDatabase(other.data).close()
    with pytest.raises(MoveTargetError):
        move(other, url)

"""Keys in PostgreSQL do what keys in SQLite do, step for step."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.servers.databases import Postgresql

from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.adapters.evidence.key_vault_schema import KeysDamagedError
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import SCHEMA_NAME, PostgresqlKeyRows
from chengnuo.adapters.postgresql.lease import Lease
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Erasure, Hold, Intention, WrappedKeyError
from chengnuo.ports.individuals import PersonKey

pytestmark = pytest.mark.real
PEOPLE = [PersonKey(f"{number:064x}") for number in range(4)]
OLD = f"SELECT * FROM {SCHEMA_NAME}.individual"  # noqa: S608  our own name
TAKE_AWAY = f"DELETE FROM {SCHEMA_NAME}.individual"  # noqa: S608  our own name
PUT_BACK = f"INSERT INTO {SCHEMA_NAME}.individual VALUES (%s, %s, %s, %s, %s)"  # noqa: S608  our own name
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)

steps = st.lists(
    st.one_of(
        st.tuples(st.just("ready"), st.sampled_from(PEOPLE), st.booleans()),
        st.tuples(st.just("erase"), st.sampled_from(PEOPLE), st.sampled_from(KeyClass)),
        st.tuples(st.just("hold"), st.sampled_from(PEOPLE), st.integers(0, 3)),
        st.tuples(st.just("lift"), st.sampled_from(PEOPLE), st.just(0)),
        st.tuples(st.just("intend"), st.sampled_from(PEOPLE), st.sampled_from(KeyClass)),
        st.tuples(st.just("withdraw"), st.sampled_from(PEOPLE), st.just(0)),
    ),
    max_size=12,
)


@pytest.fixture
def database(made_url: str) -> Iterator[PostgresqlDatabase]:
    with closing(PostgresqlDatabase(made_url)) as opened:
        yield opened


def holder(folder: Path, name: str) -> FileKeyHolder:
    return FileKeyHolder(folder / f"{name}.key", in_data_folder=False)


def vault_over(database: PostgresqlDatabase, folder: Path) -> KeptKeys:
    return KeptKeys(PostgresqlKeyRows(database), holder(folder, "epoch"))


def test_the_tables_of_the_stores_may_be_in_any_schema(
    url: str, tmp_path: Path, postgresql_server: Postgresql
) -> None:
    name = url.rpartition("/")[2]
    with closing(PostgresqlDatabase(url, as_it_is=True)) as empty, empty.write() as connection:
        connection.exec_driver_sql("CREATE SCHEMA ours")
    postgresql_server.execute(f"ALTER DATABASE {name} SET search_path = ours")
    with closing(PostgresqlDatabase(url)) as database:
        lease = Lease(database, holder="one", address="")
        vault = vault_over(database, tmp_path)
        made = vault.ready(PEOPLE, content=True)
        assert [vault.by_ordinal(made[one].ordinal) for one in PEOPLE] == [*made.items()]
        with database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT table_schema FROM information_schema.tables WHERE table_name = 'lease'"
            )
            assert found.scalars().all() == ["ours"]
        lease.close()


def cleared(database: PostgresqlDatabase) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA_NAME} CASCADE")


def done(vault: KeptKeys, number: int, step: tuple[str, PersonKey, object]) -> object:
    """Do one step, and return what came of it that does not hang on chance."""
    what, person, more = step
    if what == "ready":
        found = vault.ready([person], content=bool(more))[person]
        return (found.ordinal, found.content is not None)
    if what == "erase":
        key = KeyClass(str(more)) if not isinstance(more, KeyClass) else more
        erasure = Erasure(
            key=key, at=AT + timedelta(hours=number), under="PIPL-47", position=number
        )
        vault.erase({person: erasure})
    elif what == "hold":
        until = None if more == 0 else AT + timedelta(days=int(str(more)))
        vault.hold(Hold(person=person, duty="duty-1", since=AT, until=until))
    elif what == "lift":
        vault.lift(person, "duty-1")
    elif what == "intend":
        assert isinstance(more, KeyClass)
        vault.intend(person, Intention(key=more, under="PIPL-47", position=number, payload="{}"))
    else:
        vault.withdraw(person)
    return None


def tried(vault: KeptKeys, number: int, step: tuple[str, PersonKey, object]) -> object:
    """Do one step, and return what came of it or why it was refused."""
    try:
        return done(vault, number, step)
    except ValueError as error:
        return str(error)


def standing(vault: KeptKeys) -> object:
    """Return everything that the vault says of anybody."""
    each = []
    for person in PEOPLE:
        keys = vault.find(person)
        erased = [
            (one.key, one.at, one.under, max(one.position, -1)) for one in vault.erasures(person)
        ]
        known = None if keys is None else (keys.ordinal, keys.content is not None)
        each.append((known, erased))
    return each, vault.holds(), vault.intentions(), vault.given(), vault.count()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_same_steps_leave_the_same(
    database: PostgresqlDatabase, tmp_path: Path, steps: list[tuple[str, PersonKey, object]]
) -> None:
    cleared(database)
    for file in tmp_path.iterdir():
        file.unlink()
    with closing(SqliteKeyVault(tmp_path / "keys.db", holder(tmp_path, "other"))) as plain:
        ours = vault_over(database, tmp_path)
        for number, step in enumerate(steps):
            assert tried(ours, number, step) == tried(plain, number, step)
        assert standing(ours) == standing(plain)
        assert list(ours.check()) == []
        again = vault_over(database, tmp_path)
        assert standing(again) == standing(plain)


def test_an_old_copy_of_the_rows_opens_nothing_after_an_erasure(
    database: PostgresqlDatabase, tmp_path: Path
) -> None:
    vault = vault_over(database, tmp_path)
    vault.ready(PEOPLE[:2], content=True)
    with database.read() as connection:
        old = connection.exec_driver_sql(OLD).all()
    erasure = Erasure(key=KeyClass.CONTENT, at=AT, under="PIPL-47", position=3)
    vault.erase({PEOPLE[0]: erasure})
    with database.write() as connection:
        connection.exec_driver_sql(TAKE_AWAY)
        for row in old:
            connection.exec_driver_sql(PUT_BACK, tuple(row))
    with pytest.raises(WrappedKeyError):
        vault_over(database, tmp_path).find(PEOPLE[0])


def test_what_another_process_did_is_seen(database: PostgresqlDatabase, tmp_path: Path) -> None:
    one, other = vault_over(database, tmp_path), vault_over(database, tmp_path)
    one.ready(PEOPLE[:1], content=True)
    assert other.find(PEOPLE[0]) == one.find(PEOPLE[0])
    other.erase({PEOPLE[0]: Erasure(key=KeyClass.PROOF, at=AT, under="PIPL-47", position=1)})
    assert one.find(PEOPLE[0]) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {0}.individual SET proof = set_byte(proof, 3, get_byte(proof, 3) # 1)",
        "UPDATE {0}.individual SET ordinal = ordinal + 7",
        "DELETE FROM {0}.hold",
        "UPDATE {0}.hold SET until = until + 1",
        "UPDATE {0}.state SET ordinal = 0",
        "ALTER TABLE {0}.hold ADD COLUMN more TEXT",
    ],
)
def test_a_change_made_behind_its_back_is_found(
    database: PostgresqlDatabase, tmp_path: Path, change: str
) -> None:
    vault = vault_over(database, tmp_path)
    vault.ready(PEOPLE[:2], content=True)
    vault.hold(Hold(person=PEOPLE[0], duty="duty-1", since=AT, until=AT + timedelta(days=1)))
    assert list(vault.check()) == []
    with database.write() as connection:
        connection.exec_driver_sql(change.format(SCHEMA_NAME))
    try:
        found = list(vault_over(database, tmp_path).check())
    except (KeysDamagedError, WrappedKeyError) as error:
        found = [str(error)]
    assert found != []

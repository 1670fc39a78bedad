"""Rights in the sample shop on PostgreSQL and MariaDB, by SQL written by hand."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from tests.usecases.rights.server_shops import ServerShop, server_shop
from tests.usecases.rights.shop_kit import AT, MINE, make_shop, steps

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.register.store import StoreKind
from chengnuo.domain.rights.plan import Belongs, ColumnFate, Plan, ProblemKind, RowFate
from chengnuo.ports.record_source import StoreRefusedError, StoreUnavailableError
from chengnuo.usecases.rights.planner_values import Carried

pytestmark = pytest.mark.real

ACCOUNT = 7
KEPT = ("orders", "order_items", "payments")
SERVERS = {
    "postgresql": ("postgresql_server", StoreKind.POSTGRESQL),
    "mariadb": ("mariadb_server", StoreKind.MYSQL),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shop") / "shop.db"
    make_shop(out, customers=60)
    return out


@pytest.fixture(params=list(SERVERS))
def shop(request: pytest.FixtureRequest, database: Path, tmp_path: Path) -> Iterator[ServerShop]:
    fixture, kind = SERVERS[request.param]
    with server_shop(request.getfixturevalue(fixture), kind, database, tmp_path) as made:
        yield made


def _mine(shop: ServerShop, table: str, account: int, columns: str = "*") -> Counter[str]:
    """Return the rows of an account, as text, as SQL by hand finds them."""
    where = MINE.get(table, "1 = 0").replace(":me", str(account))
    rows = shop.sql(f"SELECT {columns} FROM {table} WHERE {where}")  # noqa: S608  our own names
    return Counter(map(_text, rows))


def _text(row: tuple[object, ...]) -> str:
    return "|".join(map(str, row))


@pytest.mark.parametrize("account", [ACCOUNT, 23])
def test_access_is_what_sql_by_hand_finds(shop: ServerShop, account: int) -> None:
    plan, taken = shop.read(account)
    assert not plan.is_blocked
    for table in MINE:
        by_hand = _mine(shop, table, account)
        assert sum(step.rows for step in steps(plan, table)) == by_hand.total(), table
        columns = {one.column: one.fate for step in steps(plan, table) for one in step.columns}
        if not by_hand or ColumnFate.WITHHELD in columns.values():
            continue
        names = ", ".join(taken.columns(table))
        found = Counter(map(_text, taken.rows(table).elements()))
        assert found == _mine(shop, table, account, names), table


def test_a_deletion_leaves_nothing_of_one_and_everything_of_the_others(shop: ServerShop) -> None:
    before = shop.everything()
    mine = {table: _mine(shop, table, ACCOUNT) for table in before}
    plan = shop.delete(ACCOUNT)
    assert not plan.is_blocked
    assert shop.carry_out(plan, ACCOUNT) == _said(plan)
    after = shop.everything()
    for table, rows in before.items():
        lost = Counter(map(_text, rows)) - Counter(map(_text, after[table]))
        assert lost <= mine[table], table
    assert _residue(shop, plan) == 0
    assert shop.sql("SELECT * FROM login_methods WHERE customer_id = ?", ACCOUNT) == []
    for table in KEPT:
        assert _mine(shop, table, ACCOUNT).total() == mine[table].total() > 0, table


def test_an_address_of_a_household_goes_with_its_last_one(shop: ServerShop) -> None:
    ((one, other, address),) = shop.sql(
        "SELECT min(customer_id), max(customer_id), address_id FROM customer_addresses "
        "GROUP BY address_id HAVING count(*) = 2 ORDER BY address_id LIMIT 1"
    )
    held = "SELECT * FROM addresses WHERE address_id = ?"
    before = shop.sql(held, address)
    plan = shop.delete(one)
    assert sum(s.rows for s in steps(plan, "addresses") if s.belongs is Belongs.SHARED) == 1
    shop.carry_out(plan, one)
    assert shop.sql(held, address) == before
    shop.carry_out(shop.delete(other), other)
    assert shop.sql(held, address) == []


def test_a_trigger_that_refuses_leaves_the_store_as_it_was(shop: ServerShop) -> None:
    shop.refuse("search_history", "DELETE")
    before = shop.everything()
    plan = shop.delete(ACCOUNT)
    said = {(one.kind, one.table) for one in plan.stores[0].problems}
    assert (ProblemKind.TRIGGER, "search_history") in said
    for trial in (True, False):
        with pytest.raises(StoreRefusedError) as refused:
            shop.planner.carry_out(plan, plan.stores[0], account=str(ACCOUNT), trial=trial)
        assert refused.value.table == "search_history"
        assert "not now" not in str(refused.value)
    assert shop.everything() == before
    assert _residue(shop, plan) > 0


def test_a_check_that_refuses_leaves_the_store_as_it_was(shop: ServerShop) -> None:
    """Only the server reads such a condition; what becomes of the row is found out by trying."""
    plan = shop.delete(ACCOUNT)
    changed = next(one for one in plan.stores[0].steps if one.fate is RowFate.CHANGE)
    column = next(
        one.column
        for one in changed.columns
        if one.fate in {ColumnFate.NULL, ColumnFate.MASK, ColumnFate.ANONYMISE}
    )
    values = {
        str(value)
        for (value,) in shop.sql(f"SELECT {column} FROM {changed.table}")  # noqa: S608  our own names
        if value is not None
    }
    listed = ", ".join("'" + one.replace("'", "''") + "'" for one in values)
    shop.sql(
        f"ALTER TABLE {changed.table} ADD CONSTRAINT stays CHECK "
        f"(coalesce({column}, 'none') IN ({listed}))"
    )
    before = shop.everything()
    plan = shop.delete(ACCOUNT)
    with pytest.raises(StoreRefusedError) as refused:
        shop.planner.carry_out(plan, plan.stores[0], account=str(ACCOUNT))
    assert refused.value.table == changed.table
    assert shop.everything() == before


@pytest.mark.parametrize("beats", [1, 12])
def test_a_server_that_dies_midway_has_done_nothing_and_a_second_try_does_it(
    shop: ServerShop, beats: int
) -> None:
    before = shop.everything()
    plan = shop.delete(ACCOUNT)
    (store,) = plan.stores
    left = beats

    def beat() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            shop.server.kill()

    try:
        with pytest.raises(StoreUnavailableError):
            shop.planner.carry_out(plan, store, account=str(ACCOUNT), beat=beat)
        with pytest.raises(StoreUnavailableError):
            shop.planner.carry_out(plan, store, account=str(ACCOUNT))
        assert shop.planner.residue(plan, str(ACCOUNT), AT, shop.around) == ()
    finally:
        shop.server.start_again()
    assert shop.everything() == before
    done = shop.planner.carry_out(plan, store, account=str(ACCOUNT))
    assert (done.before, (done.deleted, done.changed)) == (False, _said(plan))
    assert _residue(shop, plan) == 0
    again = shop.planner.carry_out(plan, store, account=str(ACCOUNT))
    assert (again.before, (again.deleted, again.changed)) == (True, _said(plan))


def test_a_server_that_is_away_while_it_is_looked_at_blocks_the_plan(shop: ServerShop) -> None:
    shop.server.kill()
    try:
        plan = shop.delete(ACCOUNT)
    finally:
        shop.server.start_again()
    (problem,) = plan.stores[0].problems
    assert (problem.kind, problem.blocks) == (ProblemKind.UNAVAILABLE, True)
    assert not shop.delete(ACCOUNT).is_blocked


def test_two_executions_at_once_come_to_what_one_does(shop: ServerShop) -> None:
    plan = shop.delete(ACCOUNT)
    (store,) = plan.stores
    together = Barrier(2)

    def act() -> Carried | ChengnuoError:
        begun = False

        def beat() -> None:
            nonlocal begun
            if not begun:
                begun = True
                together.wait(30)

        try:
            return shop.planner.carry_out(plan, store, account=str(ACCOUNT), beat=beat)
        except StoreUnavailableError as error:  # the other one holds the rows: to be tried again
            return error

    with ThreadPoolExecutor(2) as pool:
        both = [one.result() for one in [pool.submit(act), pool.submit(act)]]
    done = [one for one in both if isinstance(one, Carried)]
    assert sum(one.deleted for one in done if not one.before) == _said(plan)[0]
    after = shop.everything()
    again = shop.planner.carry_out(plan, store, account=str(ACCOUNT))
    assert again.before
    assert shop.everything() == after
    assert _residue(shop, plan) == 0


def test_a_repeated_execution_finds_that_all_is_done(shop: ServerShop) -> None:
    plan = shop.delete(ACCOUNT)
    assert shop.carry_out(plan, ACCOUNT) == _said(plan)
    after = shop.everything()
    assert shop.carry_out(plan, ACCOUNT) == _said(plan)
    assert shop.everything() == after


def _said(plan: Plan) -> tuple[int, int]:
    (store,) = plan.stores
    counts = Counter[RowFate]()
    for one in store.steps:
        counts[one.fate] += 0 if one.cuts else one.rows
    return counts[RowFate.DELETE], counts[RowFate.CHANGE]


def _residue(shop: ServerShop, plan: Plan) -> int:
    return sum(one.rows for one in shop.planner.residue(plan, str(ACCOUNT), AT, shop.around))

"""Rights in the sample shop: every expected row is named by SQL written by hand."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.usecases.rights.shop_kit import AT, MINE, Shop, fates, make_shop, steps

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.rights.holds import Hold
from chengnuo.domain.rights.plan import Belongs, ColumnFate, ProblemKind, RowFate
from chengnuo.domain.rights.request import (
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    Ground,
    RequestId,
    Scope,
)
from chengnuo.domain.rights.values import encode_key
from chengnuo.law.rights import Right
from chengnuo.ports.record_source import StoreRefusedError
from chengnuo.usecases.rights.planner_values import PlanOutdatedError


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shop") / "shop.db"
    make_shop(out)
    return out


@pytest.fixture
def shop(database: Path, tmp_path: Path) -> Shop:
    return Shop(database, tmp_path)


def _household(shop: Shop) -> tuple[int, int, int]:
    """Two customers of one address, and the address."""
    found = shop.sql(
        "SELECT min(customer_id), max(customer_id), address_id FROM customer_addresses "
        "GROUP BY address_id HAVING count(*) = 2 LIMIT 1"
    )
    one, other, address = map(int, map(str, found[0]))
    return one, other, address


def _by_hand(shop: Shop, table: str, account: int) -> Counter[tuple[object, ...]]:
    """Return the rows of an account as SQL by hand finds them; none in tables of nobody."""
    where = MINE.get(table, "0")
    return Counter(
        shop.sql(f"SELECT * FROM {table} WHERE {where.replace(':me', str(account))}")  # noqa: S608  our own names
    )


@pytest.mark.parametrize("account", [1, 7, 23, 60])
def test_access_shows_what_sql_by_hand_shows(shop: Shop, account: int) -> None:
    plan, _ = shop.read(account)
    found = {table: sum(step.rows for step in steps(plan, table)) for table in MINE}
    assert found == {
        table: shop.one(
            f"SELECT count(*) FROM {table} WHERE {where.replace(':me', str(account))}"  # noqa: S608  our own names
        )
        for table, where in MINE.items()
    }


def test_a_copy_holds_each_value_once_and_nothing_of_others(shop: Shop) -> None:
    (account,) = shop.sql("SELECT guardian_id FROM children_profiles LIMIT 1")[0]
    plan, taken = shop.read(account)
    columns = ", ".join(taken.columns("orders"))
    by_hand = shop.sql(f"SELECT {columns} FROM orders WHERE customer_id = ?", account)  # noqa: S608  our own names
    texts = Counter(tuple(map(str, row)) for row in by_hand)
    assert Counter(tuple(map(str, row)) for row in taken.rows("orders").elements()) == texts
    assert "call_name" not in taken.columns("children_profiles")
    (step,) = steps(plan, "children_profiles")
    withheld = {one.column for one in step.columns if one.fate is ColumnFate.WITHHELD}
    assert {"call_name", "birth_month", "child_customer_id"} <= withheld
    assert sum(page.left_out for page in taken.pages if page.table == "children_profiles") > 0


def test_an_address_of_a_household_stays_until_its_last_one_goes(shop: Shop) -> None:
    one, other, address = _household(shop)
    before = shop.sql("SELECT * FROM addresses WHERE address_id = ?", address)
    plan = shop.delete(one)
    shared = [step for step in steps(plan, "addresses") if step.belongs is Belongs.SHARED]
    assert sum(step.rows for step in shared) == 1
    assert all(step.fate is RowFate.KEEP and step.why is not None for step in shared)
    assert "belongs-to-others" in {refusal.code for refusal in plan.refusals}
    shop.carry_out(plan, one)
    assert shop.sql("SELECT * FROM addresses WHERE address_id = ?", address) == before
    links = "SELECT customer_id FROM customer_addresses WHERE address_id = ?"
    assert shop.sql(links, address) == [(other,)]
    shop.carry_out(shop.delete(other), other)
    assert shop.sql("SELECT * FROM addresses WHERE address_id = ?", address) == []


def test_a_deletion_leaves_everybody_else_as_they_were(shop: Shop) -> None:
    before = shop.everything()
    mine = {table: _by_hand(shop, table, 7) for table in before}
    plan = shop.delete(7)
    assert not plan.is_blocked
    shop.carry_out(plan, 7)
    after = shop.everything()
    for table, rows in before.items():
        lost = Counter(rows) - Counter(after[table])
        assert lost <= mine[table]
    assert shop.sql("PRAGMA foreign_key_check") == []
    assert all(one.rows == 0 for one in shop.planner.residue(plan, "7", AT, shop.around))


def test_what_a_duty_keeps_stays_until_its_period_is_over(shop: Shop) -> None:
    account = shop.one(
        "SELECT customer_id FROM orders JOIN shipment_provisions USING (order_id) "
        "WHERE delivered_at IS NOT NULL LIMIT 1"
    )
    kept = {
        one.kept.duty: one.kept.until
        for step in steps(shop.delete(account), "shipment_provisions")
        for one in step.columns
        if one.kept is not None
    }
    (until,) = kept.values()
    assert list(kept) == ["ECL-31"]
    assert until is not None
    assert until.year in {2028, 2029}
    shop.sql("UPDATE shipment_provisions SET delivered_at = '2020-01-01 00:00:00'")
    plan = shop.delete(account)
    assert set(fates(plan, "shipment_provisions")) == {RowFate.DELETE}
    assert RowFate.DELETE not in fates(plan, "orders")  # no column tells its end: from now on


def test_a_duty_whose_event_has_not_come_keeps_without_end(shop: Shop) -> None:
    account = shop.one(
        "SELECT customer_id FROM orders JOIN shipment_provisions USING (order_id) LIMIT 1"
    )
    shop.sql("UPDATE shipment_provisions SET delivered_at = NULL")
    for step in steps(shop.delete(account), "shipment_provisions"):
        assert {one.kept.until for one in step.columns if one.kept is not None} == {None}


def test_what_staff_hold_back_stays_with_its_reason(shop: Shop) -> None:
    hold = Hold(table="main.search_history", reason=Text("诉讼中", "a lawsuit is pending"))
    plan = shop.delete(7, around=replace(shop.around, holds=(hold,)))
    assert set(fates(plan, "search_history")) == {RowFate.KEEP}
    assert set(fates(plan, "login_methods")) == {RowFate.DELETE}
    (refusal,) = [one for one in plan.refusals if one.code == "held-back"]
    assert "a lawsuit is pending" in (refusal.why.en or "")
    over = replace(hold, until=AT)
    plan = shop.delete(7, around=replace(shop.around, holds=(over,)))
    assert set(fates(plan, "search_history")) == {RowFate.DELETE}


def test_a_request_about_one_activity_leaves_what_another_still_needs(shop: Shop) -> None:
    asked = DeletionAsked(
        ground=Ground.WITHDRAWN, scope=Scope(activities=(ActivityId("browsing"),))
    )
    plan = shop.plan(Right.DELETE, asked, 7)
    assert set(fates(plan, "browse_history")) == {RowFate.DELETE}
    assert set(fates(plan, "search_history")) <= {RowFate.KEEP}
    around = replace(shop.around, standing=frozenset({ActivityId("personalised-feed")}))
    plan = shop.plan(Right.DELETE, asked, 7, around=around)
    assert RowFate.DELETE not in fates(plan, "browse_history")
    assert "still-needed" in {refusal.code for refusal in plan.refusals}


def test_recipients_are_told_of_what_goes(shop: Shop) -> None:
    told = {one.recipient for one in shop.delete(7).outside}
    assert {"bugly", "amap-location"} <= told
    assert all(one.kind == "delete" and one.categories for one in shop.delete(7).outside)


def test_a_correction_sets_one_value_of_one_row(shop: Shop) -> None:
    change = ColumnChange(table="main.customers", row="", column="nickname", value="木子")
    plan = shop.plan(Right.CORRECT, CorrectionAsked(changes=(change,)), 7)
    assert plan.refusals == ()
    before = shop.everything()
    assert shop.carry_out(plan, 7) == (0, 1)
    assert shop.one("SELECT nickname FROM customers WHERE customer_id = 7") == "木子"
    after = shop.everything()
    assert sum((Counter(after[name]) - Counter(rows)).total() for name, rows in before.items()) == 1
    (residue,) = shop.planner.residue(plan, "7", AT, shop.around)
    assert residue.rows == 0
    shop.sql("UPDATE customers SET nickname = 'x' WHERE customer_id = 7")
    (residue,) = shop.planner.residue(plan, "7", AT, shop.around)
    assert (residue.rows, residue.tables) == (1, ("customers",))


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "code"),
    [
        ("main.orders", "", "total_fen", 1, "not-correctable"),
        ("main.customers", "", "customer_id", 8, "not-correctable"),
        ("main.customers", "", "nickname", "x" * 41, "wrong-value"),
        ("main.customers", "", "nickname", None, "wrong-value"),
        ("main.customers", "", "gender", "q", "wrong-value"),
        ("main.customers", encode_key((8,)), "nickname", "x", "row-not-found"),
        ("main.nowhere", "", "nickname", "x", "no-such-place"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_with_its_article(  # noqa: PLR0913, PLR0917  one case a line
    shop: Shop, table: str, row: str, column: str, value: str | int | None, code: str
) -> None:
    change = ColumnChange(table=table, row=row, column=column, value=value)
    plan = shop.plan(Right.CORRECT, CorrectionAsked(changes=(change,)), 7)
    assert [one.code for one in plan.refusals] == [code]
    assert plan.refusals[0].articles == ("PIPL-46",)
    assert not any(store.steps for store in plan.stores)


def test_an_address_of_a_household_is_not_corrected_for_one_of_them(shop: Shop) -> None:
    one, _, address = _household(shop)
    column = next(
        column.column
        for store in shop.around.register.stores
        for table in store.tables
        if table.table == "addresses"
        for column in table.columns
        if column.correctable
    )
    change = ColumnChange(
        table="main.addresses", row=encode_key((address,)), column=column, value="示例"
    )
    plan = shop.plan(Right.CORRECT, CorrectionAsked(changes=(change,)), one)
    assert [one.code for one in plan.refusals] == ["belongs-to-others"]
    assert not any(store.steps for store in plan.stores)


def test_a_limit_stops_a_survey_and_a_higher_one_goes_on(shop: Shop) -> None:
    whole = shop.delete(7)
    shop.planner = shop.planner_of(shop.around.register, most_rows=10)
    stopped = shop.delete(7)
    (problem,) = [one for one in stopped.stores[0].problems if one.kind is ProblemKind.TOO_MANY]
    assert problem.blocks
    assert stopped.stores[0].steps == ()
    shop.planner = shop.planner_of(shop.around.register)
    assert shop.delete(7).stores == whole.stores


def test_a_repeated_execution_finds_that_all_is_done(shop: Shop) -> None:
    plan = shop.delete(7)
    (store,) = plan.stores
    first = shop.planner.carry_out(plan, store, account="7")
    after = shop.everything()
    again = shop.planner.carry_out(plan, store, account="7")
    assert (again.before, again.deleted, again.changed) == (True, first.deleted, first.changed)
    assert shop.everything() == after


def test_a_stop_midway_leaves_everything_and_a_second_try_does_it_all(shop: Shop) -> None:
    class StoppedError(Exception):
        pass

    before = shop.everything()
    plan = shop.delete(7)
    (store,) = plan.stores
    beats = 0

    def beat() -> None:
        nonlocal beats
        beats += 1
        if beats == 9:
            raise StoppedError

    with pytest.raises(StoppedError):
        shop.planner.carry_out(plan, store, account="7", beat=beat)
    assert shop.everything() == before
    done = shop.planner.carry_out(plan, store, account="7")
    assert not done.before
    assert done.deleted == sum(one.rows for one in store.steps if one.fate is RowFate.DELETE)


def test_a_trial_changes_nothing_and_tells_of_a_refusal(shop: Shop) -> None:
    plan = shop.delete(7)
    (store,) = plan.stores
    before = shop.everything()
    shop.planner.carry_out(plan, store, account="7", trial=True)
    assert shop.everything() == before
    shop.sql(
        "CREATE TRIGGER no BEFORE DELETE ON search_history BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    plan = shop.delete(7)
    assert any(one.kind is ProblemKind.TRIGGER for one in plan.stores[0].problems)
    with pytest.raises(StoreRefusedError):
        shop.planner.carry_out(plan, plan.stores[0], account="7", trial=True)
    with pytest.raises(StoreRefusedError):
        shop.planner.carry_out(plan, plan.stores[0], account="7")
    assert shop.everything() == before


@pytest.mark.parametrize("change", ["schema", "account", "forgotten"])
def test_a_plan_is_carried_out_only_for_what_it_was_made_for(shop: Shop, change: str) -> None:
    plan = shop.delete(7)
    if change == "schema":
        shop.sql("ALTER TABLE search_history ADD COLUMN more TEXT")
    if change == "forgotten":
        shop.planner.forget(RequestId("rq-shop"))
    with pytest.raises(PlanOutdatedError):
        shop.planner.carry_out(plan, plan.stores[0], account="8" if change == "account" else "7")


def test_a_scratch_is_its_owners_alone_and_goes_with_the_request(shop: Shop) -> None:
    shop.delete(7)
    (file,) = [one for one in shop.scratch.iterdir() if one.suffix == ".db"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"sample.invalid" not in file.read_bytes()
    shop.planner.forget(RequestId("rq-shop"))
    assert list(shop.scratch.iterdir()) == []


def test_a_row_that_came_in_afterwards_is_residue(shop: Shop) -> None:
    plan = shop.delete(7)
    shop.carry_out(plan, 7)
    shop.sql("INSERT INTO search_history VALUES (999999, 7, 'tea', 0, '2026-11-28 09:00:00')")
    (residue,) = shop.planner.residue(plan, "7", AT + timedelta(hours=1), shop.around)
    assert (residue.rows, residue.tables) == (1, ("search_history",))


def test_a_column_that_nobody_declared_is_said(shop: Shop) -> None:
    shop.sql("ALTER TABLE search_history ADD COLUMN more TEXT")
    shop.sql("CREATE TABLE beside (id INTEGER PRIMARY KEY, who INTEGER REFERENCES customers)")
    found = {(one.kind, one.table, one.column) for one in shop.delete(7).stores[0].problems}
    assert (ProblemKind.UNDECLARED_COLUMN, "search_history", "more") in found
    assert (ProblemKind.UNDECLARED_TABLE, "beside", "") in found

"""Rights in the shop of django-oscar, a schema that nobody here wrote."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.real_apps.applications import Application, Content
from tests.real_apps.rights_of import Acting, Taken

from chengnuo.domain.rights.plan import Belongs, ColumnFate, ProblemKind, RowFate
from chengnuo.ports.record_source import StoreRefusedError

pytestmark = pytest.mark.real

# What an engineer who knows django-oscar would write to find everything of one customer.
BY_HAND = {
    "auth_user": "id = ?",
    "address_useraddress": "user_id = ?",
    "analytics_userproductview": "user_id = ?",
    "analytics_userrecord": "user_id = ?",
    "analytics_usersearch": "user_id = ?",
    "basket_basket": "owner_id = ?",
    "basket_line": "basket_id IN (SELECT id FROM basket_basket WHERE owner_id = ?)",
    "communication_email": "user_id = ?",
    "communication_notification": "recipient_id = ?",
    "customer_productalert": "user_id = ?",
    "order_order": "user_id = ?",
    "order_billingaddress": "id IN (SELECT billing_address_id FROM order_order WHERE user_id = ?)",
    "order_shippingaddress": (
        "id IN (SELECT shipping_address_id FROM order_order WHERE user_id = ?)"
    ),
    "order_line": "order_id IN (SELECT id FROM order_order WHERE user_id = ?)",
    "order_lineprice": "order_id IN (SELECT id FROM order_order WHERE user_id = ?)",
    "order_ordernote": "order_id IN (SELECT id FROM order_order WHERE user_id = ?)",
    "order_paymentevent": "order_id IN (SELECT id FROM order_order WHERE user_id = ?)",
    "order_paymenteventquantity": (
        "line_id IN (SELECT order_line.id FROM order_line"
        " JOIN order_order ON order_order.id = order_id WHERE user_id = ?)"
    ),
    "order_shippingevent": "order_id IN (SELECT id FROM order_order WHERE user_id = ?)",
    "order_shippingeventquantity": (
        "line_id IN (SELECT order_line.id FROM order_line"
        " JOIN order_order ON order_order.id = order_id WHERE user_id = ?)"
    ),
    "payment_bankcard": "user_id = ?",
    "payment_source": "order_id IN (SELECT id FROM order_order WHERE user_id = ?)",
    "payment_transaction": (
        "source_id IN (SELECT payment_source.id FROM payment_source"
        " JOIN order_order ON order_order.id = order_id WHERE user_id = ?)"
    ),
    "reviews_productreview": "user_id = ?",
    "reviews_vote": "user_id = ?",
    "wishlists_wishlist": "owner_id = ?",
    "wishlists_line": "wishlist_id IN (SELECT id FROM wishlists_wishlist WHERE owner_id = ?)",
    "wishlists_wishlistsharedemail": (
        "wishlist_id IN (SELECT id FROM wishlists_wishlist WHERE owner_id = ?)"
    ),
}
GONE = ("payment_bankcard", "address_useraddress", "communication_email", "wishlists_wishlist")
KEPT = ("order_order", "order_line", "payment_source", "order_shippingaddress")


@pytest.fixture
def buyer(shop: Application, tmp_path: Path) -> Acting:
    """Who has all there is in the shop."""
    return Acting(shop, str(shop.people["buyer"]), tmp_path / "scratch")


def test_a_copy_is_what_queries_written_by_hand_find(shop: Application, buyer: Acting) -> None:
    taken = Taken()
    plan = buyer.plan_to_read(taken)
    assert not plan.is_blocked
    found = {table for table, rows in taken.rows.items() if rows}
    for table, where in BY_HAND.items():
        columns = taken.columns.get(table)
        assert columns is not None, f"{table} is missing in the copy"
        names = ", ".join(f'"{column}"' for column in columns)
        by_hand = shop.asked(
            f'SELECT {names} FROM "{table}" WHERE {where}',  # noqa: S608  written above
            *[int(buyer.account)] * where.count("?"),
        )
        assert len(taken.rows[table]) == len(by_hand), table
        assert taken.as_stored(table) == sorted(map(tuple, by_hand), key=repr), table
    assert found <= set(BY_HAND)


def test_nothing_is_left_after_a_deletion_but_what_a_duty_keeps(
    shop: Application, buyer: Acting
) -> None:
    plan = buyer.plan_to_delete()
    assert not plan.is_blocked, [one.what for store in plan.stores for one in store.problems]
    buyer.carry_out(plan)
    assert buyer.residue(plan) == 0
    account = int(buyer.account)
    for table in GONE:
        where = BY_HAND[table]
        assert shop.asked(f'SELECT 1 FROM "{table}" WHERE {where}', account) == [], table  # noqa: S608
    for table in KEPT:
        where = BY_HAND[table]
        assert shop.asked(f'SELECT 1 FROM "{table}" WHERE {where}', account), table  # noqa: S608
    ((name, mail),) = shop.asked("SELECT username, email FROM auth_user WHERE id = ?", account)
    assert "buyer" not in f"{name}{mail}"


def test_no_row_of_anybody_else_changes(shop: Application, buyer: Acting) -> None:
    before = shop.content()
    mine = {
        table: {
            row[0]
            for row in shop.asked(
                f'SELECT * FROM "{table}" WHERE {where}',  # noqa: S608  written above
                *[int(buyer.account)] * where.count("?"),
            )
        }
        for table, where in BY_HAND.items()
    }
    buyer.carry_out(buyer.plan_to_delete())
    for table, row in changed(before, shop.content()):
        assert row[0] in mine.get(table, set()), f"a row of somebody else in {table}"


def test_a_review_that_others_voted_on_is_emptied_where_it_stands(
    shop: Application, buyer: Acting
) -> None:
    votes = "SELECT count(*) FROM reviews_vote WHERE user_id <> ?"
    before = shop.asked(votes, int(buyer.account))
    plan = buyer.plan_to_delete()
    (step,) = [one for one in plan.stores[0].steps if one.table == "reviews_productreview"]
    assert (step.belongs, step.fate) == (Belongs.REFERENCED, RowFate.CHANGE)
    assert step.why is not None
    buyer.carry_out(plan)
    assert shop.asked("SELECT 1 FROM reviews_productreview WHERE body = 'well made'") != []
    assert shop.asked("SELECT count(*) FROM reviews_productreview WHERE body = 'well made'") == [
        (1,)
    ], "that of the friend"
    assert shop.asked(votes, int(buyer.account)) == before


def test_where_null_cannot_stand_something_neutral_does_and_the_plan_says_so(
    shop: Application, tmp_path: Path
) -> None:
    wrong = shop.declaring("shop", "auth_user", "email", "null")
    acting = Acting(wrong, str(shop.people["buyer"]), tmp_path / "scratch")
    plan = acting.plan_to_delete()
    (step,) = [one for one in plan.stores[0].steps if one.table == "auth_user"]
    (mail,) = [one for one in step.columns if one.column == "email"]
    assert (mail.fate, mail.instead_of) == (ColumnFate.ANONYMISE, "null")
    acting.carry_out(plan)
    ((kept,),) = shop.asked("SELECT email FROM auth_user WHERE id = ?", shop.people["buyer"])
    assert kept != "buyer@shop.invalid"


def test_a_store_that_refuses_midway_is_left_as_it_was(shop: Application, buyer: Acting) -> None:
    with closing(sqlite3.connect(shop.file)) as database:
        database.execute(
            "CREATE TRIGGER no_change BEFORE DELETE ON wishlists_wishlist"
            " BEGIN SELECT RAISE(ABORT, 'not now'); END"
        )
        database.commit()
    before = shop.content()
    plan = buyer.plan_to_delete()
    said = {(one.kind, one.table) for one in plan.stores[0].problems}
    assert (ProblemKind.TRIGGER, "wishlists_wishlist") in said
    with pytest.raises(StoreRefusedError) as refused:
        buyer.carry_out(plan)
    assert "not now" not in str(refused.value)
    assert shop.content() == before
    assert buyer.residue(plan) > 0, "nothing that was left is called done"


def test_a_request_for_somebody_who_is_not_there_finds_nothing(
    shop: Application, tmp_path: Path
) -> None:
    acting = Acting(shop, "987654", tmp_path / "scratch")
    plan = acting.plan_to_delete()
    before = shop.content()
    acting.carry_out(plan)
    assert plan.rows == 0
    assert shop.content() == before


def changed(before: Content, after: Content) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the table and the old form of every row that is not what it was."""
    for table, rows in before.items():
        left = set(map(repr, after[table]))
        yield from ((table, row) for row in rows if repr(row) not in left)

"""The shop of django-oscar by hand: what is whose, and what must hold in whatever database."""

from collections.abc import Iterator

from tests.real_apps.applications import Content, Database
from tests.real_apps.rights_of import Acting, Taken

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


def a_copy_is_what_queries_find(shop: Database, buyer: Acting) -> None:
    """Hold a copy to what the queries find, row by row."""
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
        assert shop.as_stored(taken.rows[table]) == sorted(map(tuple, by_hand), key=repr), table
    assert found <= set(BY_HAND)


def nothing_is_left_but_what_a_duty_keeps(shop: Database, buyer: Acting) -> None:
    """Delete, and look for what is left."""
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


def no_row_of_anybody_else_changes(shop: Database, buyer: Acting) -> None:
    """Delete, and look at the rows of everybody else."""
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


def changed(before: Content, after: Content) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the table and the old form of every row that is not what it was."""
    for table, rows in before.items():
        left = set(map(repr, after[table]))
        yield from ((table, row) for row in rows if repr(row) not in left)

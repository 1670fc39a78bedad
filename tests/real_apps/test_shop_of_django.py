"""Rights in the shop of django-oscar, a schema that nobody here wrote."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.real_apps.applications import Application
from tests.real_apps.oscar_by_hand import (
    a_copy_is_what_queries_find,
    no_row_of_anybody_else_changes,
    nothing_is_left_but_what_a_duty_keeps,
)
from tests.real_apps.rights_of import Acting

from chengnuo.domain.rights.plan import Belongs, ColumnFate, ProblemKind, RowFate
from chengnuo.ports.record_source import StoreRefusedError

pytestmark = pytest.mark.real


@pytest.fixture
def buyer(shop: Application, tmp_path: Path) -> Acting:
    """Who has all there is in the shop."""
    return Acting(shop, str(shop.people["buyer"]), tmp_path / "scratch")


def test_a_copy_is_what_queries_written_by_hand_find(shop: Application, buyer: Acting) -> None:
    a_copy_is_what_queries_find(shop, buyer)


def test_nothing_is_left_after_a_deletion_but_what_a_duty_keeps(
    shop: Application, buyer: Acting
) -> None:
    nothing_is_left_but_what_a_duty_keeps(shop, buyer)


def test_no_row_of_anybody_else_changes(shop: Application, buyer: Acting) -> None:
    no_row_of_anybody_else_changes(shop, buyer)


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

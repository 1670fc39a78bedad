"""Rights in the shop of django-oscar on PostgreSQL, made there by its own migrations.

Its foreign keys are all DEFERRABLE INITIALLY DEFERRED: the server looks at them at the commit.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.real_apps.applications import ServedApplication, made, register_of
from tests.real_apps.oscar_by_hand import (
    a_copy_is_what_queries_find,
    no_row_of_anybody_else_changes,
    nothing_is_left_but_what_a_duty_keeps,
)
from tests.real_apps.rights_of import Acting
from tests.servers.databases import Postgresql

from chengnuo.domain.register.store import StoreKind
from chengnuo.ports.record_source import StoreRefusedError

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="session")
def served_oscar(postgresql_server: Postgresql) -> Iterator[ServedApplication]:
    """The shop of django-oscar; nobody changes it."""
    register = register_of("oscar")
    stores = tuple(replace(one, kind=StoreKind.POSTGRESQL) for one in register.stores)
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        yield ServedApplication(
            server=postgresql_server,
            database=name,
            people=made("oscar_shop", url),
            register=replace(register, stores=stores),
            connection="OSCAR_DB",
        )


@pytest.fixture
def shop(served_oscar: ServedApplication) -> Iterator[ServedApplication]:
    with served_oscar.server.database(like=served_oscar.database) as name:
        yield replace(served_oscar, database=name)


@pytest.fixture
def buyer(shop: ServedApplication, tmp_path: Path) -> Acting:
    return Acting(shop, str(shop.people["buyer"]), tmp_path / "scratch")


def test_a_copy_is_what_queries_written_by_hand_find(
    shop: ServedApplication, buyer: Acting
) -> None:
    a_copy_is_what_queries_find(shop, buyer)


def test_nothing_is_left_after_a_deletion_but_what_a_duty_keeps(
    shop: ServedApplication, buyer: Acting
) -> None:
    nothing_is_left_but_what_a_duty_keeps(shop, buyer)


def test_no_row_of_anybody_else_changes(shop: ServedApplication, buyer: Acting) -> None:
    no_row_of_anybody_else_changes(shop, buyer)


def test_what_the_server_refuses_only_at_the_commit_leaves_it_as_it_was(
    shop: ServedApplication, buyer: Acting
) -> None:
    shop.server.execute(
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''not now''; END'",
        "CREATE CONSTRAINT TRIGGER no AFTER DELETE ON wishlists_wishlist "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no()",
        database=shop.database,
    )
    plan = buyer.plan_to_delete()
    before = shop.content()
    for trial in (True, False):
        with pytest.raises(StoreRefusedError) as refused:
            buyer.planner.carry_out(plan, plan.stores[0], account=buyer.account, trial=trial)
        assert "not now" not in str(refused.value)
    assert shop.content() == before
    assert buyer.residue(plan) > 0

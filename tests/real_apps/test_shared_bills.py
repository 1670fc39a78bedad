"""Rights among people who share bills: a table without key, rows that several people need."""

from pathlib import Path

import pytest
from tests.real_apps.applications import Application
from tests.real_apps.rights_of import Acting, Taken

pytestmark = pytest.mark.real

BY_HAND = {
    "person": "id = ?",
    "person_version": "id = ?",
    "bill": "payer_id = ?",
    "bill_version": "payer_id = ?",
    "billowers": "person_id = ?",
    "billowers_version": "person_id = ?",
}


def of(shared: Application, part: str, tmp_path: Path) -> Acting:
    return Acting(shared, str(shared.people[part]), tmp_path / f"scratch-{part}")


@pytest.mark.parametrize("part", ["payer", "ower", "idle", "other", "lodger"])
def test_a_copy_is_what_queries_written_by_hand_find(
    part: str, shared: Application, tmp_path: Path
) -> None:
    taken = Taken()
    of(shared, part, tmp_path).plan_to_read(taken)
    for table, where in BY_HAND.items():
        by_hand = shared.asked(
            f'SELECT count(*) FROM "{table}" WHERE {where}',  # noqa: S608  written above
            shared.people[part],
        )
        assert [(len(taken.rows[table]),)] == by_hand, table


def test_the_bills_of_one_who_paid_stay_for_those_who_owe(
    shared: Application, tmp_path: Path
) -> None:
    payer, ower = shared.people["payer"], shared.people["ower"]
    owed = "SELECT amount, what FROM bill JOIN billowers ON bill_id = bill.id WHERE person_id = ?"
    before = shared.asked(owed, ower)
    acting = of(shared, "payer", tmp_path)
    plan = acting.plan_to_delete()
    assert not plan.is_blocked
    acting.carry_out(plan)
    assert acting.residue(plan) == 0
    assert shared.asked(owed, ower) == before != []
    assert shared.asked("SELECT 1 FROM bill WHERE payer_id = ?", payer) == []
    assert shared.asked("SELECT 1 FROM billowers WHERE person_id = ?", payer) == []
    for table in ("person", "person_version"):
        assert shared.asked(f"SELECT 1 FROM {table} WHERE id = ?", payer) == []  # noqa: S608


@pytest.mark.parametrize("part", ["ower", "idle", "lodger"])
def test_only_the_link_of_one_who_owes_is_cut(
    part: str, shared: Application, tmp_path: Path
) -> None:
    bills = shared.asked("SELECT * FROM bill ORDER BY id")
    others = "SELECT * FROM billowers WHERE person_id <> ? ORDER BY bill_id, person_id"
    before = shared.asked(others, shared.people[part])
    acting = of(shared, part, tmp_path)
    plan = acting.plan_to_delete()
    acting.carry_out(plan)
    assert acting.residue(plan) == 0
    assert shared.asked("SELECT * FROM bill ORDER BY id") == bills
    assert shared.asked(others, shared.people[part]) == before
    assert shared.asked("SELECT 1 FROM billowers WHERE person_id = ?", shared.people[part]) == []

"""What was done with information, summed by activity, whoever it was about."""

import pytest
from tests.adapters.sql.conftest import NewDatabase

from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.ports.uses import UseSeen


@pytest.fixture
def uses(new_database: NewDatabase) -> SqlUses:
    return SqlUses(new_database())


def seen(position: int, **fields: object) -> UseSeen:
    given = {"ordinal": 1, "at": 100, "activity": "nearby"} | fields
    return UseSeen(position=position, **given)  # type: ignore[arg-type]


def test_sums_by_activity_count_people_and_only_what_was_done(uses: SqlUses) -> None:
    rows = [
        seen(0, kind="decision", outcome="permit"),
        seen(1, kind="decision", outcome="permit", ordinal=2),
        seen(2, kind="decision", outcome="deny"),
        seen(3, kind="decision", ordinal=0, count=40, permitted=30),
        seen(4, kind="provision", recipient="maps"),
        seen(5, kind="provision", recipient="maps", ordinal=0, count=9),
        seen(6, kind="notice-shown"),
        seen(7, kind="decision", outcome="permit", at=5),
    ]
    uses.add(rows, persons=(), deleted=(), position=8)
    found = {(one.activity, one.recipient): one.count for one in uses.by_activity(50)}
    assert found == {("nearby", ""): 32, ("nearby", "maps"): 10}


def test_decisions_are_counted_by_the_civil_day_and_outcome(uses: SqlUses) -> None:
    hour = 3_600_000_000
    rows = [
        seen(0, kind="decision", outcome="permit", at=15 * hour),
        seen(1, kind="decision", outcome="permit", at=16 * hour - 1),
        seen(2, kind="decision", outcome="permit", at=16 * hour),
        seen(3, kind="decision", outcome="refuse", at=20 * hour),
        seen(4, kind="provision", at=20 * hour),
    ]
    uses.add(rows, persons=(), deleted=(), position=5)
    assert set(uses.by_day(hour)) == {(0, "permit", 2), (1, "permit", 1), (1, "refuse", 1)}

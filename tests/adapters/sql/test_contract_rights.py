"""Contracts of requests about rights: cases, their leases, and how they are counted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.adapters.sql.contract_kit import Whole, contract_of
from tests.adapters.sql.test_rights import request_of

from chengnuo.adapters.keys import AesSealer
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights import SqlRights
from chengnuo.adapters.sql.rights_figures import SqlRightsFigures
from chengnuo.adapters.sql.rights_outside import SqlOutside
from chengnuo.base.text import Text
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.plan import Outside
from chengnuo.domain.rights.request import (
    AskedBy,
    CancellationAsked,
    DeletionAsked,
    Ground,
    RequestId,
)
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case, CaseMovedError, Line, Secret
from chengnuo.ports.rights_figures import Told
from chengnuo.ports.rights_outside import NoticeKept, OutsideState, TaskKept, TaskKind

AT = datetime(2026, 11, 27, 2, 0, 0, 123456, tzinfo=UTC)
ONE, OTHER = PersonKey("5e" * 32), PersonKey("6e" * 32)
DUE = date(2026, 12, 18)
SECRET = Secret(account="账号甲", asked=CancellationAsked(), party="p")
ALL, SEALER = tuple(Stage), AesSealer(bytes(32))


def days(count: int) -> datetime:
    return AT + timedelta(days=count)


def number_of(number: int) -> RequestId:
    return RequestId(f"rq-{number:020x}")


def case(
    which: int,
    person: str = ONE,
    *,
    right: Right = Right.DELETE,
    by: AskedBy = AskedBy.INDIVIDUAL,
    **other: object,
) -> Case:
    asked = DeletionAsked(ground=Ground.WITHDRAWN)
    request = replace(
        request_of(asked), id=number_of(which), person=person, right=right, by=by,
        received=days(which),
    )  # fmt: skip
    made = Case(
        request=request, stage=Stage.QUEUED, days=15, due_on=DUE + timedelta(days=which),
        next_at=days(which), follows=(1 << 40,),
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]  # fields by name


FIRST = Line(number=0, at=AT, event=None, stage=Stage.QUEUED, by="individual", note="备注")


def filled(store: SqlRights) -> SqlRights:
    """Add three cases: 1 and 2 are of one individual, and 3 of another is soonest due."""
    for one in (
        case(1),
        case(2, right=Right.EXPLAIN_AUTOMATED, by=AskedBy.CLOSE_RELATIVE, extended="zu\0viel"),
        case(3, OTHER, due_on=DUE, next_at=None, stage=Stage.PARKED),
    ):
        store.add(one, SECRET, FIRST)
    return store


def ids(found: tuple[Case, ...]) -> list[int]:
    return [int(one.request.id[3:], 16) for one in found]


def cases_are_found(store: SqlRights) -> None:
    assert store.case(number_of(1)) == case(1)
    assert (store.case(number_of(9)), store.secret(number_of(9))) == (None, None)
    assert store.secret(number_of(1)) == SECRET
    assert ids(store.of([ONE, OTHER])) == [3, 2, 1]
    assert ids(store.of([ONE, OTHER], skip=1, limit=1)) == [2]
    assert ids(store.of([ONE, OTHER], open_only=True)) == [3, 1, 2]
    assert (store.count_of([ONE]), store.count_of([]), store.of([])) == (2, 0, ())
    for right, by, due_before, found in (
        ("", "", None, [3, 1, 2]),
        (Right.DELETE, "", None, [3, 1]),
        (Right.EXPLAIN_AUTOMATED, AskedBy.CLOSE_RELATIVE, None, [2]),
        ("", AskedBy.INDIVIDUAL, DUE + timedelta(days=1), [3]),
        (Right.COPY, "", None, []),
    ):
        narrow = {"right": str(right), "by": str(by)}
        assert ids(store.queue(ALL, due_before=due_before, limit=9, **narrow)) == found
        assert store.count(ALL, due_before=due_before, **narrow) == len(found)
    assert ids(store.queue((Stage.QUEUED,), due_before=None, limit=1, skip=1)) == [2]


def leases_are_numbered(store: SqlRights) -> None:
    one = number_of(1)
    assert store.to_work_on(days(2), limit=9) == (one, number_of(2))
    assert store.to_work_on(days(2) - timedelta(microseconds=1), limit=9) == (one,)
    assert store.lease(one, "a", at=days(2), until=days(3)) == 1
    assert store.lease(one, "b", at=days(2), until=days(3)) is None
    assert store.to_work_on(days(2), limit=9) == (number_of(2),)
    store.beat(one, 1, days(4))
    assert store.lease(one, "b", at=days(3), until=days(5)) is None
    assert store.lease(one, "b", at=days(4), until=days(5)) == 2
    with pytest.raises(CaseMovedError):
        store.beat(one, 1, days(9))
    store.let_go(one, 1)
    assert store.lease(one, "c", at=days(4), until=days(5)) is None
    store.let_go(one, 2)
    with pytest.raises(CaseMovedError):
        store.beat(one, 2, days(9))
    assert store.lease(number_of(9), "a", at=AT, until=days(1)) is None


def cases_are_changed(store: SqlRights) -> None:
    one = number_of(1)
    closed = case(1, stage=Stage.PARTLY, number=1, next_at=None, fence=2)
    line = Line(number=1, at=days(2), event=Event.CONCLUDED_PARTLY, stage=Stage.PARTLY, by="system")
    for before, fence in ((1, 2), (0, 1)):
        with pytest.raises(CaseMovedError):
            store.change(closed, line, before=before, fence=fence)
    assert store.lines(one) == (FIRST,)
    store.change(closed, line, before=0, fence=2)
    assert store.case(one) == closed
    assert store.secret(one) is None
    assert store.lines(one) == (FIRST, line)
    store.recorded(one, 0, 1 << 40)
    assert set(store.unrecorded()) == {number_of(number) for number in (1, 2, 3)}
    store.recorded(one, 1, (1 << 40) + 1)
    store.change(case(3, OTHER, due_on=DUE, stage=Stage.PARKED, rounds=2), None, before=0)
    assert set(store.unrecorded()) == {number_of(number) for number in (2, 3)}
    assert [kept.position for kept in store.lines(one)] == [1 << 40, (1 << 40) + 1]


@contract_of(SqlRights)
def test_rights(database: Database, whole: Whole) -> None:
    store = filled(whole(SqlRights(database, SEALER)))
    cases_are_found(store)
    leases_are_numbered(store)
    cases_are_changed(store)


@contract_of(SqlRightsFigures)
def test_figures(database: Database, whole: Whole) -> None:
    store, figures = filled(SqlRights(database, SEALER)), whole(SqlRightsFigures(database))
    again = case(4, stage=Stage.RUNNING, due_on=DUE)
    store.add(again, SECRET, FIRST)
    assert figures.open_by_due() == (
        (DUE, 2),
        (DUE + timedelta(days=1), 1),
        (DUE + timedelta(days=2), 1),
    )
    asked = figures.asked_again([number_of(number) for number in (4, 2, 3, 9)], limit=9)
    assert set(asked) == {
        (number_of(4), ONE, "delete", 2),
        (number_of(2), ONE, "explain-automated", 1),
        (number_of(3), OTHER, "delete", 1),
    }
    assert figures.asked_again([number_of(4)], limit=1)[0][:3] == (number_of(4), ONE, "delete")
    assert figures.asked_again([], limit=9) == ()
    for number, stage in ((1, Stage.REFUSED), (2, Stage.TAKEN_BACK), (4, Stage.FULFILLED)):
        line = Line(number=1, at=days(number), event=None, stage=stage, by="system")
        store.change(case(number, stage=stage, number=1), line, before=0)
    assert figures.closed_since(days(1), limit=9) == (
        (number_of(4), days(4)),
        (number_of(1), days(1)),
    )
    assert figures.closed_since(days(2), limit=9) == ((number_of(4), days(4)),)
    assert figures.closed_since(AT, limit=1) == ((number_of(4), days(4)),)
    party = Outside(recipient="maps", name=Text("地图"), kind="delete", categories=())
    notices = [
        NoticeKept(
            id=f"n-{number}", request=number_of(number), outside=party, state=state, next_at=None
        )
        for number, state in ((1, OutsideState.GIVEN_UP), (2, OutsideState.SENT))
    ]
    task = TaskKept(
        id="t-1", request=number_of(3), kind=TaskKind.RECIPIENT, store="maps", what=Text("告诉"),
        since=days(2),
    )  # fmt: skip
    of_store = replace(task, id="t-2", kind=TaskKind.STORE)
    late = replace(task, id="t-3", since=days(3))
    SqlOutside(database).put(notices, [task, of_store, late])
    assert figures.told(days(2), limit=9) == Told(4, (number_of(3), number_of(1)))
    assert figures.told(days(2), limit=1) == Told(4, (number_of(3),))

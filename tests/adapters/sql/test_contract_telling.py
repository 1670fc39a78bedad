"""Contracts of what follows from requests: holds, notices, tasks and words."""

from dataclasses import replace
from datetime import timedelta

from tests.adapters.sql.contract_kit import Whole, contract_of
from tests.adapters.sql.test_contract_rights import (
    AT,
    DUE,
    ONE,
    OTHER,
    SEALER,
    case,
    days,
    filled,
    number_of,
)

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights import SqlRights
from chengnuo.adapters.sql.rights_callbacks import SqlCallbacks
from chengnuo.adapters.sql.rights_holds import SqlHolds
from chengnuo.adapters.sql.rights_notifications import SqlNotifications
from chengnuo.adapters.sql.rights_outside import SqlOutside, SqlSuppressions
from chengnuo.base.text import Text
from chengnuo.domain.rights.holds import Hold
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.plan import Outside
from chengnuo.law.ids import CategoryId
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.notifications import Look, Looked, NotificationFigures
from chengnuo.ports.notifying import Notable, Notification, notification_id
from chengnuo.ports.rights import Suppressed
from chengnuo.ports.rights_callbacks import Callback
from chengnuo.ports.rights_holds import HoldKept
from chengnuo.ports.rights_outside import NoticeKept, OutsideState, TaskKept, TaskKind

MICRO = timedelta(microseconds=1)
PARTY = Outside(
    recipient="maps", name=Text("地图", "Maps"), kind="delete", categories=(CategoryId("place"),)
)
NOTICE = NoticeKept(id="b" * 64, request=number_of(1), outside=PARTY, next_at=days(2))
TASK = TaskKept(
    id="b" * 64, request=number_of(1), kind=TaskKind.RECIPIENT, store="maps", what=Text("告诉"),
    since=days(2),
)  # fmt: skip
CALLBACK = Callback(
    request=number_of(1), agent="agent", address="https://agent.example/\u00e9", told="d" * 64,
    next_at=days(2),
)  # fmt: skip


@contract_of(SqlOutside)
def test_outside(database: Database, whole: Whole) -> None:
    rights, store = filled(SqlRights(database, SEALER)), whole(SqlOutside(database))
    sooner = replace(NOTICE, id="a" * 64, next_at=days(1))
    sent = replace(NOTICE, id="c" * 64, next_at=None, state=OutsideState.SENT, attempts=3)
    older = replace(TASK, id="c" * 64, request=number_of(2), kind=TaskKind.EXPLAIN, since=days(1))
    SqlCallbacks(database).put(CALLBACK)
    for _ in range(2):
        store.put([NOTICE, sooner, sent], [TASK, older])
    store.put([replace(NOTICE, attempts=9)], [replace(TASK, note="n")])
    assert store.notices(number_of(1)) == (sooner, NOTICE, sent)
    assert store.notices_due(days(2), limit=9) == (sooner, NOTICE)
    assert store.notices_due(days(2) - MICRO, limit=9) == (sooner,)
    assert store.notices_due(days(2), limit=1) == (sooner,)
    assert (store.notice(NOTICE.id), store.notice("n")) == (NOTICE, None)
    assert store.notice(f"callback-{CALLBACK.request}") is None
    done = replace(NOTICE, state=OutsideState.ACKNOWLEDGED, attempts=1, next_at=None)
    assert not store.set_notice(done, attempts=1)
    assert store.set_notice(done, attempts=0)
    assert not store.set_notice(NOTICE, attempts=1)
    assert store.notice(NOTICE.id) == done
    assert store.tasks(None, open_only=True) == (older, TASK)
    assert store.tasks(number_of(1), open_only=False) == (TASK,)
    assert (store.task(TASK.id), store.task("t")) == (TASK, None)
    finished = replace(TASK, done_by="a-1", done_at=AT, note="做完了")
    assert store.set_task(finished)
    assert not store.set_task(replace(finished, note="again"))
    assert store.tasks(None, open_only=False) == (older, finished)
    assert store.tasks(None, open_only=True) == (older,)
    rights.change(case(2, stage=Stage.REFUSED, next_at=None), None, before=0)
    assert store.tasks(None, open_only=True) == ()


@contract_of(SqlCallbacks)
def test_callbacks(database: Database, whole: Whole) -> None:
    filled(SqlRights(database, SEALER))
    store = whole(SqlCallbacks(database))
    SqlOutside(database).put([replace(NOTICE, id="callback", next_at=AT)], [])
    sooner = replace(CALLBACK, request=number_of(2), next_at=days(1))
    for one in (replace(CALLBACK, told="0" * 64), CALLBACK, sooner):
        store.put(one)
    assert list(store.due(days(2), limit=9)) == [sooner, CALLBACK]
    assert list(store.due(days(2), limit=1)) == [sooner]
    assert list(store.due(days(1) - MICRO, limit=9)) == []
    tried = replace(CALLBACK, attempts=1, next_at=days(3))
    assert store.change(tried, attempts=0)
    assert not store.change(tried, attempts=0)
    assert store.change(replace(sooner, next_at=None), attempts=0)
    assert list(store.due(days(9), limit=9)) == [tried]


@contract_of(SqlHolds)
def test_holds(database: Database, whole: Whole) -> None:
    store = whole(SqlHolds(database))
    hold = Hold(table="shop.orders", reason=Text("诉讼", "lawsuit"), until=days(5), secret=True)
    first = HoldKept(id="h-2", person=ONE, hold=hold, since=AT, by="a-1")
    endless = Hold(reason=Text("保全"))
    second = replace(first, id="h-1", hold=endless)
    others = replace(first, id="h-3", person=OTHER, since=days(1), hold=endless)
    for one in (first, second, others):
        store.keep(one)
    assert store.holds(ONE) == (endless, hold)
    assert store.every() == (others, second, first)
    assert (store.one("h-2"), store.one("h-9")) == (first, None)
    assert store.unsettled(days(5) - MICRO) == ()
    assert store.unsettled(days(5)) == (first,)
    assert store.lift("h-1", at=days(2), by="a-2")
    assert not store.lift("h-1", at=days(3), by="a-3")
    assert not store.lift("h-9", at=days(3), by="a-3")
    lifted = replace(second, lifted_at=days(2), lifted_by="a-2")
    assert store.one("h-1") == lifted
    assert store.holds(ONE) == (hold,)
    assert store.unsettled(days(5)) == (lifted, first)
    store.settle("h-1")
    assert store.unsettled(days(5)) == (first,)


@contract_of(SqlSuppressions)
def test_suppressions(database: Database, whole: Whole) -> None:
    store = whole(SqlSuppressions(database))
    one = Suppressed(person=ONE, since=AT, request=number_of(1))
    other = Suppressed(person=OTHER, since=days(1), request=number_of(2))
    for each in (other, one, replace(one, since=days(9))):
        store.suppress(each)
    assert (store.entry(ONE), store.entry(PersonKey("0"))) == (one, None)
    assert store.every() == (one, other)
    many = [PersonKey(f"{number:064x}") for number in range(1100)]
    assert store.suppressed([*many, ONE, OTHER]) == {ONE, OTHER}
    assert store.suppressed([]) == frozenset()
    assert store.count() == 2
    assert (store.lift(ONE), store.lift(ONE), store.count()) == (True, False, 1)


@contract_of(SqlNotifications)
def test_notifications(database: Database, whole: Whole) -> None:
    filled(SqlRights(database, SEALER))
    store = whole(SqlNotifications(database))
    one, other, third = (number_of(number) for number in (1, 2, 3))
    look = Look(stage=Stage.PARKED, is_extended=True, has_files=False, tasks=frozenset({"b", "a"}))
    staff = Notification(
        to=Role.REVIEWER, event=Notable.DUE_SOON, request=one, due=DUE, days_left=-1, occasion=4
    )
    individual = Notification(to=None, event=Notable.READY, request=one, person=ONE)
    assert store.looked(one) is None
    assert store.unsettled() == {one, other, third}
    store.keep(one, replace(look, tasks=frozenset()), [staff], AT)
    store.keep(one, look, [staff, individual], days(1))
    store.keep(other, replace(look, stage=Stage.TAKEN_BACK), [], AT)
    assert store.looked(one) == Looked(look)
    assert store.unsettled() == {one, third}
    store.forget(other)
    assert store.looked(other) is None
    late = replace(staff, request=other)
    store.put([late, staff], days(2))
    first, second = store.due(days(1), limit=9)
    assert (first.id, first.notification, first.attempts) == (notification_id(staff), staff, 0)
    assert second.notification == individual
    assert store.due(days(2), limit=1) == (first,)
    assert store.begin(first, days(5))
    assert not store.begin(first, days(5))
    assert [waits.notification for waits in store.due(days(2), limit=9)] == [individual, late]
    assert store.figures() == NotificationFigures(waiting=3, lost=0)
    store.settle(first.id, lost=True)
    store.settle(second.id, lost=False)
    assert not store.begin(replace(first, attempts=1), days(5))
    assert store.figures() == NotificationFigures(waiting=1, lost=1)
    # What was told is not told again, until thirty days have gone by.
    store.put([staff], days(30))
    assert store.figures() == NotificationFigures(waiting=1, lost=1)
    store.put([], days(31) + MICRO)
    store.put([staff], days(32))
    assert store.figures() == NotificationFigures(waiting=2, lost=0)

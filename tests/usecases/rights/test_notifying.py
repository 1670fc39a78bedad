"""Who is told what, in which words, and what happens when it is not taken."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.usecases.rights.seen_kit import AT, FILE, ID, PERSON, REQUEST, TASK, line, seen

from chengnuo.adapters.sql.rights_notifications import SqlNotifications
from chengnuo.adapters.sql.rights_schema import RIGHTS_NOTIFICATION
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy, RequestId
from chengnuo.ports.accounts import Role
from chengnuo.ports.notifications import NotificationFigures
from chengnuo.ports.notifying import (
    Message,
    Notable,
    Notification,
    NotNotifiedError,
    notification_id,
)
from chengnuo.usecases.rights.notice_words import message_of
from chengnuo.usecases.rights.notifying import (
    Notifying,
    due_soon,
    events_between,
    look_at,
    told_of,
)
from chengnuo.usecases.rights.outbox import MOST_ATTEMPTS
from chengnuo.usecases.rights.seen import Happened


@dataclass
class Clock:
    at: datetime = AT

    def now(self) -> datetime:
        return self.at


@dataclass
class Box:
    """A way that keeps what it is given, and refuses as long as it is told to."""

    got: list[Notification] = field(default_factory=list)
    refuses: bool = False

    def deliver(self, notification: Notification, message: Message) -> None:
        assert message.subject
        if self.refuses:
            raise NotNotifiedError("full")
        self.got.append(notification)


@pytest.fixture
def store(tmp_path: Path) -> SqlNotifications:
    return SqlNotifications(SqliteDatabase(tmp_path / "data"))


@pytest.mark.parametrize(
    ("stage", "event"),
    [
        (Stage.NEEDS_IDENTITY, Notable.NEEDS_IDENTITY),
        (Stage.NEEDS_RELEASE, Notable.RELEASE_NEEDED),
        (Stage.PARKED, Notable.PARKED),
        (Stage.FULFILLED, Notable.DONE),
        (Stage.PARTLY, Notable.PARTLY),
        (Stage.REFUSED, Notable.REFUSED),
    ],
)
def test_a_stage_that_concerns_somebody_is_told_once_when_it_is_reached(
    stage: Stage, event: Notable
) -> None:
    now = look_at(seen(stage))
    assert events_between(look_at(seen(Stage.QUEUED)), now) == (event,)
    assert events_between(now, now) == ()
    assert events_between(None, now) == (Notable.RECEIVED, event)


def test_files_an_extension_and_new_tasks_are_told_when_they_appear() -> None:
    before = seen(Stage.RUNNING)
    now = seen(Stage.RUNNING, extended="many stores", files=(FILE,), tasks=(TASK,))
    assert set(events_between(look_at(before), look_at(now))) == {
        Notable.EXTENDED,
        Notable.READY,
        Notable.TASK,
    }
    done = replace(now, tasks=(replace(TASK, done_at=AT), replace(TASK, id="task-2", done_at=AT)))
    assert events_between(look_at(now), look_at(done)) == ()


def test_every_event_is_for_somebody_and_staff_are_not_told_whose_request_it_is() -> None:
    for event in Notable:
        told = told_of(event, seen(Stage.QUEUED))
        assert told, event
        for one in told:
            assert one.person == (PERSON if one.to is None else None)
    assert {one.to for one in told_of(Notable.RELEASE_NEEDED, seen(Stage.NEEDS_RELEASE))} == {
        Role.REVIEWER
    }
    automatic = seen(Stage.FULFILLED, request=replace(REQUEST, by=AskedBy.AUTOMATIC))
    assert told_of(Notable.DONE, automatic) == ()


def test_what_is_closed_is_not_said_to_be_due() -> None:
    (one,) = told_of(Notable.DONE, seen(Stage.FULFILLED))
    assert (one.due, one.days_left) == (None, None)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("event", Notable)
def test_a_message_says_what_which_and_until_when_and_nothing_of_anybody(
    event: Notable, lang: Lang
) -> None:
    for one in told_of(event, seen(Stage.QUEUED, extended="private words", tasks=(TASK,))):
        said = message_of(one, public_url="https://privacy.shop.example", lang=lang)
        whole = said.subject + said.text + said.html
        assert ID in said.subject
        assert "2026-12-18" in said.text
        page = "/centre/rights" if one.to is None else "/console/rights"
        assert f"https://privacy.shop.example{page}" in said.text
        assert f'href="https://privacy.shop.example{page}"' in said.html
        for private in (PERSON, "private words", "shop-db", "delete", "ada.chen", "Destroy"):
            assert private not in whole
        assert "\n" not in said.subject


def test_chinese_and_english_both_say_everything() -> None:
    (one,) = told_of(Notable.PARKED, seen(Stage.PARKED))
    zh, en = (message_of(one, public_url="", lang=lang) for lang in (Lang.ZH, Lang.EN))
    assert len(zh.text.splitlines()) == len(en.text.splitlines())
    assert "还剩 15 个工作日" in zh.text
    assert "15 working days left" in en.text
    late = replace(one, days_left=-2)
    assert "超过 2 个工作日" in message_of(late, public_url="", lang=Lang.ZH).text


@given(st.integers(-30, 60), st.sampled_from(Stage))
def test_staff_are_reminded_at_five_two_and_no_days_of_what_is_open(
    days: int, stage: Stage
) -> None:
    told = due_soon([line(days, stage)])
    wanted = days in {5, 2, 0} and not stage.is_final
    assert {one.to for one in told} == ({Role.STAFF, Role.REVIEWER} if wanted else set())


def test_the_same_reminder_is_given_once_also_after_a_start(store: SqlNotifications) -> None:
    box, clock = Box(), Clock()
    for _ in range(3):
        notifying = Notifying(store=store, staff=box, individual=None, clock=clock)
        notifying.remind([line(5)])
        notifying.deliver()
    notifying.remind([line(2)])
    notifying.deliver()
    assert [one.days_left for one in box.got] == [5, 5, 2, 2]
    assert len({notification_id(one) for one in box.got}) == 4


def test_each_is_told_by_their_own_way_and_nobody_without_one(store: SqlNotifications) -> None:
    staff, individual = Box(), Box()
    nobody = Notifying(store=store, staff=None, individual=None, clock=Clock())
    other = RequestId("rq-zzzzzzzzzzzzzzzzzzzz")
    nobody.looked(seen(Stage.QUEUED, request=replace(REQUEST, id=other)))
    assert store.figures().waiting == 0
    both = Notifying(store=store, staff=staff, individual=individual, clock=Clock())
    both.looked(seen(Stage.QUEUED))
    assert store.figures().waiting == 2
    assert both.deliver() == 2
    assert [one.to for one in staff.got + individual.got] == [Role.STAFF, None]
    assert [one.person for one in individual.got] == [PERSON]


def test_what_is_not_taken_is_tried_again_later_and_told_once(store: SqlNotifications) -> None:
    box, clock = Box(refuses=True), Clock()
    notifying = Notifying(store=store, staff=box, individual=None, clock=clock)
    notifying.looked(seen(Stage.QUEUED))
    assert notifying.deliver() == 0
    box.refuses = False
    assert notifying.deliver() == 0  # not yet again
    clock.at += timedelta(minutes=1)
    assert notifying.deliver() == 1
    assert notifying.deliver() == 0
    assert len(box.got) == 1


def test_pauses_double_and_after_twelve_attempts_it_counts_as_lost(
    store: SqlNotifications,
) -> None:
    box, clock = Box(refuses=True), Clock()
    notifying = Notifying(store=store, staff=box, individual=None, clock=clock)
    notifying.looked(seen(Stage.QUEUED))
    pauses = []
    for _ in range(MOST_ATTEMPTS):
        notifying.deliver()
        pauses.append((next_at(store) - clock.at) // timedelta(minutes=1))
        clock.at = next_at(store)
    assert notifying.deliver() == 0
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720]
    assert store.figures() == NotificationFigures(waiting=0, lost=1)
    assert box.got == []


def test_the_key_of_the_individual_goes_when_they_are_told(store: SqlNotifications) -> None:
    notifying = Notifying(store=store, staff=None, individual=Box(), clock=Clock())
    notifying.looked(seen(Stage.QUEUED))
    assert PERSON.encode() in bodies(store)
    notifying.deliver()
    assert PERSON.encode() not in bodies(store)


def test_of_two_that_read_the_same_one_makes_the_attempt(store: SqlNotifications) -> None:
    clock = Clock()
    Notifying(store=store, staff=Box(), individual=None, clock=clock).looked(seen(Stage.QUEUED))
    (one,) = store.due(clock.at, limit=9)
    later = clock.at + timedelta(minutes=1)
    assert [store.begin(one, later), store.begin(one, later)] == [True, False]


def test_another_stop_of_the_same_request_is_told_again(store: SqlNotifications) -> None:
    box = Box()
    notifying = Notifying(store=store, staff=box, individual=None, clock=Clock())
    steps = (Stage.QUEUED, Stage.PARKED, Stage.QUEUED, Stage.PARKED)
    for number, stage in enumerate(steps, 1):
        line_of = Happened(at=AT, event=None, stage=stage, by="system", note="")
        notifying.looked(replace(seen(stage), timeline=(line_of,) * number))
        notifying.deliver()
    told = [one.event for one in box.got]
    assert told == [Notable.RECEIVED, Notable.PARKED, Notable.PARKED]


def test_what_came_in_long_before_anybody_looked_is_no_news(store: SqlNotifications) -> None:
    box, clock = Box(), Clock(REQUEST.received + timedelta(days=4))
    notifying = Notifying(store=store, staff=box, individual=box, clock=clock)
    notifying.looked(seen(Stage.QUEUED))
    assert notifying.deliver() == 0
    notifying.looked(seen(Stage.PARKED))
    notifying.deliver()
    assert [one.event for one in box.got] == [Notable.PARKED]


def next_at(store: SqlNotifications) -> datetime:
    with store.database.read() as connection:
        return from_us(connection.execute(select(RIGHTS_NOTIFICATION.c.next_at)).scalar_one())


def bodies(store: SqlNotifications) -> bytes:
    with store.database.read() as connection:
        rows = connection.execute(select(RIGHTS_NOTIFICATION.c.body)).scalars()
        return b"".join(one for one in rows if one)

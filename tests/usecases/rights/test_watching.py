"""What came about between two rounds is told, once."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.usecases.rights.seen_kit import AT, ID, REQUEST, line, seen
from tests.usecases.rights.test_notifying import Box, Clock

from chengnuo.adapters.sql.rights_notifications import SqlNotifications
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.notifying import Notable
from chengnuo.usecases.rights.notifying import Notifying
from chengnuo.usecases.rights.refusals import NoSuchRightsRequestError
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen
from chengnuo.usecases.rights.watching import Watching


@dataclass
class Requests:
    """Requests at their stages, as a desk shows them."""

    stages: dict[str, Stage] = field(default_factory=dict)
    days_left: int = 15

    def queue(
        self, stage: Stage | None = None, *, overdue: bool = False, limit: int = 200
    ) -> tuple[RequestLine, ...]:
        assert (stage, overdue) == (None, False)
        found = [one for one in self.stages.items() if not one[1].is_final]
        return tuple(line(self.days_left, at, name) for name, at in found[:limit])

    def seen(self, request: RequestId) -> RequestSeen:
        if request not in self.stages:
            raise NoSuchRightsRequestError
        return seen(self.stages[request], request=replace(REQUEST, id=request))


@pytest.fixture
def store(tmp_path: Path) -> SqlNotifications:
    return SqlNotifications(SqliteDatabase(tmp_path / "data"))


def watching(requests: Requests, store: SqlNotifications) -> tuple[Watching, Box]:
    box = Box()
    notifying = Notifying(store=store, staff=box, individual=box, clock=Clock(AT))
    return Watching(desk=requests, notifying=notifying), box


def told(box: Box) -> list[tuple[str, Notable]]:
    found = [(one.request, one.event) for one in box.got]
    box.got.clear()
    return list(dict.fromkeys(found))


def test_from_its_arrival_to_its_end_each_thing_is_told_once(store: SqlNotifications) -> None:
    requests = Requests()
    rounds, box = watching(requests, store)
    rounds.round()
    for stage, events in (
        (Stage.NEEDS_IDENTITY, [Notable.RECEIVED, Notable.NEEDS_IDENTITY]),
        (Stage.NEEDS_PLAN, []),
        (Stage.NEEDS_RELEASE, [Notable.RELEASE_NEEDED]),
        (Stage.RUNNING, []),
        (Stage.PARKED, [Notable.PARKED]),
        (Stage.PARTLY, [Notable.PARTLY]),
    ):
        requests.stages[ID] = stage
        for _ in range(2):
            rounds.round()
        assert told(box) == [(ID, event) for event in events], stage


def test_what_came_about_while_nobody_looked_is_told_after_a_start_and_nothing_twice(
    store: SqlNotifications,
) -> None:
    requests = Requests({ID: Stage.PARKED})
    rounds, box = watching(requests, store)
    rounds.round()
    assert told(box) == [(ID, Notable.RECEIVED), (ID, Notable.PARKED)]
    rounds, box = watching(requests, store)
    rounds.round()
    assert told(box) == []
    requests.stages[ID] = Stage.FULFILLED
    rounds, box = watching(requests, store)
    rounds.round()
    rounds.round()
    assert told(box) == [(ID, Notable.DONE)]


def test_another_day_alone_is_no_news_but_what_is_due_soon_is(store: SqlNotifications) -> None:
    requests = Requests({ID: Stage.PARKED})
    rounds, box = watching(requests, store)
    rounds.round()
    told(box)
    for days, events in ((6, []), (5, [Notable.DUE_SOON]), (4, []), (2, [Notable.DUE_SOON])):
        requests.days_left = days
        rounds.round()
        assert told(box) == [(ID, event) for event in events]


def test_a_request_that_is_kept_no_longer_stops_nothing(store: SqlNotifications) -> None:
    other = "rq-zzzzzzzzzzzzzzzzzzzz"
    requests = Requests({ID: Stage.QUEUED, other: Stage.QUEUED})
    rounds, box = watching(requests, store)
    rounds.round()
    told(box)
    del requests.stages[ID]
    requests.stages[other] = Stage.REFUSED
    rounds.round()
    assert told(box) == [(other, Notable.REFUSED)]

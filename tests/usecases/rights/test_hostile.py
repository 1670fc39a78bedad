"""What an attacker or bad luck would need to get something done, or said, that must not be."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.usecases.rights.rights_house import (
    DELETE_ALL,
    LIN,
    REGISTER,
    REVIEWER,
    STAFF,
    WITH_PAPER,
    Couriers,
    RightsHouse,
    Shop,
)

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.identity import Why
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.reply import StoreState
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    DeletionAsked,
    Ground,
    ReadAsked,
    Scope,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.record_source import RecordSource, StoreUnavailableError
from chengnuo.ports.rights_outside import NoticeKept
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.rights.refusals import IdentityNotProvedError

OTHER_REVIEWER = replace(REVIEWER, id=AccountId("reviewer-2"), name="second@tea.example")
COPY = ReadAsked(formats=("json",))
SECOND = """\
  - store: second
    name: {zh: 第二库, en: Second database}
    kind: sqlite
    connection: SECOND
    region: {zh: 杭州, en: Hangzhou}
    tables:
      - table: orders
        identity: [account]
        not_personal: [id, done]
        columns:
          - {column: account, category: PI-NETID-ACCOUNT, when_deleted: delete-row, export: false}
          - {column: receiver, category: PI-BASIC-NAME, when_deleted: delete-row}
"""
TWO_STORES = WITH_PAPER[: WITH_PAPER.index("  - store: paper")] + (
    SECOND + WITH_PAPER.partition("    connection: PAPER\n")[2].partition("\n")[2]
)


class Flickering(Shop):
    """A shop in which single stores are away, from some opening on."""

    def __init__(self, house: RightsHouse) -> None:
        super().__init__(house)
        self.away: set[str] = set()
        self.opens_left: int | None = None

    def open(self, store: str) -> RecordSource:
        if self.opens_left is not None:
            self.opens_left -= 1
        if store in self.away or (self.opens_left is not None and self.opens_left < 0):
            raise StoreUnavailableError(store, "it is away")
        return super().open(store)


class FlickeringHouse(RightsHouse):
    """The tea house with a shop that comes and goes."""

    def open(self) -> None:
        self.shop = self.flickering = Flickering(self)
        super().open()


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[FlickeringHouse]:
    made = FlickeringHouse(tmp_path / "house", catalogue)
    made.fill(LIN)
    yield made
    made.close()


@pytest.fixture
def two_stores(tmp_path: Path, catalogue: Catalogue) -> Iterator[FlickeringHouse]:
    made = FlickeringHouse(tmp_path / "house", catalogue, register=TWO_STORES)
    yield made
    made.close()


@pytest.mark.parametrize("by", [AskedBy.CLOSE_RELATIVE, AskedBy.AGENT])
@pytest.mark.parametrize("typed_in_by", [REVIEWER.id, ""])
def test_one_member_of_staff_cannot_ask_vouch_and_so_erase_somebody(
    house: FlickeringHouse, by: AskedBy, typed_in_by: str
) -> None:
    house.accounts = 2
    asked = house.ask(by=by, staff=typed_in_by, authenticated_at=None)
    (check,) = house.rights.tasks()
    house.rights.task_done(check.id, REVIEWER, "the paper was looked at")
    house.work(minutes=11)
    assert house.rights.seen(asked.request.id).stage is Stage.NEEDS_RELEASE
    assert house.rows_of(LIN) == 6
    with pytest.raises(FourEyesError):
        house.rights.release(asked.request.id, REVIEWER)
    house.rights.release(asked.request.id, OTHER_REVIEWER)
    house.work(minutes=11)
    assert house.rows_of(LIN) == 0


def test_a_child_does_not_confirm_what_the_guardian_asks(house: FlickeringHouse) -> None:
    house.consents.know(house.person(LIN), birth_date=house.clock.now().date().replace(year=2020))
    acts = house.person("wang-0002")
    asked = house.ask(by=AskedBy.GUARDIAN, guardian=acts, authenticated_at=None)
    assert asked.stage is Stage.NEEDS_IDENTITY
    with pytest.raises(IdentityNotProvedError) as refused:
        house.rights.prove(asked.request.id, house.asker())
    assert refused.value.why is Why.NOT_A_GUARDIAN
    again = house.asker(by=AskedBy.GUARDIAN, guardian=acts)
    assert house.rights.prove(asked.request.id, again).stage is Stage.NEEDS_PLAN


@pytest.mark.parametrize("asked", [COPY, ReadAsked()])
def test_a_copy_of_a_store_that_went_away_after_the_plan_is_not_finished_without_it(
    house: FlickeringHouse, asked: ReadAsked
) -> None:
    right = Right.COPY if asked.formats else Right.ACCESS
    house.flickering.opens_left = 1  # for the plan, and not for the rows
    made = house.ask(right, asked)
    house.work()
    parked = house.rights.seen(made.request.id)
    assert (parked.stage, parked.results[0].state) == (Stage.PARKED, StoreState.STOPPED)
    house.flickering.opens_left = None
    house.work(minutes=6)
    done = house.rights.seen(made.request.id)
    assert (done.stage, done.results[0].found) == (Stage.FULFILLED, 6)


@pytest.mark.parametrize("asked", [COPY, ReadAsked()])
def test_a_copy_made_without_a_store_is_made_anew_once_it_is_back(
    two_stores: FlickeringHouse, asked: ReadAsked
) -> None:
    two_stores.fill(LIN)
    two_stores.flickering.away = {"second"}
    made = two_stores.ask(Right.COPY if asked.formats else Right.ACCESS, asked)
    two_stores.work()
    assert two_stores.rights.seen(made.request.id).stage is Stage.PARKED
    two_stores.flickering.away = set()
    two_stores.work(minutes=6)
    done = two_stores.rights.seen(made.request.id)
    assert done.stage is Stage.FULFILLED
    assert [one.found for one in done.results] == [6, 2]


@pytest.mark.parametrize(
    ("right", "asked"),
    [(Right.COPY, COPY), (Right.ACCESS, ReadAsked()), (Right.DELETE, DELETE_ALL)],
)
def test_nobody_is_told_that_nothing_is_there_while_a_store_was_not_looked_at(
    two_stores: FlickeringHouse, right: Right, asked: Asked
) -> None:
    two_stores.flickering.away = {"second"}
    made = two_stores.ask(right, asked)
    two_stores.work(minutes=11)
    seen = two_stores.rights.seen(made.request.id)
    assert seen.stage is Stage.PARKED
    assert seen.plan is not None
    assert not seen.plan.refusals
    two_stores.flickering.away = set()
    two_stores.work(minutes=11)
    done = two_stores.rights.seen(made.request.id)
    assert done.stage.is_final
    assert {one.sha256 for one in done.files}.isdisjoint(one.sha256 for one in seen.files)


def test_a_store_that_cannot_be_looked_at_again_is_not_said_to_be_empty(
    house: FlickeringHouse,
) -> None:
    asked = house.ask()
    house.work()
    house.flickering.opens_left = 1  # for the deletion, and not for the look afterwards
    house.work(minutes=11)
    parked = house.rights.seen(asked.request.id)
    assert house.rows_of(LIN) == 0
    assert (parked.stage, parked.results[0].residue) == (Stage.PARKED, None)
    closed = house.rights.conclude_partly(asked.request.id, STAFF, "the store was retired")
    assert closed.reply is not None
    assert "could not be looked at again" in (closed.reply.letter.en or "")


def test_a_store_done_by_hand_is_not_said_to_be_counted(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    house = RightsHouse(tmp_path / "house", catalogue, register=WITH_PAPER)
    try:
        house.fill(LIN)
        asked = house.ask()
        house.work(minutes=11)
        for task in house.rights.seen(asked.request.id).tasks:
            house.rights.task_done(task.id, STAFF, "done and confirmed")
        done = house.rights.seen(asked.request.id)
        assert done.stage is Stage.FULFILLED
        assert done.reply is not None
        assert done.reply.stores[1].residue is None
        assert "Paper book: carried out by hand" in (done.reply.letter.en or "")
        assert "Paper book: 0 rows found" not in (done.reply.letter.en or "")
    finally:
        house.close()


def test_what_a_stop_leaves_of_a_closed_request_or_a_trial_goes_at_the_next_start(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    house = RightsHouse(tmp_path / "house", catalogue, register=REGISTER)
    try:
        house.fill(LIN)
        asked, waiting = house.ask(), house.ask(account="wang-0002")
        house.work()
        scratch = house.folder / "scratch"
        kept = (scratch / f"{asked.request.id}.db").read_bytes()
        house.rights.take_back(asked.request.id, house.person(LIN))
        for name in (asked.request.id, f"{asked.request.id}.again", "rq-trial"):
            (scratch / f"{name}.db").write_bytes(kept)
        house.rights.start()
        house.work()
        left = {path.name for path in scratch.iterdir()}
        assert left <= {f"{waiting.request.id}.db"}
    finally:
        house.close()


def records(house: RightsHouse, kind: Kind) -> int:
    return sum(record.leaf.kind == kind for record in house.opened.log.newest())


def test_a_deletion_is_recorded_though_another_was_while_it_stood_still(
    house: FlickeringHouse,
) -> None:
    def part(category: str) -> DeletionAsked:
        return DeletionAsked(ground=Ground.PURPOSE, scope=Scope(categories=(CategoryId(category),)))

    first = house.ask(asked=part("PI-LOC-PRECISE"))
    house.work()
    house.flickering.opens_left = 0
    house.work(minutes=11)
    assert house.rights.seen(first.request.id).stage is Stage.PARKED
    house.flickering.opens_left = None
    second = house.ask(asked=part("PI-BASIC-NAME"), by=AskedBy.STAFF, staff=STAFF.id)
    house.work()
    house.rights.release(second.request.id, STAFF)
    house.work()
    assert records(house, Kind.DELETION) == 1
    house.work(minutes=6)
    house.work(minutes=11)
    assert house.rights.seen(first.request.id).stage is not Stage.PARKED
    assert records(house, Kind.DELETION) == 2


class Unforeseen(Couriers):
    """Couriers that fail as nobody foresaw."""

    def send(self, notice: NoticeKept, account: str) -> bool:
        if notice.outside.recipient == "courier":
            raise ZeroDivisionError
        return super().send(notice, account)


class UnforeseenHouse(RightsHouse):
    """The tea house with such couriers."""

    def open(self) -> None:
        self.couriers = Unforeseen()
        super().open()


def test_a_notice_that_fails_in_an_unforeseen_way_stops_nothing_else(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    house = UnforeseenHouse(tmp_path / "house", catalogue)
    try:
        house.couriers.channels = {"courier", "maps"}
        house.fill(LIN)
        asked = house.ask()
        house.work(minutes=11)
        assert house.couriers.given == [("maps", LIN)]
        outside = house.rights.seen(asked.request.id).outside
        assert {one.recipient: one.attempts for one in outside}["courier"] == 1
    finally:
        house.close()


def test_a_stop_while_papers_are_vouched_for_leaves_nobody_waiting_for_ever(
    house: FlickeringHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = house.ask(by=AskedBy.AGENT)
    (check,) = house.rights.tasks()

    def stop(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(type(house.room.keeper), "move", stop)
        with pytest.raises(KeyboardInterrupt):
            house.rights.task_done(check.id, STAFF, "the paper was looked at")
    house.rights.task_done(check.id, STAFF, "the paper was looked at")
    assert house.rights.seen(asked.request.id).stage is Stage.NEEDS_PLAN
    assert not house.rights.tasks()

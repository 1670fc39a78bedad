"""Nothing goes without an assessment that covers it as it is now, whatever a row of it says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.usecases.borders.assessed_house import ANSWERED, AssessedHouse
from tests.usecases.borders.border_house import LETTER, person
from tests.usecases.dossier.dossier_house import REVIEWER, STAFF

from chengnuo.domain.decision.request import Request
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.standing import ActRefusedError
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import LogUnavailableError, Position
from chengnuo.usecases.borders.provision import Provided
from chengnuo.usecases.decision.answering import Mode, Question
from chengnuo.usecases.evidence.file_requests import FourEyesError

PURPOSE, OTHER = (
    "{zh: 寄送茶讯, en: Send letters about tea}",
    "{zh: 寄送广告, en: Send advertising}",
)


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[AssessedHouse]:
    made = AssessedHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def why(made: Provided) -> list[tuple[str, str, str]]:
    return [(one.rule, one.row, one.why) for one in made.barriers]


def opened(house: AssessedHouse) -> list[Dossier]:
    """Open what is due, as the sweep does, and return what of it is about the letters."""
    found = [house.dossiers.one(one, STAFF).dossier for one in house.due.open()]
    return [one for one in found if one.value("activities") == ("letters",)]


def untyped(house: AssessedHouse) -> None:
    """Take the row with its typed date away from the activity."""
    house.edit(
        "minors_under_14: not-collected\n    assessment: abroad\nrecipients:",
        "minors_under_14: not-collected\nrecipients:",
    )


def test_a_row_counts_as_written_until_a_dossier_was_concluded(house: AssessedHouse) -> None:
    assert house.provide(1).may_go
    wanted = house.begin("letters")
    house.write_it(wanted)
    assert house.provide(2).may_go
    house.dossiers.act(wanted, "reject", REVIEWER, {"reasons": "没有必要"})
    assert why(house.provide(3)) == [
        ("assessment-in-force", "letters", "assessment-not-approved"),
    ]


def test_before_the_approval_it_is_refused_and_recorded_and_after_it_goes(
    house: AssessedHouse,
) -> None:
    untyped(house)
    before = house.provide(1)
    assert why(before) == [("assessment-in-force", "letters", "")]
    assert house.opened.log.record(Position(before.first)).leaf.kind == "decision"
    (seen,) = opened(house)
    wanted = seen.id
    assert seen.value("grounds") == ("entrusted", "overseas", "sensitive")
    assert house.due.open() == ()
    house.write_it(wanted)
    assert not house.provide(1).may_go
    house.approve(wanted)
    assert house.provide(1).may_go
    assert house.provide(1).demanded is not None


def test_a_change_ends_the_approval_and_opens_another_dossier_with_the_difference(
    house: AssessedHouse,
) -> None:
    old = house.assess("letters")
    assert house.provide(1).may_go
    house.edit(
        "        if_refused: {zh: 不作筛选, en: Nothing is left out}",
        "        if_refused: {zh: 不筛选, en: Nothing left out}",
    )
    assert house.provide(2).may_go  # wording that people read, and nothing that was assessed
    house.edit(PURPOSE, OTHER)
    assert why(house.provide(3)) == [("assessment-in-force", old, "assessment-changed")]
    (again,) = opened(house)
    wanted = again.id
    assert wanted != old
    assert "寄送茶讯 → 寄送广告" in str(again.value("changed"))
    house.write_it(wanted)
    house.approve(wanted)
    assert house.provide(3).may_go
    house.edit(OTHER, PURPOSE)
    assert house.provide(4).may_go  # what the first one approved is so again


def test_what_changed_since_it_was_written_cannot_be_approved(house: AssessedHouse) -> None:
    wanted = house.begin("letters")
    house.write_it(wanted)
    house.edit(PURPOSE, OTHER)
    with pytest.raises(ActRefusedError, match="寄送广告"):
        house.approve(wanted)
    house.dossiers.act(wanted, "return", REVIEWER, {"reasons": "有变化"})
    house.write_it(wanted)
    house.approve(wanted)
    assert house.provide(1).may_go


@pytest.mark.parametrize("until", ["2026-11-20", "2020-02-29"])
def test_an_approval_cannot_be_dated_back(house: AssessedHouse, until: str) -> None:
    wanted = house.begin("letters")
    house.write_it(wanted)
    with pytest.raises(ActRefusedError):
        house.approve(wanted, until=until)


def test_whoever_wrote_it_does_not_approve_it(house: AssessedHouse) -> None:
    wanted = house.begin("letters")
    house.dossiers.act(wanted, "write", REVIEWER, ANSWERED)
    house.dossiers.act(wanted, "submit", STAFF, {})
    with pytest.raises(FourEyesError):
        house.approve(wanted)


def test_every_ground_has_its_question_answered_first(house: AssessedHouse) -> None:
    wanted = house.begin("letters")
    house.dossiers.act(
        wanted, "write", STAFF, {k: v for k, v in ANSWERED.items() if k != "on-overseas"}
    )
    with pytest.raises(ActRefusedError, match="Providing abroad"):
        house.dossiers.act(wanted, "submit", STAFF, {})


def test_what_does_not_hold_is_not_approved(house: AssessedHouse) -> None:
    wanted = house.begin("letters")
    house.dossiers.act(wanted, "write", STAFF, {**ANSWERED, "lawful-is": "fails"})
    house.dossiers.act(wanted, "submit", STAFF, {})
    with pytest.raises(ActRefusedError, match="does not hold"):
        house.approve(wanted)


@pytest.mark.parametrize(
    ("until", "at", "goes"),
    [
        pytest.param("2027-12-31", datetime(2027, 12, 31, 15, 59, tzinfo=UTC), True, id="last"),
        pytest.param("2027-12-31", datetime(2027, 12, 31, 16, 0, tzinfo=UTC), False, id="over"),
        pytest.param("2028-02-29", datetime(2028, 2, 29, 15, 59, tzinfo=UTC), True, id="leap day"),
        pytest.param("2028-02-29", datetime(2028, 2, 29, 16, 0, tzinfo=UTC), False, id="after it"),
    ],
)
def test_it_counts_until_its_last_day_is_over_at_home(
    house: AssessedHouse, until: str, at: datetime, goes: bool
) -> None:
    house.assess("letters", until=until)
    house.clock.at = at
    assert house.provide(1).may_go is goes
    found = opened(house)
    assert len(found) == (0 if goes else 1)
    assert all("lapsed" in str(one.value("changed")) for one in found)


def test_an_answer_comes_out_the_same_when_it_is_replayed(house: AssessedHouse) -> None:
    def asked() -> Position:
        question = Question(
            person=person(1),
            request=Request(
                activity=LETTER.activity, categories=frozenset(LETTER.categories or ())
            ),
            stated=LETTER.stated,
        )
        (one,) = house.decisions.answer_all([question], mode=Mode.STRICT)
        assert one.answer.recorded is not None
        return one.answer.recorded

    untyped(house)
    places = [asked()]
    wanted = house.assess("letters")
    places.append(asked())
    house.dossiers.act(wanted, "reopen", STAFF, {"reason": "复查"})
    places.append(asked())
    house.start_again()
    outcomes = []
    for place in places:
        again = house.replay.replay(place)
        assert again.same
        outcomes.append(again.recorded.value)
    assert outcomes == ["refuse", "permit", "refuse"]


ACTS = st.lists(
    st.sampled_from(
        ["provide", "begin", "write", "approve", "reject", "reopen", "change", "back", "consent"]
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_no_order_of_events_lets_something_go_that_no_approval_covers(
    tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue, acts: list[str]
) -> None:
    house = AssessedHouse(tmp_path_factory.mktemp("order") / "house", catalogue)
    try:
        untyped(house)
        Course(house).run(acts)
    finally:
        house.close()


class Course:
    """Does acts, those that are refused too, and knows plainly what covers what."""

    def __init__(self, house: AssessedHouse) -> None:
        self.house = house
        self.purpose = PURPOSE
        self.dossier: DossierId | None = None
        self.state = ""
        self.written = ""
        self.covers: dict[DossierId, str] = {}

    def run(self, acts: list[str]) -> None:
        """Do them, and hold every provision to what covers it."""
        for number, act in enumerate(acts):
            if act == "provide":
                assert self.house.provide(number).may_go == (self.purpose in self.covers.values())
            elif act in {"change", "back"}:
                new = OTHER if act == "change" else PURPOSE
                if new != self.purpose:
                    self.house.edit(self.purpose, new)
                    self.purpose = new
            elif act == "consent":
                self.house.agree(number)
            elif act == "begin":
                self.dossier, self.state = self.house.begin("letters"), "drafting"
                self.written = ""
            elif self.dossier is not None:
                self.in_dossier(act, self.dossier)

    def in_dossier(self, act: str, one: DossierId) -> None:
        """Do an act where its state lets it be done."""
        desk = self.house.dossiers
        if act == "write" and self.state == "drafting":
            self.house.write_it(one)
            self.state, self.written = "review", self.purpose
        elif act == "approve" and self.state == "review":
            if self.written == self.purpose:
                self.house.approve(one)
                self.state, self.covers[one] = "approved", self.written
            else:
                with pytest.raises(ActRefusedError):
                    self.house.approve(one)
        elif act == "reject" and self.state == "review":
            desk.act(one, "reject", REVIEWER, {"reasons": "不必要"})
            self.state = "rejected"
            self.covers.clear()
        elif act == "reopen" and self.state in {"approved", "rejected"}:
            desk.act(one, "reopen", STAFF, {"reason": "复查"})
            self.state = "drafting"
            self.covers.pop(one, None)


def test_a_recipient_that_was_given_up_gets_nothing_from_that_record_on(
    house: AssessedHouse,
) -> None:
    def asked() -> Position:
        question = Question(
            person=person(1),
            request=Request(
                activity=LETTER.activity,
                recipient=LETTER.recipient,
                categories=frozenset(LETTER.categories or ()),
            ),
            stated=LETTER.stated,
        )
        (one,) = house.decisions.answer_all([question], mode=Mode.STRICT)
        assert one.answer.recorded is not None
        return one.answer.recorded

    def supervised() -> DossierId:
        said = {"recipient": "mailer", "next-check": "2027-03-31"}
        return house.dossiers.open("supervision", "begin", STAFF, said).dossier.id

    def give_up(one: DossierId) -> None:
        ended = {"reason": "不再合作", "return-by": "2026-12-31"}
        house.dossiers.act(one, "end", STAFF, ended)

    assert house.provide(1).may_go
    first, second = supervised(), supervised()
    give_up(first)
    assert house.provide(1).may_go  # the other supervision goes on
    places = [asked()]
    give_up(second)
    refused = house.provide(1)
    assert why(refused) == [("entrusting-agreement", "mailer", "given-up")]
    places.append(asked())
    certified = {"fate": "deleted", "done-on": "2026-11-20", "certificate": "已删除"}
    house.dossiers.act(second, "certify", STAFF, certified)
    house.dossiers.act(second, "conclude", STAFF, {})
    assert not house.provide(1).may_go
    supervised()  # they work together again
    assert house.provide(1).may_go
    places.append(asked())
    house.start_again()
    assert house.provide(1).may_go
    again = [house.replay.replay(place) for place in places]
    assert all(one.same for one in again)
    assert [one.recorded.value for one in again] == ["permit", "refuse", "permit"]


def test_what_could_not_be_read_is_looked_for_again(
    house: AssessedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = house.begin("letters")
    house.write_it(wanted)
    house.dossiers.act(wanted, "reject", REVIEWER, {"reasons": "没有必要"})

    def unreadable(*_: object) -> object:
        raise LogUnavailableError("read")

    with monkeypatch.context() as patched:
        patched.setattr(type(house.kept), "_look", unreadable)
        for _ in range(2):
            with pytest.raises(LogUnavailableError):
                house.kept.by(None)
    assert house.kept.by(None).concluded == {"letters"}

"""Reviews by a person over a real log: what was ended is told to engines, also after a restart."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.usecases.decision.automated_house import SAFETY, AutomatedHouse
from tests.usecases.rights.rights_house import LIN, REVIEWER

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId, RestrictionAsked
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.usecases.decision.reviews import NoSuchReviewError, ReviewOutcomeError, Verdict


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[AutomatedHouse]:
    made = AutomatedHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def refused(house: AutomatedHouse) -> tuple[int, RequestId]:
    """Let a held payment be refused; return its position and the request."""
    position = house.held().position
    asked = RestrictionAsked(on=True, activity=SAFETY, decision=position)
    request = house.ask(Right.REFUSE_AUTOMATED, asked).request.id
    house.work()
    return position, request


def test_a_review_that_was_ended_is_told_with_its_decision_and_only_once_ended(
    house: AutomatedHouse,
) -> None:
    position, request = refused(house)
    (line,) = house.reviews.lines(open_only=True)
    assert (line.position, line.verdict) == (position, None)
    assert house.reviews.decided(since=None) == ()
    house.reviews.claim(line.task, REVIEWER)
    with pytest.raises(ReviewOutcomeError):
        house.reviews.decide(
            line.task, REVIEWER, Verdict.CHANGE, outcome="held", reason="与原来一样"
        )
    house.wait(minutes=5)
    house.reviews.decide(
        line.task, REVIEWER, Verdict.CHANGE, outcome="let-through", reason="本人付款，规则误判"
    )
    ((ended, decision),) = house.reviews.decided(since=None)
    assert (ended.request, ended.position, ended.verdict, ended.outcome) == (
        request,
        position,
        Verdict.CHANGE,
        "let-through",
    )
    assert decision == "d-1"
    assert house.reviews.decided(since=ended.at + timedelta(seconds=1)) == ()
    assert house.reviews.decided(since=ended.at)
    house.work()
    assert house.rights.seen(request).stage is Stage.FULFILLED
    before = house.reviews.decided(since=None)
    house.start_again()
    assert house.reviews.decided(since=None) == before


def test_of_a_decision_whose_content_was_erased_only_the_review_is_told(
    house: AutomatedHouse,
) -> None:
    refused(house)
    (line,) = house.reviews.lines(open_only=True)
    house.reviews.claim(line.task, REVIEWER)
    house.reviews.decide(line.task, REVIEWER, Verdict.UPHOLD, reason="已逐项核对")
    house.erase(house.person(LIN), proof=False)
    ((ended, decision),) = house.reviews.decided(since=None)
    assert (ended.verdict, ended.outcome, decision) == (Verdict.UPHOLD, "", None)


def test_refusing_one_decision_refuses_no_other(house: AutomatedHouse) -> None:
    refused(house)
    assert house.automated.allowed(house.person(LIN), SAFETY).alone
    assert house.held().alarms == ()
    with pytest.raises(NoSuchReviewError):
        house.reviews.line("task-unknown")

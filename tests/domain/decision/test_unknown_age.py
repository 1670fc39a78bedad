"""For whom somebody of unknown age is taken, by the risk that the app declares (PIPL 28, 31)."""

from dataclasses import replace
from itertools import product

import pytest
from tests.domain.decision.shop import NOW, shop

from chengnuo.base.text import Text
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import needs_guardian
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.app import MinorsAudience, UnknownAge
from chengnuo.law.age import AgeBand

REASON = Text("建号须手机号", "An account needs a phone")
CHILD, WHERE, ADULT = UnknownAge.CHILD, UnknownAge.CHILD_WHERE_SENSITIVE, UnknownAge.ADULT
EXPECTED, POSSIBLE, NOT = (
    MinorsAudience.EXPECTED,
    MinorsAudience.POSSIBLE,
    MinorsAudience.NOT_INTENDED,
)
TAKEN_FOR = {
    # audience, declared, with a reason: for whom
    (EXPECTED, None, False): CHILD,
    (EXPECTED, ADULT, False): CHILD,
    (EXPECTED, ADULT, True): CHILD,
    (EXPECTED, WHERE, False): WHERE,
    (POSSIBLE, None, False): WHERE,
    (POSSIBLE, ADULT, False): WHERE,
    (POSSIBLE, ADULT, True): ADULT,
    (POSSIBLE, CHILD, True): CHILD,
    (NOT, None, False): ADULT,
    (NOT, WHERE, False): WHERE,
    (NOT, CHILD, True): CHILD,
}


def declared(audience: MinorsAudience, unknown: UnknownAge | None, reason: Text | None) -> Book:
    book = shop()
    apps = tuple(
        replace(
            app,
            audience=replace(
                app.audience, minors_under_14=audience, unknown_age_as=unknown, low_risk=reason
            ),
        )
        for app in book.register.apps
    )
    return replace(book, register=replace(book.register, apps=apps))


@pytest.mark.parametrize(("said", "taken_for"), TAKEN_FOR.items(), ids=str)
def test_for_whom_somebody_of_unknown_age_is_taken(
    said: tuple[MinorsAudience, UnknownAge | None, bool], taken_for: UnknownAge
) -> None:
    audience, unknown, reasoned = said
    book = declared(audience, unknown, REASON if reasoned else None)
    assert {app.audience.taken_for for app in book.register.apps} == {taken_for}
    for activity in book.register.activities:
        plain = {CHILD: True, WHERE: bool(book.sensitive(activity)), ADULT: False}[taken_for]
        assert needs_guardian(book, activity, AgeBand.UNKNOWN) is plain
        assert needs_guardian(book, activity, AgeBand.UNDER_14) is True
        assert needs_guardian(book, activity, AgeBand.FROM_14_TO_17) is False
        assert needs_guardian(book, activity, AgeBand.ADULT) is False


@pytest.mark.parametrize("unknown", list(UnknownAge))
def test_an_unknown_age_is_answered_as_the_one_it_is_taken_for(unknown: UnknownAge) -> None:
    book = declared(POSSIBLE, unknown, REASON)
    compiled = Compiled(book)

    def somebody(age: AgeBand) -> State:
        return State(individual=Individual(age=age, account=AccountState.ACTIVE))

    for activity, publish in product(book.register.activities, (False, True)):
        request = Request(activity=activity.activity, publish=publish)
        is_child = needs_guardian(book, activity, AgeBand.UNKNOWN)
        like = somebody(AgeBand.UNDER_14 if is_child else AgeBand.ADULT)
        answer = decide(request, somebody(AgeBand.UNKNOWN), book=book, at=NOW)
        assert answer == decide(request, like, book=book, at=NOW)
        assert compiled.decide(request, somebody(AgeBand.UNKNOWN), NOW) == answer

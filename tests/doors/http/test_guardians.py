"""Guardians over `/v1/consents`: stated, asked, ended, told apart, and by the typed client."""

from collections.abc import Iterator
from itertools import count

import pytest
from tests.doors.http.asking_kit import Asking, service_asked
from tests.doors.http.test_consents import answer_to, refused, said, standing

from chengnuo.base.canonical import Tree
from chengnuo.ports.api_keys import ApiScope

ITEM = "browsing/minors"
NUMBERS = count(1)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    scopes = (ApiScope.CONSENT_READ, ApiScope.CONSENT_WRITE)
    made = service_asked(tmp_path_factory.mktemp("guardians"), *scopes)
    yield made
    made.kit.service.close()


@pytest.fixture
def child(asking: Asking) -> dict[str, Tree]:
    """A child that no other test uses, with two guardians of age."""
    me: dict[str, Tree] = {"person": f"child-{next(NUMBERS)}"}
    said(asking, "know", {**me, "birthDate": "2018-05-04"})
    for guardian in ("mother-1", "father-1"):
        said(asking, "know", {"person": guardian, "birthDate": "1890-05-04"})
    return me


def acting(account: str) -> dict[str, Tree]:
    return {"relation": "parent", "method": "papers-seen", "account": account}


def test_what_a_child_asks_waits_and_is_taken_back(asking: Asking, child: dict[str, Tree]) -> None:
    first = said(asking, "ask-guardian", {**child, "item": ITEM})
    again = said(asking, "ask-guardian", {**child, "item": ITEM})
    assert again["position"] == first["position"]
    waiting = said(asking, "guardians", child)["waiting"]
    assert waiting == [{"item": ITEM, "since": first["at"], "position": first["position"]}]
    said(asking, "ask-guardian", {**child, "item": ITEM, "back": True})
    assert said(asking, "guardians", child) == {"guardians": [], "waiting": []}
    back: dict[str, Tree] = {**child, "item": ITEM, "back": True}
    assert refused(asking, "ask-guardian", back) == (409, "nothing-asked")


def test_two_guardians_are_told_apart_and_the_no_stands(
    asking: Asking, child: dict[str, Tree]
) -> None:
    given: dict[str, Tree] = {**answer_to(asking, ITEM, **child), "guardian": acting("mother-1")}
    said(asking, "", given)
    assert standing(asking, ITEM, **child)["inForce"] is True
    no: dict[str, Tree] = {
        **answer_to(asking, ITEM, **child),
        "act": "refuse",
        "guardian": acting("father-1"),
    }
    said(asking, "", no)
    yes: dict[str, Tree] = {**answer_to(asking, ITEM, **child), "guardian": acting("mother-1")}
    assert refused(asking, "", yes) == (409, "other-guardian-refused")
    known = said(asking, "guardians", child)["guardians"]
    assert isinstance(known, list)
    assert [one["stands"] for one in known] == [True, True]
    assert len({one["who"] for one in known}) == 2
    end: dict[str, Tree] = {**child, "guardian": "father-1", "reason": "court-order"}
    assert said(asking, "end-guardian", end)["ended"] == []
    said(asking, "", yes)
    over = said(asking, "end-guardian", {**end, "guardian": "mother-1"})
    assert isinstance(over["ended"], list)
    assert len(over["ended"]) == 1
    assert standing(asking, ITEM, **child)["inForce"] is False
    assert refused(asking, "end-guardian", {**end, "guardian": "mother-1"}) == (
        409,
        "no-guardian-relation",
    )
    state: dict[str, Tree] = {
        **child,
        "guardian": "mother-1",
        "relation": "mother",
        "method": "court-order",
    }
    assert refused(asking, "", {**yes, **answer_to(asking, ITEM, **child)}) == (
        409,
        "guardian-relation-ended",
    )
    said(asking, "state-guardian", state)
    said(asking, "", {**yes, **answer_to(asking, ITEM, **child)})
    assert standing(asking, ITEM, **child)["inForce"] is True


@pytest.mark.parametrize("guardian", ["themself", "young-friend"])
def test_a_guardian_who_cannot_be_one_is_refused(
    asking: Asking, child: dict[str, Tree], guardian: str
) -> None:
    said(asking, "know", {"person": "young-friend", "birthDate": "2011-05-04"})
    account = str(child["person"]) if guardian == "themself" else guardian
    given: dict[str, Tree] = {**answer_to(asking, ITEM, **child), "guardian": acting(account)}
    assert refused(asking, "", given) == (409, "not-a-guardian")
    state: dict[str, Tree] = {
        **child,
        "guardian": account,
        "relation": "mother",
        "method": "papers-seen",
    }
    assert refused(asking, "state-guardian", state) == (409, "not-a-guardian")
    assert said(asking, "guardians", child)["guardians"] == []


@pytest.mark.parametrize("named", [{}, {"guardian": "mother-1", "who": "0" * 32}])
def test_an_end_names_its_guardian_once(
    asking: Asking, child: dict[str, Tree], named: dict[str, Tree]
) -> None:
    body = {**child, "reason": "said", **named}
    assert refused(asking, "end-guardian", body) == (422, "guardian-person")


def test_an_absurd_birth_date_is_refused(asking: Asking, child: dict[str, Tree]) -> None:
    body = {**child, "birthDate": "0001-01-01"}
    assert refused(asking, "know", body) == (422, "birth-date-absurd")

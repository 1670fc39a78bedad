"""The hotline: calls and months entered, counted as a plain recount does, held to the targets."""

from datetime import UTC, date, datetime, timedelta
from typing import TypedDict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.usecases.dossier.dossier_house import ADMIN, AUDITOR, STAFF, DossierHouse

from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.hotline_months import hotline_months
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import ActRefusedError, NotYourActError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.civil import BEIJING
from chengnuo.usecases.dossier.hotline_figures import months_of, months_seen
from chengnuo.usecases.dossier.seen import Actor

PROGRAM = Actor(id="key-1", party=Party.SERVICE)
OCTOBER: dict[str, Value] = {
    "at": "2026-10-01",
    "calls": 1200,
    "answered": 1100,
    "mean-wait-seconds": 12,
    "longest-wait-seconds": 95,
}


class Call(TypedDict):
    """A call as it was made up."""

    at: datetime
    wait: int
    ended: str
    struck: bool


def test_calls_and_months_are_entered_and_counted(house: DossierHouse) -> None:
    house.clock.at = datetime(2026, 12, 1, 2, tzinfo=UTC)
    house.desk.open("hotline", "month", PROGRAM, OCTOBER)
    for at, wait, ended in (
        ("2026-10-31T15:59:00Z", 900, "given-up"),  # October has a total of its own
        ("2026-10-31T16:01:00Z", 40, "person"),  # in Beijing it is November
        ("2026-11-30T02:00:00Z", 41, "machine"),
        ("2026-12-01T01:00:00Z", 5, "person"),  # the month is not over
    ):
        house.desk.open("hotline", "call", STAFF, {"at": at, "wait-seconds": wait, "ended": ended})
    wrong = house.desk.open(
        "hotline",
        "call",
        STAFF,
        {"at": "2026-11-29T02:00:00Z", "wait-seconds": 9, "ended": "person"},
    )
    house.desk.act(wrong.dossier.id, "strike", STAFF, {"reason": "重复"})
    november, october = months_of(house.desk)
    assert (november.first, november.calls, november.answered) == (date(2026, 11, 1), 2, 1)
    assert (november.mean_wait_s, november.longest_wait_s) == (41, 41)
    assert (october.calls, october.answered, october.mean_wait_s) == (1200, 1100, 12)
    seen = months_seen(house.desk)
    assert [(one.mean_wait_s > one.most_wait_s, one.answered <= one.more_than) for one in seen] == [
        (True, True),
        (False, False),
    ]
    assert len(house.records(Kind.DOSSIER_ACT)) == 7


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"answered": 1201}, "来电"),
        ({"mean-wait-seconds": 96}, "最长等待"),
        ({"at": "2026-10-02"}, "第一天"),
    ],
)
def test_a_month_that_does_not_add_up_is_refused(
    more: dict[str, Value], words: str, house: DossierHouse
) -> None:
    with pytest.raises(ActRefusedError) as refused:
        house.desk.open("hotline", "month", STAFF, OCTOBER | more)
    assert words in refused.value.why.zh


def test_admins_and_auditors_enter_nothing(house: DossierHouse) -> None:
    for actor in (ADMIN, AUDITOR, Actor(party=Party.INDIVIDUAL, names=frozenset({"x"}))):
        with pytest.raises(NotYourActError):
            house.desk.open("hotline", "month", actor, OCTOBER)


CALLS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.integers(0, 364 * 86_400).map(
                lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
            ),
            "wait": st.integers(0, 600),
            "ended": st.sampled_from(["person", "machine", "given-up"]),
            "struck": st.booleans(),
        }
    ),
    max_size=20,
)


@settings(max_examples=60)
@given(CALLS)
def test_months_equal_a_plain_recount(calls: list[Call]) -> None:
    made = []
    for number, one in enumerate(calls):
        at = one["at"].strftime("%Y-%m-%dT%H:%M:%SZ")
        fields: dict[str, Value] = {"at": at, "wait-seconds": one["wait"], "ended": one["ended"]}
        opening = Act(number=1, what="call", by="", party=Party.STAFF, at=one["at"], fields=fields)
        strike = Act(number=2, what="strike", by="", party=Party.STAFF, at=one["at"])
        acts = (opening, strike) if one["struck"] else (opening,)
        made.append(Dossier(id=DossierId(f"hl-{number:04}"), sort="hotline", acts=acts))
    kept = [one for one in calls if not one["struck"]]
    for month in hotline_months(made):
        mine = [
            one
            for one in kept
            if one["at"].astimezone(BEIJING).strftime("%Y-%m") == month.first.strftime("%Y-%m")
        ]
        waits = [one["wait"] for one in mine]
        assert month.calls == len(mine)
        assert month.answered == len([one for one in mine if one["ended"] == "person"])
        assert month.longest_wait_s == max(waits)
        assert sum(waits) / len(waits) <= month.mean_wait_s < sum(waits) / len(waits) + 1
    assert sum(month.calls for month in hotline_months(made)) == len(kept)


def test_a_year_and_a_month_ago_is_not_published(house: DossierHouse) -> None:
    house.desk.open("hotline", "month", STAFF, OCTOBER | {"at": "2026-09-01"})
    house.clock.pass_by(timedelta(days=401))
    assert months_of(house.desk) == ()

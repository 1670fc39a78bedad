"""Consents that end by themselves, and what has to be agreed to anew."""

from datetime import date, timedelta

import pytest
from tests.usecases.consent.consent_kit import (
    A_PURPOSE,
    CHILD,
    GUEST,
    LIN,
    MINORS,
    NEARBY,
    PARENT,
    PLACE,
    WALL,
    TeaHouse,
)

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.consent.asking import AskWhy
from chengnuo.domain.consent.event import Act
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.law.age import AgeBand
from chengnuo.ports.individuals import Visitor

NEW_PURPOSE = "{zh: 推荐更多茶舍, en: Show more tea houses}"
ONE_TIME = (
    "    basis: consent\n    permissions",
    "    basis: consent\n    consent: one-time\n    permissions",
)


def test_what_guardians_gave_ends_at_fourteen(house: TeaHouse) -> None:
    house.consents.know(CHILD, birth_date=date(2012, 11, 28))
    house.answer(MINORS, person=CHILD, guardian=PARENT)
    given = house.consents.history(CHILD)[0]
    with pytest.raises(ChengnuoError) as refused:
        house.consents.hand_over(CHILD)
    assert refused.value.code == "not-yet-fourteen"
    house.wait(days=8)
    (handed,) = house.consents.hand_over(CHILD)
    ended = house.consents.history(CHILD)[0]
    assert (ended.event.position, ended.event.act, ended.reason) == (
        handed.position,
        Act.HAND_OVER,
        "handed-over",
    )
    assert ended.event.fingerprint == given.event.fingerprint
    assert house.opened.log.record(handed.position).leaf.kind == "consent-ended"
    assert house.consents.hand_over(CHILD) == ()


def test_whoever_comes_in_is_known_and_is_handed_over_at_fourteen(house: TeaHouse) -> None:
    def comes() -> None:
        now = house.clock.now()
        house.consents.arrived(
            Visitor(
                person=CHILD,
                app="tea",
                guardian=None,
                birth_date=date(2012, 11, 28),
                authenticated_at=None,
                since=now,
                expires_at=now + timedelta(minutes=30),
            )
        )

    comes()
    assert house.state(CHILD).individual == Individual(
        age=AgeBand.UNDER_14, account=AccountState.ACTIVE
    )
    house.answer(MINORS, person=CHILD, guardian=PARENT)
    comes()
    assert house.stands(MINORS, CHILD) is Act.GIVE
    house.wait(days=8)
    comes()
    assert house.stands(MINORS, CHILD) is Act.HAND_OVER


def test_who_looks_in_after_cancelling_opens_no_account_by_that(house: TeaHouse) -> None:
    now = house.clock.now()
    visitor = Visitor(
        person=LIN,
        app="tea",
        guardian=None,
        birth_date=None,
        authenticated_at=None,
        since=now,
        expires_at=now + timedelta(minutes=30),
    )
    for said, stands in (
        (AccountState.GUEST, AccountState.ACTIVE),
        (AccountState.CANCELLED, AccountState.CANCELLED),
        (AccountState.ACTIVE, AccountState.ACTIVE),
    ):
        house.consents.know(LIN, account=said)
        house.consents.arrived(visitor)
        assert house.state().individual.account is stands


def test_somebody_of_unknown_age_is_not_handed_over(quiet: TeaHouse) -> None:
    with pytest.raises(ChengnuoError) as refused:
        quiet.consents.hand_over(CHILD)
    assert refused.value.code == "not-yet-fourteen"


def test_a_consent_for_a_time_ends_when_it_is_over(house: TeaHouse) -> None:
    house.answer(PLACE, until=house.clock.now() + timedelta(hours=1))
    house.answer(NEARBY)
    assert house.consents.expire_due() == 0
    with pytest.raises(ChengnuoError) as refused:
        house.consents.expire(LIN, PLACE)
    assert refused.value.code == "nothing-to-end"
    house.wait(hours=1)
    assert house.consents.expire_due() == 1
    assert house.consents.expire_due() == 0
    assert (house.stands(PLACE), house.stands(NEARBY)) == (Act.EXPIRE, Act.GIVE)


def test_a_no_that_stands_is_not_forgotten_because_an_older_yes_runs_out(house: TeaHouse) -> None:
    house.answer(PLACE, until=house.clock.now() + timedelta(hours=1))
    house.withdraw(PLACE)
    house.wait(hours=2)
    assert house.consents.expire_due() == 0
    assert house.stands(PLACE) is Act.WITHDRAW


def test_a_no_under_a_joined_name_is_not_forgotten_either(house: TeaHouse) -> None:
    house.answer(PLACE, until=house.clock.now() + timedelta(hours=1))
    house.answer(PLACE, Act.REFUSE, person=CHILD)
    house.consents.merge(LIN, CHILD, method="sign-in")
    house.wait(hours=2)
    assert house.consents.expire_due() == 0
    assert house.stands(PLACE) is Act.REFUSE


def test_a_consent_for_one_use_ends_with_its_use(house: TeaHouse) -> None:
    house.edit(*ONE_TIME)
    house.answer(NEARBY)
    with pytest.raises(ChengnuoError) as refused:
        house.consents.expire(LIN, NEARBY)
    assert refused.value.code == "nothing-to-end"
    house.consents.expire(LIN, NEARBY, used=True)
    assert house.stands(NEARBY) is Act.EXPIRE
    house.answer(WALL)
    with pytest.raises(ChengnuoError) as refused:
        house.consents.expire(LIN, WALL, used=True)  # a general consent is not used up
    assert refused.value.code == "nothing-to-end"


def test_only_what_has_changed_is_asked_anew_with_old_beside_new(house: TeaHouse) -> None:
    for item in (NEARBY, PLACE, WALL):
        house.answer(item)
    house.edit(A_PURPOSE, NEW_PURPOSE)
    found = house.consents.renewals(LIN)
    assert [one.item.id for one in found] == [NEARBY, PLACE]
    for renewal in found:
        (difference,) = renewal.differences
        assert (difference.what.zh, difference.before.zh, difference.after.zh) == (
            "处理目的",
            "推荐附近茶舍",
            "推荐更多茶舍",
        )
    house.answer(NEARBY)
    assert [one.item.id for one in house.consents.renewals(LIN)] == [PLACE]


def test_ending_what_has_changed_leaves_it_to_be_renewed(house: TeaHouse) -> None:
    house.answer(NEARBY)
    house.answer(WALL)
    assert house.consents.supersede_all() == 0
    house.edit(A_PURPOSE, NEW_PURPOSE)
    before = house.consents.renewals(LIN)
    assert house.consents.supersede_all() == 1
    assert house.consents.supersede_all() == 0
    assert (house.stands(NEARBY), house.stands(WALL)) == (Act.SUPERSEDE, Act.GIVE)
    (renewal,) = house.consents.renewals(LIN)
    assert renewal.differences == before[0].differences != ()


def test_a_text_that_comes_back_is_asked_anew_once_it_was_superseded(house: TeaHouse) -> None:
    house.answer(NEARBY)
    house.answer(NEARBY, person=GUEST)
    house.answer(NEARBY, Act.REFUSE, person=CHILD)
    house.edit(A_PURPOSE, NEW_PURPOSE)
    assert (house.consents.supersede_all(limit=1), house.consents.supersede_all(limit=9)) == (1, 1)
    house.edit(NEW_PURPOSE, A_PURPOSE)
    assert house.consents.supersede_all() == 0
    assert house.stands(NEARBY) is house.stands(NEARBY, GUEST) is Act.SUPERSEDE
    assert house.stands(NEARBY, CHILD) is Act.REFUSE
    assert house.consents.may_ask(LIN, NEARBY, started=False).why is AskWhy.ENDED


def test_a_text_that_is_listed_until_a_day_is_superseded_the_day_after(house: TeaHouse) -> None:
    house.answer(NEARBY)
    old = house.consents.history(LIN)[0].event.fingerprint
    house.edit(
        "    if_withdrawn: {zh: 停止定位并删除记录",
        f"    also_in_force: [{{matter: general, fingerprint: '{old}', until: 2026-12-31}}]\n"
        "    if_withdrawn: {zh: 停止定位并删除记录",
    )
    house.edit(A_PURPOSE, NEW_PURPOSE)
    assert house.consents.supersede_all() == 0
    house.wait(days=41)
    assert house.consents.supersede_all() == 1


def test_a_no_under_joined_names_keeps_nobody_elses_consent_from_ending(house: TeaHouse) -> None:
    end = house.clock.now() + timedelta(hours=1)
    house.answer(PLACE, until=end)
    house.answer(PLACE, Act.REFUSE, person=CHILD)
    house.consents.merge(LIN, CHILD, method="sign-in")
    house.answer(PLACE, person=GUEST, until=end)
    house.wait(hours=2)
    assert house.consents.expire_due(limit=1) == 1
    assert house.stands(PLACE, GUEST) is Act.EXPIRE


def test_an_earlier_text_that_is_still_listed_is_not_renewed(house: TeaHouse) -> None:
    house.answer(NEARBY)
    old = house.consents.history(LIN)[0].event.fingerprint
    house.edit(
        "    if_withdrawn: {zh: 停止定位并删除记录",
        f"    also_in_force: [{{matter: general, fingerprint: '{old}', until: 2026-12-31}}]\n"
        "    if_withdrawn: {zh: 停止定位并删除记录",
    )
    house.edit(A_PURPOSE, NEW_PURPOSE)
    assert house.consents.renewals(LIN) == ()
    house.wait(days=41)
    assert [one.item.id for one in house.consents.renewals(LIN)] == [NEARBY]


def test_nobody_who_refused_is_asked_to_renew(house: TeaHouse) -> None:
    house.answer(NEARBY, Act.REFUSE)
    house.edit(A_PURPOSE, NEW_PURPOSE)
    assert house.consents.renewals(LIN) == ()


def test_a_no_is_remembered_for_as_long_as_the_app_says(house: TeaHouse) -> None:
    def why(*, started: bool = False) -> AskWhy:
        return house.consents.may_ask(LIN, NEARBY, started=started).why

    assert why() is AskWhy.NEVER_ASKED
    house.answer(NEARBY, Act.REFUSE)
    assert (why(), why(started=True)) == (AskWhy.NO_LATELY, AskWhy.STARTED)
    house.wait(hours=48, seconds=1)
    assert why() is AskWhy.NO_LONG_AGO
    house.edit("    first_run: {}", "    first_run: {asks_again_after: P30D}")
    assert why() is AskWhy.NO_LATELY
    house.answer(NEARBY)
    assert (why(), why(started=True)) == (AskWhy.IN_FORCE, AskWhy.IN_FORCE)
    house.edit(A_PURPOSE, NEW_PURPOSE)
    assert why() is AskWhy.ENDED

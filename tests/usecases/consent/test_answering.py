"""A yes, a no and a withdrawal: bound to what was shown, in force at once; all else refused."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

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
    TeaHouse,
)

from chengnuo.base.digest import Digest
from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import AppId
from chengnuo.law.consent_form import ConsentForm
from chengnuo.usecases.consent.acts import Shown

UNDER_14 = datetime(2015, 3, 1).date()  # noqa: DTZ001  a civil date


def test_a_yes_is_bound_to_all_that_was_shown(house: TeaHouse) -> None:
    shown = house.shown(PLACE, lang=Lang.ZH, surface="mini-program", steps=2, prompt="p-1")
    recorded = house.consents.answer(LIN, PLACE, Act.GIVE, shown)
    record = house.opened.log.record(recorded.position)
    payload = house.opened.payloads.opened(record).payload
    assert payload is not None
    assert json.loads(payload) == {
        "form": "separate",
        "fingerprint": shown.fingerprint,
        "notice": shown.notice,
        "lang": "zh",
        "surface": "mini-program",
        "steps": 2,
        "prompt": "p-1",
        "v": 1,
    }
    assert (record.leaf.kind, record.leaf.activity, record.leaf.item) == (
        "consent-given",
        "nearby",
        PLACE,
    )
    assert record.leaf.register == house.desk.served.version
    (entry,) = house.consents.history(LIN)
    assert (entry.event.position, entry.event.at) == (recorded.position, record.leaf.at)
    assert (entry.event.fingerprint, entry.notice) == (shown.fingerprint, shown.notice)
    assert (entry.lang, entry.surface, entry.steps, entry.prompt) == (
        "zh",
        "mini-program",
        2,
        "p-1",
    )


def test_a_withdrawal_is_in_force_when_the_call_returns(house: TeaHouse) -> None:
    house.answer(NEARBY)
    assert house.stands(NEARBY) is Act.GIVE
    house.withdraw(NEARBY)
    assert house.stands(NEARBY) is Act.WITHDRAW


def test_whoever_follows_the_state_is_told_before_the_act_is_acknowledged(
    house: TeaHouse,
) -> None:
    house.answer(NEARBY)
    house.withdraw(NEARBY)
    assert [(person, state.consents[NEARBY].act) for person, state in house.told] == [
        (LIN, Act.GIVE),
        (LIN, Act.WITHDRAW),
    ]


def test_a_withdrawal_names_the_text_that_it_withdraws(house: TeaHouse) -> None:
    shown = house.shown(PLACE)
    house.consents.answer(LIN, PLACE, Act.GIVE, shown)
    house.edit(A_PURPOSE, "{zh: 推荐更多茶舍, en: Show more tea houses}")
    house.consents.answer(LIN, PLACE, Act.WITHDRAW, house.shown(PLACE))
    newest = house.consents.history(LIN)[0]
    assert (newest.event.act, newest.event.fingerprint, newest.notice) == (
        Act.WITHDRAW,
        shown.fingerprint,
        shown.notice,
    )


def test_what_the_register_asks_no_more_can_still_be_withdrawn(house: TeaHouse) -> None:
    house.answer(PLACE)
    house.edit(
        "      - category: PI-LOC-PRECISE\n        necessary: false\n"
        "        why_necessary: {zh: 按距离排序, en: Sorting by distance}\n"
        "        impact: {zh: 可能反映行踪, en: It may show where you go}\n"
        "        if_refused: {zh: 手动选择城市, en: Choose a city by hand}\n",
        "",
    )
    assert PLACE not in house.consents.book().item_by_id
    house.withdraw(PLACE)
    assert house.stands(PLACE) is Act.WITHDRAW


def test_a_guardian_consents_for_a_child_and_the_record_says_how(house: TeaHouse) -> None:
    house.consents.know(CHILD, birth_date=UNDER_14)
    recorded = house.answer(MINORS, person=CHILD, guardian=PARENT)
    (entry,) = house.consents.history(CHILD)
    assert (entry.event.by_guardian, entry.guardian) == (True, PARENT)
    assert entry.event.form is ConsentForm.GUARDIAN
    payload = house.opened.payloads.opened(house.opened.log.record(recorded.position)).payload
    assert payload is not None
    assert json.loads(payload)["guardian"] == {"relation": "parent", "method": "own-device"}


def test_a_child_refuses_and_withdraws_alone(house: TeaHouse) -> None:
    house.consents.know(CHILD, birth_date=UNDER_14)
    house.answer(MINORS, Act.REFUSE, person=CHILD)
    house.answer(MINORS, person=CHILD, guardian=PARENT)
    house.withdraw(MINORS, person=CHILD)
    assert house.stands(MINORS, CHILD) is Act.WITHDRAW


def test_a_consent_for_one_use_ends_within_a_day(house: TeaHouse) -> None:
    house.edit(
        "    basis: consent\n    permissions",
        "    basis: consent\n    consent: one-time\n    permissions",
    )
    house.answer(NEARBY)
    (entry,) = house.consents.history(LIN)
    assert entry.event.form is ConsentForm.ONE_TIME
    assert entry.event.until == entry.event.at + 86_400_000_000


WRONG: dict[str, tuple[str, Callable[[TeaHouse], tuple[ConsentItemId, Shown]]]] = {
    "an item that nobody asks": (
        "no-such-consent-item",
        lambda house: (ConsentItemId("nearby/publication"), house.shown(NEARBY)),
    ),
    "an app that the item does not belong to": (
        "consent-other-app",
        lambda house: (NEARBY, house.shown(NEARBY, app=AppId("coffee"))),
    ),
    "another fingerprint": (
        "consent-other-version",
        lambda house: (NEARBY, house.shown(NEARBY, fingerprint=Digest("0" * 64))),
    ),
    "another notice": (
        "consent-other-version",
        lambda house: (NEARBY, house.shown(NEARBY, notice=Digest("0" * 64))),
    ),
    "the notice of the other language": (
        "consent-other-version",
        lambda house: (NEARBY, house.shown(NEARBY, lang=Lang.EN)),
    ),
    "a prompt of more than an hour ago": (
        "consent-prompt-late",
        lambda house: (
            NEARBY,
            house.shown(NEARBY, asked_at=house.clock.now() - timedelta(minutes=61)),
        ),
    ),
    "a prompt of the future": (
        "consent-prompt-future",
        lambda house: (
            NEARBY,
            house.shown(NEARBY, asked_at=house.clock.now() + timedelta(minutes=6)),
        ),
    ),
    "an instant without zone": (
        "naive-instant",
        lambda house: (
            NEARBY,
            house.shown(NEARBY, asked_at=house.clock.now().replace(tzinfo=None)),
        ),
    ),
    "a surface that is no id": (
        "payload-refused",
        lambda house: (NEARBY, house.shown(NEARBY, surface="")),
    ),
    "steps below zero": ("payload-refused", lambda house: (NEARBY, house.shown(NEARBY, steps=-1))),
    "a prompt without id": (
        "payload-refused",
        lambda house: (NEARBY, house.shown(NEARBY, prompt="with a space")),
    ),
    "no prompt at all": (
        "payload-refused",
        lambda house: (NEARBY, house.shown(NEARBY, prompt="")),
    ),
    "a prompt of half a character": (
        "payload-refused",
        lambda house: (NEARBY, house.shown(NEARBY, prompt="p-\ud83d")),
    ),
    "an instant at the end of the calendar": (
        "instant-beyond-calendar",
        lambda house: (NEARBY, house.shown(NEARBY, asked_at=datetime.max.replace(tzinfo=UTC))),
    ),
}


@pytest.mark.parametrize("act", [Act.GIVE, Act.REFUSE])
@pytest.mark.parametrize(("code", "wrong"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_refused_and_nothing_is_recorded(
    quiet: TeaHouse, code: str, wrong: Callable[[TeaHouse], tuple[ConsentItemId, Shown]], act: Act
) -> None:
    item, shown = wrong(quiet)
    before = quiet.records()
    with pytest.raises(ChengnuoError) as refused:
        quiet.consents.answer(LIN, item, act, shown)
    assert refused.value.code == code
    assert LIN not in str(refused.value)
    assert (quiet.records(), quiet.state().consents, quiet.told) == (before, {}, [])


def test_a_prompt_is_answered_once_for_each_item(house: TeaHouse) -> None:
    shown = house.shown(NEARBY)
    first = house.consents.answer(LIN, NEARBY, Act.GIVE, shown)
    before = house.records()
    for act in (Act.GIVE, Act.REFUSE, Act.WITHDRAW):
        with pytest.raises(ChengnuoError) as refused:
            house.consents.answer(LIN, NEARBY, act, shown)
        assert refused.value.code == "consent-prompt-answered"
        assert f"record {first.position}" in str(refused.value)
    assert house.records() == before
    other = replace(house.shown(PLACE), prompt=shown.prompt)
    house.consents.answer(LIN, PLACE, Act.REFUSE, other)  # a sheet with a box for each matter
    house.consents.answer(GUEST, NEARBY, Act.REFUSE, shown)  # prompts belong to somebody


def test_a_prompt_is_not_answered_again_under_another_name_of_the_individual(
    house: TeaHouse,
) -> None:
    shown = house.shown(NEARBY)
    house.consents.answer(LIN, NEARBY, Act.GIVE, shown)
    house.withdraw(NEARBY)
    house.consents.merge(LIN, GUEST, method="sign-in")
    with pytest.raises(ChengnuoError) as refused:
        house.consents.answer(GUEST, NEARBY, Act.GIVE, shown)
    assert (refused.value.code, house.stands(NEARBY)) == ("consent-prompt-answered", Act.WITHDRAW)


def test_a_clock_that_was_ahead_once_does_not_keep_anybody_from_answering(house: TeaHouse) -> None:
    house.wait(days=1)
    house.answer(NEARBY)
    house.clock.pass_by(timedelta(days=-1))
    house.answer(PLACE, Act.REFUSE)
    assert house.stands(PLACE) is Act.REFUSE


def test_of_many_answers_to_one_prompt_at_once_one_is_recorded(house: TeaHouse) -> None:
    shown = house.shown(NEARBY)
    before = house.records()

    def answer(number: int) -> str:
        act = (Act.GIVE, Act.REFUSE)[number % 2]
        try:
            house.consents.answer(LIN, NEARBY, act, shown)
        except ChengnuoError as error:
            return error.code
        return "recorded"

    with ThreadPoolExecutor(6) as pool:
        told = sorted(pool.map(answer, range(6)))
    assert told == [*["consent-prompt-answered"] * 5, "recorded"]
    assert (house.records(), len(house.consents.history(LIN))) == (before + 1, 1)


def test_a_prompt_answered_before_a_crash_is_not_answered_again_after_it(house: TeaHouse) -> None:
    shown = house.shown(NEARBY)
    house.consents.answer(LIN, NEARBY, Act.GIVE, shown)
    house.data.consents.reset()
    house.start_again()
    with pytest.raises(ChengnuoError) as refused:
        house.consents.answer(LIN, NEARBY, Act.REFUSE, shown)
    assert refused.value.code == "consent-prompt-answered"


def test_a_prompt_of_the_old_text_is_refused_once_the_register_has_changed(
    house: TeaHouse,
) -> None:
    shown = house.shown(NEARBY)
    house.edit(A_PURPOSE, "{zh: 推荐更多茶舍, en: Show more tea houses}")
    with pytest.raises(ChengnuoError) as refused:
        house.consents.answer(LIN, NEARBY, Act.GIVE, shown)
    assert refused.value.code == "consent-other-version"


@pytest.mark.parametrize(
    ("born", "item", "guardian", "code"),
    [
        pytest.param(UNDER_14, MINORS, None, "guardian-needed", id="a child alone, Art. 31"),
        pytest.param(None, NEARBY, PARENT, "guardian-not-needed", id="a guardian for an adult"),
        pytest.param(None, MINORS, None, "guardian-not-needed", id="an adult as if a child"),
        pytest.param(
            UNDER_14,
            MINORS,
            Guardian(relation="Wang, mother", method="own-device"),
            "payload-refused",
            id="a name in place of the relation",
        ),
    ],
)
def test_a_yes_by_somebody_who_cannot_give_it_is_refused(
    house: TeaHouse,
    born: object,
    item: ConsentItemId,
    guardian: Guardian | None,
    code: str,
) -> None:
    if born is not None:
        house.consents.know(CHILD, birth_date=UNDER_14)
    before = house.records()
    with pytest.raises(ChengnuoError) as refused:
        house.answer(item, person=CHILD, guardian=guardian)
    assert (refused.value.code, house.records()) == (code, before)
    assert "Wang" not in str(refused.value)


@pytest.mark.parametrize(
    ("until", "code"),
    [
        pytest.param(timedelta(0), "consent-end-past", id="ends as it begins"),
        pytest.param(None, "naive-instant", id="without zone"),
    ],
)
def test_a_consent_for_a_time_ends_later_and_says_in_which_zone(
    quiet: TeaHouse, until: timedelta | None, code: str
) -> None:
    end = quiet.clock.now().replace(tzinfo=None) if until is None else quiet.clock.now() + until
    with pytest.raises(ChengnuoError) as refused:
        quiet.answer(NEARBY, until=end)
    assert (refused.value.code, quiet.consents.history(LIN)) == (code, ())


@pytest.mark.parametrize("act", [None, Act.REFUSE, Act.WITHDRAW])
def test_nothing_is_withdrawn_where_nothing_was_given(house: TeaHouse, act: Act | None) -> None:
    if act is Act.REFUSE:
        house.answer(NEARBY, Act.REFUSE)
    if act is Act.WITHDRAW:
        house.answer(NEARBY)
        house.withdraw(NEARBY)
    before = house.records()
    with pytest.raises(ChengnuoError) as refused:
        house.withdraw(NEARBY)
    assert (refused.value.code, house.records()) == ("nothing-to-withdraw", before)


def test_an_end_is_no_answer(house: TeaHouse) -> None:
    with pytest.raises(ChengnuoError) as refused:
        house.answer(NEARBY, Act.EXPIRE)
    assert refused.value.code == "payload-refused"

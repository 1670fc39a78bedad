"""Which SDKs of an app have no approval in force, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.domain.finding.changing import Change, changed
from tests.domain.finding.inspection_kit import ALIKE, JPUSH, UMENG, inspection, sdk
from tests.strategies.clean_register import clean_register

from chengnuo.domain.governance.vetting import (
    KitDecision,
    NotVetted,
    VettedKit,
    registered_vettings,
    unvetted,
)
from chengnuo.domain.observation.inspection import Inspection, Presence
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Owner
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.recipient import VettingResult

TODAY = date(2026, 11, 29)
APPROVED = VettedKit(
    recipient=RecipientId("umeng"),
    sdks=frozenset({"umeng-analytics"}),
    version="9.8.5",
    decision=KitDecision.APPROVED,
    on=date(2026, 1, 10),
    expires=TODAY,
)
REFUSED = replace(APPROVED, decision=KitDecision.REFUSED)


def app(
    version: str = "9.8.5", owner: Owner = UMENG, presence: Presence = Presence.CALLED
) -> Inspection:
    return inspection((), (sdk(owner, presence, Moment.LATER, version),))


def why(seen: Inspection, *vettings: VettedKit) -> list[NotVetted]:
    return [one.why for one in unvetted(seen, vettings, TODAY)]


def test_an_approval_counts_to_the_end_of_its_last_day() -> None:
    assert why(app(), APPROVED) == []
    over = replace(APPROVED, expires=TODAY - timedelta(days=1))
    assert why(app(), over) == [NotVetted.EXPIRED]


@pytest.mark.parametrize(
    ("vettings", "expected"),
    [
        pytest.param((), NotVetted.NONE, id="none"),
        pytest.param((REFUSED,), NotVetted.REFUSED, id="refused"),
        pytest.param((APPROVED, REFUSED), NotVetted.REFUSED, id="both on one day"),
        pytest.param((REFUSED, APPROVED), NotVetted.REFUSED, id="both, in the other order"),
        pytest.param(
            (replace(REFUSED, on=date(2026, 2, 1)), APPROVED), NotVetted.REFUSED, id="refused later"
        ),
        pytest.param(
            (replace(APPROVED, version="9.4.0"),), NotVetted.OTHER_VERSION, id="older version"
        ),
        pytest.param(
            (replace(REFUSED, version="9.4.0"),), NotVetted.OTHER_VERSION, id="older refused"
        ),
        pytest.param(
            (replace(APPROVED, on=TODAY + timedelta(days=1)),), NotVetted.NONE, id="lies ahead"
        ),
    ],
)
def test_an_sdk_without_an_approval_in_force_is_told(
    vettings: tuple[VettedKit, ...], expected: NotVetted
) -> None:
    assert why(app(), *vettings) == [expected]


def test_a_later_approval_lifts_a_refusal() -> None:
    assert why(app(), replace(APPROVED, on=date(2026, 2, 1)), REFUSED) == []


@pytest.mark.parametrize(("seen", "vetted"), [("", "9.8.5"), ("9.8.5", ""), ("", "")])
def test_versions_that_nobody_tells_are_not_held_to_each_other(seen: str, vetted: str) -> None:
    assert why(app(seen), replace(APPROVED, version=vetted)) == []


def test_an_approval_is_of_one_sdk() -> None:
    assert why(app(owner=JPUSH), APPROVED) == [NotVetted.NONE]


def test_an_sdk_that_may_be_either_of_two_is_vetted_as_either() -> None:
    other = replace(APPROVED, sdks=frozenset(ALIKE.also))
    assert why(app(owner=ALIKE), other) == []


def test_a_stub_needs_no_approval() -> None:
    assert why(app(presence=Presence.STUB)) == []


def test_the_vetting_that_does_not_do_is_named() -> None:
    old = replace(APPROVED, version="9.4.0")
    (found,) = unvetted(app(), (old,), TODAY)
    assert found.vetting == old
    assert found.kit.owner == UMENG


def test_every_reason_and_decision_has_words_in_both_languages() -> None:
    texts = [one.text for one in (*NotVetted, *KitDecision)]
    assert all(one.zh and one.en for one in texts)
    assert len({one.zh for one in texts}) == len(texts)


@pytest.mark.parametrize(
    ("result", "decision"),
    [
        (VettingResult.APPROVED, KitDecision.APPROVED),
        (VettingResult.CONDITIONAL, KitDecision.APPROVED),
        (VettingResult.REJECTED, KitDecision.REFUSED),
    ],
)
def test_the_register_tells_what_was_vetted(
    result: VettingResult, decision: KitDecision, knowledge: Knowledge
) -> None:
    register = changed(
        clean_register(),
        Change("recipient maps", "sdk.catalogue", "umeng-analytics"),
        Change("recipient maps", "vetting.result", result),
        Change("recipient crashes", "vetting", None),
    )
    (found,) = registered_vettings(register, knowledge.sdks)
    assert (found.recipient, found.decision) == ("maps", decision)
    assert found.sdks == {"umeng-analytics"}
    assert (found.version, found.expires) == ("1.2.0", date(2027, 6, 1))


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (("android 9.8.5", "ios 7.5.3"), "9.8.5"),
        (("9.8.5",), "9.8.5"),
        (("ios 7.5.3",), ""),
        (("android 9.8.5", "android 9.8.6"), ""),
        (("", "  "), ""),
    ],
)
def test_a_version_counts_where_the_row_gives_just_one_for_android(
    versions: tuple[str, ...], expected: str, knowledge: Knowledge
) -> None:
    register = changed(
        clean_register(),
        Change("recipient maps", "sdk.versions", versions),
        Change("recipient crashes", "vetting", None),
    )
    (found,) = registered_vettings(register, knowledge.sdks)
    assert found.version == expected

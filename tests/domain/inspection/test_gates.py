"""How kits are held back: what the app tells them when, and what this makes of their readings."""

import pytest
from tests.domain.inspection.package_kit import opened
from tests.packages import kit

from chengnuo.domain.inspection.gates import gated, gates
from chengnuo.domain.inspection.information import information
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment

_AGREE = "com.amap.api.location.AMapLocationClient.updatePrivacyAgree"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("sdk-amap-agree", [("forbids", Moment.CERTAIN), ("allows", Moment.AFTER_CONSENT_ACTION)]),
        ("sdk-amap-forced", [("allows", Moment.CERTAIN)]),
        ("whole-model-app", [("allows", Moment.GUARDED)]),
        ("sdk-umeng-early", []),
    ],
)
def test_what_an_app_tells_a_kit_is_seen(
    name: str, told: list[tuple[str, Moment]], knowledge: Knowledge
) -> None:
    found = gates(opened(kit.built(name), knowledge))
    assert [(one.detail("gate-call"), one.moment) for one in found] == told


@pytest.mark.parametrize(
    ("name", "moment", "how"),
    [
        pytest.param("sdk-amap-agree", Moment.GUARDED, "forbids", id="the switch is off"),
        pytest.param("sdk-amap-forced", Moment.CONDITIONAL, _AGREE, id="on before consent"),
    ],
)
def test_a_kits_reading_waits_as_long_as_its_switch_is_off(
    name: str, moment: Moment, how: str, knowledge: Knowledge
) -> None:
    one = opened(kit.built(name), knowledge)
    found = [seen for seen in gated(one, information(one)) if seen.owner.id == "amap-location"]
    assert {(seen.moment, seen.detail("gate-call")) for seen in found} == {(moment, how)}


@pytest.mark.parametrize("name", ["sdk-umeng-early", "sdk-guard-inside", "sdk-jpush-provider"])
def test_without_a_switch_nothing_changes(name: str, knowledge: Knowledge) -> None:
    one = opened(kit.built(name), knowledge)
    found = tuple(information(one))
    assert tuple(gated(one, found)) == found

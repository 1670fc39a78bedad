"""What an individual turned off never comes on silently: each way is tried on a real log."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.usecases.decision.automated_house import (
    MODELS,
    NEAR_FIRST,
    NEARBY,
    WITH_MODELS,
    AutomatedHouse,
)
from tests.usecases.rights.rights_house import LIN, WANG

from chengnuo.domain.decision.automated import Alarm, AutomatedRefusedError, Variant
from chengnuo.domain.finding.live import LiveOutcome, LiveResult
from chengnuo.law.catalogue import Catalogue

OFF = "off-stays-off"
SWITCH = """\
  - switch: near-nearer
    app: tea
    name: {zh: 就近优先, en: Nearer first}
    kind: recommendation
    path: {zh: 我 → 附近, en: Me → Nearby}
    taps: 2
    default_on: true
    effect: {zh: 按热度排序, en: Sorted by what is popular}
"""


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[AutomatedHouse]:
    """A tea house in which 林 had the switch on, and turned it off."""
    made = AutomatedHouse(tmp_path / "house", catalogue)
    made.switched(on=True)
    made.switched(on=False)
    yield made
    made.close()


def is_off(house: AutomatedHouse, account: str = LIN) -> bool:
    """Tell whether a personal decision is forbidden beforehand and an alarm afterwards."""
    may = house.automated.allowed(house.person(account), NEARBY).personal
    kept = house.ranked(account=account)
    assert kept.off is not may
    assert (Alarm.PERSONAL_WHILE_OFF in kept.alarms) is not may
    return not may


def kept_off(house: AutomatedHouse) -> LiveResult:
    return house.results()[OFF]


def test_it_stays_off_over_a_restart_and_where_the_state_is_made_anew(
    house: AutomatedHouse,
) -> None:
    house.start_again()
    assert is_off(house)
    house.consents.rebuild()
    assert is_off(house)
    assert kept_off(house).outcome is LiveOutcome.PASSED


def test_it_stays_off_where_the_data_folder_is_moved(house: AutomatedHouse, tmp_path: Path) -> None:
    house.close()
    moved = tmp_path / "elsewhere"
    shutil.move(house.folder, moved)
    house.folder, house.log_place, house.shop_file = moved, moved / "data", moved / "shop.db"
    house.open()
    assert is_off(house)
    assert kept_off(house).outcome is LiveOutcome.PASSED


def test_it_stays_off_with_a_new_version_of_the_model(house: AutomatedHouse) -> None:
    with pytest.raises(AutomatedRefusedError):
        house.ranked(version="2")
    house.edit(
        'versions: [{version: "1", from: 2026-01-01}]\n    activities: [nearby]',
        'versions: [{version: "2", from: 2026-01-01}]\n    activities: [nearby]',
    )
    assert Alarm.PERSONAL_WHILE_OFF in house.ranked(version="2").alarms
    assert house.ranked(version="2", variant=Variant.NOT_PERSONAL).off
    assert kept_off(house).outcome is LiveOutcome.PASSED


def test_it_stays_off_where_the_activity_is_taken_out_and_registered_anew(
    house: AutomatedHouse,
) -> None:
    whole = WITH_MODELS.replace(MODELS, "agreements:\n")
    start, end = whole.index("  - activity: nearby"), whole.index("  - activity: wall")
    house.write(whole[:start] + whole[end:])
    house.desk.load(by="cli")
    with pytest.raises(AutomatedRefusedError):
        house.ranked()
    house.write(WITH_MODELS)
    house.desk.load(by="cli")
    assert is_off(house)
    assert kept_off(house).outcome is LiveOutcome.PASSED


def test_it_stays_off_on_a_new_device_that_turns_out_to_be_theirs(house: AutomatedHouse) -> None:
    house.switched(on=True, account="device-7")
    assert not is_off(house, "device-7")
    house.consents.merge(house.person(LIN), house.person("device-7"), method="sign-in")
    assert is_off(house)
    assert is_off(house, "device-7")


def test_an_import_that_turns_it_on_is_a_finding_and_the_individual_is_none(
    house: AutomatedHouse,
) -> None:
    imported = house.switched(on=True, surface="import")
    result = kept_off(house)
    assert result.outcome is LiveOutcome.FAILED
    assert [one.position for one in result.faults] == [imported]
    house.switched(on=True, account=WANG)
    house.switched(on=False, account=WANG)
    house.switched(on=True, account=WANG, surface="android")
    assert [one.position for one in kept_off(house).faults] == [imported]


def test_a_register_that_puts_another_switch_in_its_place_is_a_finding(
    house: AutomatedHouse,
) -> None:
    off = house.switched(on=False)
    house.switched(on=False, account=WANG)
    text = (house.folder / "register" / "register.yaml").read_text("utf-8")
    house.write(
        text.replace("off_switch: near-first", "off_switch: near-nearer").replace(
            "switches:\n", "switches:\n" + SWITCH
        )
    )
    house.desk.load(by="cli")
    assert not is_off(house)
    result = kept_off(house)
    assert result.outcome is LiveOutcome.FAILED
    (fault,) = result.faults
    assert fault.position == off
    assert f"`{NEAR_FIRST}`" in fault.what.en
    assert "2 had turned off" in fault.what.en


def test_what_was_turned_off_and_stays_so_is_counted(house: AutomatedHouse) -> None:
    result = kept_off(house)
    assert (result.outcome, result.looked_at) == (LiveOutcome.PASSED, 1)
    house.switched(on=True)
    assert kept_off(house).looked_at == 1
    house.wait(days=40)
    assert kept_off(house).outcome is LiveOutcome.NOTHING_TO_CHECK

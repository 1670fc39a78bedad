"""A kit alone beside its row of the register: what is declared against what its code can do."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.domain.finding.changing import Change, changed
from tests.domain.finding.inspection_kit import JPUSH, UMENG, inspection, sdk
from tests.domain.finding.package_cases import ABROAD, asked, reading
from tests.strategies.clean_register import TODAY, clean_register

from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_report import Drift, Side
from chengnuo.domain.governance.kit_check import KitRecipientError, recipient_of_kit, vetted
from chengnuo.domain.observation.inspection import (
    Inspection,
    PackageKind,
    Presence,
    SdkSeen,
    Unread,
)
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, Owner, Subject
from chengnuo.domain.register.ids import RecipientId
from chengnuo.law.catalogue import Catalogue

FINE, COARSE, IMEI = "PI-LOC-PRECISE", "PI-LOC-COARSE", "PI-DEVICE-IMEI"
ALONE = Moment.UNKNOWN
MAPS, CRASHES = RecipientId("maps"), RecipientId("crashes")
TWO = changed(
    clean_register(),
    Change("recipient maps", "sdk.catalogue", "umeng-analytics"),
    Change("recipient maps", "sdk.packages", ("com.umeng",)),
    Change("recipient crashes", "sdk.catalogue", "jpush"),
    Change("recipient crashes", "sdk.packages", ("cn.jpush",)),
)
Looking = Callable[[Inspection], PackageLook]


@pytest.fixture
def look(catalogue: Catalogue, knowledge: Knowledge) -> Looking:
    def looked(seen: Inspection) -> PackageLook:
        return PackageLook(
            inspection=seen, knowledge=knowledge, catalogue=catalogue, today=TODAY, register=TWO
        )

    return looked


def kit(*observations: Observation, kits: tuple[SdkSeen, ...] = ()) -> Inspection:
    seen = inspection(observations, kits)
    return replace(seen, package=replace(seen.package, kind=PackageKind.AAR, app_id=""))


def read(category: str) -> Observation:
    return reading(category, ALONE, UMENG)


def there(owner: Owner) -> SdkSeen:
    return sdk(owner, Presence.PRESENT, ALONE)


def sides(drift: Drift, subject: Subject = Subject.INFORMATION) -> dict[str, Side]:
    return {one.what: one.side for one in drift.rows if one.subject is subject}


def test_categories_are_compared_both_ways(look: Looking) -> None:
    looked = look(kit(read(FINE), read(IMEI)))
    assert sides(vetted(looked, TWO.recipient_by_id[MAPS])) == {
        FINE: Side.AGREED,
        IMEI: Side.USED_NOT_DECLARED,
        COARSE: Side.DECLARED_NOT_USED,
    }


def test_without_a_row_all_that_is_seen_is_undeclared(look: Looking) -> None:
    assert sides(vetted(look(kit(read(FINE))), None)) == {FINE: Side.USED_NOT_DECLARED}


def test_a_reading_counts_as_the_category_that_is_declared(look: Looking) -> None:
    either = replace(read(IMEI), categories=(*read(IMEI).categories, *read(FINE).categories))
    found = sides(vetted(look(kit(either)), TWO.recipient_by_id[MAPS]))
    assert found == {FINE: Side.AGREED, COARSE: Side.DECLARED_NOT_USED}


@pytest.mark.parametrize(
    "cut",
    [
        {"unread": (Unread(where="classes.jar", why="cut"),)},
        {"not_finished": ("information",)},
    ],
)
def test_of_a_kit_not_seen_whole_nothing_is_said_to_be_missing(
    look: Looking, cut: dict[str, object]
) -> None:
    seen = replace(kit(read(FINE)), **cut)  # type: ignore[arg-type]
    assert sides(vetted(look(seen), TWO.recipient_by_id[MAPS])) == {FINE: Side.AGREED}


def test_what_no_call_reads_is_not_looked_for_in_code(look: Looking) -> None:
    # The courier is told name and address, which people type in, and a phone number.
    found = sides(vetted(look(kit()), TWO.recipient_by_id[RecipientId("courier")]))
    assert found == {"PI-BASIC-PHONE": Side.DECLARED_NOT_USED}


def test_permissions_are_those_of_the_activities_that_name_the_recipient(look: Looking) -> None:
    seen = kit(asked("ACCESS_FINE_LOCATION"), asked("READ_CONTACTS"), asked("VIBRATE"))
    found = sides(vetted(look(seen), TWO.recipient_by_id[MAPS]), Subject.PERMISSION)
    assert found == {
        "android.permission.ACCESS_FINE_LOCATION": Side.AGREED,
        "android.permission.READ_CONTACTS": Side.USED_NOT_DECLARED,
    }


@pytest.mark.parametrize(
    ("recipient", "side"), [(MAPS, Side.USED_NOT_DECLARED), (CRASHES, Side.AGREED)]
)
def test_a_host_abroad_is_declared_by_a_recipient_abroad(
    look: Looking, recipient: RecipientId, side: Side
) -> None:
    found = vetted(look(kit(ABROAD)), TWO.recipient_by_id[recipient])
    assert sides(found, Subject.HOST) == {"app.adjust.com": side}


def who(look: Looking, seen: Inspection, wanted: RecipientId | None = None) -> str | None:
    found = recipient_of_kit(look(seen), TWO, wanted)
    return None if found is None else found.recipient


def test_the_recipient_is_found_by_the_sdk_or_by_the_packages_that_it_names(look: Looking) -> None:
    assert who(look, kit(kits=(there(UMENG),))) == MAPS
    named = kit()
    named = replace(named, package=replace(named.package, app_id="com.umeng.commonsdk"))
    assert who(look, named) == MAPS
    assert who(look, kit()) is None


def test_who_it_is_of_is_said_where_several_fit(look: Looking) -> None:
    both = kit(kits=(there(UMENG), there(JPUSH)))
    with pytest.raises(KitRecipientError) as refused:
        who(look, both)
    assert refused.value.candidates == ("crashes", "maps")
    assert who(look, both, CRASHES) == CRASHES


def test_a_recipient_that_is_not_there_is_refused(look: Looking) -> None:
    with pytest.raises(KitRecipientError, match="`nobody`"):
        who(look, kit(), RecipientId("nobody"))

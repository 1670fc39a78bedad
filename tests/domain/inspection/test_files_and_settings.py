"""What is seen of files, settings, permissions, parts and blind spots: against a careful reader.

Every sample that has an answer is looked at, and those in which nothing is wrong; the real ones are
read for sense where they can be fetched.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import pytest
from tests.domain.inspection.looks import LOOKS
from tests.domain.inspection.made_app import made, manifest
from tests.domain.inspection.package_kit import opened
from tests.packages import kit
from tests.packages_cache import fetched

from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.inspection.permissions_seen import permissions
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Confidence, Observation, Subject
from chengnuo.domain.observation.seen import ActSeen, BlindSpot, SettingSeen

Looked: TypeAlias = Callable[[str], tuple[Observation, ...]]

_APPS = ("apk", "apks", "xapk", "aab")
_CLEAN = tuple(name for name in kit.names() if name.startswith("clean-"))
_OTHERS = {
    SettingSeen.CLEAR_TEXT_ADDRESS,
    SettingSeen.TRUST_ALL_CERTIFICATES,
    SettingSeen.TRUST_ALL_HOSTS,
    ActSeen.COVERT_CAPTURE,
    ActSeen.FACE_WITHOUT_OTHER_WAY,
}
"""Told by other observers."""
_SUBJECTS = {
    Subject.SETTING,
    Subject.PERMISSION,
    Subject.COMPONENT,
    Subject.BEHAVIOUR,
    Subject.BLIND_SPOT,
}


def _of_these(rows: tuple[kit.Seen, ...]) -> list[kit.Seen]:
    return [one for one in rows if one.subject in _SUBJECTS and one.what not in _OTHERS]


def _has_answers(name: str) -> bool:
    wanted = kit.expected(name)
    return bool(_of_these((*wanted.seen, *wanted.not_seen)))


_NAMES = tuple(
    name for name in kit.names() if kit.recipe(name).kind in _APPS and _has_answers(name)
)


@pytest.fixture(scope="module")
def looked(knowledge: Knowledge) -> Looked:
    """Return everything that is seen of a sample; looked at once."""

    @cache
    def of(name: str) -> tuple[Observation, ...]:
        found = opened(kit.built(name), knowledge)
        return tuple(one for look in LOOKS for one in look(found))

    return of


def _is(one: Observation, wanted: kit.Seen) -> bool:
    where = {one.place.file, one.place.file.rpartition("!")[2], one.place.class_name}
    return (one.subject.value, one.what) == (wanted.subject, wanted.what) and (
        not wanted.where or wanted.where in where
    )


def _differences(name: str, seen: tuple[Observation, ...]) -> list[str]:
    wanted = kit.expected(name)
    missed = [one for one in _of_these(wanted.seen) if not any(_is(each, one) for each in seen)]
    wrong = [one for one in _of_these(wanted.not_seen) if any(_is(each, one) for each in seen)]
    return [f"missed {one}" for one in missed] + [f"wrong {one}" for one in wrong]


@pytest.mark.parametrize("name", _NAMES)
def test_what_a_careful_reader_sees_is_seen_and_nothing_else_of_it(
    name: str, looked: Looked
) -> None:
    assert _differences(name, looked(name)) == []


def test_there_is_an_answer_for_every_sort_of_thing() -> None:
    rows = [one for name in _NAMES for one in _of_these(kit.expected(name).seen)]
    assert {one.subject for one in rows} == {subject.value for subject in _SUBJECTS}


@pytest.mark.parametrize("name", [*_NAMES, *_CLEAN])
def test_every_permission_asked_for_is_told_once(name: str, looked: Looked) -> None:
    told = [one.what for one in looked(name) if one.subject is Subject.PERMISSION]
    assert len(told) == len(set(told))
    assert set(kit.expected(name).permissions) <= set(told)


@pytest.mark.parametrize("name", _CLEAN)
def test_of_a_clean_package_nothing_is_told_but_that_it_may_be_backed_up(
    name: str, looked: Looked
) -> None:
    told = {one.what for one in looked(name) if one.subject is not Subject.PERMISSION}
    assert told <= {SettingSeen.ALLOW_BACKUP, BlindSpot.NATIVE_LIBRARY}


@pytest.mark.parametrize("name", [*_NAMES, *_CLEAN])
def test_ids_tell_everything_apart_and_details_are_in_order(name: str, looked: Looked) -> None:
    ids = [one.id for one in looked(name)]
    assert len(ids) == len(set(ids))
    for one in looked(name):
        assert list(one.details) == sorted(one.details)
        assert all(value for _, value in one.details)


def _one(seen: tuple[Observation, ...], what: str) -> Observation:
    (found,) = [one for one in seen if one.what == what]
    return found


def test_a_domain_that_may_be_reached_in_the_clear_is_named(looked: Looked) -> None:
    seen = _one(looked("net-security-config"), SettingSeen.CLEAR_TEXT_TRAFFIC)
    assert seen.detail("domain") == "*.old.example.com"


def test_an_old_target_names_each_level_whose_protection_is_missing(looked: Looked) -> None:
    seen = _one(looked("set-target-old"), SettingSeen.TARGET_SDK_OLD)
    assert seen.detail("missing") == "23, 26, 28, 29, 30, 33, 34"


def test_limits_of_a_request_are_told(looked: Looked) -> None:
    seen = looked("set-permissions-23")
    assert _one(seen, "android.permission.CAMERA").detail("from_sdk_23") == "yes"
    assert _one(seen, "android.permission.WRITE_EXTERNAL_STORAGE").detail("max_sdk") == "28"


def test_a_permission_that_nothing_uses_is_told_from_one_that_code_uses(looked: Looked) -> None:
    seen = looked("whole-bad-shop")
    background = _one(seen, "android.permission.ACCESS_BACKGROUND_LOCATION")
    contacts = _one(seen, "android.permission.READ_CONTACTS")
    assert background.detail("unused") == "yes"
    assert (contacts.detail("unused"), contacts.detail("used-by")) == (
        "",
        "uri content://com.android.contacts/contacts",
    )


def test_a_permission_that_a_kit_alone_uses_is_taken_to_be_the_kits(looked: Looked) -> None:
    seen = _one(looked("sdk-jpush-provider"), "android.permission.READ_PHONE_STATE")
    assert seen.detail("sdk") == "jpush"


@pytest.mark.parametrize(
    ("name", "asked", "told", "untold"),
    [
        pytest.param("CAMERA", "yes", "为了扫码付款", "", id="a text of a table tells it"),
        pytest.param("ACCESS_FINE_LOCATION", "yes", "We use your location", "", id="one of code"),
        pytest.param("RECORD_AUDIO", "yes", "", "yes", id="named without a purpose"),
        pytest.param("READ_CONTACTS", "", "", "", id="no code asks for it"),
        pytest.param("INTERNET", "", "", "", id="nobody is asked"),
    ],
)
def test_whether_a_purpose_is_told_beside_the_request(
    name: str, asked: str, told: str, untold: str, looked: Looked
) -> None:
    seen = _one(looked("set-permission-purpose"), f"android.permission.{name}")
    assert (seen.detail("asked"), seen.detail("untold")) == (asked, untold)
    assert seen.detail("told").startswith(told)
    assert bool(seen.detail("told")) is bool(told)


@pytest.mark.parametrize(
    ("script", "told", "untold"),
    [
        pytest.param(b'say("Camera is off")', "", "unseen", id="no text that is read tells it"),
        pytest.param(
            'ask("为了扫码付款，需要使用相机权限")'.encode(),
            "为了扫码付款，需要使用相机权限",
            "",
            id="a text of the scripts tells it",
        ),
    ],
)
def test_a_purpose_in_scripts_is_told_or_unseen(
    script: bytes, told: str, untold: str, knowledge: Knowledge
) -> None:
    asking = '<uses-permission android:name="android.permission.CAMERA"/>'
    files = {"assets/index.android.bundle": script}
    seen = _one(
        permissions(made(knowledge, manifest(before=asking), files)), "android.permission.CAMERA"
    )
    assert (seen.detail("told"), seen.detail("untold")) == (told, untold)


def test_background_location_is_told_beside_its_permission(looked: Looked) -> None:
    seen = _one(looked("set-background-location"), ActSeen.BACKGROUND_LOCATION)
    assert seen.confidence is Confidence.HIGH


@pytest.mark.parametrize("name", ["box-hidden-dex", "reflect-constant", "reflect-dex-loader"])
def test_what_a_name_or_code_that_is_loaded_may_use_is_not_called_unused(
    name: str, looked: Looked
) -> None:
    assert [one.what for one in looked(name) if one.detail("unused")] == []


@pytest.mark.parametrize("name", ["set-exported", "box-apks-feature", "box-xapk"])
def test_parts_without_code_here_are_no_packing(name: str, looked: Looked) -> None:
    assert BlindSpot.PACKED not in {one.what for one in looked(name)}


def test_of_a_packed_app_no_permission_is_called_unused(looked: Looked) -> None:
    told = [one for one in looked("pack-shell") if one.detail("unused")]
    assert told == []


def test_the_packer_is_named(looked: Looked) -> None:
    assert _one(looked("pack-shell"), BlindSpot.PACKED).detail("packer") == "qihoo-jiagu"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("part-alarm", Behaviour.SELF_START),
        ("part-job-service", Behaviour.SELF_START),
        ("part-accessibility", Behaviour.KEEP_ALIVE),
        ("part-notification-listener", Behaviour.KEEP_ALIVE),
    ],
)
def test_other_ways_to_run_without_being_opened_are_told(
    name: str, what: Behaviour, looked: Looked
) -> None:
    assert what in {one.what for one in looked(name)}


def test_a_script_of_a_shell_that_asks_for_the_device_is_told_with_low_confidence(
    looked: Looked,
) -> None:
    seen = _one(looked("shell-uniapp"), "plus.device.getInfo")
    assert seen.confidence is Confidence.LOW
    assert seen.place.file.endswith("app-service.js")


@pytest.mark.parametrize("name", ["reflect-constant", "reflect-service-loader"])
def test_reflection_with_constant_names_is_no_blind_spot(name: str, looked: Looked) -> None:
    assert BlindSpot.REFLECTION not in {one.what for one in looked(name)}


@pytest.mark.real
@pytest.mark.parametrize("name", ["yosemite", "apidemos", "settings", "uiautomator"])
def test_of_a_real_app_a_readable_number_of_blind_spots_is_told(
    name: str, knowledge: Knowledge
) -> None:
    found = open_package(fetched(name).read_bytes(), knowledge)
    seen = [one for look in LOOKS for one in look(found)]
    spots = [one for one in seen if one.subject is Subject.BLIND_SPOT]
    assert len(spots) <= 30
    assert BlindSpot.PACKED not in {one.what for one in spots}
    assert BlindSpot.CROSS_PLATFORM not in {one.what for one in spots}

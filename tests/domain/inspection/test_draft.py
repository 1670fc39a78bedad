"""A register drafted from a package: everything seen has a row, and nothing is made up."""

import hashlib
from datetime import date

import pytest
from tests.domain.finding.inspection_kit import ADJUST, LIBRARY, UMENG, call, inspection, seen
from tests.packages import kit

from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.package_drift import drift_of
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.inspection.draft import Draft, draft_register
from chengnuo.domain.inspection.draft_decisions import Step
from chengnuo.domain.inspection.draft_seen import SHOWN
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.observation.inspection import Inspection, Presence, SdkSeen, Unread
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Owner, OwnerKind, Place, Subject
from chengnuo.domain.register.draft import UNKNOWN_COUNT, UNKNOWN_DAY, left_to_complete
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef, rows
from chengnuo.domain.register.recipient import RecipientRole, SdkStart
from chengnuo.domain.register.watching import CaptureMoment, Sensor
from chengnuo.law.catalogue import Catalogue

ON = date(2026, 11, 29)
IDLE = Owner(kind=OwnerKind.SDK, id="mmkv")
MOBILE = "android.permission."


def _inspected(name: str, knowledge: Knowledge) -> Inspection:
    content = kit.built(name).read_bytes()
    return inspect(content, knowledge, sha256=hashlib.sha256(content).hexdigest())


@pytest.fixture(scope="module")
def bad_shop(knowledge: Knowledge) -> Inspection:
    return _inspected("whole-bad-shop", knowledge)


@pytest.fixture(scope="module")
def draft(bad_shop: Inspection, knowledge: Knowledge, catalogue: Catalogue) -> Draft:
    return draft_register(bad_shop, knowledge, catalogue)


def _kit(owner: Owner, presence: Presence = Presence.CALLED, version: str = "") -> SdkSeen:
    return SdkSeen(
        owner=owner,
        presence=presence,
        version=version,
        signs=(f"package {owner.id}",),
        moment=Moment.CERTAIN if presence is Presence.BEFORE_CONSENT else Moment.LATER,
    )


def test_own_code_gives_an_activity_for_each_sort_and_kits_one_for_each_purpose(
    draft: Draft,
) -> None:
    activities = {str(one.activity): one for one in draft.register.activities}
    assert sorted(activities) == [
        *("own-apps", "own-contacts", "own-device-identifiers"),
        *("sdk-analytics", "sdk-crash-apm", "sdk-push"),
    ]
    own = activities["own-device-identifiers"]
    assert own.categories == ("PI-DEVICE-AID", "PI-DEVICE-IMEI")
    assert own.permissions.android == ("READ_PHONE_STATE",)
    assert activities["sdk-push"].recipients == ("jpush",)
    unseen = next(
        one for one in activities["sdk-analytics"].items if one.category == "PI-DEVICE-OAID"
    )
    assert unseen.detail is not None
    assert "本包代码中未见" in unseen.detail.zh
    assert activities["sdk-push"].categories[:2] == ("PI-DEVICE-APPS", "PI-DEVICE-IMEI")


def test_a_recipient_is_who_the_catalogue_says_and_gets_what_was_seen_first(draft: Draft) -> None:
    umeng = draft.register.recipient_by_id[RecipientId("umeng-analytics")]
    assert umeng.company.zh == "友盟同欣（北京）科技有限公司"
    assert umeng.rules_url == "https://www.umeng.com/page/policy"
    assert umeng.role is RecipientRole.PROVISION
    assert umeng.categories[:2] == ("PI-DEVICE-AID", "PI-DEVICE-IMEI")
    assert "PI-DEVICE-OAID" in umeng.categories
    assert umeng.sdk is not None
    assert umeng.sdk.starts is SdkStart.AT_APP_START
    remarks = [one.zh for one in draft.remarks[RowRef("recipient", "umeng-analytics")]]
    assert any("com.umeng.commonsdk.internal.Device$1.run" in one for one in remarks)
    assert any("声明读取、本包代码中未见：" in one for one in remarks)


def test_the_first_run_is_as_the_package_shows_it(draft: Draft) -> None:
    (app,) = draft.register.apps
    assert app.platforms.android == "com.example.wholebadshop"
    assert app.first_run.pre_ticked
    assert app.first_run.leaves_on_refusal
    assert app.first_run.collects_before


def test_drift_of_a_package_from_its_own_draft_is_only_what_is_left_to_decide(
    draft: Draft, bad_shop: Inspection, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    look = PackageLook(
        inspection=bad_shop,
        knowledge=knowledge,
        catalogue=catalogue,
        today=ON,
        register=draft.register,
        app=draft.register.apps[0],
    )
    drift = drift_of(look)
    assert drift is not None
    used = {one.what for one in drift.rows if one.side is Side.USED_NOT_DECLARED}
    left = {f"{MOBILE}ACCESS_FINE_LOCATION", f"{MOBILE}ACCESS_BACKGROUND_LOCATION"}
    assert used == left
    said = [one.said.zh for one in draft.decisions if one.step is Step.PERMISSIONS]
    assert len(said) == 1
    assert all(name.removeprefix(MOBILE) in said[0] for name in left)
    assert "READ_CONTACTS" not in said[0]


def test_what_no_package_tells_is_marked_or_cannot_be_taken_for_true(
    draft: Draft, catalogue: Catalogue
) -> None:
    (app,) = draft.register.apps
    marked = {(str(row), field) for row, field, _ in left_to_complete(draft.register)}
    assert marked >= {
        ("handler handler", "name"),
        ("handler handler", "address"),
        ("app app", "name"),
        ("app app", "other_type"),
        ("activity own-apps", "purpose"),
        ("activity own-apps", "scene"),
        ("activity own-apps", "retention.why"),
        ("activity own-apps", "items[0].if_refused"),
        ("activity own-contacts", "items[0].why_necessary"),
    }
    assert app.access.rules_taps == app.access.lists_menu_level == UNKNOWN_COUNT
    assert app.rules_updated == app.rules_effective == UNKNOWN_DAY
    assert not any(item.necessary for one in draft.register.activities for item in one.items)
    found = {one.rule for one in check(draft.register, catalogue, ON).findings}
    assert found >= {
        *("draft-text-left", "rules-too-deep", "lists-too-deep", "complaints-too-slow"),
        *("retention-forever", "sdk-without-vetting", "provision-without-agreement"),
    }


def test_every_row_has_remarks_and_every_decision_is_about_a_row(draft: Draft) -> None:
    assert list(draft.remarks) == list(rows(draft.register))
    for decision in draft.decisions:
        assert decision.text.en
        lines = draft.remarks[decision.row]
        assert any(line.zh == f"待补：{decision.text.zh}" for line in lines)
    steps = [list(Step).index(one.step) for one in draft.decisions]
    assert steps == sorted(steps)


def test_the_same_inspection_gives_the_same_draft(
    draft: Draft, bad_shop: Inspection, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    assert draft_register(bad_shop, knowledge, catalogue) == draft


def test_a_kit_from_abroad_asks_for_its_route_and_has_its_country(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    apps = seen(
        Subject.INFORMATION,
        "PackageManager.getInstalledPackages",
        categories=["PI-DEVICE-APPS"],
        owner=ADJUST,
        moment=Moment.LATER,
    )
    found = draft_register(
        inspection([apps], [_kit(ADJUST, version="4.33.0")]), knowledge, catalogue
    )
    (adjust,) = found.register.recipients
    assert (adjust.country, adjust.cross_border) == ("DE", None)
    assert adjust.sdk is not None
    assert adjust.sdk.versions == ("android 4.33.0",)
    assert adjust.sdk.starts is SdkStart.AFTER_CONSENT
    assert "country cross_border" in {one.field for one in found.decisions}
    found_rules = {one.rule for one in check(found.register, catalogue, ON).findings}
    assert "overseas-without-route" in found_rules


def test_kits_that_get_nothing_are_named_and_are_no_recipients(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    kits = [_kit(IDLE), _kit(UMENG, Presence.STUB)]
    found = draft_register(inspection([], kits), knowledge, catalogue)
    assert found.register.recipients == ()
    assert found.register.activities == ()
    remarks = "\n".join(one.zh for one in found.remarks[RowRef("app", "app")])
    assert "MMKV" in remarks
    assert "友盟+移动统计" in remarks


def test_libraries_of_no_catalogue_stand_by_themselves_with_each_place_once(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    readings = [
        seen(
            Subject.INFORMATION,
            "TelephonyManager.getImei",
            categories=["PI-DEVICE-IMEI"],
            owner=owner,
            path=(call(f"{name}.Reader", f"read{number}()V"),),
        )
        for number in range(SHOWN + 1)
        for owner, name in ((LIBRARY, "com.acme.util"),)
        for _ in range(2)
    ]
    found = draft_register(inspection(readings), knowledge, catalogue)
    (activity,) = found.register.activities
    assert (activity.activity, activity.recipients) == ("other-code", ())
    remarks = [one.zh for one in found.remarks[RowRef("activity", activity.activity)]]
    assert "(com.acme.util)" in activity.purpose.zh
    assert sum("com.acme.util.Reader" in one for one in remarks) == SHOWN
    assert any("另有 1 处" in one for one in remarks)


def test_sensors_are_captures_and_covert_ones_go_on_in_the_background(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    sound = seen(Subject.INFORMATION, "AudioRecord.read", categories=["PI-COMM-AUDIO"])
    covert = seen(Subject.BEHAVIOUR, "covert-capture")
    plain = draft_register(inspection([sound]), knowledge, catalogue).register.activities[0]
    unseen = draft_register(inspection([sound, covert]), knowledge, catalogue).register
    (capture,) = plain.capture
    assert (capture.sensor, capture.moment) == (Sensor.MICROPHONE, CaptureMoment.WHILE_USED)
    assert not plain.method.background
    assert unseen.activities[0].capture[0].moment is CaptureMoment.BACKGROUND
    assert unseen.activities[0].method.background


def test_what_could_not_be_read_makes_the_draft_say_that_it_is_incomplete(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    blind = inspection(
        [seen(Subject.BLIND_SPOT, "packed"), seen(Subject.HOST, "api.openai.com")],
        unread=(Unread(where="classes2.dex", why="bad magic"),),
        not_finished=("hosts",),
    )
    found = draft_register(blind, knowledge, catalogue)
    said = "\n".join(one.said.zh for one in found.decisions if one.step is Step.UNSEEN)
    for word in ("应用已加固", "classes2.dex", "hosts", "api.openai.com"):
        assert word in said


def test_a_guess_of_the_app_type_needs_permissions_of_several_sorts(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    def guessed(*names: str) -> bool:
        asked = (seen(Subject.PERMISSION, f"{MOBILE}{name}") for name in names)
        found = draft_register(inspection(asked), knowledge, catalogue)
        assert found.register.apps[0].app_types == ()
        return any("猜测" in one.zh for one in found.remarks[RowRef("app", "app")])

    assert not guessed("ACCESS_FINE_LOCATION", "ACCESS_BACKGROUND_LOCATION")
    assert guessed("ACCESS_FINE_LOCATION", "ACTIVITY_RECOGNITION", "READ_MEDIA_IMAGES", "CAMERA")


def test_hostile_names_are_shown_by_their_escapes(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    name = "a\n- x: \u202e\u2028\x07"
    reading = seen(
        Subject.INFORMATION,
        "TelephonyManager.getImei",
        categories=["PI-DEVICE-IMEI"],
        place=Place(file=name, class_name=name, method=name, pc=1),
        details=(("argument", name), ("calls", name)),
    )
    hostile = inspection([reading], [_kit(UMENG, version=name)])
    found = draft_register(hostile, knowledge, catalogue)
    for lines in found.remarks.values():
        assert all(one.zh.isprintable() and (one.en or "").isprintable() for one in lines)

"""What ships is whole: every row is found by its look-up, and nothing that only looks like it."""

import re
from collections.abc import Iterator, Mapping

import pytest

from chengnuo.domain.observation.api_catalogue import Role
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.consent_words import WordRole
from chengnuo.domain.observation.framework_calls import When
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.name_pattern import ANY
from chengnuo.domain.observation.packer_catalogue import PackerKind
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.domain.observation.string_signs import Table
from chengnuo.domain.observation.wake_signs import WakeKind
from chengnuo.law.catalogue import Catalogue

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def found_in(item: str, text: str) -> bool:
    return re.search(rf"(?m)^  - (\{{)?{item}: ", text) is not None


def test_every_file_opens_with_what_a_row_is(inspection_files: Mapping[str, bytes]) -> None:
    for name, data in inspection_files.items():
        head = data.decode().partition("meta:")[0]
        assert head.startswith("# "), name
        assert "Updating one is editing this one file" in head, name
        assert re.search(r"row", head), name


def test_rows_stand_in_the_order_of_their_ids(inspection_files: Mapping[str, bytes]) -> None:
    """So that a change is one line, and the same row is not written twice."""
    for name in ("apis.yaml", "permissions.yaml", "sdks.yaml", "packers.yaml", "pre_init.yaml"):
        ids = re.findall(r"(?m)^  - \{?id: ([^,}\n]+)", inspection_files[name].decode())
        assert ids == sorted(ids), name


def test_every_call_and_field_is_found_by_its_reference(knowledge: Knowledge) -> None:
    assert len(knowledge.apis.apis) > 1000
    for api in knowledge.apis.apis.values():
        if not api.member:
            continue
        found = (
            (knowledge.apis.field(api.class_name, api.member),)
            if api.is_field
            else knowledge.apis.methods(api.class_name, api.member, api.proto or "(I)V")
        )
        assert api in found


def test_a_member_of_another_class_or_sort_is_not_found(knowledge: Knowledge) -> None:
    telephony = "Landroid/telephony/TelephonyManager;"
    assert knowledge.apis.methods(telephony, "getDeviceId", "()Ljava/lang/String;")
    assert not knowledge.apis.methods("Lcom/example/TelephonyManager;", "getDeviceId")
    assert not knowledge.apis.methods(telephony, "getDeviceIdentity")
    assert knowledge.apis.field(telephony, "getDeviceId") is None
    assert not knowledge.apis.methods("Landroid/os/Build;", "SERIAL")
    serial = knowledge.apis.field("Landroid/os/Build;", "SERIAL")
    assert serial is not None
    assert serial.touched.categories == ("PI-DEVICE-IMEI",)


def test_what_reads_says_what_and_what_else_happens_has_a_word(knowledge: Knowledge) -> None:
    for api in knowledge.apis.apis.values():
        if api.role is Role.SOURCE:
            touched = api.touched
            assert touched.categories or touched.maybe or api.argument, api.id
        else:
            assert api.behaviour is not None, api.id


def test_every_behaviour_has_words_in_both_languages() -> None:
    for behaviour in Behaviour:
        assert CHINESE.search(behaviour.text.zh)
        assert behaviour.text.en


def test_the_values_of_arguments_are_in_the_table_they_point_to(knowledge: Knowledge) -> None:
    pointed = {api.argument.table for api in knowledge.apis.apis.values() if api.argument}
    looked_up = pointed - {Table.PACKAGE, Table.PERMISSION}
    assert looked_up == {table for table in Table if knowledge.strings.texts[table]}


def test_every_string_is_found_as_it_is_written(knowledge: Knowledge) -> None:
    for table, rows in knowledge.strings.texts.items():
        for row in rows.values():
            assert knowledge.strings.find(table, row.text) == row
            assert row.touched.categories or row.touched.maybe or row.behaviour, row.id


@pytest.mark.parametrize(
    ("table", "text", "category"),
    [
        (Table.URI, "content://sms/inbox?limit=1", "PI-COMM-CONTENT"),
        (Table.URI, "content://com.android.contacts/data/phones/7", "PI-CONTACTS-BOOK"),
        (Table.SETTING, "android_id", "PI-DEVICE-AID"),
        (Table.CLASS, "Lcom/android/id/impl/IdProviderImpl;", "PI-DEVICE-OAID"),
        (Table.METHOD, "getSubscriberId", "PI-DEVICE-IMSI"),
        (Table.PROPERTY, "ro.serialno", "PI-DEVICE-IMEI"),
        (Table.PATH, "/sys/class/net/wlan0/address", "PI-DEVICE-MAC"),
        (Table.PATH, "/storage/emulated/0/DCIM/Camera", "PI-DEVICE-STORAGE"),
        (Table.PATH, "/proc/4711/cmdline", "PI-DEVICE-APPS"),
        (Table.COMMAND, "/system/bin/pm list packages -3", "PI-DEVICE-APPS"),
        (Table.SERVICE, "com.bun.msa.action.bindto.service", "PI-DEVICE-OAID"),
    ],
)
def test_a_string_tells_what_is_read(
    knowledge: Knowledge, table: Table, text: str, category: str
) -> None:
    found = knowledge.strings.find(table, text)
    assert found is not None
    assert category in found.touched.categories


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (Table.URI, "content://smsx/inbox"),
        (Table.SETTING, "my_android_id"),
        (Table.PATH, "/sys/class/networks"),
        (Table.COMMAND, "psql -l"),
        (Table.CLASS, "com.android.id.impl.IdProviderImplementation"),
        (Table.METHOD, "getSubscriberIdentity"),
    ],
)
def test_a_string_that_only_looks_alike_tells_nothing(
    knowledge: Knowledge, table: Table, text: str
) -> None:
    assert knowledge.strings.find(table, text) is None


def test_a_field_of_the_system_stands_for_the_address_it_holds(knowledge: Knowledge) -> None:
    field = knowledge.strings.constant("Landroid/provider/CallLog$Calls;", "CONTENT_URI")
    assert field is not None
    assert field.text == "content://call_log/calls"


def test_every_permission_says_what_it_allows_and_is_found(knowledge: Knowledge) -> None:
    catalogue = knowledge.permissions
    rows = (*catalogue.names.values(), *catalogue.patterns)
    assert len(rows) > 190
    for row in rows:
        assert CHINESE.search(row.purpose.zh), row.id
        assert row.purpose.en, row.id
        assert catalogue.find(row.name.replace(ANY, "com.example.app")) == row
    assert catalogue.find("com.example.permission.READ_CONTACTS") is None


def test_guarding_permissions_are_whole_names_of_the_catalogue(knowledge: Knowledge) -> None:
    named = {name for api in knowledge.apis.apis.values() for name in api.permissions}
    named |= {name for sign in knowledge.wakes.actions.values() for name in sign.permissions}
    assert all(knowledge.permissions.find(name) for name in named)
    assert "android.permission.READ_PHONE_STATE" in named


def test_app_types_of_permissions_are_those_of_the_law(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    fine = knowledge.permissions.find("android.permission.ACCESS_FINE_LOCATION")
    assert fine is not None
    assert next(catalogue.app_types[each].text.zh for each in fine.app_types) == "地图导航类"


def test_every_sdk_says_who_it_is_and_what_it_is_for(knowledge: Knowledge) -> None:
    sdks = knowledge.sdks
    assert len(sdks.sdks) > 400
    for sdk in sdks.sdks.values():
        purpose = sdks.purposes[sdk.purpose]
        assert purpose.zh, sdk.id
        assert purpose.en, sdk.id
        assert sdk.name.zh, sdk.id
        assert sdk.company.zh, sdk.id
        assert sdk.packages.own or sdk.packages.shared or sdk.packages.weak, sdk.id
    assert all(CHINESE.search(each.zh) for each in sdks.purposes.values())


def test_every_name_of_an_sdk_leads_to_it(knowledge: Knowledge) -> None:
    sdks = knowledge.sdks
    for sdk in sdks.sdks.values():
        for signs, find in (
            (sdk.packages, sdks.by_class),
            (sdk.components, sdks.by_component),
            (sdk.meta_data, sdks.by_meta_data),
            (sdk.libraries, sdks.by_library),
            (sdk.hosts, sdks.by_host),
        ):
            for name in (*signs.own, *signs.shared, *signs.weak):
                found = find(name)
                assert found is not None, name
                assert sdk.id in found.sdks, name
                assert (len(found.sdks) > 1) == (name in signs.shared), name
                assert found.weak == (name in signs.weak), name


@pytest.mark.parametrize(
    ("class_name", "sdk"),
    [
        ("com.umeng.analytics.MobclickAgent$Inner", "umeng-analytics"),
        ("cn.jpush.android.api.JPushInterface", "jpush"),
        ("com.amap.api.location.AMapLocationClient", "amap-location"),
        ("com.amap.api.maps.MapView", "amap-map"),
    ],
)
def test_the_longest_package_of_a_class_says_whose_it_is(
    knowledge: Knowledge, class_name: str, sdk: str
) -> None:
    found = knowledge.sdks.by_class(class_name)
    assert found is not None
    assert found.sdks == (sdk,)


@pytest.mark.parametrize(
    "class_name", ["com.umengfoo.Agent", "com.umeng", "xcn.jpush.android.A", "com.example.Main", ""]
)
def test_a_class_that_only_looks_alike_is_nobodys(knowledge: Knowledge, class_name: str) -> None:
    assert knowledge.sdks.by_class(class_name) is None


def test_a_host_is_of_the_nearest_domain_and_never_of_half_a_name(knowledge: Knowledge) -> None:
    found = knowledge.sdks.by_host("ALOGS.umeng.com.")
    assert found is not None
    assert found.sdks == ("umeng-analytics",)
    assert knowledge.sdks.by_host("notumeng.com") is None
    assert knowledge.sdks.by_host("umeng.com.evil.example") is None


def test_face_recognition_is_known_by_what_it_reads(knowledge: Knowledge) -> None:
    faces = {each.id for each in knowledge.sdks.sdks.values() if each.reads_faces}
    assert {"megvii", "tencent-faceid", "baidu-face"} <= faces
    assert "umeng-analytics" not in faces


def test_every_sign_of_a_packer_leads_to_it(knowledge: Knowledge) -> None:
    packers = knowledge.packers
    for packer in packers.packers.values():
        for names, find in (
            (packer.applications, packers.by_application),
            (packer.prefixes, packers.by_class),
            (packer.libraries, packers.by_file),
            (packer.files, packers.by_file),
        ):
            for name in names:
                found = find(name.rstrip("/").replace(ANY, "x"))
                assert found is not None, name
                assert packer.id in found.packers, name


def test_a_packer_is_known_by_patterns_and_folders(knowledge: Knowledge) -> None:
    packers = knowledge.packers
    vip = packers.by_file("lib/arm64-v8a/libjiagu_new.so")
    assert vip is not None
    assert vip.packers == ("qihoo-jiagu",)
    inside = packers.by_file("assets/ijm_lib/armeabi/x.so")
    assert inside is not None
    assert inside.packers == ("ijiami",)
    assert packers.by_file("lib/arm64-v8a/libmyjiagu.so") is None
    assert packers.by_file("assets/ijm_library/x.so") is None


def test_common_names_alone_prove_no_packer(knowledge: Knowledge) -> None:
    packers = knowledge.packers
    for path in ("lib/armeabi/libtest.so", "assets/data.db", "assets/classes.jar"):
        found = packers.by_file(path)
        assert found is not None
        assert found.weak, path
    guard = packers.by_file("lib/armeabi-v7a/libsgmain.so")
    assert guard is not None
    assert not any(packers.packers[each].hides_code for each in guard.packers)
    assert packers.packers[guard.packers[0]].kind is PackerKind.SECURITY_KIT


def test_hosts_abroad_are_told_from_those_in_the_mainland(knowledge: Knowledge) -> None:
    abroad = knowledge.hosts.find("s3.ap-southeast-1.amazonaws.com")
    inside = knowledge.hosts.find("s3.cn-north-1.amazonaws.com.cn")
    assert abroad is not None
    assert abroad.is_overseas
    assert inside is not None
    assert not inside.is_overseas
    assert knowledge.hosts.find("myamazonaws.com") is None
    assert knowledge.hosts.find("cn") is None


def test_every_host_is_found_by_itself_and_below(knowledge: Knowledge) -> None:
    for domain, row in knowledge.hosts.hosts.items():
        assert knowledge.hosts.find(domain) == row
        assert knowledge.hosts.find(f"x-y-z.{domain}") == row


def test_starting_is_known_by_action_component_and_package(knowledge: Knowledge) -> None:
    wakes = knowledge.wakes
    boot = wakes.by_action("android.intent.action.BOOT_COMPLETED")
    assert boot is not None
    assert boot.behaviour is Behaviour.SELF_START
    assert boot.from_manifest
    screen = wakes.by_action("android.intent.action.SCREEN_ON")
    assert screen is not None
    assert not screen.from_manifest
    daemon = wakes.by_class("cn.jpush.android.service.DaemonService")
    assert daemon is not None
    assert daemon.sdk == "jpush"
    leoric = wakes.by_class("me.weishu.leoric.Leoric")
    assert leoric is not None
    assert leoric.kind is WakeKind.PACKAGE
    assert wakes.by_class("cn.jpush.android.service.DaemonService2") is None
    wake_up = {Behaviour.SELF_START, Behaviour.ASSOCIATED_START, Behaviour.KEEP_ALIVE}
    assert {
        each.behaviour for each in (*wakes.actions.values(), *wakes.classes.values())
    } == wake_up


def calls_of(knowledge: Knowledge) -> Iterator[str]:
    for gate in knowledge.gates.gates.values():
        yield from (*gate.starts, *gate.harmless, *(each.call for each in gate.switches))


def test_calls_of_consent_gates_are_in_the_code_of_their_sdk(knowledge: Knowledge) -> None:
    """So that a gate is not written for a class that another SDK has."""
    for gate in knowledge.gates.gates.values():
        sdk = knowledge.sdks.sdks[SdkId(gate.sdk)]
        for call in (*gate.starts, *gate.harmless):
            class_name = call.partition("->")[0][1:-1].replace("/", ".")
            found = knowledge.sdks.by_class(class_name)
            assert found is not None, call
            companies = {knowledge.sdks.sdks[each].company.zh for each in found.sdks}
            assert sdk.id in found.sdks or sdk.company.zh in companies, (gate.id, call, found)


def test_consent_gates_say_what_to_do_and_what_holds_back(knowledge: Knowledge) -> None:
    for gate in knowledge.gates.gates.values():
        assert CHINESE.search(gate.fix.zh), gate.id
        assert gate.fix.en, gate.id
        assert gate.starts, gate.id
        assert gate.switches or not gate.closed, gate.id
    umeng = knowledge.gates.gates[
        knowledge.gates.starts["Lcom/umeng/commonsdk/UMConfigure;->init"][0]
    ]
    assert umeng.harmless == ("Lcom/umeng/commonsdk/UMConfigure;->preInit",)
    assert len(set(calls_of(knowledge))) > 60


def test_what_runs_by_itself_is_told_from_what_a_person_does(knowledge: Knowledge) -> None:
    framework = knowledge.framework
    by_type = {each.type_name: each for each in framework.callbacks.values()}
    assert by_type["Ljava/lang/Runnable;"].when is When.SURELY
    assert by_type["Landroid/view/View$OnClickListener;"].when is When.ON_ACTION
    assert by_type["Landroid/location/LocationListener;"].when is When.PERHAPS
    types = {each.type_name: each for each in framework.components.values()}
    assert types["Landroid/app/Application;"].entries == ("attachBaseContext", "onCreate")
    assert "onBackPressed" in framework.actions
    assert "onBackPressed" not in types["Landroid/app/Activity;"].entries
    assert not set(framework.actions) & set(framework.names)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("不同意并退出", WordRole.REFUSE),
        ("同意并继续", WordRole.AGREE),
        ("Disagree", WordRole.REFUSE),
        ("I  AGREE", WordRole.AGREE),
        ("不同意", WordRole.REFUSE),
        ("同意しない", WordRole.REFUSE),
        ("登录", None),
        ("disagreeable", None),
        ("", None),
    ],
)
def test_buttons_are_read_with_refusing_first(
    knowledge: Knowledge, text: str, role: WordRole | None
) -> None:
    assert knowledge.words.button(text) is role


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("hasAgreedPrivacy", WordRole.NAME),
        ("KEY_USER_AGREEMENT", WordRole.NAME),
        ("is_agree", WordRole.NAME),
        ("同意隐私", WordRole.NAME),
        ("isFirstLaunch", WordRole.WEAK_NAME),
        ("HttpProtocolVersion", None),
        ("disagreeable", None),
        ("greeting", None),
    ],
)
def test_names_in_code_are_read_word_by_word(
    knowledge: Knowledge, name: str, role: WordRole | None
) -> None:
    assert knowledge.words.name(name) is role


def test_rules_and_consent_are_known_in_texts(knowledge: Knowledge) -> None:
    said = "我已阅读并同意《用户协议》和《隐私政策》"
    assert knowledge.words.speaks_of(WordRole.CONSENT_TEXT, said)
    assert knowledge.words.speaks_of(WordRole.RULES, said)
    assert not knowledge.words.speaks_of(WordRole.RULES, "登录")

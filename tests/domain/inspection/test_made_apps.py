"""Parts, permissions, packing, hidden code and shells in apps that are made for one rule each."""

import hashlib

import pytest
from tests.domain.inspection.made_app import MAIN, made, manifest
from tests.engines.archive.zips import zipped
from tests.engines.dex.dex_builder import Class, Method, code, dex

from chengnuo.domain.inspection.blind_spots import blind_spots
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.packing import entropy, packing
from chengnuo.domain.inspection.parts import exported_parts
from chengnuo.domain.inspection.permissions_seen import permissions
from chengnuo.domain.inspection.script_calls import calls_in
from chengnuo.domain.inspection.settings import settings
from chengnuo.domain.inspection.shells import shells
from chengnuo.domain.inspection.unseen_calls import unseen_calls
from chengnuo.domain.inspection.wakes import wakes
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Confidence
from chengnuo.domain.observation.seen import ActSeen, BlindSpot, SettingSeen

RANDOM = b"".join(
    hashlib.sha256(bytes([one, two])).digest() for one in range(8) for two in range(99)
)
"""25 kB without any pattern."""
ELF = b"\x7fELF" + bytes(60)
IMEI = ("Landroid/telephony/TelephonyManager;", "getImei", "()Ljava/lang/String;")
NATIVE, PUBLIC = 0x100, 0x1


def _asks(*names: str) -> str:
    return "".join(f'<uses-permission android:name="android.permission.{one}"/>' for one in names)


def _provider(attributes: str) -> str:
    return f'{MAIN}<provider android:name=".Data" android:exported="true" {attributes}/>'


@pytest.mark.parametrize(
    ("attributes", "is_open"),
    [
        pytest.param("", True, id="no permission at all"),
        pytest.param('android:readPermission="a.b"', True, id="anyone may write"),
        pytest.param(
            'android:readPermission="a.b" android:writePermission="a.b"', False, id="both needed"
        ),
        pytest.param('android:permission="a.b"', False, id="one for all"),
        pytest.param('android:permission="com.example.a.ANY"', True, id="every app gets it"),
        pytest.param('android:permission="com.example.a.SAME"', False, id="of the same signer"),
        pytest.param('android:enabled="false"', False, id="switched off"),
    ],
)
def test_a_provider_is_open_if_no_permission_stops_others(
    attributes: str, is_open: bool, knowledge: Knowledge
) -> None:
    defined = (
        '<permission android:name="com.example.a.ANY" android:protectionLevel="normal"/>'
        '<permission android:name="com.example.a.SAME" android:protectionLevel="signature"/>'
    )
    app = made(knowledge, manifest(_provider(attributes), before=defined))
    assert [one.place.class_name for one in exported_parts(app)] == (
        ["com.example.a.Data"] if is_open else []
    )


@pytest.mark.parametrize(
    ("action", "target", "starts"),
    [
        ("android.intent.action.BOOT_COMPLETED", 33, True),
        ("android.net.conn.CONNECTIVITY_CHANGE", 33, False),
        ("android.net.conn.CONNECTIVITY_CHANGE", 23, True),
        ("android.intent.action.SCREEN_ON", 19, False),
        ("com.example.OWN", 33, False),
    ],
)
def test_a_receiver_starts_the_app_only_by_what_the_system_delivers_to_it(
    action: str, target: int, starts: bool, knowledge: Knowledge
) -> None:
    receiver = (
        '<receiver android:name=".Hears" android:exported="true"><intent-filter>'
        f'<action android:name="{action}"/></intent-filter></receiver>'
    )
    seen = list(wakes(made(knowledge, manifest(MAIN + receiver, target=target))))
    assert [(one.what, one.detail("by")) for one in seen] == (
        [(Behaviour.SELF_START, action)] if starts else []
    )


def test_a_component_of_a_kit_is_the_kits(knowledge: Knowledge) -> None:
    service = (
        '<service android:name="cn.jpush.android.service.DaemonService" android:exported="true"/>'
    )
    app = made(knowledge, manifest(MAIN + service))
    (woken,), (opened,) = list(wakes(app)), list(exported_parts(app))
    assert (woken.what, woken.owner.id, opened.owner.id) == ("associated-start", "jpush", "jpush")


def test_a_call_without_its_permission_is_told(knowledge: Knowledge) -> None:
    starts = [one for one in permissions(_reading(knowledge, "")) if one.what == _WITHOUT]
    assert [(one.detail("calls"), one.permissions[0]) for one in starts] == [
        ("TelephonyManager.getImei", "android.permission.READ_PHONE_STATE")
    ]


_WITHOUT = ActSeen.CALL_WITHOUT_PERMISSION


@pytest.mark.parametrize("asked", ["READ_PHONE_STATE", "READ_PRIVILEGED_PHONE_STATE"])
def test_any_permission_that_would_do_is_enough_for_a_call(
    asked: str, knowledge: Knowledge
) -> None:
    seen = list(permissions(_reading(knowledge, _asks(asked))))
    assert [one.what for one in seen] == [f"android.permission.{asked}"]
    assert seen[0].detail("used-by") == "TelephonyManager.getImei"


def _reading(knowledge: Knowledge, before: str) -> Opened:
    main = Class(
        "Lcom/example/a/Start;",
        super="Landroid/app/Application;",
        methods=[
            Method("<init>", "()V", access=0x10001, code=code(1, lambda _: [0x000E])),
            Method(
                "onCreate",
                "()V",
                code=code(1, lambda ids: [0x106E, ids.method(*IMEI), 0x0000, 0x000E]),
            ),
        ],
    )
    written = manifest(before=before, application='android:name=".Start"')
    return made(knowledge, written, classes=[main])


@pytest.mark.parametrize(
    ("name", "is_unused"),
    [
        pytest.param("android.permission.READ_SMS", "yes", id="known, and nothing uses it"),
        pytest.param("com.vendor.permission.SPECIAL", "", id="in no catalogue"),
        pytest.param("android.permission.ACCESS_WIFI_STATE", "", id="given without a question"),
        pytest.param("android.permission.ANSWER_PHONE_CALLS", "", id="no use of it is known"),
    ],
)
def test_only_a_permission_whose_uses_are_known_is_called_unused(
    name: str, is_unused: str, knowledge: Knowledge
) -> None:
    asked = f'<uses-permission android:name="{name}"/>'
    (seen,) = permissions(made(knowledge, manifest(before=asked)))
    assert (seen.what, seen.detail("unused")) == (name, is_unused)


@pytest.mark.parametrize(
    ("class_name", "unused"),
    [
        pytest.param("Lorg/shapes/drawing/Phone;", "yes", id="a library has it for other apps"),
        pytest.param("Lcom/example/a/Phone;", "", id="own code, which something may lead to"),
        pytest.param("Lcn/jpush/android/Phone;", "", id="a kit, which something may lead to"),
    ],
)
def test_a_call_of_a_library_to_which_nothing_leads_is_no_use(
    class_name: str, unused: str, knowledge: Knowledge
) -> None:
    read = code(1, lambda ids: [0x106E, ids.method(*IMEI), 0x0000, 0x000E])
    held = Class(class_name, methods=[Method("read", "()V", code=read)])
    written = manifest(before=_asks("READ_PHONE_STATE"))
    (seen,) = permissions(made(knowledge, written, classes=[held]))
    assert (seen.detail("unused"), seen.detail("reached")) == (unused, "no")


def test_what_native_code_can_use_by_itself_is_not_called_unused_beside_some(
    knowledge: Knowledge,
) -> None:
    written = manifest(before=_asks("RECORD_AUDIO"))
    told = [
        next(iter(permissions(made(knowledge, written, files)))).detail("unused")
        for files in ({}, {"lib/arm64-v8a/liba.so": ELF})
    ]
    assert told == ["yes", ""]


def test_a_permission_asked_for_twice_is_told_once_and_for_the_most_versions(
    knowledge: Knowledge,
) -> None:
    asked = (
        '<uses-permission android:name="android.permission.CAMERA" android:maxSdkVersion="28"/>'
        '<uses-permission-sdk-23 android:name="android.permission.CAMERA"/>'
    )
    (seen,) = permissions(made(knowledge, manifest(before=asked)))
    assert (seen.detail("max_sdk"), seen.detail("from_sdk_23")) == ("", "yes")


@pytest.mark.parametrize("library", ["libsgmain.so", "libBugly.so", "libshell.so"])
def test_a_library_of_a_kit_or_of_a_common_name_alone_is_no_packing(
    library: str, knowledge: Knowledge
) -> None:
    files = {f"lib/arm64-v8a/{library}": ELF, "assets/model.bin": RANDOM}
    assert list(packing(made(knowledge, manifest(), files))) == []


def test_a_packers_library_is_packing(knowledge: Knowledge) -> None:
    app = made(knowledge, manifest(), {"lib/arm64-v8a/libDexHelper.so": ELF})
    (seen,) = packing(app)
    assert (seen.detail("packer"), seen.confidence) == ("bangcle-secneo", Confidence.MEDIUM)


@pytest.mark.parametrize(
    ("files", "confidence"),
    [({}, Confidence.MEDIUM), ({"assets/0.bin": RANDOM}, Confidence.HIGH)],
)
def test_an_unknown_packer_is_told_by_what_the_code_lacks(
    files: dict[str, bytes], confidence: Confidence, knowledge: Knowledge
) -> None:
    written = manifest(application='android:name="com.example.a.RealApp"')
    (seen,) = packing(made(knowledge, written, files))
    assert (seen.detail("packer"), seen.confidence) == ("", confidence)
    assert seen.detail("signs").startswith("com.example.a.RealApp")


def test_methods_of_the_start_that_are_native_are_packing(knowledge: Knowledge) -> None:
    stub = Class(
        "Lcom/example/a/Start;",
        super="Landroid/app/Application;",
        methods=[Method("attachBaseContext", "(Landroid/content/Context;)V", PUBLIC | NATIVE)],
    )
    written = manifest(application='android:name=".Start"')
    (seen,) = packing(made(knowledge, written, classes=[stub]))
    assert seen.detail("signs") == "com.example.a.Start.attachBaseContext"


def test_parts_that_kits_left_behind_are_no_packing(knowledge: Knowledge) -> None:
    left = "".join(f'<activity android:name="com.gone.kit.Shown{at}"/>' for at in range(5))
    assert list(packing(made(knowledge, manifest(MAIN + left)))) == []


def test_entropy_is_in_bits_a_byte() -> None:
    assert entropy(bytes(range(256)) * 4) == 8
    assert entropy(b"aaaa") == 0
    assert entropy(b"") == 0


INNER_APK = zipped({"AndroidManifest.xml": b"\3\0\10\0" + bytes(99), "classes.dex": b"dex\n"})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("assets/a.bin", dex([Class("La/B;")]), "dex"),
        ("assets/b.dat", ELF, "elf"),
        ("assets/c.png.zip", INNER_APK, "apk"),
        ("assets/d", zipped({"classes.dex": b"dex\n035\0"}), "dex"),
        ("assets/e", zipped({"a/B.class": b"\xca\xfe\xba\xbe"}), "class"),
        ("assets/pages.zip", zipped({"index.html": b"<p>"}), ""),
        ("assets/f.bin", b"plain words", ""),
        ("assets/g.png", dex([Class("La/B;")]), "dex"),
        ("assets/h.png", b"\x89PNG\r\n\x1a\n", ""),
    ],
)
def test_code_in_assets_is_hidden_code(
    name: str, content: bytes, kind: str, knowledge: Knowledge
) -> None:
    seen = [
        (one.place.file, one.detail("kind")) for one in blind_spots(_with(knowledge, name, content))
    ]
    assert seen == ([(name, kind)] if kind else [])


def _with(knowledge: Knowledge, name: str, content: bytes) -> Opened:
    return made(knowledge, manifest(), {name: content})


def test_a_library_is_told_once_for_all_instruction_sets(knowledge: Knowledge) -> None:
    files = {f"lib/{abi}/libx.so": ELF for abi in ("armeabi-v7a", "arm64-v8a")}
    (seen,) = blind_spots(made(knowledge, manifest(), files))
    assert (seen.what, seen.detail("abis")) == (BlindSpot.NATIVE_LIBRARY, "arm64-v8a, armeabi-v7a")


@pytest.mark.parametrize(
    ("file", "platform"),
    [
        ("assets/index.android.bundle", "React Native"),
        ("assets/apps/__UNI__1/www/app-service.js", "uni-app"),
        ("lib/arm64-v8a/libflutter.so", "Flutter"),
        ("assets/www/cordova.js", "Cordova"),
        ("assets/public/index.html", "Capacitor"),
        ("assemblies/App.dll", ".NET"),
        ("lib/arm64-v8a/libunity.so", "Unity"),
        ("lib/arm64-v8a/libcocos2djs.so", "Cocos"),
        ("assets/main.js", ""),
        ("assets/page.html", ""),
        ("res/raw/cordova.js", ""),
    ],
)
def test_a_shell_is_known_by_what_its_tools_put_into_a_package(
    file: str, platform: str, knowledge: Knowledge
) -> None:
    seen = list(shells(made(knowledge, manifest(), {file: b"x"})))
    assert [one.detail("platform") for one in seen] == ([platform] if platform else [])


def test_a_library_of_native_code_that_is_an_archive_of_code_is_hidden_code(
    knowledge: Knowledge,
) -> None:
    inner = zipped({"classes.dex": b"dex\n035\0"})
    seen = blind_spots(_with(knowledge, "lib/arm64-v8a/libdata.so", inner))
    assert [one.what for one in seen] == [BlindSpot.HIDDEN_CODE, BlindSpot.NATIVE_LIBRARY]


def test_a_shell_whose_scripts_come_later_is_known_by_its_classes(knowledge: Knowledge) -> None:
    held = Class("Lcom/finogeeks/lib/applet/Client;")
    (seen,) = shells(made(knowledge, manifest(), classes=[held]))
    assert (seen.detail("platform"), seen.confidence) == ("mini program", Confidence.MEDIUM)
    assert seen.place.class_name == "com.finogeeks.lib.applet.Client"


def test_half_a_name_is_no_class_of_a_shell(knowledge: Knowledge) -> None:
    held = Class("Lio/flutter/embeddingother/Client;")
    assert list(shells(made(knowledge, manifest(), classes=[held]))) == []


def test_calls_of_a_script_are_told_once_with_their_line(knowledge: Knowledge) -> None:
    script = b"a();\nplus.device.imei;\nplus.device.imei;\nx.navigator.geolocation.watch()"
    assert [(call.text, line) for call, line in calls_in(script, knowledge.script_calls)] == [
        ("plus.device.imei", 2),
        ("navigator.geolocation", 4),
    ]


def test_a_longer_word_is_no_call_of_a_script(knowledge: Knowledge) -> None:
    script = b"getUniqueIdentity(); xplus.device.imei; plus.device.imei2"
    assert list(calls_in(script, knowledge.script_calls)) == []


def test_what_stands_before_the_archive_is_hidden_code(knowledge: Knowledge) -> None:
    app = made(knowledge, manifest(), prefix=dex([Class("La/B;")]))
    (seen,) = blind_spots(app)
    assert (seen.what, seen.detail("kind")) == (BlindSpot.HIDDEN_CODE, "dex")
    assert seen.detail("where") == "before the archive"


def test_a_setting_that_the_system_gives_is_told_from_one_that_is_said(
    knowledge: Knowledge,
) -> None:
    told = {}
    for text in ("", 'android:allowBackup="true" android:fullBackupContent="@xml/rules"'):
        (seen,) = settings(made(knowledge, manifest(application=text)))
        assert seen.what == SettingSeen.ALLOW_BACKUP
        told[seen.detail("by")] = seen.detail("rules")
    assert told == {"default": "", "said": "yes"}


def test_code_that_nothing_reaches_makes_no_blind_spot(knowledge: Knowledge) -> None:
    loads = ("Ljava/lang/Class;", "forName", "(Ljava/lang/String;)Ljava/lang/Class;")
    lonely = Class(
        "Lcom/example/a/Lonely;",
        methods=[
            Method(
                "load",
                "(Ljava/lang/String;)V",
                code=code(2, lambda ids: [0x1071, ids.method(*loads), 0x0001, 0x000E], ins=2),
            )
        ],
    )
    assert list(unseen_calls(made(knowledge, manifest(), classes=[lonely]))) == []


@pytest.mark.parametrize(
    ("member", "is_exact"),
    [("set", False), ("setExact", True), ("setInexactRepeating", False), ("setWindow", False)],
)
def test_only_an_exact_alarm_needs_the_permission(
    member: str, is_exact: bool, knowledge: Knowledge
) -> None:
    (api,) = knowledge.apis.methods("Landroid/app/AlarmManager;", member)
    exact = ("android.permission.SCHEDULE_EXACT_ALARM",)
    assert api.permissions == (exact if is_exact else ())

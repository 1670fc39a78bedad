"""Signs of kits one by one: what tells a kit alone, what only beside another, what never."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import pytest
from tests.domain.inspection.made_app import MAIN, made, manifest
from tests.engines.dex.dex_builder import Class

from chengnuo.domain.inspection.hosts import hosts
from chengnuo.domain.inspection.kits import kits
from chengnuo.domain.observation.inspection import Presence, SdkSeen
from chengnuo.domain.observation.knowledge import Knowledge

ELF = b"\x7fELF" + bytes(60)

Told: TypeAlias = Callable[..., dict[str, SdkSeen]]


@pytest.fixture(scope="module")
def told(knowledge: Knowledge) -> Told:
    """Return the kits that an app made of these is told to have."""

    def of(
        inside: str = "", files: Mapping[str, bytes] | None = None, classes: Sequence[Class] = ()
    ) -> dict[str, SdkSeen]:
        opened = made(knowledge, manifest(MAIN + inside), files, classes)
        return {one.owner.id: one for one in kits(opened, ()).sdks}

    return of


def _meta(name: str) -> str:
    return f'<meta-data android:name="{name}" android:value="0"/>'


def _library(name: str) -> dict[str, bytes]:
    return {f"lib/arm64-v8a/{name}": ELF}


@pytest.mark.parametrize(
    ("inside", "files", "expected"),
    [
        pytest.param(
            '<service android:name="cn.jpush.android.service.PushService"/>',
            {},
            {"jpush": "component cn.jpush.android.service.PushService"},
            id="a component",
        ),
        pytest.param(
            '<activity android:name=".wxapi.WXEntryActivity"/>',
            {},
            {"wechat-opensdk": "component com.example.a.wxapi.WXEntryActivity"},
            id="a component of the app by the kit's pattern",
        ),
        pytest.param(_meta("BUGLY_APPID"), {}, {"bugly": "meta-data BUGLY_APPID"}, id="meta-data"),
        pytest.param(_meta("UMENG_CHANNEL"), {}, {}, id="a channel is a common word"),
        pytest.param(_meta("api_key"), {}, {}, id="weak meta-data"),
        pytest.param("", _library("libjcore290.so"), {"jpush": "library libjcore290.so"}, id="lib"),
        pytest.param("", _library("libxcrash.so"), {}, id="a weak library"),
        pytest.param(
            _meta("PUSH_APPID") + _meta("PUSH_APPKEY"), {}, {}, id="weak signs of one sort"
        ),
        pytest.param(_meta("libjcore1.so"), {}, {}, id="a library's pattern is not meta-data's"),
        pytest.param(
            "",
            {"lib/arm64-v8a/liba.so": ELF + b"\0Java_com_tencent_mmkv_MMKV_decode_1it\0"},
            {"mmkv": "native com.tencent.mmkv"},
            id="native methods in a library of any name",
        ),
        pytest.param(
            "",
            {"lib/arm64-v8a/liba.so": ELF + b"\0Java_com_example_a_Main_run\0"},
            {},
            id="native methods of the app",
        ),
    ],
)
def test_a_sign_tells_a_kit_or_nothing(
    inside: str, files: dict[str, bytes], expected: dict[str, str], told: Told
) -> None:
    seen = told(inside, files)
    assert {key: one.signs[0] for key, one in seen.items()} == expected


def test_a_weak_sign_stands_beside_a_sure_one(told: Told) -> None:
    inside = _meta("JPUSH_CHANNEL") + _meta("JPUSH_APPKEY")
    seen = told(inside, _library("libjcore.so"))
    assert seen["jpush"].signs == (
        "library libjcore.so",
        "meta-data JPUSH_APPKEY",
        "meta-data JPUSH_CHANNEL",
    )
    assert set(seen) == {"jpush"}


def test_a_shared_sign_alone_names_all_that_it_may_be(told: Told) -> None:
    (seen,) = told(_meta("com.amap.api.v2.apikey")).values()
    assert {seen.owner.id, *seen.owner.also} == {"amap-location", "amap-map"}
    assert seen.presence is Presence.PRESENT


def test_weak_signs_of_two_sorts_tell_a_kit(told: Told) -> None:
    seen = told("", _library("libxcrash.so"), [Class("Lxcrash/XCrash;")])
    assert seen["xcrash"].signs == ("package xcrash", "library libxcrash.so")


def test_a_weak_sign_says_which_of_several_kits_it_is(told: Told) -> None:
    (seen,) = told(_meta("TencentMapSDK"), classes=[Class("Lct/Place;")]).values()
    assert (seen.owner.id, seen.owner.also) == ("tencent-location", ())


def test_hosts_of_files_are_told_within_reason(knowledge: Knowledge) -> None:
    files = {
        "assets/app.js": b'fetch("https://api.foo.cn/v1"); // https://docs.foo.cn/help\n',
        "assets/LICENSE.json": b'{"u": "https://licence.foo.cn"}',
        "assets/words.txt": b"https://words.foo.cn",
        "assets/index.android.bundle": bytes.fromhex("c61fbc03c103191f")
        + b"https://rn.foo.cn/v1https://b.foo.cnTexttail",
        "lib/arm64-v8a/liba.so": ELF + b"\0https://so.foo.cn/x\0http://%s/y\0https://\0",
        "lib/armeabi-v7a/liba.so": ELF + b"\0https://other.foo.cn/x\0",
    }
    opened = made(knowledge, manifest(), files)
    seen = {one.what: one for one in hosts(opened)}
    assert set(seen) == {"api.foo.cn", "rn.foo.cn", "so.foo.cn"}
    assert seen["so.foo.cn"].owner.id == "liba.so"
    assert seen["api.foo.cn"].place.file == "assets/app.js"
    assert all(one.detail("use") == "named" for one in seen.values())


def test_links_that_open_the_app_are_no_hosts(knowledge: Knowledge) -> None:
    link = (
        '<activity android:name=".Link" android:exported="true"><intent-filter>'
        '<data android:scheme="https" android:host="link.foo.cn"/></intent-filter></activity>'
    )
    assert tuple(hosts(made(knowledge, manifest(MAIN + link)))) == ()

"""What a policy is read to name: kits, permissions, categories and hosts, in several styles."""

import pytest

from chengnuo.domain.finding.package_policy import Naming, PolicyLook
from chengnuo.domain.finding.policy_reading import MAX_CHARACTERS, look_through
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.observation.policy_words import NamedThing
from chengnuo.law.catalogue import Catalogue

TABLE = """“好茶”隐私政策
为完成注册，我们会收集您的手机号码；为保障账号安全，我们会收集设备信息（设备型号、IMEI、
Android ID、OAID、MAC 地址、IP
地址）。
三、第三方 SDK 目录
友盟+SDK（com.umeng.commonsdk）| 友盟同欣（北京）科技有限公司 | https://www.umeng.com/page/policy。
极光推送 | 深圳市和讯华谷信息技术有限公司
四、权限
相机（android.permission.CAMERA）、READ_PHONE_STATE、\uff32\uff25\uff23\uff2f\uff32\uff24\uff3f\uff21\uff35\uff24\uff29\uff2f
"""
PROSE = """## 我们如何使用您的信息
经您同意，地图服务由高德软件有限公司提供，会读取您的**地理位置**与附近的 Wi-Fi 信息。分享到微信时，
我们接入了微信开放平台。支付由支付宝 SDK 完成。您可以在系统设置中关闭定位服务、存储权限和麦克风。
我们不读取您的剪贴板。
"""
ENGLISH = """Privacy Notice of Good Tea
We collect your phone number, your precise location and the list of installed apps. We use Google
Analytics, Firebase
Crashlytics and services of Meta Platforms, Inc.; see https://policies.google.com/privacy. You may
adjust your settings, sign in the branch and segment your shipments. Contacts and text messages stay
on your phone.
"""


@pytest.fixture
def look(request: pytest.FixtureRequest, knowledge: Knowledge, catalogue: Catalogue) -> PolicyLook:
    return look_through(
        request.param, file="policy.md", sha256="0" * 64, knowledge=knowledge, law=catalogue
    )


def _categories(look: PolicyLook) -> set[str]:
    return {one.what for one in look.mentions if one.subject is Subject.INFORMATION}


def _sdks(look: PolicyLook, naming: Naming = Naming.NAMED) -> set[str]:
    whats = {one.what for one in look.mentions if one.subject is Subject.SDK}
    return {what for what in whats if look.naming(Subject.SDK, what) is naming}


@pytest.mark.parametrize("look", [TABLE], indirect=True)
def test_a_policy_with_tables_names_its_kits_permissions_and_categories(look: PolicyLook) -> None:
    assert _sdks(look) == {"umeng-analytics", "jpush"}
    assert "umeng-push" in _sdks(look, Naming.COMPANY_ONLY)
    assert look.naming(Subject.SDK, "amap-map") is Naming.NOT_FOUND
    assert _categories(look) >= {
        *("PI-BASIC-PHONE", "PI-NETID-ACCOUNT", "PI-DEVICE-MODEL", "PI-DEVICE-IMEI"),
        *("PI-DEVICE-AID", "PI-DEVICE-OAID", "PI-DEVICE-MAC", "PI-NETID-IP"),
    }
    for name in ("CAMERA", "READ_PHONE_STATE", "RECORD_AUDIO"):
        assert look.naming(Subject.PERMISSION, f"android.permission.{name}") is Naming.NAMED
    assert look.naming(Subject.PERMISSION, "android.permission.READ_SMS") is Naming.NOT_FOUND


@pytest.mark.parametrize("look", [TABLE], indirect=True)
def test_a_mention_tells_where_it_stands_as_it_is_written(look: PolicyLook) -> None:
    phone = look.find(Subject.INFORMATION, "PI-BASIC-PHONE")
    address = look.find(Subject.INFORMATION, "PI-NETID-IP")
    assert phone is not None
    assert (phone.word, phone.line, phone.column) == ("手机号码", 2, 14)
    assert address is not None
    assert (address.word, address.line) == ("IP 地址", 3)


@pytest.mark.parametrize("look", [TABLE], indirect=True)
def test_addresses_end_before_punctuation_and_name_their_hosts(look: PolicyLook) -> None:
    assert look.links == ("https://www.umeng.com/page/policy",)
    assert look.naming(Subject.HOST, "ulogs.umeng.com") is Naming.NAMED
    assert look.naming(Subject.HOST, "badumeng.com") is Naming.NOT_FOUND


@pytest.mark.parametrize("look", [PROSE], indirect=True)
def test_a_policy_in_prose_names_them_too(look: PolicyLook) -> None:
    assert _sdks(look) == {"alipay", "wechat-opensdk"}
    assert {"amap-map", "amap-location"} <= _sdks(look, Naming.COMPANY_ONLY)
    assert _categories(look) >= {
        "PI-LOC-PRECISE",
        "PI-LOC-COARSE",
        "PI-DEVICE-WIFI",
        "PI-COMM-CLIP",
    }
    for name in ("ACCESS_FINE_LOCATION", "READ_EXTERNAL_STORAGE", "RECORD_AUDIO"):
        assert look.naming(Subject.PERMISSION, f"android.permission.{name}") is Naming.NAMED


@pytest.mark.parametrize("look", [ENGLISH], indirect=True)
def test_an_english_policy_is_read_by_whole_words_only(look: PolicyLook) -> None:
    assert _sdks(look) == {"google-analytics", "google-crashlytics"}
    assert {"facebook-core", "facebook-login"} <= _sdks(look, Naming.COMPANY_ONLY)
    for ordinary_word in ("adjust", "branch", "segment"):
        assert look.naming(Subject.SDK, ordinary_word) is Naming.NOT_FOUND
    assert _categories(look) == {
        *("PI-BASIC-PHONE", "PI-LOC-PRECISE", "PI-DEVICE-APPS", "PI-COMM-CONTENT"),
    }
    assert look.naming(Subject.PERMISSION, "android.permission.READ_CONTACTS") is Naming.NAMED
    assert look.naming(Subject.PERMISSION, "android.permission.CAMERA") is Naming.NOT_FOUND


@pytest.mark.parametrize(
    "look", ["本页提到 AMap location 与 com.umengfoo、shipping。"], indirect=True
)
def test_the_longest_word_counts_and_half_a_word_does_not(look: PolicyLook) -> None:
    assert _sdks(look) == {"amap-location"}
    assert not _categories(look)


def test_what_code_can_read_and_people_are_asked_for_has_words(knowledge: Knowledge) -> None:
    words = knowledge.policy_words.words
    readable = {
        category
        for api in knowledge.apis.apis.values()
        if api.touched.alone
        for category in api.touched.categories
    }
    assert readable - words[NamedThing.CATEGORY].keys() == set()
    asked = {
        one.name
        for one in knowledge.permissions.names.values()
        if one.asks and one.group in {"CAMERA", "LOCATION", "MICROPHONE", "STORAGE", "CONTACTS"}
    }
    assert asked - words[NamedThing.PERMISSION].keys() == set()


def test_a_text_without_end_is_looked_through_only_so_far(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    text = " " * MAX_CHARACTERS + "通讯录"
    look = look_through(text, file="a", sha256="0" * 64, knowledge=knowledge, law=catalogue)
    assert not look.is_whole
    assert look.characters == MAX_CHARACTERS
    assert look.mentions == ()

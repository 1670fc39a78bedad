"""Kits in packages: which are there, how much of them, which version, under which names."""

import io
import zipfile

import pytest
from tests.domain.inspection.renamed import renamed
from tests.packages import kit
from tests.packages_cache import fetched

from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.inspection.kits import kits
from chengnuo.domain.inspection.opened import Opened, open_package
from chengnuo.domain.observation.inspection import Presence, SdkSeen
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Confidence, OwnerKind, Subject

_TOLD = tuple(name for name in kit.names() if kit.expected(name).sdks or kit.expected(name).no_sdk)


def _seen(content: bytes, knowledge: Knowledge) -> tuple[Opened, dict[str, SdkSeen]]:
    opened = open_package(content, knowledge)
    return opened, {one.owner.id: one for one in kits(opened, ()).sdks}


@pytest.mark.parametrize("name", _TOLD)
def test_the_kits_of_a_package_are_told_as_a_careful_reader_does(
    name: str, knowledge: Knowledge
) -> None:
    _, seen = _seen(kit.built(name).read_bytes(), knowledge)
    sure = {key: one.presence.value for key, one in seen.items() if not one.owner.also}
    assert sure == dict(kit.expected(name).sdks)


def test_a_name_of_several_kits_tells_one_and_names_the_others(knowledge: Knowledge) -> None:
    opened, seen = _seen(kit.built("sdk-shared-prefix").read_bytes(), knowledge)
    shared = seen["aliyun-push"]
    assert shared.owner.also == ("umeng-push",)
    assert opened.owners.of("org.android.agoo.Channel") == shared.owner


def test_a_renamed_kit_owns_what_its_parts_use(knowledge: Knowledge) -> None:
    opened, seen = _seen(kit.built("sdk-renamed").read_bytes(), knowledge)
    assert seen["jpush"].presence is Presence.BEFORE_CONSENT
    assert "meta-data JPUSH_APPKEY" in seen["jpush"].signs
    assert {opened.owners.of(one).id for one in ("a.a.b", "a.a.c")} == {"jpush"}


def test_a_kit_is_an_observation_with_the_way_to_its_code(knowledge: Knowledge) -> None:
    content = kit.built("sdk-umeng-early").read_bytes()
    inspection = inspect(content, knowledge, sha256=kit.sha256_of(content))
    (one,) = (one for one in inspection.observations if one.subject is Subject.SDK)
    (sdk,) = inspection.sdks
    assert (one.what, one.detail("presence"), one.confidence) == (
        "umeng-analytics",
        "before-consent",
        Confidence.HIGH,
    )
    assert one.path[0].class_name == "com.example.sdkumengearly.App"
    assert one.caused_by.kind is OwnerKind.OWN
    reads = [seen for seen in inspection.observations if seen.id in sdk.reads]
    assert len(reads) == 2
    assert {seen.owner.id for seen in reads} == {"umeng-analytics"}


def test_kits_are_named_where_time_was_over_before_them(knowledge: Knowledge) -> None:
    content = kit.built("sdk-umeng-early").read_bytes()
    inspection = inspect(content, knowledge, sha256=kit.sha256_of(content), is_over=lambda: True)
    assert inspection.sdks == ()
    assert inspection.not_finished[-1] == "kits"


_JARS = {
    "jpush": ("jpush", "4.6.0", ("cn.jpush.android", "cn.jiguang")),
    "jcore": ("jpush", "2.9.0", ("cn.jpush.android", "cn.jiguang")),
    "getui-gtc": ("getui", "3.2.18.0", ("com.igexin", "com.getui")),
    "getui-gtsdk": ("getui", "3.3.12.0", ("com.igexin", "com.getui")),
    "alipay": ("alipay", "15.6.5", ("com.alipay", "com.ta.utdid2", "com.ut.device")),
}


@pytest.mark.real
@pytest.mark.parametrize("name", sorted(_JARS))
def test_a_published_kit_and_its_version_are_told(name: str, knowledge: Knowledge) -> None:
    _, seen = _seen(fetched(name).read_bytes(), knowledge)
    sdk, version, _ = _JARS[name]
    # The push kit ships the code of its maker's advertising kit.
    assert seen.keys() - {"jiguang-union"} == {sdk}
    assert (seen[sdk].version, seen[sdk].presence) == (version, Presence.PRESENT)


@pytest.mark.real
def test_published_kits_are_told_with_their_packages_renamed(knowledge: Knowledge) -> None:
    told = 0
    for name, (sdk, _, packages) in _JARS.items():
        content = fetched(name).read_bytes()
        if name == "alipay":
            with zipfile.ZipFile(io.BytesIO(content)) as aar:
                content = aar.read("classes.jar")
        _, seen = _seen(renamed(content, *packages), knowledge)
        assert seen.keys() <= {sdk}, name
        told += sdk in seen
    assert told / len(_JARS) >= 0.7


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("apidemos", set()),
        ("uiautomator", set()),
        ("settings", {"google-location"}),
        ("yosemite", {"x5-tbs"}),
    ],
)
def test_no_kit_is_told_of_an_app_that_has_none(
    name: str, there: set[str], knowledge: Knowledge
) -> None:
    _, seen = _seen(fetched(name).read_bytes(), knowledge)
    assert seen.keys() == there

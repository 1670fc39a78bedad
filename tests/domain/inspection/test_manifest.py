"""A manifest says what the system makes of it, what is left out included."""

from pathlib import Path

import pytest

from chengnuo.domain.inspection.component import (
    Component,
    ComponentKind,
    IntentData,
    IntentFilter,
    MetaData,
)
from chengnuo.domain.inspection.manifest import (
    DefinedPermission,
    Feature,
    Manifest,
    Queries,
    UsedPermission,
    manifest_of,
)
from chengnuo.domain.inspection.network_security import (
    NetworkRule,
    network_security_of,
    platform_default,
)
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.package import Package, package_of
from chengnuo.engines.axml.resources import Resources, document_of, table_of

BUILT = Path(__file__).parents[2] / "packages" / "built"
NAMESPACE = "http://schemas.android.com/apk/res/android"


def manifest(inner: str, *, application: str = "", components: str = "", sdk: int = 33) -> Manifest:
    text = (
        f'<manifest xmlns:android="{NAMESPACE}" package="com.a">'
        f'<uses-sdk android:minSdkVersion="21" android:targetSdkVersion="{sdk}"/>{inner}'
        f"<application {application}>{components}</application></manifest>"
    )
    return manifest_of(document_of(text.encode(), "m").root, Resources())


def component(tag: str, attributes: str = "", inner: str = "", *, sdk: int = 33) -> Component:
    text = f'<{tag} android:name=".B" {attributes}>{inner}</{tag}>'
    return manifest("", components=text, sdk=sdk).components[0]


FILTER = '<intent-filter><action android:name="x"/></intent-filter>'
LAUNCHED = """<intent-filter><action android:name="android.intent.action.MAIN"/>
    <category android:name="android.intent.category.LAUNCHER"/></intent-filter>"""


@pytest.mark.parametrize(
    ("one", "exported"),
    [
        pytest.param(component("activity"), False, id="no filter"),
        pytest.param(component("activity", inner=FILTER), True, id="a filter exports"),
        pytest.param(
            component("service", 'android:exported="false"', FILTER),
            False,
            id="what is said counts",
        ),
        pytest.param(component("receiver", 'android:exported="true"'), True, id="said true"),
        pytest.param(component("provider", sdk=16), True, id="a provider up to 16"),
        pytest.param(component("provider", sdk=17), False, id="a provider from 17"),
    ],
)
def test_what_others_may_start(one: Component, exported: bool) -> None:
    assert one.exported is exported


@pytest.mark.parametrize(
    ("name", "full"),
    [(".B", "com.a.B"), ("B", "com.a.B"), ("org.x.B", "org.x.B"), (".b.C", "com.a.b.C")],
)
def test_names_of_classes_are_told_in_full(name: str, full: str) -> None:
    found = manifest(
        "",
        application=f'android:name="{name}" android:appComponentFactory="{name}"',
        components=f'<activity-alias android:name="{name}" android:targetActivity="{name}"/>',
    )
    assert (found.application, found.component_factory) == (full, full)
    assert (found.components[0].name, found.components[0].target) == (full, full)


def test_processes_are_told_in_full() -> None:
    components = """<service android:name=".A" android:process=":push"/><service android:name=".B"/>
        <service android:name=".C" android:process="com.other"/>"""
    found = manifest("", application='android:process=":main"', components=components)
    assert [one.process for one in found.components] == ["com.a:push", "com.a:main", "com.other"]
    assert manifest("", components='<service android:name=".A"/>').components[0].process == "com.a"


def test_the_home_screen_starts_activities_that_are_enabled() -> None:
    components = f"""<activity android:name=".A"/>
        <activity-alias android:name=".Icon" android:targetActivity=".A">{LAUNCHED}</activity-alias>
        <activity-alias android:name=".Off" android:targetActivity=".Z" android:enabled="false">
        {LAUNCHED}</activity-alias><service android:name=".S">{LAUNCHED}</service>
        <activity android:name=".A2">{LAUNCHED}</activity>"""
    assert manifest("", components=components).launchers() == ("com.a.A", "com.a.A2")


def test_permissions_are_told_with_their_releases() -> None:
    found = manifest(
        """<uses-permission android:name="p.A" android:maxSdkVersion="28"/>
        <uses-permission-sdk-23 android:name="p.B"/><uses-permission/>
        <permission android:name="p.C" android:protectionLevel="signature|privileged"/>
        <permission android:name="p.D" android:permissionGroup="g"/>"""
    )
    assert [(one.name, one.max_sdk, one.from_sdk_23) for one in found.permissions] == [
        ("p.A", 28, False),
        ("p.B", 0, True),
    ]
    assert isinstance(found.permissions[0], UsedPermission)
    assert found.defined_permissions == (
        DefinedPermission(name="p.C", protection="signature"),
        DefinedPermission(name="p.D", protection="normal", group="g"),
    )


def test_a_provider_and_a_service_tell_what_is_theirs() -> None:
    components = """<provider android:name=".P" android:authorities="a;b" android:initOrder="5"/>
        <provider android:name=".Q" android:authorities="c" android:initOrder="0x10"/>
        <service android:name=".S" android:foregroundServiceType="location|camera"
        android:permission="p" android:directBootAware="true"/>"""
    found = manifest("", components=components)
    providers = found.of(ComponentKind.PROVIDER)
    assert [(one.name, one.authorities) for one in providers] == [
        ("com.a.Q", ("c",)),
        ("com.a.P", ("a", "b")),
    ]
    (service,) = found.of(ComponentKind.SERVICE)
    assert service.foreground_types == ("location", "camera")
    assert (service.permission, service.direct_boot_aware) == ("p", True)


def test_filters_and_values_for_libraries_are_told() -> None:
    inner = """<intent-filter android:priority="9"><action android:name="a"/>
        <category android:name="c"/><data android:scheme="https" android:host="h"
        android:pathPrefix="/p"/></intent-filter><meta-data android:name="K" android:value="v"/>
        <meta-data android:name="R" android:resource="@xml/paths"/>"""
    found = component("activity", inner=inner)
    data = IntentData(scheme="https", host="h", path="/p")
    assert found.filters == (
        IntentFilter(actions=("a",), categories=("c",), data=(data,), priority=9),
    )
    assert found.meta_data == (
        MetaData(name="K", value="v"),
        MetaData(name="R", value="xml/paths"),
    )


def test_what_is_left_out_has_the_value_of_the_platform() -> None:
    bare = manifest("")
    assert (bare.allow_backup, bare.debuggable, bare.uses_cleartext) == (True, False, None)
    said = (
        'android:allowBackup="false" android:debuggable="true" android:usesCleartextTraffic="true"'
    )
    told = manifest("", application=said)
    assert (told.allow_backup, told.debuggable, told.uses_cleartext) == (False, True, True)
    empty = manifest_of(document_of(b"<manifest/>", "m").root, Resources())
    assert (empty.package, empty.min_sdk, empty.target_sdk) == ("", 1, 1)


def test_features_and_queries_are_told() -> None:
    found = manifest(
        """<uses-feature android:name="f" android:required="false"/>
        <queries><package android:name="q"/><intent><action android:name="i"/></intent>
        <provider android:authorities="x;y"/></queries>"""
    )
    assert found.features == (Feature(name="f", required=False),)
    assert found.queries == Queries(packages=("q",), actions=("i",), authorities=("x", "y"))


def content(package: Package, name: str) -> bytes:
    found = package.read(next(one for one in package.files if one.name == name))
    assert not isinstance(found, Refused)
    return bytes(found)


def test_a_built_app_names_its_network_security_by_a_resource() -> None:
    package = package_of((BUILT / "net-security-config.apk").read_bytes())
    table = table_of(content(package, "resources.arsc"), "resources.arsc")
    resources = Resources(tables=(table,))
    found = manifest_of(document_of(content(package, "AndroidManifest.xml"), "m").root, resources)
    (file,) = resources.files(found.network_security_config)
    root = document_of(content(package, file), file).root
    security = network_security_of(root, target_sdk=found.target_sdk, resources=resources)
    assert [rule.cleartext for rule in security.domains] == [True]


CONFIG = """<network-security-config>
    <base-config><trust-anchors><certificates src="system"/></trust-anchors></base-config>
    <domain-config cleartextTrafficPermitted="true">
        <domain includeSubdomains="true">Example.com</domain>
        <domain-config cleartextTrafficPermitted="false">
            <domain>pay.example.com</domain>
            <trust-anchors><certificates src="user"/></trust-anchors>
            <pin-set><pin digest="SHA-256">AAAA</pin><pin digest="SHA-256">BBBB</pin></pin-set>
        </domain-config></domain-config>
    <debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides>
    </network-security-config>"""


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("other.com", NetworkRule(cleartext=False, trusts_added=False)),
        (
            "a.example.com",
            NetworkRule(
                domain="example.com", with_subdomains=True, cleartext=True, trusts_added=False
            ),
        ),
        (
            "PAY.example.com.",
            NetworkRule(domain="pay.example.com", cleartext=False, trusts_added=True, pins=2),
        ),
        ("notexample.com", NetworkRule(cleartext=False, trusts_added=False)),
    ],
)
def test_the_longest_domain_decides(host: str, expected: NetworkRule) -> None:
    root = document_of(CONFIG.encode(), "n").root
    assert network_security_of(root, target_sdk=33, resources=Resources()).rule(host) == expected


@pytest.mark.parametrize(
    ("target", "said", "cleartext", "trusts"),
    [
        (23, None, True, True),
        (27, None, True, False),
        (28, None, False, False),
        (28, True, True, False),
    ],
)
def test_without_a_configuration_the_release_decides(
    target: int, said: bool | None, cleartext: bool, trusts: bool
) -> None:
    base = platform_default(target, cleartext=said).base
    assert (base.cleartext, base.trusts_added) == (cleartext, trusts)

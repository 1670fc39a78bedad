"""The catalogues find the nearest row, and say where a sign is shared or weak."""

from chengnuo.base.text import Text
from chengnuo.domain.observation.api_catalogue import Api, ApiId, ApiKind, Role, api_catalogue
from chengnuo.domain.observation.consent_gates import (
    ConsentGate,
    GateId,
    Switch,
    consent_gates,
)
from chengnuo.domain.observation.host_catalogue import HostKind, KnownHost, host_catalogue
from chengnuo.domain.observation.packer_catalogue import (
    Packer,
    PackerId,
    PackerKind,
    packer_catalogue,
)
from chengnuo.domain.observation.permission_catalogue import (
    Permission,
    ProtectionLevel,
    permission_catalogue,
)
from chengnuo.domain.observation.sdk_catalogue import (
    PurposeId,
    Sdk,
    SdkCatalogue,
    SdkId,
    Signs,
    sdk_catalogue,
)
from chengnuo.domain.observation.string_signs import StringSign, Table, string_signs
from chengnuo.domain.observation.touching import NOTHING, Basis, Touched, Weight
from chengnuo.law.ids import CategoryId

MAC = Touched(categories=(CategoryId("PI-DEVICE-MAC"),))


def api(id_: str, member: str, proto: str = "") -> Api:
    return Api(
        id=ApiId(id_),
        class_name="La/A;",
        member=member,
        proto=proto,
        touched=MAC,
        role=Role.SOURCE,
        kind=ApiKind.PLATFORM,
        weight=Weight.NORMAL,
        basis=Basis.STUB,
    )


def sdk(id_: str, packages: Signs, libraries: Signs) -> Sdk:
    return Sdk(
        id=SdkId(id_),
        name=Text(id_),
        company=Text("甲"),
        purpose=PurposeId("push"),
        packages=packages,
        libraries=libraries,
        touched=NOTHING,
        declared=False,
        country="CN",
    )


def two_sdks() -> SdkCatalogue:
    one = sdk("one", Signs(own=("com.one",), shared=("com.both",)), Signs(own=("lib*.so",)))
    two = sdk("two", Signs(weak=("ct",), shared=("com.both",)), Signs(own=("libtwo*.so",)))
    return sdk_catalogue([one, two], {})


def test_one_overload_may_have_a_row_of_its_own() -> None:
    catalogue = api_catalogue([api("one", "get", "(I)V"), api("any", "read")])
    assert [each.id for each in catalogue.methods("La/A;", "get", "(I)V")] == ["one"]
    assert not catalogue.methods("La/A;", "get", "(J)V")
    assert [each.id for each in catalogue.methods("La/A;", "get")] == ["one"]
    assert [each.id for each in catalogue.methods("La/A;", "read", "(J)V")] == ["any"]


def test_a_field_is_no_method() -> None:
    catalogue = api_catalogue([api("field", "SERIAL", "Ljava/lang/String;")])
    assert not catalogue.methods("La/A;", "SERIAL")
    field = catalogue.field("La/A;", "SERIAL")
    assert field is not None
    assert field.is_field


def test_shared_and_weak_signs_are_said() -> None:
    catalogue = two_sdks()
    both = catalogue.by_class("com.both.A")
    assert both is not None
    assert (both.sdks, both.weak) == (("one", "two"), False)
    weak = catalogue.by_class("ct.a.B")
    assert weak is not None
    assert (weak.sdks, weak.weak) == (("two",), True)


def test_the_longest_pattern_wins() -> None:
    catalogue = two_sdks()
    found = catalogue.by_library("libtwo_v1.so")
    assert found is not None
    assert found.sdks == ("two",)
    other = catalogue.by_library("libother.so")
    assert other is not None
    assert other.sdks == ("one",)


def test_an_sdk_reads_faces_only_where_it_says_so() -> None:
    assert not sdk("one", Signs(), Signs()).reads_faces


def test_a_longer_domain_may_be_in_the_mainland() -> None:
    rows = [
        KnownHost(domain="example.com", operator="O", country="US", kind=HostKind.CDN),
        KnownHost(domain="cn.example.com", operator="O", country="CN", kind=HostKind.CDN),
    ]
    catalogue = host_catalogue(rows)
    found = [catalogue.find(host) for host in ("a.cn.example.com", "a.example.com", "example.org")]
    assert [each and each.is_overseas for each in found] == [False, True, None]


def test_a_permission_of_the_app_itself_is_known_by_its_end() -> None:
    row = Permission(
        id="PUSH",
        name="*.permission.PUSH",
        level=ProtectionLevel.SIGNATURE,
        purpose=Text("推送", "push"),
        touched=NOTHING,
    )
    catalogue = permission_catalogue([row])
    assert catalogue.find("com.example.app.permission.PUSH") == row
    assert catalogue.find("com.example.app.permission.PUSHED") is None
    assert not row.asks


def test_a_packer_is_known_by_its_stub_and_hides_code() -> None:
    row = Packer(
        id=PackerId("shell"),
        name=Text("壳"),
        company="",
        kind=PackerKind.VIRTUAL_MACHINE,
        applications=("com.shell.App",),
        prefixes=("com.shell",),
        files=("assets/shell/",),
        weak=("com.shell",),
    )
    catalogue = packer_catalogue([row])
    application = catalogue.by_application("com.shell.App")
    assert application is not None
    assert not application.weak
    stub = catalogue.by_class("com.shell.a.B")
    assert stub is not None
    assert stub.weak
    assert catalogue.by_file("assets/shell/a/b.bin") is not None
    assert catalogue.by_file("assets/shells/b.bin") is None
    assert catalogue.by_class("com.shelled.A") is None
    assert row.hides_code


def test_whole_paths_win_over_patterns_and_patterns_over_folders() -> None:
    rows = [
        StringSign(table=Table.PATH, text=text, touched=MAC, basis=Basis.SOURCE)
        for text in ("/proc", "/proc/*/cmdline", "/proc/self/cmdline")
    ]
    signs = string_signs(rows)
    found = [
        signs.find(Table.PATH, path)
        for path in ("/proc/self/cmdline", "/proc/7/cmdline", "/proc/7/maps", "/proceed")
    ]
    assert [each and each.text for each in found] == [
        "/proc/self/cmdline",
        "/proc/*/cmdline",
        "/proc",
        None,
    ]


def test_a_command_is_known_by_its_first_whole_words() -> None:
    sign = StringSign(table=Table.COMMAND, text="pm list", touched=MAC, basis=Basis.SOURCE)
    signs = string_signs([sign])
    assert signs.find(Table.COMMAND, "sh -c 'pm list packages'") == sign
    assert signs.find(Table.COMMAND, "pm listing") is None
    assert signs.find(Table.COMMAND, "") is None


def test_a_consent_gate_is_found_by_each_of_its_calls() -> None:
    gate = ConsentGate(
        id=GateId("gate"),
        sdk="one",
        closed=True,
        switches=(Switch(call="La/A;->agree", argument=0, allows=True),),
        harmless=("La/A;->preInit",),
        starts=("La/A;->init",),
        components=("a.InitProvider",),
        fix=Text("改", "mend"),
        basis=Basis.SOURCE,
    )
    gates = consent_gates([gate])
    assert gates.switches["La/A;->agree"] == gates.starts["La/A;->init"] == ("gate",)
    assert gates.harmless["La/A;->preInit"] == gates.components["a.InitProvider"] == ("gate",)

"""What a package is, told by its contents: kinds, parts, what the runtime loads, what is hidden."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.engines.archive.zips import APK, zipped
from tests.packages_cache import fetched

from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.kind import Kind
from chengnuo.engines.archive.limits import Limits, NotAPackageError, PackageLimitError
from chengnuo.engines.archive.package import Package, package_of
from chengnuo.engines.archive.role import load_order
from chengnuo.engines.archive.signing import signatures_of

BUILT = Path(__file__).parents[2] / "packages" / "built"
TEXT_MANIFEST = b"\xef\xbb\xbf <manifest/>"


def names(package: Package, field: str) -> list[str]:
    return [file.name for file in getattr(package, field)]


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (APK, Kind.APK),
        ({"AndroidManifest.xml": TEXT_MANIFEST, "classes.jar": b""}, Kind.AAR),
        ({"BundleConfig.pb": b"", "base/manifest/AndroidManifest.xml": b""}, Kind.AAB),
        ({"a/B.class": b"\xca\xfe\xba\xbe"}, Kind.JAR),
        ({"classes.dex": APK["classes.dex"]}, Kind.JAR),
        ({"toc.pb": b"", "splits/base-master.apk": zipped(APK)}, Kind.APKS),
        ({"manifest.json": b"{}", "com.x.apk": zipped(APK)}, Kind.XAPK),
        ({"info.json": b"{}", "base.apk": zipped(APK)}, Kind.APKM),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_the_kind_is_told_by_the_contents(files: dict[str, bytes], kind: Kind) -> None:
    assert package_of(zipped(files)).kind is kind


@pytest.mark.parametrize(
    "files", [{"readme": b"x"}, {"a.apk": b"no zip", "toc.pb": b""}], ids=["papers", "no APK in it"]
)
def test_an_archive_of_something_else_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(NotAPackageError):
        package_of(zipped(files))


def test_the_runtime_loads_up_to_the_first_gap() -> None:
    dex = APK["classes.dex"]
    files = dict.fromkeys(
        ("classes10.dex", "classes2.dex", "classes1.dex", "classes4.dex", "classes02.dex"), dex
    )
    package = package_of(zipped(APK | files | {"assets/classes3.dex": dex}))
    assert names(package, "dex") == ["classes.dex", "classes2.dex"]
    assert names(package, "dex_not_loaded") == [
        "classes02.dex",
        "classes1.dex",
        "classes10.dex",
        "classes4.dex",
    ]
    assert names(package, "nested") == ["assets/classes3.dex"]


def test_the_order_of_hundreds_of_dex_files_is_by_number_not_by_name() -> None:
    places = [(0, "classes.dex"), *((0, f"classes{number}.dex") for number in range(300, 1, -1))]
    assert load_order(places)[9] == (0, "classes10.dex")
    assert len(load_order(places)) == 300


def test_code_is_found_whatever_its_name_is() -> None:
    hidden = {
        "assets/picture.png2": zipped({"a": b"x"}),
        "res/raw/song": APK["classes.dex"],
        "assets/data": b"\x7fELF" + bytes(20),
        "assets/page.html": b"<html>",
    }
    package = package_of(zipped(APK | hidden))
    assert names(package, "nested") == ["assets/picture.png2", "res/raw/song", "assets/data"]


def test_the_base_comes_first_and_standalones_only_alone() -> None:
    apk = zipped(APK)
    files = {"toc.pb": b"", "splits/base-en.apk": apk, "splits/base-master.apk": apk}
    both = package_of(zipped(files | {"standalones/a.apk": apk}))
    assert [part.name for part in both.parts] == ["splits/base-master.apk", "splits/base-en.apk"]
    assert names(both, "dex")[0] == "splits/base-master.apk!classes.dex"
    alone = package_of(zipped({"toc.pb": b"", "standalones/b.apk": apk, "standalones/a.apk": apk}))
    assert [part.name for part in alone.parts] == ["standalones/a.apk"]


def test_an_xapk_names_its_base() -> None:
    told = b'{"split_apks": [{"file": "z.apk", "id": "base"}, {"file": "a.apk", "id": "config.x"}]}'
    larger = zipped(APK | {"assets/x": bytes(range(256)) * 40})
    files = {"a.apk": larger, "z.apk": zipped(APK)}
    named = package_of(zipped({"manifest.json": told} | files))
    assert [part.name for part in named.parts] == ["z.apk", "a.apk"]
    unnamed = package_of(zipped({"manifest.json": b"[" * 5000} | files))
    assert [part.name for part in unnamed.parts] == ["a.apk", "z.apk"]


def test_a_part_that_cannot_be_read_loses_only_itself() -> None:
    files = {"toc.pb": b"", "base.apk": zipped(APK), "split_config.x.apk": b"PK\x05\x06"}
    package = package_of(zipped(files))
    assert [part.name for part in package.parts] == ["base.apk"]
    assert [one.where for one in package.damages] == ["entry split_config.x.apk"]


def test_the_number_of_parts_is_limited() -> None:
    files = {f"{number}.apk": zipped(APK) for number in range(4)}
    with pytest.raises(PackageLimitError, match="number of APKs of the package is 4"):
        package_of(zipped({"toc.pb": b""} | files), Limits(parts=3))


def test_native_libraries_are_counted_by_instruction_set() -> None:
    libraries = {"lib/arm64-v8a/liba.so": b"x", "lib/arm64-v8a/libb.so": b"x", "lib/x86/a.so": b"x"}
    assert package_of(zipped(APK | libraries)).abis() == {"arm64-v8a": 2, "x86": 1}


@pytest.mark.parametrize(
    ("file", "kind", "dex", "not_loaded", "jars"),
    [
        ("box-aab.aab", Kind.AAB, ["base/dex/classes.dex"], [], []),
        ("box-aar.aar", Kind.AAR, [], [], ["classes.jar"]),
        ("box-jar.jar", Kind.JAR, [], [], ["."]),
        (
            "box-multidex.apk",
            Kind.APK,
            ["classes.dex", "classes2.dex"],
            ["classes4.dex"],
            [],
        ),
        ("box-xapk.xapk", Kind.XAPK, ["base.apk!classes.dex"], [], []),
    ],
)
def test_built_packages_are_taken_apart(
    file: str, kind: Kind, dex: list[str], not_loaded: list[str], jars: list[str]
) -> None:
    data = (BUILT / file).read_bytes()
    package = package_of(data)
    assert package.kind is kind
    assert names(package, "dex") == dex
    assert names(package, "dex_not_loaded") == not_loaded
    assert names(package, "class_jars") == jars
    assert package.damages == ()
    for one in (*package.dex, *package.class_jars):
        content = package.read(one)
        assert not isinstance(content, Refused)
        assert bytes(content[:3]) in {b"dex", b"PK\x03"}


def test_signers_are_named_by_every_scheme() -> None:
    v1 = signatures_of(Archive((BUILT / "box-signed-v1.apk").read_bytes()))
    both = signatures_of(Archive((BUILT / "box-signed-v2.apk").read_bytes()))
    assert [one.scheme for one in v1] == ["v1"]
    assert [one.scheme for one in both] == ["v1", "v2"]
    assert len({one.certificate_sha256 for one in both}) == 1


@pytest.mark.real
@pytest.mark.parametrize(
    "name", ["yosemite", "apidemos", "settings", "uiautomator", "jpush", "getui-gtsdk", "alipay"]
)
def test_a_real_package_reads_as_the_standard_library_reads_it(name: str) -> None:
    data = fetched(name).read_bytes()
    package = package_of(data)
    assert package.damages == ()
    assert [part.hidden for part in package.parts] == [()]
    archive = package.parts[0].archive
    with zipfile.ZipFile(io.BytesIO(data)) as plain:
        assert [one.name for one in archive.directory.entries] == plain.namelist()
        for entry in archive.directory.entries:
            content = archive.read(entry)
            assert not isinstance(content, Refused)
            assert content == plain.read(entry.name)


@pytest.mark.real
def test_a_real_app_is_taken_apart() -> None:
    package = package_of(fetched("yosemite").read_bytes())
    assert names(package, "dex") == ["classes.dex", "classes2.dex"]
    assert package.abis() == {"arm64-v8a": 3, "armeabi-v7a": 3}
    assert package.parts[0].signatures[0].certificate_sha256.startswith("c8fa8faf5ad688aa")

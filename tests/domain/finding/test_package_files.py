"""Reports of a package as files for machines: JSON, SARIF and CycloneDX, kept byte by byte."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from tests.domain.finding.inspection_kit import BAD_SEEN, JPUSH, SHOWN, UMENG
from tests.domain.finding.report_kit import BAD_FINDINGS, REPORTS

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.text import Lang
from chengnuo.domain.finding.finding import FindingId
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.finding.package_sarif import package_sarif
from chengnuo.domain.finding.package_sbom import package_sbom
from chengnuo.domain.finding.package_start import Phase, phase_of
from chengnuo.domain.finding.package_verdict import verdict
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.inspection import PackageKind
from chengnuo.domain.observation.observation import Step, Subject, Why
from chengnuo.law.catalogue import Catalogue

Golden = Callable[[str, str | bytes], None]
SHOWN_REPORTS = ("bad", "clean")


GONE = replace(BAD_FINDINGS[1], id=FindingId("ab" * 6), observations=())


def indented(data: bytes) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n"


def sarif(name: str, catalogue: Catalogue, lang: Lang = Lang.ZH) -> Tree:
    earlier = (BAD_FINDINGS[0], GONE)
    return package_sarif(REPORTS[name], catalogue, lang, program_version="1.0.0", earlier=earlier)


def strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value)


@pytest.mark.parametrize("name", SHOWN_REPORTS)
def test_the_files_are_those_that_were_read_and_kept(
    name: str, words: ReportWords, catalogue: Catalogue, golden: Golden
) -> None:
    report = REPORTS[name]
    golden(f"inspection/{name}.json", indented(report_json(report)))
    golden(f"inspection/{name}.sarif", indented(canonical_json(sarif(name, catalogue))))
    golden(f"inspection/{name}.cdx.json", indented(package_sbom(report, words, Lang.ZH)))


@pytest.mark.parametrize("name", REPORTS)
def test_json_has_its_canonical_bytes(name: str) -> None:
    data = report_json(REPORTS[name])
    assert canonical_json(json.loads(data)) == data


def test_a_version_of_64_bits_is_written() -> None:
    report = REPORTS["clean"]
    package = replace(report.inspection.package, version_code=2**63 - 1)
    written = report_json(replace(report, inspection=replace(report.inspection, package=package)))
    assert b'"versionCode":9223372036854775807' in written


def test_equal_values_give_equal_bytes(words: ReportWords) -> None:
    report = replace(REPORTS["bad"])
    assert report_json(report) == report_json(REPORTS["bad"])
    assert package_sbom(report, words, Lang.EN) == package_sbom(REPORTS["bad"], words, Lang.EN)


def test_the_serial_number_follows_from_the_package_alone(words: ReportWords) -> None:
    def serial(name: str) -> str:
        return str(json.loads(package_sbom(REPORTS[name], words, Lang.ZH))["serialNumber"])

    assert serial("bad") == serial("clean")
    assert serial("bad").startswith("urn:uuid:")


def test_a_waived_finding_is_suppressed_and_states_are_told_beside_earlier_ones(
    catalogue: Catalogue,
) -> None:
    results = json.loads(canonical_json(sarif("bad", catalogue)))["runs"][0]["results"]
    waived = {one.id for one in BAD_FINDINGS if one.waived is not None}
    by_id = {one["partialFingerprints"]["chengnuo/v1"]: one for one in results}
    assert {key for key, one in by_id.items() if "suppressions" in one} == waived
    states = {key: one["baselineState"] for key, one in by_id.items()}
    now = {one.id: "new" for one in BAD_FINDINGS}
    assert states == {**now, BAD_FINDINGS[0].id: "unchanged", GONE.id: "absent"}


def test_the_way_before_consent_is_a_code_flow(catalogue: Catalogue) -> None:
    results = json.loads(canonical_json(sarif("bad", catalogue)))["runs"][0]["results"]
    first = next(one for one in results if BAD_FINDINGS[0].id in strings(one))
    steps = first["codeFlows"][0]["threadFlows"][0]["locations"]
    names = [one["location"]["logicalLocations"][0]["fullyQualifiedName"] for one in steps]
    assert names == [f"{one.class_name}.{one.method}" for one in BAD_SEEN["imei"].path]


def test_addresses_of_hostile_files_are_addresses(catalogue: Catalogue) -> None:
    report = REPORTS["bad"]
    seen = tuple(
        replace(one, place=replace(one.place, file="a b/<x>:\u202e.dex"))
        for one in report.inspection.observations
    )
    hostile = replace(report, inspection=replace(report.inspection, observations=seen))
    tree = package_sarif(hostile, catalogue, Lang.ZH, program_version="1.0.0")
    assert b'"uri":"a%20b/%3Cx%3E%3A%E2%80%AE.dex"' in canonical_json(tree)


@pytest.mark.parametrize(
    ("step", "phase"),
    [
        ("attachBaseContext(Landroid/content/Context;)V", Phase.APPLICATION),
        ("<clinit>()V", Phase.APPLICATION),
        ("onCreate()Z", Phase.PROVIDERS),
        ("create(Landroid/content/Context;)Ljava/lang/Object;", Phase.PROVIDERS),
        ("onCreate()V", Phase.CREATED),
        ("onCreate(Landroid/os/Bundle;)V", Phase.FIRST_SCREEN),
        ("onReceive(Landroid/content/Context;Landroid/content/Intent;)V", Phase.EVENT),
    ],
)
def test_what_begins_a_way_tells_its_phase(step: str, phase: Phase) -> None:
    way = (Step(class_name="a.B", method=step, pc=0, why=Why.START),)
    assert phase_of(replace(BAD_SEEN["imei"], path=way), frozenset()) is phase
    at_screen = replace(BAD_SEEN["imei"], path=(replace(way[0], class_name=SHOWN.class_name),))
    assert phase_of(at_screen, frozenset({SHOWN.class_name})) is Phase.FIRST_SCREEN


def test_the_verdict_counts_what_can_read_before_consent() -> None:
    report = REPORTS["bad"]
    said = verdict(report.inspection, report.findings)
    reads = [
        one
        for one in report.inspection.observations
        if one.subject is Subject.INFORMATION and one.moment.is_before_consent
    ]
    assert f"{len(reads)} 处代码可以" in said.zh
    assert f"涉及 {len({UMENG, JPUSH})} 个 SDK" in said.zh
    assert "没有看到" in said.zh


def test_a_packed_app_or_a_library_is_never_called_clean() -> None:
    inspection = REPORTS["clean"].inspection
    packed = replace(inspection, observations=(replace(BAD_SEEN["reflection"], what="packed"),))
    assert "加固" in verdict(packed, ()).zh
    library = replace(inspection, package=replace(inspection.package, kind=PackageKind.AAR))
    assert "无法判断" in verdict(library, ()).zh

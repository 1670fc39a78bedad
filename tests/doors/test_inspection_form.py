"""Reports of inspections read back from JSON: the same value, and nothing but the one form."""

import json
from collections.abc import Callable
from typing import Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.finding.inspection_kit import BAD, CLEAN, HOSTILE
from tests.domain.finding.report_kit import REPORTS

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import short
from chengnuo.domain.finding.inspection_json import FORM, inspection_tree
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.observation.inspection import (
    Inspection,
    PackageFacts,
    PackageKind,
    Presence,
    SdkSeen,
    Unread,
)
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Guard,
    Observation,
    ObservationId,
    Observer,
    Owner,
    OwnerKind,
    Place,
    Step,
    Subject,
    Why,
)
from chengnuo.doors.inspection_form import InspectionFormError, WrittenInspection, decoded
from chengnuo.doors.inspection_report_form import read_report

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SOME = st.lists(TEXTS, max_size=2).map(tuple)
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
NUMBERS = st.integers(min_value=-1, max_value=2**40)
COUNTS = st.integers(min_value=0, max_value=2**40)
MOMENTS = st.sampled_from(Moment)
OWNERS = st.builds(Owner, kind=st.sampled_from(OwnerKind), id=TEXTS, also=SOME)
GUARDS = st.builds(
    Guard, condition=TEXTS, taken=st.booleans(), is_consent=st.booleans(), pc=NUMBERS
)
STEPS = st.builds(
    Step,
    class_name=TEXTS,
    method=TEXTS,
    pc=NUMBERS,
    why=st.sampled_from(Why),
    guards=st.lists(GUARDS, max_size=1).map(tuple),
)
OBSERVATIONS = st.builds(
    Observation,
    id=HASHES.map(short).map(ObservationId),
    observer=st.sampled_from(Observer),
    subject=st.sampled_from(Subject),
    what=TEXTS,
    categories=SOME,
    owner=OWNERS,
    caused_by=OWNERS,
    permissions=SOME,
    moment=MOMENTS,
    place=st.builds(Place, file=TEXTS, class_name=TEXTS, method=TEXTS, pc=NUMBERS, line=COUNTS),
    path=st.lists(STEPS, max_size=1).map(tuple),
    confidence=st.sampled_from(Confidence),
    details=st.lists(st.tuples(TEXTS, TEXTS), max_size=1).map(tuple),
)
SDKS = st.builds(
    SdkSeen,
    owner=OWNERS,
    presence=st.sampled_from(Presence),
    version=TEXTS,
    signs=SOME,
    reads=SOME,
    moment=MOMENTS,
)
PACKAGES = st.builds(
    PackageFacts,
    kind=st.sampled_from(PackageKind),
    sha256=HASHES,
    size=COUNTS,
    app_id=TEXTS,
    version_name=TEXTS,
    version_code=NUMBERS,
    min_sdk=NUMBERS,
    target_sdk=NUMBERS,
    signers=st.lists(HASHES, max_size=1).map(tuple),
    files=COUNTS,
    methods=COUNTS,
    launchers=SOME,
)
INSPECTIONS = st.builds(
    Inspection,
    package=PACKAGES,
    observations=st.lists(OBSERVATIONS, max_size=2).map(tuple),
    sdks=st.lists(SDKS, max_size=1).map(tuple),
    unread=st.lists(st.builds(Unread, where=TEXTS, why=TEXTS), max_size=1).map(tuple),
    not_finished=SOME,
    knowledge=TEXTS,
)


class WithInspection(msgspec.Struct, frozen=True):
    """A report, of which only the inspection is read."""

    form: Literal[1]
    inspection: WrittenInspection


def read_inspection(data: bytes) -> Inspection:
    """Return the inspection that a JSON report holds."""
    return decoded(data, WithInspection).inspection.to_domain()


def written(inspection: Inspection) -> bytes:
    tree: dict[str, Tree] = {"form": FORM, "inspection": inspection_tree(inspection)}
    return canonical_json(tree)


@pytest.mark.parametrize("inspection", [BAD, CLEAN, HOSTILE])
def test_what_is_read_back_is_what_was_written(inspection: Inspection) -> None:
    assert read_inspection(written(inspection)) == inspection
    assert written(read_inspection(written(inspection))) == written(inspection)


@given(INSPECTIONS)
def test_any_inspection_is_read_back_equal(inspection: Inspection) -> None:
    assert read_inspection(written(inspection)) == inspection


def changed(change: Callable[[dict[str, dict[str, object]]], object]) -> bytes:
    tree = json.loads(written(BAD))
    change(tree)
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        changed(lambda tree: tree.update(form=2)),
        changed(lambda tree: tree["inspection"].update(more=1)),
        changed(lambda tree: tree["inspection"].pop("knowledge")),
        changed(lambda tree: tree["inspection"].update(observations="x")),
    ],
)
def test_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(InspectionFormError) as refused:
        read_inspection(data)
    assert refused.value.code == "wrong-inspection-file"


def test_parts_beside_the_inspection_are_not_read() -> None:
    assert read_inspection(changed(lambda tree: tree.update(findings={}))) == BAD


@pytest.mark.parametrize("name", REPORTS)
def test_a_whole_report_is_read_back(name: str) -> None:
    report = REPORTS[name]
    found = read_report(report_json(report))
    assert report_json(found) == report_json(report)
    assert found.inspection == report.inspection
    assert (found.drift, found.delta) == (report.drift, report.delta)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("findings", [{"id": "x"}]),
        ("drift", {"rows": [{"subject": "song"}]}),
        ("delta", {"rows": []}),
        ("lawVersion", "yesterday"),
        ("on", "the day before"),
        ("registerVersion", "12"),
    ],
)
def test_a_wrong_part_of_a_report_is_refused(part: str, value: object) -> None:
    tree = json.loads(report_json(REPORTS["bad"]))
    with pytest.raises(InspectionFormError):
        read_report(json.dumps(tree | {part: value}).encode())
    with pytest.raises(InspectionFormError):
        read_report(json.dumps({key: tree[key] for key in tree if key != part}).encode())

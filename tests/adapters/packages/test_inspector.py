"""An inspection in a child: the value of one here, errors as they are here, limits told."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.adapters.packages.here import InspectsHere

from chengnuo.adapters.packages import inspector as module
from chengnuo.adapters.packages.in_child import Bounds, Crashed, Declined, Done
from chengnuo.adapters.packages.inspector import ChildInspector
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Place
from chengnuo.engines.archive.limits import MEBI, Limits, NotAPackageError, PackageLimitError
from chengnuo.ports.packages import InspectionUnfinishedError
from chengnuo.wiring.knowledge import inspection_knowledge

BUILT = Path(__file__).parents[2] / "packages" / "built"
APP = BUILT / "async-handlers.apk"
BOUNDS = Bounds(memory_bytes=2048 * MEBI, wall_s=120.0)


def inspector(bounds: Bounds = BOUNDS) -> ChildInspector:
    return ChildInspector(knowledge=inspection_knowledge, bounds=bounds)


@pytest.mark.real
def test_the_child_gives_the_value_that_is_given_here(knowledge: Knowledge) -> None:
    told: list[str] = []
    found = inspector().inspect(APP, told.append)
    assert found == InspectsHere(knowledge).inspect(APP, lambda _: None)
    assert told == ["open", "code", "follow", "observe"]
    places = [one.place for one in found.observations]
    here = InspectsHere(knowledge).listings(APP, places, lambda _: None)
    assert inspector().listings(APP, places, lambda _: None) == here
    assert [one.place for one in here] == [one for one in places if one.pc >= 0]


@pytest.mark.real
def test_errors_are_those_of_the_child(tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(b"ID3 la la la")
    with pytest.raises(NotAPackageError) as refused:
        inspector().inspect(song, lambda _: None)
    with pytest.raises(NotAPackageError) as here:
        raise NotAPackageError(refused.value.why)
    assert str(refused.value) == str(here.value)
    small = replace(BOUNDS, limits=Limits(package_bytes=10))
    with pytest.raises(PackageLimitError) as large:
        inspector(small).inspect(APP, lambda _: None)
    assert (large.value.found, large.value.limit) == (APP.stat().st_size, 10)


@pytest.mark.real
def test_the_softer_limit_leaves_observers_out_and_names_them() -> None:
    found = inspector(replace(BOUNDS, wall_s=120.0)).inspect(APP, lambda _: None)
    assert found.not_finished == ()
    work = module.Inspecting(knowledge=inspection_knowledge, limits=Limits(), soft_s=0.0)
    cut = work(memoryview(APP.read_bytes()), lambda _: None)
    assert cut.not_finished
    assert cut.package == found.package


@pytest.mark.real
def test_the_hard_limits_are_told() -> None:
    with pytest.raises(InspectionUnfinishedError, match=r"longer than 0\.01 s"):
        inspector(replace(BOUNDS, wall_s=0.01)).inspect(APP, lambda _: None)
    with pytest.raises(InspectionUnfinishedError, match=r"more memory than 1 MiB|died"):
        inspector(replace(BOUNDS, memory_bytes=MEBI)).inspect(APP, lambda _: None)


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (Crashed(signal=11), "the work on it died by signal 11"),
        (Crashed(signal=0, place="a.b:7 IndexError"), "the work on it died at a.b:7 IndexError"),
        (Crashed(signal=0), "the work on it died"),
        (Declined(code="other", message="something else"), "something else"),
    ],
)
def test_what_came_to_no_end_is_told_by_its_reason(outcome: Crashed | Declined, why: str) -> None:
    with pytest.raises(InspectionUnfinishedError) as unfinished:
        module.result_of(outcome)
    assert unfinished.value.why == why
    assert unfinished.value.code == "inspection-unfinished"


def test_a_result_is_given() -> None:
    assert module.result_of(Done(5)) == 5


def test_a_place_that_is_not_in_the_package_has_no_listing(knowledge: Knowledge) -> None:
    here = InspectsHere(knowledge)
    gone = Place(file="classes.dex", class_name="no.Such", method="m()V", pc=0)
    other = Place(file="classes9.dex", class_name="no.Such", method="m()V", pc=0)
    assert here.listings(APP, [gone, other], lambda _: None) == ()

"""A child may do its worst with a package; the parent gets one of a few outcomes."""

import signal
from dataclasses import replace
from pathlib import Path

import pytest
from tests.adapters.packages import works

from chengnuo.adapters.packages.in_child import (
    Bounds,
    Crashed,
    Declined,
    Done,
    Outcome,
    OutOfMemory,
    TimedOut,
    Work,
    in_child,
)
from chengnuo.engines.archive.limits import MEBI, Limits

pytestmark = pytest.mark.real
TESTS = Path(works.__file__).parents[2]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "app.apk"
    path.write_bytes(b"PK.. secret of the package")
    return path


def came(work: Work[int], package: Path, bounds: Bounds | None = None) -> Outcome[int]:
    reaching = replace(bounds or Bounds(), reads=(TESTS,))
    return in_child(work, package, int, bounds=reaching, tell=lambda _: None)


def test_a_result_and_lines_on_the_way_come_back(
    package: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines: list[str] = []
    bounds = Bounds(reads=(TESTS,))
    outcome = in_child(works.measured, package, works.Told, bounds=bounds, tell=lines.append)
    assert outcome == Done(works.Told(size=26, first="PK.."))
    assert lines == ["reading 读取", "x" * 500]
    assert capfd.readouterr() == ("", "")
    assert [path.name for path in package.parent.iterdir()] == ["app.apk"]


def test_a_line_steers_no_terminal(package: Path) -> None:
    lines: list[str] = []
    bounds = Bounds(reads=(TESTS,))
    outcome = in_child(works.steers, package, int, bounds=bounds, tell=lines.append)
    assert outcome == Done(0)
    assert lines == ["\ufffd]0;taken over\ufffd open\ufffd\ufffd"]


def test_views_that_are_kept_do_not_matter(package: Path) -> None:
    assert came(works.views_kept, package) == Done(25)


@pytest.mark.parametrize("work", [works.loops, works.tells_without_end])
def test_work_without_end_is_ended(package: Path, work: Work[int]) -> None:
    assert came(work, package, Bounds(wall_s=3.0)) == TimedOut(3.0)


def test_work_that_eats_memory_is_ended(package: Path) -> None:
    bounds = Bounds(memory_bytes=256 * MEBI)
    assert came(works.eats, package, bounds) == OutOfMemory(256 * MEBI)


@pytest.mark.parametrize("work", [works.dies, works.reads_nowhere])
def test_a_crash_is_named_by_its_signal(package: Path, work: Work[int]) -> None:
    assert came(work, package) == Crashed(signal=signal.SIGSEGV)


def test_leaving_without_a_word_is_a_crash(package: Path) -> None:
    assert came(works.leaves, package) == Crashed(signal=0)


def test_a_bug_is_named_by_its_place_and_tells_nothing_of_the_package(package: Path) -> None:
    outcome = came(works.has_a_bug, package)
    assert isinstance(outcome, Crashed)
    assert outcome.place.startswith("tests.adapters.packages.works:")
    assert outcome.place.endswith(" IndexError")


def test_an_error_of_ours_comes_back_by_its_code(package: Path) -> None:
    outcome = came(works.declines, package)
    assert isinstance(outcome, Declined)
    assert (outcome.code, "it is a song" in outcome.message) == ("not-a-package", True)


def test_a_file_beyond_the_limit_is_declined(package: Path) -> None:
    outcome = came(works.views_kept, package, Bounds(limits=Limits(package_bytes=10)))
    assert isinstance(outcome, Declined)
    assert outcome.code == "package-limit"

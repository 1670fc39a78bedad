"""`chengnuo init` killed at its acts on files: nothing half made stands, and it goes on."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doors.cli.beginning import ANSWERS

ROOT = Path(__file__).parents[3]


def ended_midway(tmp_path: Path, *, most: int) -> None:
    """Assert what stands after `init` was killed at its acts, and after it began again."""
    place, answers = tmp_path / "ended", tmp_path / "answers.toml"
    place.mkdir()
    answers.write_text(ANSWERS, "utf-8")
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "tests.doors.cli.ended_midway", str(place), str(answers), str(most)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=500,
    )
    told = json.loads(done.stdout)
    whole, ends = told["whole"], told["ends"]
    register = {name: text for name, text in whole.items() if name.startswith("register/")}
    assert len(ends) >= min(most, told["acts"])
    assert len(register) == 7
    for one in ends:
        stood, at = one["stood"], one["at"]
        assert one["ended"] == -signal.SIGKILL, at
        served = {name: text for name, text in stood.items() if name.startswith("register/")}
        assert served in ({}, register), at
        for name in ("chengnuo.toml", ".gitignore"):
            assert stood.get(name) in {None, whole[name]}, at
        if any(name.startswith("data/") for name in stood):
            assert ".gitignore" in stood, at
        assert (one["again"], one["sound"]) == (0, 0), at
        # A key that was being written is not used, and stays beside the others unseen.
        stands = {name: x for name, x in one["stands"].items() if "data/keys/." not in name}
        assert stands == whole, at
    assert len({len(one["stood"]) for one in ends}) >= 7


@pytest.mark.real
def test_killed_at_some_of_its_acts_it_ends_whole_the_second_time(tmp_path: Path) -> None:
    ended_midway(tmp_path, most=9)


@pytest.mark.slow
@pytest.mark.real
def test_killed_at_each_of_its_acts_it_ends_whole_the_second_time(tmp_path: Path) -> None:
    ended_midway(tmp_path, most=1000)

"""Make has the targets that papers and CI name, and CI runs what people run."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.house.sources import ROOT
from tests.plugins.long import LONG, TESTS
from tests.plugins.profiles import PROFILES

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROMISED = {"run", "test", "all", "setup", "check", "fmt", "slow", "bench", "golden", "docs"}
CI = ROOT / ".ci" / "run"


def test_every_promised_target_says_what_it_does() -> None:
    told = set(re.findall(r"^([a-z]+):.*?## .+\.$", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert told >= PROMISED
    assert set(phony[1].split()) == told


@pytest.mark.real
def test_make_alone_shows_the_targets() -> None:
    done = subprocess.run(
        ["make"],  # noqa: S607 - whichever make the machine has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(f"  make {target} " in done.stdout for target in PROMISED)


def test_ci_runs_all_of_check_and_test_and_skips_nothing() -> None:
    lines = CI.read_text(encoding="utf-8").splitlines()
    assert os.access(CI, os.X_OK)
    assert "set -euo pipefail" in lines
    assert lines[-2:] == [
        "make lint",
        "make all PYTEST_ARGS=--skip-nothing",
    ]
    # What `check` runs beyond `lint`: tests that `test` runs too, on fewer examples.
    check = re.search(r"^check: lint ##.+\n((?:\t.+\n)+)", MAKEFILE, re.MULTILINE)
    test = re.search(r"^test:.+\n((?:\t.+\n)+)", MAKEFILE, re.MULTILINE)
    assert check is not None
    assert test is not None
    every = re.search(r"^all:.+\n((?:\t.+\n)+)", MAKEFILE, re.MULTILINE)
    assert every is not None
    assert every[1] == '\t@$(pytest) -m "not slow"\n'
    assert test[1] == '\t@$(pytest) -m "not slow and not long"\n'
    assert check[1].startswith('\t@$(pytest) -m "not slow and ')
    assert check[1].endswith(" --hypothesis-profile=check\n")
    assert PROFILES["check"] <= PROFILES["test"]


def test_every_mark_for_a_tool_has_its_package_in_ci() -> None:
    tools = (ROOT / "tests" / "plugins" / "tools.py").read_text(encoding="utf-8")
    packages = re.search(r"^packages=\((.+)\)$", CI.read_text(encoding="utf-8"), re.MULTILINE)
    assert packages is not None
    named = re.findall(r'^    "[a-z]+": \(\(.*\), "([a-z0-9-]+)"\),$', tools, re.MULTILINE)
    assert named
    assert set(named) <= set(packages[1].split())


def test_what_takes_long_is_there_and_its_room_is_tried_without_it_too() -> None:
    for name in LONG:
        file = TESTS / name
        assert file.is_file(), name
        beside = {one.name for one in file.parent.glob("test_*.py")} - {
            Path(one).name for one in LONG if (TESTS / one).parent == file.parent
        }
        assert beside, name

"""The requirements are locked whole: with hashes, without addresses, one version in every file."""

import re
import tomllib
from pathlib import Path

import pytest
from tests.house.sources import ROOT

FOLDER = ROOT / "requirements"
FILES = sorted(FOLDER.glob("*.txt"))
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)(?: ; ([^\\]+?))?(?: \\)?$", re.MULTILINE)


def pins(path: Path) -> dict[tuple[str, str], str]:
    """Return the versions of a file by name and marker."""
    text = path.read_text(encoding="utf-8")
    return {(name, marker): version for name, version, marker in PIN.findall(text)}


def normal(name: str) -> str:
    """Return a distribution's name in its normal form."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(names: list[str]) -> set[str]:
    """Return the names of requirement lines."""
    return {normal(re.split(r"[<>=!~\[; ]", name)[0]) for name in names}


def test_the_files_are_the_ones_that_make_uses() -> None:
    assert [path.name for path in FILES] == [
        "apps.txt",
        "build.txt",
        "dev.txt",
        "run.txt",
        "uv.txt",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_pin_has_a_hash_and_no_line_an_address(path: Path) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8"))[1:]
    assert len(blocks) == len(pins(path)) > 0
    assert [block[:40] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.search(r"://|^-", path.read_text(encoding="utf-8"), re.MULTILINE) is None


def test_what_the_project_declares_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = {name for name, _ in pins(FOLDER / "run.txt")}
    dev = {name for name, _ in pins(FOLDER / "dev.txt")}
    build = {name for name, _ in pins(FOLDER / "build.txt")}
    assert declared(project["project"]["dependencies"]) <= run
    assert declared(project["dependency-groups"]["dev"]) <= dev
    assert declared(project["build-system"]["requires"]) <= build


def test_tests_run_on_the_versions_that_people_get() -> None:
    run, dev = pins(FOLDER / "run.txt"), pins(FOLDER / "dev.txt")
    versions = {name: version for (name, _), version in dev.items()}
    assert {name: versions.get(name) for name, _ in run} == {n: v for (n, _), v in run.items()}

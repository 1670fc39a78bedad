"""The faulty register: the check names every planted fault, and nothing that nobody planted."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.domain.finding.check import CheckReport, check
from chengnuo.domain.register.kinds import KIND_BY_NAME
from chengnuo.domain.register.reading import read_register

FAULTY = Path(__file__).parents[2] / "examples" / "faulty"
DAY = date(2026, 11, 23)
FAULT = re.compile(r" *# fault: ([a-z0-9-]+)")
ROW = re.compile(r"(?:  - )?([a-z_]+): ([a-z0-9-]+)")

Planted = tuple[str, str]
"""A rule and the row in which a fault for it was planted, as `activity nearby-stores`."""


def noted(text: str) -> Iterator[Planted]:
    """Read the comments of one file: each speaks of the line below it, and of that line's row."""
    row = ""
    waiting: list[str] = []
    for line in text.splitlines():
        if comment := FAULT.fullmatch(line):
            waiting.append(comment[1])
        elif not line.lstrip().startswith("#"):
            if (start := ROW.match(line)) and start[1] in KIND_BY_NAME:
                row = f"{start[1]} {start[2]}"
            yield from ((rule, row) for rule in waiting)
            waiting.clear()
    yield from ((rule, row) for rule in waiting)


@pytest.fixture(scope="module")
def expected() -> list[Planted]:
    listed = json.loads((FAULTY / "EXPECTED.json").read_text(encoding="utf-8"))
    return [(fault["rule"], fault["row"]) for fault in listed["faults"]]


@pytest.fixture(scope="module")
def report() -> CheckReport:
    catalogue = load_catalogue(read_catalogue, cache_folder=None)
    files = RegisterFolder().read(FAULTY)
    loaded = read_register(files.trees, catalogue=catalogue, problems=files.problems)
    return check(loaded.register, catalogue, DAY)


def test_the_check_names_every_planted_fault(report: CheckReport, expected: list[Planted]) -> None:
    found = {(one.rule, str(one.row)) for one in report.findings}
    assert sorted(set(expected) - found) == []


def test_the_check_names_nothing_that_nobody_planted(
    report: CheckReport, expected: list[Planted]
) -> None:
    found = {(one.rule, str(one.row)) for one in report.findings}
    assert sorted(found - set(expected)) == []


def test_the_list_and_the_comments_agree(expected: list[Planted]) -> None:
    comments = [
        planted
        for file in sorted((FAULTY / "register").glob("*.yaml"))
        for planted in noted(file.read_text(encoding="utf-8"))
    ]
    assert sorted(comments) == sorted(expected)
    assert len(set(comments)) == len(comments)


def test_the_faults_are_many_and_of_many_kinds(expected: list[Planted]) -> None:
    assert len(expected) >= 150
    assert len({rule for rule, _ in expected}) >= 150

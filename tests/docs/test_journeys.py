"""The journeys name what there is, on the floor where they say it is."""

import importlib
import re
from operator import attrgetter
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT

PAGE = ROOT / "docs" / "rooms" / "journeys.md"
CHINESE = ROOT / "docs" / "zh" / "rooms" / "journeys.md"
ROW = re.compile(r"^\| [^|]+ \| (?P<floor>[a-z]+) \| (?P<where>[^|]+) \|$", re.MULTILINE)
NAME = re.compile(r"`(chengnuo(?:\.\w+)+)`")


def steps_of(page: Path) -> list[tuple[str, str]]:
    """Return the floor and the name of every step of a page, in order."""
    return [
        (row["floor"], name)
        for row in ROW.finditer(page.read_text("utf-8"))
        for name in NAME.findall(row["where"])
    ]


STEPS = steps_of(PAGE)


def found(name: str) -> object:
    """Return the module, or what a module holds."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        return attrgetter(".".join(parts[end:]))(module) if end < len(parts) else module
    raise AssertionError(name)


def test_there_are_three_journeys_of_several_steps() -> None:
    assert PAGE.read_text("utf-8").count("\n## ") == 3
    assert len(STEPS) > 25


def test_the_chinese_page_takes_the_same_steps() -> None:
    assert steps_of(CHINESE) == STEPS


@pytest.mark.parametrize(("floor", "name"), STEPS)
def test_a_step_names_what_there_is_on_its_floor(floor: str, name: str) -> None:
    assert found(name) is not None
    assert name.split(".")[1] == floor


def test_a_name_that_there_is_not_is_noticed() -> None:
    with pytest.raises(AttributeError):
        found("chengnuo.domain.decision.reference.decide_otherwise")
    with pytest.raises(AssertionError):
        found("chengnu.domain")

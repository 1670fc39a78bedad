"""The pages on security name tests and modules that there are, and leave nothing without a word."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT

PAGE = ROOT / "docs" / "security" / "asvs.md"
CHINESE = ROOT / "docs" / "zh" / "security" / "asvs.md"
THREATS = (
    ROOT / "docs" / "security" / "threat-model.md",
    ROOT / "docs" / "zh" / "security" / "threat-model.md",
)
CHAPTERS = tuple(range(1, 15))
_CHAPTER = re.compile(r"## V(\d{1,2}) \S.*")
_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")
_THREAT = re.compile(r"[A-Z]\d{1,2}")
_TEST = re.compile(r"`([a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`")
_TESTS = re.compile(rf"{_TEST.pattern}(?:, {_TEST.pattern})*")
_WORD = re.compile(r"(?:open|not applicable): \S.{9,}")
_MODULE = re.compile(
    r"`((?:adapters|doors|domain|engines|usecases|ports|wiring)/[a-z_/]+(?:\.py)?)`"
)
_FIGURES = re.compile(
    r"(\d+) requirements: (\d+) shown, (\d+) with something open, (\d+) not applicable"
)
_FIGURES_IN_CHINESE = re.compile(
    r"(\d+) 条要求：(\d+) 条已证明，(\d+) 条还有未解决之处，(\d+) 条不适用"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it begins with, its cells, the chapter it stands in."""

    first: str
    cells: tuple[str, ...]
    chapter: int


def rows(page: Path, first: re.Pattern[str]) -> Iterator[Row]:
    """Yield the rows of the tables of a page whose first cell has a form."""
    chapter = 0
    for line in page.read_text(encoding="utf-8").splitlines():
        if (heading := _CHAPTER.fullmatch(line)) is not None:
            chapter = int(heading[1])
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if line.startswith("|") and first.fullmatch(cells[0]):
            yield Row(cells[0], cells, chapter)


@cache
def names_in(file: str) -> frozenset[str]:
    path = ROOT / "tests" / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def missing(text: str) -> list[str]:
    """Return the tests that a text names and that there are not."""
    return [f"{file}::{name}" for file, name in _TEST.findall(text) if name not in names_in(file)]


@pytest.mark.parametrize("page", [PAGE, *THREATS], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_that_is_named_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert _TEST.search(text)
    assert missing(text) == []


def test_every_requirement_has_a_test_or_a_word_why_not() -> None:
    wrong = []
    for row in rows(PAGE, _NUMBER):
        shown = row.cells[-1]
        said = _TESTS.fullmatch(shown) is not None and len(row.cells[2]) > 1
        if len(row.cells) != 4 or not (said or _WORD.fullmatch(shown)):
            wrong.append(row.first)
    assert wrong == []


def test_every_chapter_has_its_requirements_in_order_and_once() -> None:
    found = list(rows(PAGE, _NUMBER))
    numbers = [tuple(int(part) for part in row.first.split(".")) for row in found]
    assert numbers == sorted(set(numbers))
    assert [number[0] for number in numbers] == [row.chapter for row in found]
    assert sorted({row.chapter for row in found}) == list(CHAPTERS)


def test_the_figures_of_the_page_are_those_of_its_rows() -> None:
    said = _FIGURES.search(PAGE.read_text(encoding="utf-8"))
    assert said is not None
    found = list(rows(PAGE, _NUMBER))
    is_open = [row for row in found if re.search(r"\bopen\b", " ".join(row.cells[2:]))]
    none = [row for row in found if row.cells[-1].startswith("not applicable")]
    shown = len(found) - len(is_open) - len(none)
    assert tuple(map(int, said.groups())) == (len(found), shown, len(is_open), len(none))


def test_the_introduction_in_chinese_gives_the_same_figures_and_what_is_open() -> None:
    text = CHINESE.read_text(encoding="utf-8")
    one, other = _FIGURES.search(PAGE.read_text(encoding="utf-8")), _FIGURES_IN_CHINESE.search(text)
    assert one is not None
    assert other is not None
    assert one.groups() == other.groups()
    is_open = {row.first for row in rows(PAGE, _NUMBER) if row.cells[-1].startswith("open:")}
    assert set(_NUMBER.findall(text.split("## ")[-1])) == is_open


@pytest.mark.parametrize("page", THREATS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_threat_says_what_stands_against_it(page: Path) -> None:
    found = list(rows(page, _THREAT))
    assert len(found) > 30
    assert len({row.first for row in found}) == len(found)
    for row in found:
        _, threat, against, proved, left = row.cells
        assert min(map(len, (threat, against, left))) > 1 or left == "—", row.first
        assert _TESTS.fullmatch(proved), row.first
    modules = _MODULE.findall(page.read_text(encoding="utf-8"))
    assert modules
    assert [one for one in modules if not (ROOT / "src" / "chengnuo" / one).exists()] == []


def test_both_languages_tell_the_same_threats_and_tests() -> None:
    one, other = ({row.first: row.cells[3] for row in rows(page, _THREAT)} for page in THREATS)
    assert one == other


def test_a_test_that_is_not_there_is_seen() -> None:
    assert missing("`docs/test_asvs.py::test_a_test_that_is_not_there_is_seen`") == []
    assert missing("`docs/test_asvs.py::test_gone`, `docs/none.py::test_x`") == [
        "docs/test_asvs.py::test_gone",
        "docs/none.py::test_x",
    ]

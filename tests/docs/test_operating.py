"""The pages on operating name every metric and every line of the log, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT
from tests.house.sources import modules, tree_of

from chengnuo.doors.http.metrics import Metrics
from chengnuo.ports.notifications import NotificationFigures
from chengnuo.usecases.operations.checks import Subject
from chengnuo.usecases.planes.status import PlanesStatus

EN, ZH = ROOT / "docs" / "operating.md", ROOT / "docs" / "zh" / "operating.md"
LEVELS = frozenset({"warning", "error", "exception", "critical"})
FIRST_CELL = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)
PLANES = PlanesStatus(current=True, individuals=1, bytes=1, position=1)


def metrics() -> dict[str, set[str]]:
    """Return every metric with its labels, from what the service answers."""
    told = NotificationFigures(waiting=1, lost=1)
    counts = Metrics(lambda: PLANES, lambda: told, lambda: 400)
    counts.count("GET", "/", 200, 0.1)
    text = counts.as_text()
    return {
        name: set(re.findall(r"(?m)[{,](\w+)=\"(?=[^\n]*)", line))
        for name in re.findall(r"^# HELP (\S+)", text, re.MULTILINE)
        for line in re.findall(rf"^{name}\b.*$", text, re.MULTILINE)
    }


def lines_of(tree: ast.AST) -> Iterator[str]:
    """Yield the lines of level warning or above that a module may log, with `…` for values."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="LOG"), attr=level), args=[first, *_]
            ) if level in LEVELS:
                assert isinstance(first, ast.Constant)
                yield str(first.value).replace("`%s`", "%s").replace("%s", "…")


def rounds_of(tree: ast.AST) -> Iterator[str]:
    """Yield what rounds that a module begins are called."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Rounds"), keywords=keywords):
                yield from (
                    str(one.value.value)
                    for one in keywords
                    if one.arg == "name" and isinstance(one.value, ast.Constant)
                )
            case ast.Call(func=ast.Name(id="beside"), args=[ast.Constant(value=str(name)), *_]):
                yield name
            case ast.ClassDef(name="Rounds", body=body):  # what they are called without a word
                yield from (
                    str(default.value)
                    for made in body
                    if isinstance(made, ast.FunctionDef)
                    for default in made.args.kw_defaults
                    if isinstance(default, ast.Constant)
                )


def rows(page: Path, heading: str) -> list[str]:
    """Return the names that stand first in the rows of a part of a page."""
    part = page.read_text("utf-8").partition(f"\n## {heading}")[2].partition("\n## ")[0]
    cells = FIRST_CELL.findall(part)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize(("page", "heading"), [(EN, "Alarms"), (ZH, "告警")], ids=["en", "zh"])
def test_every_metric_is_on_the_page_with_its_labels(page: Path, heading: str) -> None:
    found = metrics()
    assert len(found) >= 8
    assert rows(page, heading) == list(found)
    text = page.read_text("utf-8")
    for name, labels in found.items():
        row = re.search(rf"^\| `{name}` \| ([^|]*)\|", text, re.MULTILINE)
        assert row is not None
        assert set(re.findall(r"`(\w+)`", row[1])) == labels


@pytest.mark.parametrize(
    ("page", "alarms", "runbook"),
    [(EN, "Alarms", "Runbook"), (ZH, "告警", "处置手册")],
    ids=["en", "zh"],
)
def test_the_runbook_says_of_every_alarm_what_to_do_and_when_it_is_over(
    page: Path, alarms: str, runbook: str
) -> None:
    grows_by_itself = {"chengnuo_planes_individuals"}
    named = {name for name in rows(page, runbook) if name.startswith("chengnuo_")}
    assert named == set(rows(page, alarms)) - grows_by_itself
    part = page.read_text("utf-8").partition(f"\n## {runbook}")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    assert len(lines) > len(named)
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        assert len(cells) == 4, line
        assert all(cells), line


@pytest.mark.parametrize(
    ("page", "heading"), [(EN, "Lines of the log"), (ZH, "日志里的行")], ids=["en", "zh"]
)
def test_every_line_of_the_log_and_every_round_is_on_the_page(page: Path, heading: str) -> None:
    trees = [
        tree_of(module)
        for module in modules()
        if "LOG." in (text := module.read_text("utf-8")) or "Rounds" in text or "beside(" in text
    ]
    lines = {line for tree in trees for line in lines_of(tree)}
    rounds = {name for tree in trees for name in rounds_of(tree)}
    assert len(lines) > 15
    assert len(rounds) > 6
    said = rows(page, heading)
    assert set(said) == lines | rounds
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("page", "heading"), [(EN, "What doctor"), (ZH, "doctor")], ids=["en", "zh"]
)
def test_every_check_of_doctor_is_on_the_page(page: Path, heading: str) -> None:
    assert rows(page, heading) == [one.value for one in Subject]


def test_a_line_and_a_round_that_no_page_has_are_seen() -> None:
    tree = ast.parse("LOG.error('%s of `%s`', a, b)\nRounds(f, every_s=1, name='x')\nbeside('y')")
    assert list(lines_of(tree)) == ["… of …"]
    assert set(rounds_of(tree)) == {"x", "y"}

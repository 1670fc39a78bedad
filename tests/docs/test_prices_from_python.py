"""The page on prices from Python: examples give what they say, its names are those there are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, fences

from chengnuo import price

PAGE = ROOT / "docs" / "prices-from-python.md"
CHINESE = ROOT / "docs" / "zh" / "prices-from-python.md"
NAMES = re.compile(r"`(\w+)`")


def code_of(page: Path) -> list[str]:
    return ["\n".join(one.lines) for one in fences(page) if one.language == "python"]


def shown(code: str) -> Iterator[tuple[str, str]]:
    """Yield each statement, with what the comment behind it says it gives."""
    lines = code.splitlines()
    for node in ast.parse(code).body:
        end = node.end_lineno or node.lineno
        behind = lines[end] if end < len(lines) else ""
        text = "\n".join(lines[node.lineno - 1 : end])
        yield text, behind.removeprefix("# ") if behind.startswith("# ") else ""


@pytest.mark.real
def test_every_example_gives_what_the_page_says() -> None:
    names: dict[str, object] = {}
    checked = 0
    for code in code_of(PAGE):
        for statement, expected in shown(code):
            if expected:
                assert repr(eval(statement, names)) == expected  # noqa: S307  a page of ours
                checked += 1
            else:
                exec(statement, names)  # noqa: S102  a page of ours
    assert checked > 5


def test_both_languages_show_the_same_code() -> None:
    assert code_of(CHINESE) == code_of(PAGE)


def test_the_page_names_all_that_is_promised() -> None:
    for page in (PAGE, CHINESE):
        last = page.read_text(encoding="utf-8").split("\n## ")[-1]
        assert NAMES.findall(last) == sorted(price.__all__)
    assert all(hasattr(price, one) for one in price.__all__)

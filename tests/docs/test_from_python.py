"""The pages on our modules for Python: examples give what they say, names are those there are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from tests.docs.markdown import ROOT, fences

from chengnuo import price, text

PAGES = {"prices-from-python.md": price, "text-from-python.md": text}
EACH = pytest.mark.parametrize(("page", "module"), sorted(PAGES.items(), key=lambda one: one[0]))
NAMES = re.compile(r"`(\w+)`")


def code_of(page: Path) -> list[str]:
    return ["\n".join(one.lines) for one in fences(page) if one.language == "python"]


def shown(code: str) -> Iterator[tuple[str, str]]:
    """Yield each statement, with what the comment behind it says it gives."""
    lines = code.splitlines()
    for node in ast.parse(code).body:
        end = node.end_lineno or node.lineno
        behind = lines[end] if end < len(lines) else ""
        statement = "\n".join(lines[node.lineno - 1 : end])
        yield statement, behind.removeprefix("# ") if behind.startswith("# ") else ""


@pytest.mark.real
@EACH
def test_every_example_gives_what_the_page_says(
    page: str, module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    checked = 0
    for code in code_of(ROOT / "docs" / page):
        for statement, expected in shown(code):
            if expected:
                assert repr(eval(statement, names)) == expected  # noqa: S307  a page of ours
                checked += 1
            else:
                exec(statement, names)  # noqa: S102  a page of ours
    assert module in names.values()
    assert checked > 5


@pytest.mark.parametrize("page", sorted(PAGES))
def test_both_languages_show_the_same_code(page: str) -> None:
    assert code_of(ROOT / "docs" / "zh" / page) == code_of(ROOT / "docs" / page)


@EACH
def test_the_page_names_all_that_is_promised(page: str, module: ModuleType) -> None:
    for folder in (ROOT / "docs", ROOT / "docs" / "zh"):
        last = (folder / page).read_text(encoding="utf-8").split("\n## ")[-1]
        assert NAMES.findall(last) == sorted(module.__all__)
    assert all(hasattr(module, one) for one in module.__all__)

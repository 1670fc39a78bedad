"""Every error has its own code, and every code its page."""

import importlib
import pkgutil
from collections import Counter

import pytest
from tests.docs.markdown import ROOT

import chengnuo
from chengnuo.base.errors import ChengnuoError

ERROR_PAGES = ROOT / "docs" / "errors"


def every_error() -> list[type[ChengnuoError]]:
    """Return every error class of the package, the root first."""
    for module in pkgutil.walk_packages(chengnuo.__path__, "chengnuo."):
        # Migrations run only inside their tool, and `__main__` runs when imported.
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    found, todo = [], [ChengnuoError]
    while todo:
        error = todo.pop()
        found.append(error)
        todo.extend(error.__subclasses__())
    return [error for error in found if error.__module__.startswith("chengnuo.")]


ERRORS = every_error()
CODES = sorted({error.code for error in ERRORS})


@pytest.mark.parametrize("code", CODES)
def test_an_error_has_its_page(code: str) -> None:
    page = ERROR_PAGES / f"{code}.md"
    assert page.is_file()
    assert page.read_text(encoding="utf-8").startswith(f"# `{code}`\n")


def test_every_page_is_about_an_error_that_there_is() -> None:
    assert sorted(page.stem for page in ERROR_PAGES.glob("*.md") if page.stem != "index") == CODES


def test_no_two_errors_say_that_a_code_is_theirs() -> None:
    own = Counter(error.code for error in ERRORS if "code" in vars(error))
    assert [code for code, count in own.items() if count > 1] == []


def test_an_error_without_subclasses_has_a_code_of_its_own() -> None:
    leaves = [error for error in ERRORS if not error.__subclasses__()]
    assert [error.__name__ for error in leaves if "code" not in vars(error)] == []

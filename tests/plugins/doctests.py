"""Files without an example are not looked through for doctests.

Most files have none, and importing and walking each of them for nothing took a third of what
collecting takes, once for every process of tests.
"""

from collections.abc import Generator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

PROMPT = b">>> "


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path,
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Leave out what would look for the doctests of a file that has none."""
    collectors = yield
    if any(isinstance(one, DoctestModule) for one in collectors) and not has_doctests(file_path):
        return [one for one in collectors if not isinstance(one, DoctestModule)]
    return collectors


def has_doctests(path: Path) -> bool:
    """Tell whether a file may have one: each begins with a prompt."""
    return PROMPT in path.read_bytes()

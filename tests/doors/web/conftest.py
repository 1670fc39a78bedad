"""Most tests of pages put a whole service together, each its own, which takes most of a second.

They are marked `service`: `make test` runs them and `make check` does not, so that it stays short.
Who may do what, and that every page is made, is in `make check` all the same.
"""

from pathlib import Path

import pytest

ALSO_CHECKED = frozenset({"test_who_may.py", "test_pages_render.py"})
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if HERE in item.path.parents and item.path.name not in ALSO_CHECKED:
            item.add_marker(pytest.mark.service)

"""Tests of whole duties: no server outlives its test, and which of them need a whole service."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.server_kit import stop_what_still_runs

HERE = Path(__file__).parent
PURE = {"test_clocks_travel.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what puts a whole service together."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.name not in PURE:
            item.add_marker(pytest.mark.service)


@pytest.fixture(autouse=True)
def no_server_outlives_its_test() -> Iterator[None]:
    """End what a failed test left running."""
    yield
    stop_what_still_runs()

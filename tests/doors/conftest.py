"""Fixtures of the doors: a service on a fresh data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.read_once import read_once
from tests.doors.server_kit import stop_what_still_runs
from tests.doors.service_kit import Kit, start


@pytest.fixture(autouse=True, scope="session")
def handlers_are_read_once() -> None:
    """Put services together without working out again what their handlers take."""
    read_once()


@pytest.fixture(autouse=True)
def no_server_outlives_its_test() -> Iterator[None]:
    """End what a failed test left running."""
    yield
    stop_what_still_runs()


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    """A service without a register, just started for the first time."""
    made = start(tmp_path / "data")
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def quiet_kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """The same, once for the tests of a module that leave it as it is."""
    made = start(tmp_path_factory.mktemp("quiet") / "data")
    yield made
    made.service.close()


@pytest.fixture
def demo_kit(tmp_path: Path) -> Iterator[Kit]:
    """The same with the demo issuer on."""
    made = start(tmp_path / "data", demo=True)
    yield made
    made.service.close()

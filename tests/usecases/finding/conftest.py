"""A service over the sample's register, for the tests of running controls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.service_kit import Kit, start
from tests.duties.duty_kit import SAMPLE


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", register=str(SAMPLE))
    yield made
    made.service.close()

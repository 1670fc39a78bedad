"""A tea house that sends letters abroad, new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.usecases.borders.border_house import BorderHouse

from chengnuo.law.catalogue import Catalogue


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[BorderHouse]:
    """The house on an ordinary day."""
    made = BorderHouse(tmp_path / "house", catalogue)
    yield made
    made.close()

"""A house of dossiers for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.usecases.dossier.dossier_house import DossierHouse

from chengnuo.law.catalogue import Catalogue


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[DossierHouse]:
    made = DossierHouse(tmp_path / "data", catalogue)
    yield made
    made.close()

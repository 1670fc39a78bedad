"""The tea house, new for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.usecases.consent.consent_kit import TeaHouse

from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """The folders of a tea house of which nobody has heard yet, to be copied."""
    folder = tmp_path_factory.mktemp("tea") / "house"
    TeaHouse(folder, catalogue).close()
    return folder


@pytest.fixture
def house(tmp_path: Path, built: Path, catalogue: Catalogue) -> Iterator[TeaHouse]:
    """A tea house of which nobody has heard yet."""
    shutil.copytree(built, tmp_path / "house")
    made = TeaHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


@pytest.fixture(scope="module")
def quiet(
    tmp_path_factory: pytest.TempPathFactory, built: Path, catalogue: Catalogue
) -> Iterator[TeaHouse]:
    """A tea house for tests after which it must be as before."""
    folder = tmp_path_factory.mktemp("quiet") / "house"
    shutil.copytree(built, folder)
    made = TeaHouse(folder, catalogue)
    yield made
    made.close()

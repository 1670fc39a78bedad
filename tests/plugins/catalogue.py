"""The law catalogue as it ships, read once for all tests."""

import pytest

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue of the law files in the package."""
    return load_catalogue(read_catalogue, cache_folder=tmp_path_factory.mktemp("law"))

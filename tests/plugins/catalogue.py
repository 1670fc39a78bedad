"""The law catalogue and the inspection knowledge as they ship, read once for all tests."""

import pytest

from chengnuo.adapters.inspection_knowledge import load_knowledge
from chengnuo.adapters.inspection_knowledge_source import read_knowledge
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue of the law files in the package."""
    return load_catalogue(read_catalogue, cache_folder=tmp_path_factory.mktemp("law"))


@pytest.fixture(scope="session")
def knowledge(catalogue: Catalogue) -> Knowledge:
    """The knowledge that packages are inspected with, of the files in the package."""
    return load_knowledge(read_knowledge, catalogue, cache_folder=None)

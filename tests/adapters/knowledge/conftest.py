"""The catalogue that the package ships, read from its files once."""

import pytest

from chengnuo.adapters.compiled_copy import digest_of, yaml_files
from chengnuo.adapters.knowledge import law_folder
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def shipped_files() -> dict[str, bytes]:
    return yaml_files(law_folder())


@pytest.fixture(scope="session")
def catalogue(shipped_files: dict[str, bytes]) -> Catalogue:
    return read_catalogue(shipped_files, digest_of(shipped_files))

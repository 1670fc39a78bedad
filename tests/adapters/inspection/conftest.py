"""The inspection knowledge that the package ships, read from its files once."""

import pytest

from chengnuo.adapters.compiled_copy import digest_of, yaml_files
from chengnuo.adapters.inspection_knowledge import inspection_folder
from chengnuo.adapters.inspection_knowledge_source import read_knowledge
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def inspection_files() -> dict[str, bytes]:
    return yaml_files(inspection_folder())


@pytest.fixture(scope="session")
def knowledge(inspection_files: dict[str, bytes], catalogue: Catalogue) -> Knowledge:
    return read_knowledge(inspection_files, digest_of(inspection_files), catalogue)

"""The inspection knowledge that the package ships, read from its files once."""

import pytest

from chengnuo.adapters.compiled_copy import digest_of, yaml_files
from chengnuo.adapters.inspection_knowledge import inspection_folder
from chengnuo.adapters.inspection_knowledge_source import read_knowledge
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def knowledge(catalogue: Catalogue) -> Knowledge:
    files = yaml_files(inspection_folder())
    return read_knowledge(files, digest_of(files), catalogue)

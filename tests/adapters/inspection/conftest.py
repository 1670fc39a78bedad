"""The files of the inspection knowledge that the package ships."""

import pytest

from chengnuo.adapters.compiled_copy import yaml_files
from chengnuo.adapters.inspection_knowledge import inspection_folder


@pytest.fixture(scope="session")
def inspection_files() -> dict[str, bytes]:
    return yaml_files(inspection_folder())

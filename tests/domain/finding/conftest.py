"""What the tests of findings share: the law, the clean register, the words of reports."""

import pytest
from tests.domain.finding.report_kit import shipped_words
from tests.strategies.clean_register import clean_register

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(read_catalogue, cache_folder=None)


@pytest.fixture(scope="session")
def clean() -> Register:
    return clean_register()


@pytest.fixture(scope="session")
def words() -> ReportWords:
    return shipped_words()

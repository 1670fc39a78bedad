"""What the tests of findings share: the clean register, the words of reports."""

import pytest
from tests.strategies.clean_register import clean_register

from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def clean() -> Register:
    return clean_register()


@pytest.fixture(scope="session")
def words(catalogue: Catalogue, knowledge: Knowledge) -> ReportWords:
    return ReportWords(law=catalogue, knowledge=knowledge)

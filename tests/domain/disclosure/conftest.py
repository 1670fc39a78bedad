"""The app that the documents of the tests are about."""

import pytest
from tests.strategies.told_register import told_register

from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.register.ids import AppId
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def told(catalogue: Catalogue) -> Declared:
    """The tea house's app as it is declared."""
    register = told_register(catalogue)
    return Declared(register=register, catalogue=catalogue, app_id=AppId("tea"))

"""Published applications, filled by their own models, once for all tests of a worker."""

from pathlib import Path

import pytest
from tests.real_apps.applications import Application, made, register_of

collect_ignore = ["oscar_shop.py", "shared_bills.py"]  # programs of another environment


@pytest.fixture(scope="session")
def oscar(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """The shop of django-oscar; nobody changes it."""
    file = tmp_path_factory.mktemp("oscar") / "oscar.db"
    people = made("oscar_shop", f"sqlite:///{file}")
    return Application(
        file=file, people=people, register=register_of("oscar"), connection="OSCAR_DB"
    )


@pytest.fixture(scope="session")
def bills(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """The shared bills of ihatemoney; nobody changes them."""
    file = tmp_path_factory.mktemp("bills") / "bills.db"
    people = made("shared_bills", f"sqlite:///{file}")
    return Application(
        file=file, people=people, register=register_of("bills"), connection="BILLS_DB"
    )


@pytest.fixture
def shop(oscar: Application, tmp_path: Path) -> Application:
    """A shop of django-oscar to change."""
    return oscar.copied(tmp_path)


@pytest.fixture
def shared(bills: Application, tmp_path: Path) -> Application:
    """Shared bills to change."""
    return bills.copied(tmp_path)

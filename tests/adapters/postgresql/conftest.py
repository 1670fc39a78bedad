"""A database of its own for each test, with the tables of the stores."""

from collections.abc import Iterator

import pytest
from tests.servers.databases import Postgresql


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    """Return the address of an empty database."""
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)


@pytest.fixture
def made_url(postgresql_server: Postgresql, postgresql_tables: str) -> Iterator[str]:
    """Return the address of a database with empty tables."""
    with postgresql_server.database(like=postgresql_tables) as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)

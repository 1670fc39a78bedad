"""A log over what it may be kept in: the files of a folder, or a database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.evidence.key_kit import KeysPlace
from tests.adapters.evidence.log_kit import Kit
from tests.servers.databases import Postgresql  # noqa: TC002  pytest reads it

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.shared import SharedDatabase

KitOf = Callable[..., Kit]
KeysIn = Callable[[Path], KeysPlace]


@pytest.fixture(
    scope="module", params=["files", pytest.param("postgresql", marks=pytest.mark.real)]
)
def kit_of(request: pytest.FixtureRequest) -> Iterator[KitOf]:
    """Return what makes a kit for a folder; the databases of a module end with it."""
    yield from _kits(request)


@pytest.fixture(
    scope="module", params=["files", pytest.param("postgresql", marks=pytest.mark.slow)]
)
def either_kit_of(request: pytest.FixtureRequest) -> Iterator[KitOf]:
    """Return the same for tests that are run on a database less often."""
    yield from _kits(request)


@pytest.fixture(
    scope="module", params=["files", pytest.param("postgresql", marks=pytest.mark.slow)]
)
def keys_in(request: pytest.FixtureRequest) -> Iterator[KeysIn]:
    """Return what keeps keys for a folder; the databases of a module end with it."""
    with ExitStack() as opened:

        def over_postgresql(folder: Path) -> KeysPlace:
            server: Postgresql = request.getfixturevalue("postgresql_server")
            like = request.getfixturevalue("postgresql_tables")
            name = opened.enter_context(server.database(like=like))
            url = server.url(name).render_as_string(hide_password=False)
            return KeysPlace(folder, opened.enter_context(closing(PostgresqlDatabase(url))))

        yield {"files": KeysPlace, "postgresql": over_postgresql}[request.param]


def _kits(request: pytest.FixtureRequest) -> Iterator[KitOf]:
    with ExitStack() as opened:

        def over_files(folder: Path, **more: Any) -> Kit:  # noqa: ANN401  fields of a kit
            return Kit(folder, **more)

        def over_postgresql(folder: Path, **more: Any) -> Kit:  # noqa: ANN401  fields of a kit
            server: Postgresql = request.getfixturevalue("postgresql_server")
            like = request.getfixturevalue("postgresql_tables")
            name = opened.enter_context(server.database(like=like))
            url = server.url(name).render_as_string(hide_password=False)
            database = opened.enter_context(closing(PostgresqlDatabase(url)))
            return Kit(folder, shared=SharedDatabase(database=database, holder="kit"), **more)

        yield {"files": over_files, "postgresql": over_postgresql}[request.param]

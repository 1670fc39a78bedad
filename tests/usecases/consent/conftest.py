"""The tea house, new for each test."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.servers.databases import Postgresql
from tests.servers.over import move_house, note_database
from tests.usecases.consent.consent_kit import TeaHouse

from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """The folders of a tea house of which nobody has heard yet, to be copied."""
    folder = tmp_path_factory.mktemp("tea") / "house"
    TeaHouse(folder, catalogue).close()
    return folder


@pytest.fixture(scope="session")
def built_over(
    tmp_path_factory: pytest.TempPathFactory, built: Path, postgresql_server: Postgresql
) -> Iterator[tuple[Path, str]]:
    """The same, moved to a database that is to be copied too."""
    folder = tmp_path_factory.mktemp("tea-moved") / "house"
    shutil.copytree(built, folder)
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        move_house(folder / "data", url)
        yield folder, name


@pytest.fixture(params=["files", pytest.param("postgresql", marks=pytest.mark.slow)])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, built: Path, catalogue: Catalogue
) -> Iterator[TeaHouse]:
    """A tea house of which nobody has heard yet, over files or over a database."""
    with ExitStack() as opened:
        if request.param == "postgresql":
            folder, like = request.getfixturevalue("built_over")
            shutil.copytree(folder, tmp_path / "house")
            server: Postgresql = request.getfixturevalue("postgresql_server")
            url = server.url(opened.enter_context(server.database(like=like)))
            note_database(tmp_path / "house" / "data", url.render_as_string(hide_password=False))
        else:
            shutil.copytree(built, tmp_path / "house")
        made = TeaHouse(tmp_path / "house", catalogue)
        opened.callback(made.close)
        yield made


@pytest.fixture(scope="module")
def quiet(
    tmp_path_factory: pytest.TempPathFactory, built: Path, catalogue: Catalogue
) -> Iterator[TeaHouse]:
    """A tea house for tests after which it must be as before."""
    folder = tmp_path_factory.mktemp("quiet") / "house"
    shutil.copytree(built, folder)
    made = TeaHouse(folder, catalogue)
    yield made
    made.close()

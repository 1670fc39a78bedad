"""The planner over databases of any shape, held to a plain way of doing the same in memory."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from tests.strategies.record_shapes import STORES, World, contents, make, worlds
from tests.usecases.rights.planner_properties import PROPERTIES, Desk

from chengnuo.domain.register.store import StoreKind


class Files:
    """Files of SQLite in one folder."""

    kind = StoreKind.SQLITE

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, world: World) -> None:
        make(world, self._folder)

    def addresses(self) -> dict[str, str]:
        return {one.upper(): f"sqlite:///{self._folder / one}.db" for one in STORES}

    def contents(self) -> dict[str, dict[tuple[object, ...], tuple[object, ...]]]:
        return contents(self._folder)

    def refuse(self, table: str, event: str) -> None:
        with closing(sqlite3.connect(self._folder / f"{STORES[0]}.db")) as connection:
            connection.execute(
                f"CREATE TRIGGER no BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
            )


@pytest.mark.parametrize("holds", PROPERTIES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_in_files_of_sqlite(holds: Callable[[Desk], None], world: World) -> None:
    with TemporaryDirectory() as folder:
        holds(Desk(world, Files(Path(folder)), Path(folder) / "scratch"))

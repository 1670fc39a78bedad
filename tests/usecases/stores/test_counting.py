"""Parts of a table counted apart come out as if they had been gone through one after another."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from tests.adapters.spark.lake import LAKE, lay

from chengnuo.adapters.connectors.files_looking import FilesLook
from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.name_weights import read_name_model
from chengnuo.domain.observation.stores import StoreSeen
from chengnuo.ports.batches import BatchUnavailableError
from chengnuo.ports.record_source import StoreUnavailableError
from chengnuo.usecases.stores.counting import COUNTED_HERE, Counting
from chengnuo.usecases.stores.scanning import StoreScans, Wanted
from chengnuo.wiring.batching import Batching
from chengnuo.wiring.knowledge import text_knowledge
from chengnuo.wiring.stores import LOOKS

T = TypeVar("T")
R = TypeVar("R")


class InOrder:
    """A `Spread` that is this process, to which all goes as it goes to a cluster."""

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        for one in things:
            yield pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(work))(one)))  # noqa: S301


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> ConnectedStores[FilesLook]:
    folder = tmp_path_factory.mktemp("lake")
    lay(folder, seed=21)
    return ConnectedStores((LAKE,), {"LAKE": folder.as_uri()}, LOOKS)  # type: ignore[arg-type]


def scanned(looks: ConnectedStores[FilesLook], counting: Counting) -> StoreSeen:
    scans = StoreScans(
        knowledge=text_knowledge(), model=read_name_model(), today=lambda: date(2026, 11, 30)
    )
    wanted = Wanted(rows=None)
    return replace(scans, counting=counting).scan([LAKE], looks, wanted, lambda *_: None).stores[0]


@pytest.mark.service
def test_a_lake_is_told_alike(looks: ConnectedStores[FilesLook]) -> None:
    here = scanned(looks, COUNTED_HERE)
    assert scanned(looks, Batching().counted(InOrder(), looks)) == here
    assert {one.trouble is None for one in here.tables} == {True, False}


def test_a_file_that_only_the_cluster_cannot_read_ends_the_scan(
    looks: ConnectedStores[FilesLook], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, asked = FilesLook.pages_in, set[str]()

    def once_lost(
        self: FilesLook, table: str, part: str, columns: Sequence[str]
    ) -> Iterator[Sequence[tuple[object, ...]]]:
        if part in asked:
            return plain(self, table, part, columns)
        asked.add(part)
        raise StoreUnavailableError("lake", "gone")

    monkeypatch.setattr(FilesLook, "pages_in", once_lost)
    with pytest.raises(BatchUnavailableError, match="a file can be read here and not there"):
        scanned(looks, Batching().counted(InOrder(), looks))

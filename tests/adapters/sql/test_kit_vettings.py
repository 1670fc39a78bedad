"""The store of vettings: what is put in comes out, and a change is made only from what was seen."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.adapters.sql.conftest import NewDatabase
from tests.domain.governance.test_kit_vetting import APPROVED, AT, DECLINED, WAITING, WITHDRAWAL
from tests.doors.clock_kit import StandingClock

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.domain.governance.kit_vetting import KitVetting, KitVettingId
from chengnuo.domain.governance.release import ReleaseState
from chengnuo.ports.kit_vettings import KitStore, NoSuchKitVettingError
from chengnuo.ports.releases import ReleaseChangedError


@pytest.fixture
def store(tmp_path: Path, new_database: NewDatabase) -> Iterator[KitStore]:
    data = open_data_folder(
        tmp_path, signing_key_file=None, clock=StandingClock(), database=new_database()
    )
    with closing(data):
        yield data.kits


@pytest.mark.parametrize(
    "kit", [APPROVED, DECLINED, WAITING, WITHDRAWAL], ids=lambda one: one.state
)
def test_a_row_comes_out_as_it_was_put_in(store: KitStore, kit: KitVetting) -> None:
    store.add(kit)
    assert store.one(kit.id) == kit
    assert store.every() == (kit,)


def test_an_id_that_is_not_there_is_told(store: KitStore) -> None:
    with pytest.raises(NoSuchKitVettingError):
        store.one(KitVettingId("f" * 16))


def test_the_list_begins_with_the_newest_and_a_state_with_the_oldest(store: KitStore) -> None:
    later = replace(WAITING, id=KitVettingId("1" * 16), submitted_at=AT + timedelta(days=1))
    for kit in (later, WAITING, APPROVED):
        store.add(kit)
    assert [one.id for one in store.every()] == [later.id, APPROVED.id, WAITING.id]
    assert store.in_state(ReleaseState.INSPECTED) == (WAITING, later)


def test_a_change_is_made_only_from_the_state_that_was_seen(store: KitStore) -> None:
    store.add(WAITING)
    ended = replace(WAITING, state=ReleaseState.WITHDRAWN)
    store.change(ended, was=ReleaseState.INSPECTED)
    assert store.one(WAITING.id) == ended
    with pytest.raises(ReleaseChangedError):
        store.change(WAITING, was=ReleaseState.INSPECTED)
    assert store.one(WAITING.id) == ended

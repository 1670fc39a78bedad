"""Publications of the board on disk: whole or not at all, and damage is said, not shown."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chengnuo.adapters.board_folder import BoardFolder
from chengnuo.adapters.board_shelf import BoardShelfFolder
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.board_shelf import BoardAsked, BoardStep, ShelfState
from chengnuo.ports.publication_place import (
    PlaceTakenError,
    PublicationDamagedError,
    PublicationNotWrittenError,
)

ASKED = BoardAsked(
    step=BoardStep.PUBLISH, by=AccountId("acc-1"), at=datetime(2026, 11, 30, tzinfo=UTC)
)


def test_what_is_kept_is_given_back(tmp_path: Path) -> None:
    shelf = BoardShelfFolder(tmp_path / "board")
    assert (shelf.state(), shelf.newest()) == (ShelfState(), 0)
    assert [shelf.keep({"a": b"1"}), shelf.keep({"a": b"2", "b": b""})] == [1, 2]
    shelf.set(ShelfState(current=2, asked=ASKED))
    again = BoardShelfFolder(tmp_path / "board")
    assert again.state() == ShelfState(current=2, asked=ASKED)
    assert (again.files(1), again.files(2)) == ({"a": b"1"}, {"a": b"2", "b": b""})


def test_damage_is_said(tmp_path: Path) -> None:
    shelf = BoardShelfFolder(tmp_path)
    with pytest.raises(PublicationDamagedError):
        shelf.files(7)
    (tmp_path / "000001.zip").write_bytes(b"PK")
    with pytest.raises(PublicationDamagedError):
        shelf.files(1)
    (tmp_path / "state.json").write_text("{}")
    with pytest.raises(PublicationDamagedError):
        shelf.state()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "board").write_text("a file")
    with pytest.raises(PublicationNotWrittenError):
        BoardShelfFolder(tmp_path / "board").keep({"a": b"1"})
    with pytest.raises(PublicationNotWrittenError):
        BoardFolder(tmp_path / "board" / "out").put({"a": b"1"})


@pytest.mark.parametrize("attestation", [b"", b"{}", b"[]", b'{"payload":"e30="}'])
def test_what_is_no_earlier_board_is_left_alone(tmp_path: Path, attestation: bytes) -> None:
    (tmp_path / "attestation.json").write_bytes(attestation)
    (tmp_path / "other.txt").write_text("of somebody")
    with pytest.raises(PlaceTakenError):
        BoardFolder(tmp_path).put({"index.html": b""})
    assert sorted(one.name for one in tmp_path.iterdir()) == ["attestation.json", "other.txt"]
    file = tmp_path / "other.txt"
    with pytest.raises(PlaceTakenError):
        BoardFolder(file).refuse_other_things()

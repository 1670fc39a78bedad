"""Keys that are made and erased while they are checked are sound, whatever the check comes upon."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import erasure, file_holding, person

from chengnuo.adapters.evidence import kept_keys
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.ports.evidence_keys import KeyHolderError

PEOPLE = [person(number) for number in range(20)]


def opened(folder: Path) -> SqliteKeyVault:
    return SqliteKeyVault(folder / "keys.db", file_holding(folder).opened())


class Acting(FileKeyHolder):
    """A holder in whose first unwrapping of many keys somebody else does something."""

    def __init__(self, folder: Path, writer: SqliteKeyVault) -> None:
        super().__init__(folder / "epoch.key", in_data_folder=False)
        self._writer: SqliteKeyVault | None = writer

    def unwrap(self, epoch: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        writer = self._writer
        if writer is not None and len(wrapped) > 1:
            self._writer = None
            writer.ready([person(100)], content=True)
            writer.erase({PEOPLE[0]: erasure(5)})
        return super().unwrap(epoch, wrapped)


def test_keys_that_are_wrapped_anew_between_reading_and_opening_are_no_fault(
    tmp_path: Path,
) -> None:
    with closing(opened(tmp_path)) as writer:
        writer.ready(PEOPLE, content=True)
        acting = Acting(tmp_path, writer)
        with closing(SqliteKeyVault(tmp_path / "keys.db", acting)) as vault:
            assert list(vault.check()) == []
        assert acting.epochs() == (2,)


class Failing(FileKeyHolder):
    """A holder that cannot be written while `fails`."""

    fails = False

    def make(self, epoch: int) -> None:
        if self.fails:
            raise KeyHolderError("it fails")
        super().make(epoch)


def test_an_epoch_change_that_goes_on_is_no_fault_and_one_that_rests_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = Failing(tmp_path / "epoch.key", in_data_folder=False)
    with (
        closing(SqliteKeyVault(tmp_path / "keys.db", holder)) as writer,
        closing(opened(tmp_path)) as vault,
    ):
        writer.ready(PEOPLE, content=True)
        holder.fails = True
        with pytest.raises(KeyHolderError):
            writer.erase({PEOPLE[0]: erasure(5)})
        monkeypatch.setattr(kept_keys, "_TRY_S", 0.001)
        assert "not finished" in " ".join(vault.check())
        holder.fails = False

        def go_on(_: float) -> None:
            writer.erase({PEOPLE[1]: erasure(5)})

        monkeypatch.setattr(kept_keys, "sleep", go_on)
        assert list(vault.check()) == []

"""A register written to a folder reads back the same, and nothing is half written."""

from pathlib import Path

import pytest
from hypothesis import given
from tests.domain.register.written import trees
from tests.strategies.registers import law, registers

from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.base.text import Text
from chengnuo.domain.register.canonical import tree_of_register
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register, read_tree
from chengnuo.ports.register_target import FolderNotEmptyError, RegisterNotWrittenError

WRITER = RegisterWriter()


def sample() -> Register:
    return read_register(trees(), catalogue=law()).register


def loaded(folder: Path) -> Register:
    files = RegisterFolder().read(folder)
    return read_register(files.trees, catalogue=law(), problems=files.problems).register


@given(registers())
def test_what_was_written_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, register: Register
) -> None:
    folder = tmp_path_factory.mktemp("register")
    WRITER.write(register, folder, remarks={}, replace=False)
    assert loaded(folder) == read_tree(tree_of_register(register), catalogue=law()).register


def test_each_row_has_its_file(tmp_path: Path) -> None:
    written = WRITER.write(sample(), tmp_path / "new" / "register", remarks={}, replace=False)
    assert [path.as_posix() for path in written] == [
        "activities/nearby-stores.yaml",
        "apps/demo.yaml",
        "handler.yaml",
        "recipients/map-co.yaml",
        "services/browse.yaml",
        "services/nearby.yaml",
        "stores/main.yaml",
    ]
    text = (tmp_path / "new/register/activities/nearby-stores.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "activity: nearby-stores\nservice: nearby\npurpose:\n  zh: 推荐附近门店\n"
    )
    assert "at_most: 1 per minute\n" in text
    assert "&" not in text
    day = (tmp_path / "new/register/apps/demo.yaml").read_text(encoding="utf-8")
    assert "rules_effective: 2026-10-08\n" in day


def test_remarks_stand_above_their_row_and_are_not_read(tmp_path: Path) -> None:
    remarks = {RowRef("activity", "nearby-stores"): [Text("待补：\n场景", "the scene")]}
    folder = tmp_path / "register"
    WRITER.write(sample(), folder, remarks=remarks, replace=False)
    text = (folder / "activities/nearby-stores.yaml").read_text(encoding="utf-8")
    assert text.startswith("# 待补： 场景 · the scene\nactivity: nearby-stores\n")
    assert loaded(folder) == sample()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep me", encoding="utf-8")
    for replace in (False, True):
        with pytest.raises(FolderNotEmptyError) as refused:
            WRITER.write(sample(), tmp_path, remarks={}, replace=replace)
        assert refused.value.found == "notes.txt"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", [".git", ".gitignore"])
def test_a_hidden_thing_keeps_a_register_from_being_replaced(tmp_path: Path, name: str) -> None:
    WRITER.write(sample(), tmp_path, remarks={}, replace=False)
    (tmp_path / name).mkdir()
    with pytest.raises(FolderNotEmptyError):
        WRITER.write(sample(), tmp_path, remarks={}, replace=True)


def test_a_register_is_replaced_when_told_to(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    WRITER.write(sample(), folder, remarks={}, replace=False)
    (folder / "activities" / "old.yaml").write_text("activity: old\n", encoding="utf-8")
    with pytest.raises(FolderNotEmptyError):
        WRITER.write(sample(), folder, remarks={}, replace=False)
    WRITER.write(sample(), folder, remarks={}, replace=True)
    assert loaded(folder) == sample()
    assert [path.name for path in tmp_path.iterdir()] == ["register"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "register"
    file.write_text("", encoding="utf-8")
    with pytest.raises(FolderNotEmptyError):
        WRITER.write(sample(), file, remarks={}, replace=True)


def test_a_place_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RegisterNotWrittenError):
        WRITER.write(sample(), tmp_path / "file" / "register", remarks={}, replace=False)


def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "register"
    WRITER.write(sample(), folder, remarks={}, replace=False)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(RegisterNotWrittenError, match="No space left"):
        WRITER.write(sample(), folder, remarks={}, replace=True)
    assert loaded(folder) == sample()
    assert [path.name for path in tmp_path.iterdir()] == ["register"]

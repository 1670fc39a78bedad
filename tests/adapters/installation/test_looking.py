"""What lies where is told from the file system itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.installation.door import Door
from chengnuo.adapters.installation.looking import FilesOfInstallation
from chengnuo.adapters.installation.stores import FilesOfStores
from chengnuo.adapters.planes.place import MEMORY, folder_by_default
from chengnuo.ports.evidence_keys import MasterKeyError


@pytest.fixture
def seen(tmp_path: Path) -> FilesOfInstallation:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return FilesOfInstallation(
        data=data,
        register_folder="",
        load=lambda _: "",
        place=Place(data=data),
        signing_key=None,
        named=(),
        planes_folder=str(tmp_path / "planes"),
        stores=FilesOfStores(data),
        at=Door(host="127.0.0.1", port=1, named=True, name="x", running="1", keys=bytes),
        issuer="",
        demo=False,
    )


def test_planes_lie_in_memory_by_default_and_beside_the_data_if_told(
    seen: FilesOfInstallation,
) -> None:
    by_default = replace(seen, planes_folder="").planes()
    assert by_default.place == str(folder_by_default(seen.data))
    assert by_default.in_memory is MEMORY.is_dir()
    told = seen.planes()
    assert (told.there, told.ours, told.beside_data) == (False, True, True)
    assert replace(seen, planes_folder="off").planes().off


@pytest.mark.parametrize(("mode", "ours"), [(0o700, True), (0o770, False), (0o707, False)])
def test_planes_that_others_can_write_are_not_ours(
    seen: FilesOfInstallation, mode: int, *, ours: bool
) -> None:
    folder = Path(seen.planes_folder)
    folder.mkdir()
    folder.chmod(mode)
    assert seen.planes().there
    assert seen.planes().ours is ours


def test_a_folder_that_is_not_there_has_the_room_of_those_above(
    seen: FilesOfInstallation, tmp_path: Path
) -> None:
    look = replace(seen, data=tmp_path / "not" / "yet").folder()
    assert (look.there, look.writable) == (False, True)
    assert look.free_bytes > 0


def test_a_master_key_of_the_environment_is_held_to_its_form(seen: FilesOfInstallation) -> None:
    with pytest.raises(MasterKeyError):
        replace(seen, place=replace(seen.place, master_key="short")).holder()
    look = replace(seen, place=replace(seen.place, master_key="0" * 64)).holder()
    assert (look.place, look.in_data_folder, look.forgets) == ("environment", False, False)
    assert (look.epochs, look.made) == ((), 0)


def test_files_of_secrets_are_those_made_and_those_named(
    seen: FilesOfInstallation, tmp_path: Path
) -> None:
    named = tmp_path / "pin"
    named.write_text("1234", "utf-8")
    named.chmod(0o640)
    files = {Path(one.place).name: one for one in replace(seen, named=(named,)).secret_files()}
    assert files.keys() == {"pin", "seal.key", "signing.pem", "tenant.key"}
    assert (files["pin"].own, files["pin"].mode) == (False, 0o640)
    assert files["seal.key"].own
    assert not files["seal.key"].there

"""The desk: which register is in force, kept and signed, and what follows from it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.clock_kit import StandingClock

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.register.problems import RegisterRefusedError
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.register_desk import Desk, NoRegisterError
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.versions import Versions

SOUND = Path(__file__).parents[1] / "corpus" / "register" / "sound.yaml"


class House:
    """A register folder, a data folder and a clock."""

    def __init__(self, tmp_path: Path, catalogue: Catalogue) -> None:
        self.clock = StandingClock()
        self.folder = tmp_path / "register"
        self.folder.mkdir()
        self.file = self.folder / "register.yaml"
        shutil.copy(SOUND, self.file)
        self._data = open_data_folder(tmp_path / "data", signing_key_file=None, clock=self.clock)
        self._catalogue = catalogue

    def desk(self, folder: Path | None) -> Desk:
        """A desk as a start of the service makes it."""
        source = RegisterFolder()
        return Desk(
            registers=Registers(source=source, catalogue=self._catalogue, clock=self.clock),
            versions=Versions(
                archive=self._data.versions, signer=self._data.keys.signer, clock=self.clock
            ),
            folder=folder,
        )

    def edit(self, old: str, new: str) -> None:
        """Change the register as its owner would."""
        text = self.file.read_text("utf-8")
        assert text.count(old) == 1
        self.file.write_text(text.replace(old, new), "utf-8")

    def close(self) -> None:
        """Close the data folder."""
        self._data.close()


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[House]:
    made = House(tmp_path, catalogue)
    yield made
    made.close()


def test_without_a_folder_and_without_versions_nothing_is_served(house: House) -> None:
    desk = house.desk(None)
    assert desk.open() is None
    assert desk.current() is None
    with pytest.raises(NoRegisterError):
        _ = desk.served
    with pytest.raises(NoRegisterError):
        desk.load(by="service")


def test_what_is_served_is_kept_and_served_again_without_its_folder(house: House) -> None:
    first = house.desk(house.folder).open()
    assert first is not None
    again = house.desk(None).open()
    assert again is not None
    assert (again.version, again.register) == (first.version, first.register)


def test_each_version_is_kept_once_and_can_be_compared(house: House) -> None:
    desk = house.desk(house.folder)
    desk.open()
    desk.load(by="service")
    house.edit("keep: P3Y", "keep: P5Y")
    desk.load(by="service", note="longer")
    newest, oldest = desk.kept()
    assert (newest.position, oldest.position) == (2, 1)
    change = desk.diff(oldest.id[:12], newest.id[:12])
    assert [field.field for field in change.changed] == ["retention.keep"]
    with pytest.raises(UnknownVersionError):
        desk.register_of("0" * 12)


def test_a_broken_folder_leaves_the_old_register_in_force(house: House) -> None:
    desk = house.desk(house.folder)
    served = desk.open()
    house.edit("keep: P3Y", "keep: soon")
    with pytest.raises(RegisterRefusedError):
        desk.load(by="service")
    assert desk.current() is served
    assert len(desk.kept()) == 1


def test_the_check_is_of_today_whenever_it_is_asked_for(house: House) -> None:
    desk = house.desk(house.folder)
    desk.open()
    before = desk.served.report.on
    house.clock.pass_by(timedelta(days=1))
    assert desk.served.report.on == before + timedelta(days=1)
    assert desk.served.board.on == before + timedelta(days=1)


def test_only_what_publishing_itself_fulfils_is_shown_on_the_board(house: House) -> None:
    desk = house.desk(house.folder)
    desk.open()
    shown = {row.duty.id for row in desk.served.board.rows if row.status is RowStatus.SHOWN}
    assert shown <= {"duty-5", "action524-2.1", "action524-2.2"}
    assert len(desk.served.board.rows) == 41

"""What follows from the log is, after a restore, as it was at the moment that was asked for."""

import shutil
from pathlib import Path

import pytest
from tests.usecases.consent.consent_kit import LIN, NEARBY, TeaHouse

from chengnuo.adapters.backup.data_backups import DataBackups
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.restored import forget_restored
from chengnuo.domain.consent.event import Act
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.backups import Lock, Moment
from chengnuo.ports.individuals import PersonKey

OTHER = PersonKey("a" * 64)


class Backed:
    """A house that is backed up while it is open, and houses that are put back from that."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder, self.catalogue = folder, catalogue
        self.house = TeaHouse(folder / "live", catalogue)
        self.backups = DataBackups(
            place_of=lambda: Place(data=folder / "live" / "data"),
            elsewhere=False,
            suppressed=tuple,
            clock=self.house.clock,
            program="0",
        )
        self.words = folder / "words"
        self.words.write_text("four quiet lanterns\n")
        self.lock = Lock(passphrase=self.words)
        self.made: list[Path] = []

    @property
    def size(self) -> int:
        return self.house.opened.log.status().size

    def back_up(self) -> None:
        since = Path(f"{self.made[-1]}.manifest") if self.made else None
        out = self.folder / f"{len(self.made)}.backup"
        self.backups.make(out, lock=self.lock, since=since, exports=False)
        self.made.append(out)

    def put_back(self, moment: Moment) -> TeaHouse:
        """Return a house at a moment, with the epoch key of the live one, as swept."""
        to = self.folder / f"back-{moment.position}"
        shutil.copytree(self.folder / "live" / "register", to / "register")
        self.backups.restore(self.made, lock=self.lock, to=to / "data", moment=moment, vkey="")
        assert not (to / "data" / "keys" / "epoch.key").exists()
        shutil.copy(self.folder / "live" / "data" / "keys" / "epoch.key", to / "data" / "keys")
        forget_restored(to / "data")
        return TeaHouse(to, self.catalogue)


@pytest.fixture
def backed(tmp_path: Path, catalogue: Catalogue) -> Backed:
    return Backed(tmp_path, catalogue)


def test_consents_between_two_backups_are_read_from_the_log(backed: Backed) -> None:
    house = backed.house
    house.answer(NEARBY)
    backed.back_up()
    first = backed.size
    house.wait(minutes=1)
    house.answer(NEARBY, person=OTHER)
    middle = backed.size
    house.wait(minutes=1)
    house.withdraw(NEARBY)
    backed.back_up()
    last = backed.size
    assert first < middle < last
    expected = {
        first: (Act.GIVE, None),
        middle: (Act.GIVE, Act.GIVE),
        last: (Act.WITHDRAW, Act.GIVE),
    }
    house.close()
    for position, stands in expected.items():
        back = backed.put_back(Moment(position=position))
        assert back.opened.log.status().size >= position
        assert (back.stands(NEARBY, LIN), back.stands(NEARBY, OTHER)) == stands
        back.answer(NEARBY, person=PersonKey("b" * 64))  # and it goes on from there
        back.start_again()
        assert back.stands(NEARBY, PersonKey("b" * 64)) is Act.GIVE
        back.close()

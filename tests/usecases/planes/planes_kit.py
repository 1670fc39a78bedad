"""The tea house with its consents in planes, and a guard that reads them beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.usecases.consent.consent_kit import TeaHouse

from chengnuo.adapters.planes.opening import open_to_read, open_to_write
from chengnuo.adapters.planes.reading import PlaneReader
from chengnuo.domain.decision.state_bits import Lanes
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.decision.books import Edition
from chengnuo.usecases.planes.keeping import StateInPlanes


class PlanesHouse(TeaHouse):
    """A tea house whose planes lie in a folder beside it."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.memory = folder.parent / "planes"
        super().__init__(folder, catalogue)

    def open(self) -> None:
        super().open()
        self.writer = open_to_write(self.folder / "data", self.memory)
        self.planes = StateInPlanes(
            self.writer,
            edition=self.edition,
            register_of=self.register_of,
            catalogue=self.catalogue,
        )
        self.consents = ConsentDesk(
            recorder=self.recorder,
            store=self.data.consents,
            desk=self.desk,
            clock=self.clock,
            follower=self.planes,
        )
        self.planes.follow(self.consents.keeper)
        self.consents.open()

    def edition(self) -> Edition:
        served = self.desk.served
        return Edition(version=Version(served.version), register=served.register)

    def register_of(self, version: str) -> Register | None:
        try:
            return self.desk.register_of(version).register if version else None
        except UnknownVersionError:
            return None

    def close(self) -> None:
        self.planes.close()
        super().close()

    def reader(self) -> PlaneReader:
        found = open_to_read(self.folder / "data")
        assert found is not None
        return found

    def unequal(self) -> list[str]:
        """Return whose planes differ from the state, and how; planes are current."""
        reader, keeper = self.reader(), self.consents.keeper
        planes = reader.planes()
        assert reader.counts(reader.generation, keeper.now())
        assert reader.meant.register == self.edition().version
        lanes, found = Lanes(self.edition().register, self.catalogue), []
        assert set(planes.lanes) == set(lanes.names)
        for person, ordinal in self.consents.everyone():
            whole = lanes.bits_of(keeper.state_of(person, keeper.now()))
            if planes.flags_of(ordinal) & 0x3F != whole.flags:
                found.append(f"{person[:4]} flags")
            for name in lanes.names:
                wanted = whole.values.get(name)
                number = 0 if wanted is None else wanted.value
                if planes.value(name, ordinal) != number:
                    found.append(f"{person[:4]} {name}")
                ends = wanted is not None and number in {1, 2}
                if ends and planes.end(name, ordinal) != wanted.end:
                    found.append(f"{person[:4]} {name} end")
        return found


@contextmanager
def planes_house(folder: Path, catalogue: Catalogue) -> Iterator[PlanesHouse]:
    house = PlanesHouse(folder, catalogue)
    try:
        yield house
    finally:
        house.close()

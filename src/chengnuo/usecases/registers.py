"""What can be asked of a register folder: read it, check it, compare it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chengnuo.domain.finding.check import CheckReport, check
from chengnuo.domain.register.diff import RegisterDiff, diff
from chengnuo.domain.register.reading import (
    LoadedRegister,
    read_register,
    refuse_expired_waivers,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.clock import Clock
from chengnuo.ports.register_source import RegisterSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The use cases on register folders.

    Attributes:
        source: Reads the files.
        catalogue: The law catalogue.
        clock: Tells today, for what runs out.

    """

    source: RegisterSource
    catalogue: Catalogue
    clock: Clock

    def load(self, folder: Path, *, on: date | None = None) -> LoadedRegister:
        """Read a register as it counts on a day, today if none is given.

        Raises:
            RegisterRefusedError: The folder holds no register, or a waiver in it has run out.

        """
        loaded = self.load_as_written(folder)
        refuse_expired_waivers(loaded, on or self.today())
        return loaded

    def today(self) -> date:
        """Return the civil day in the mainland."""
        return civil_date(self.clock.now())

    def check(self, loaded: LoadedRegister, *, on: date | None = None) -> CheckReport:
        """Hold a register to every rule that it alone can decide, as of a day, today if none."""
        return check(loaded.register, self.catalogue, on or self.today())

    def load_as_written(self, folder: Path) -> LoadedRegister:
        """Read a register whatever has run out since, as for comparing with an earlier state.

        Raises:
            RegisterRefusedError: The folder holds no register.

        """
        files = self.source.read(folder)
        return read_register(files.trees, catalogue=self.catalogue, problems=files.problems)

    def diff(self, before: Path, after: Path) -> RegisterDiff:
        """Compare two registers.

        Raises:
            RegisterRefusedError: One of them holds no register.

        """
        return diff(
            self.load_as_written(before).register,
            self.load_as_written(after).register,
            catalogue=self.catalogue,
        )

"""The register that a running service serves: which version is in force, and what follows from it.

The folder is the operator's own git; the archive keeps every version that was ever served. A
service without a folder serves the version kept last. Loading swaps one finished value for
another, so a reader sees the old register or the new one and never half of each.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chengnuo.base.errors import ConflictError
from chengnuo.domain.finding.board import Board, Publication, board_of
from chengnuo.domain.finding.check import CheckReport, facts_of, report_of
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.domain.register.diff import RegisterDiff, diff
from chengnuo.domain.register.ids import ActivityId, TableRef, Version
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import LoadedRegister, read_tree
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.versions import RegisterVersion
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.versions import Versions


class NoRegisterError(ConflictError):
    """The service has no register yet."""

    code = "no-register-loaded"

    def __init__(self) -> None:
        super().__init__("no register is loaded; start with `--register DIR`, or load one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is served at one moment.

    Attributes:
        loaded: The register, with the places of its fields where it came from a folder.
        version: Its version.
        report: What the check found when it was loaded, or this day, whichever is later.
        board: The pledge board of the same day.

    """

    loaded: LoadedRegister
    version: Version
    report: CheckReport
    board: Board

    @property
    def register(self) -> Register:
        """The register itself."""
        return self.loaded.register


class Desk:
    """The register in force, its versions and what the check says of them."""

    def __init__(
        self,
        *,
        registers: Registers,
        versions: Versions,
        folder: Path | None,
        noted: Callable[[RegisterVersion], None] = lambda _: None,
    ) -> None:
        """Make a desk that serves nothing yet.

        Args:
            registers: Reads and checks registers.
            versions: Keeps versions.
            folder: The register folder; None to serve the version kept last.
            noted: Told of the version that came into force.

        """
        self.registers = registers
        self.versions = versions
        self.folder = folder
        self._noted = noted
        self._served: Served | None = None
        self._read = lru_cache(maxsize=8)(self._read_version)
        self._uses = lru_cache(maxsize=4096)(self._read_uses)

    @property
    def catalogue(self) -> Catalogue:
        """The law catalogue."""
        return self.registers.catalogue

    def open(self, read: LoadedRegister | None = None) -> Served | None:
        """Load the folder, or the version kept last; call once before serving.

        Args:
            read: What the folder holds, where it has just been read.

        Returns:
            What is served now; None if there is neither a folder nor a kept version.

        Raises:
            RegisterRefusedError: The folder holds no register.
            ArchiveDamagedError: The version kept last is not what was kept.

        """
        if self.folder is not None:
            loaded = self.registers.load(self.folder) if read is None else read
            return self._take(loaded, by="service", note="")
        newest = self.versions.latest()
        if newest is not None:
            self._serve(self._read(newest.id), newest)
            self._noted(newest)
        return self._served

    def serve(self, version: str) -> Served:
        """Serve a kept version that is in force elsewhere.

        Raises:
            UnknownVersionError: No such version.

        """
        kept = self.versions.one(version)
        return self._serve(self._read(kept.id), kept)

    def load(self, *, by: str, note: str = "") -> Served:
        """Load the folder, keep its version and serve it.

        Args:
            by: An account id, `cli` or `service`.
            note: A line about the change; may be empty.

        Raises:
            NoRegisterError: The service was started without a folder.
            RegisterRefusedError: The folder holds no register; the old one stays in force.

        """
        if self.folder is None:
            raise NoRegisterError
        return self._take(self.registers.load(self.folder), by=by, note=note)

    def _take(self, loaded: LoadedRegister, *, by: str, note: str) -> Served:
        kept = self.versions.keep(canonical_bytes(loaded.register), by=by, note=note)
        served = self._serve(loaded, kept)
        self._noted(kept)
        return served

    @property
    def served(self) -> Served:
        """What is served now, with the check as of today.

        Raises:
            NoRegisterError: Nothing is.

        """
        found = self.current()
        if found is None:
            raise NoRegisterError
        return found

    def current(self) -> Served | None:
        """Return what is served now, with the check as of today; None if nothing is."""
        served = self._served
        if served is not None and served.report.on != self.registers.today():
            served = self._serve(served.loaded, self.versions.one(served.version))
        return served

    def kept(self) -> tuple[RegisterVersion, ...]:
        """Return every kept version, newest first."""
        return self.versions.all()

    def register_of(self, version: str) -> LoadedRegister:
        """Return the register of a kept version, by its id or first digits.

        Raises:
            UnknownVersionError: No such version.

        """
        return self._read(self.versions.one(version).id)

    def uses(self, version: str) -> tuple[tuple[TableRef, ActivityId], ...]:
        """Return which tables the activities of a kept version use, by its whole id.

        Raises:
            UnknownVersionError: No such version.

        """
        return self._uses(version)

    def diff(self, old: str, new: str) -> RegisterDiff:
        """Return what differs between two kept versions.

        Raises:
            UnknownVersionError: No such version.

        """
        return diff(
            self.register_of(old).register,
            self.register_of(new).register,
            catalogue=self.catalogue,
        )

    def loaded(self, version: str | None) -> LoadedRegister:
        """Return the register of a version, or the one in force.

        Raises:
            UnknownVersionError: No such version.
            NoRegisterError: None was named and nothing is served.

        """
        return self.served.loaded if version is None else self.register_of(version)

    def report_of(self, version: str | None) -> CheckReport:
        """Check a version, or the register in force, as of today.

        Raises:
            UnknownVersionError: No such version.
            NoRegisterError: None was named and nothing is served.

        """
        if version is None:
            return self.served.report
        return self.registers.check(self.register_of(version))

    def _serve(self, loaded: LoadedRegister, kept: RegisterVersion) -> Served:
        facts = facts_of(loaded.register, self.catalogue, self.registers.today())
        report = report_of(facts)
        # What is served is public in the privacy centre from the day its version was kept.
        version = Version(kept.id)
        public = Publication(version=version, on=civil_date(kept.at))
        served = Served(
            loaded=loaded,
            version=version,
            report=report,
            board=board_of(facts, report=report, published=public),
        )
        self._served = served
        return served

    def _read_uses(self, version: str) -> tuple[tuple[TableRef, ActivityId], ...]:
        activities = self._read_version(version).register.activities
        return tuple((name, one.activity) for one in activities for name in one.stores)

    def _read_version(self, version: str) -> LoadedRegister:
        kept = self.versions.one(version)
        tree = json.loads(kept.data)
        return read_tree(tree, catalogue=self.catalogue, name=f"{kept.id[:12]}.json")

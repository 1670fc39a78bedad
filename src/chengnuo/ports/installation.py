"""What can be seen of an installation from outside it, without changing anything.

Every look is a value; what is well of it and what is not, the use case says. Places are paths as
whoever runs the program would write them. No look holds a secret.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One package that the program needs.

    Attributes:
        name: Its name.
        wanted: The versions that fit, as `>=2.2`.
        found: The version that is there; empty for none.
        fits: Whether that is one of those.

    """

    name: str
    wanted: str
    found: str
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """One optional part of the program.

    Attributes:
        name: Its name, as in `chengnuo[price]`.
        missing: Its packages that are not there, or do not fit.
        needed_by: Settings that need it.

    """

    name: str
    missing: tuple[str, ...]
    needed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramLook:
    """The program: the Python that runs it, and its packages."""

    python: str
    python_wanted: str
    python_fits: bool
    packages: tuple[Package, ...]
    extras: tuple[Extra, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLook:
    """The register that a start would serve.

    Attributes:
        folder: The folder of the settings; empty for none.
        version: The version it holds, or without a folder the one kept last; empty for none.

    """

    folder: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderLook:
    """The data folder.

    Attributes:
        place: Where it is.
        there: Whether there is one.
        mode: Its permission bits.
        owner: Number of the account that owns it.
        runs_as: Number of the account that looks.
        writable: Whether that account can write there.
        free_bytes: Room on its file system, or on that of the nearest folder above.
        waits_for_sweep: Whether it was restored, and those erased since were not erased again.

    """

    place: str
    there: bool
    mode: int
    owner: int
    runs_as: int
    writable: bool
    free_bytes: int
    waits_for_sweep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseLook:
    """The database.

    Attributes:
        there: Whether there is one.
        revision: Of its schema; empty for one without tables.
        known: Whether this program knows that revision.
        newest: The revision that this program brings it to.
        verified: Whether whoever answers in its place would be found out.

    """

    there: bool
    revision: str
    known: bool
    newest: str
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLook:
    """The evidence log.

    Attributes:
        there: Whether there is one.
        size: How many records it has.
        published: How many are under its newest checkpoint.
        checkpoint_at: When that was signed; None before the first.
        last_at: Instant of its last record; None for none.
        writer: Who writes it, as `process 12` or `host:12`; empty for nobody.

    """

    there: bool
    size: int = 0
    published: int = 0
    checkpoint_at: datetime | None = None
    last_at: datetime | None = None
    writer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretFile:
    """One file that holds a key, a password or an address.

    Attributes:
        place: Where it is.
        there: Whether there is one.
        mode: Its permission bits.
        own: Whether the program makes it by itself when it is not there.

    """

    place: str
    there: bool
    mode: int
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderLook:
    """Who holds the epoch keys.

    Attributes:
        place: Where, in words for people.
        in_data_folder: Whether a copy of the data folder holds them too.
        forgets: Whether a destroyed epoch key is gone from old copies of the holder too.
        unfinished: Whether a change of its file was interrupted; then it was not read.
        epochs: The epochs whose keys are there.
        made: The epoch that the keys of the log are under; 0 before the first.
        demo: Whether this is a demonstration, whose keys may lie beside its data.
        homeless: Whether there is no folder for their file, which no start makes.

    """

    place: str
    in_data_folder: bool
    forgets: bool
    unfinished: bool
    epochs: tuple[int, ...]
    made: int
    demo: bool = False
    homeless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanesLook:
    """Where the planes lie.

    Attributes:
        off: Whether the settings want none.
        place: Where they are, or would be made.
        there: Whether there are any.
        ours: Whether nobody but their owner can write there.
        in_memory: Whether that is memory and no disk.
        beside_data: Whether it is the file system of the data folder.
        free_bytes: Room there.

    """

    off: bool
    place: str = ""
    there: bool = False
    ours: bool = True
    in_memory: bool = True
    beside_data: bool = False
    free_bytes: int = 0


class Answering(Enum):
    """Who answers at the address of the service."""

    NOBODY = auto()
    SERVICE = auto()
    OTHER_SERVICE = auto()  # a Chengnuo of another installation
    SOMEBODY_ELSE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLook:
    """The address that the service listens on.

    Attributes:
        address: Host and port; the first of the ports that would be tried.
        named: Whether the settings name the port, so that no other is tried.
        who: Who answers there.
        version: Of the service that answers; empty if it does not say, as behind another name.
        running: Version of the program that looks.

    """

    address: str
    named: bool
    who: Answering
    version: str
    running: str


class Layer(StrEnum):
    """What holds the process that reads hostile files, beside bounds of memory and time."""

    RIGHTS = "rights"  # it gains no rights that its account does not have
    FILES = "files"  # it reads only the program and the one file, and writes none
    CALLS = "calls"  # it opens no socket, begins no process, reaches into no other


class ProgramParts(Protocol):
    """Looks at the program itself."""

    def program(self) -> ProgramLook:
        """Return what runs."""
        ...

    def paper(self) -> None:
        """Set one page as a PDF, in Chinese, and throw it away.

        Raises:
            DocumentNotMadeError: It could not be set.

        """
        ...

    def layers(self) -> tuple[Layer, ...]:
        """Return what holds a process that reads a hostile file; one is begun to find out."""
        ...


class Installation(Protocol):
    """Looks at an installation, and changes nothing of it."""

    def register(self) -> RegisterLook:
        """Look at the register.

        Raises:
            RegisterRefusedError: The folder holds no register.

        """
        ...

    def folder(self) -> FolderLook:
        """Look at the data folder."""
        ...

    def database(self) -> DatabaseLook:
        """Look at the database.

        Raises:
            NotADataFolderError: It is something else.

        """
        ...

    def log(self) -> LogLook:
        """Look at the evidence log.

        Raises:
            LogDamagedError: Something kept is not what was written.

        """
        ...

    def secret_files(self) -> tuple[SecretFile, ...]:
        """Look at the files of keys and passwords; none of them is read."""
        ...

    def holder(self) -> HolderLook:
        """Ask who holds the epoch keys.

        Raises:
            MasterKeyError: It has something else, or refuses.
            KeyHolderError: It does not answer.

        """
        ...

    def planes(self) -> PlanesLook:
        """Look at where the planes lie."""
        ...

    def door(self) -> DoorLook:
        """Ask who answers at the address of the service."""
        ...

    def provider(self) -> str:
        """Ask the identity provider for its discovery document, and return the issuer.

        It is empty where the settings name none; nobody is asked then.

        Raises:
            ProviderUnavailableError: It does not answer, or names another issuer.

        """
        ...

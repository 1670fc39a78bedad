"""The folder that a new operator begins in: its register, its settings, its data."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import UnavailableError


class StartNotWrittenError(UnavailableError):
    """The folder cannot be written to; what is there stands unchanged."""

    code = "start-not-written"

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"`{folder}` cannot be written: {why}")
        self.folder = folder
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class StartState:
    """What is in the folder already.

    Attributes:
        register: Whether the register folder holds anything.
        settings: Whether there is a settings file.
        data: Whether there is a data folder.

    """

    register: bool
    settings: bool
    data: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPaths:
    """Where things are in the folder.

    Attributes:
        register: The register folder.
        settings: The settings file.
        data: The data folder.

    """

    register: Path
    settings: Path
    data: Path


class StartPlace(Protocol):
    """Looks into the folder, and writes what stands beside the register."""

    def paths(self, folder: Path) -> StartPaths:
        """Return where things are."""
        ...

    def state(self, folder: Path) -> StartState:
        """Tell what is there."""
        ...

    def clear(self, folder: Path) -> None:
        """Remove what a beginning that was ended midway left half made beside its place."""
        ...

    def write_settings(self, folder: Path) -> Sequence[str]:
        """Write the settings, and what keeps the data out of git, where they are not there yet.

        Returns:
            Names of the files that were written.

        Raises:
            StartNotWrittenError: The folder cannot be written.

        """
        ...

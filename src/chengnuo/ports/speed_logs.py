"""Port: a log of transfers of a cloud drive."""

from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.pricing.speeds import SpeedLog


class SpeedLogError(InvalidInputError):
    """A file is no log of transfers."""

    code = "speed-log"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"`{file}` is no log of transfers: {what}")
        self.file = file
        self.what = what


class SpeedLogs(Protocol):
    """Reads such logs."""

    def read(self, file: Path) -> SpeedLog:
        """Read a log: CSV, JSON lines or Parquet.

        Raises:
            SpeedLogError: It cannot be read, or lacks a column.

        """
        ...

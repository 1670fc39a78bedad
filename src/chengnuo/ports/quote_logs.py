"""Logs of quotes: opened, surveyed before a price is looked at, and passed over once."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.domain.pricing.coding import Coded, Survey
from chengnuo.domain.pricing.drawing import Draw
from chengnuo.domain.pricing.in_memory import Table
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.simulation import Column
from chengnuo.engines.fairness.statistics import Statistics

Told = Callable[[int, int], None]
"""Is called with the rows done and all rows."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A table that another library holds: pandas, Polars, Arrow, Ibis, or columns of numpy.

    Attributes:
        table: The table.

    """

    table: object


Source = Sequence[str] | Frame
"""Paths or patterns of files, or a table."""


class QuoteLog(Protocol):
    """An opened log."""

    def survey(self) -> Survey:
        """Return what is known of the profile and the factors, and what hinders an audit."""

    def passed_over(self, coded: Coded, told: Told) -> Statistics:
        """Return the statistics of the log by a coding."""

    def whole_windows(self, coded: Coded, draw: Draw) -> Table:
        """Return quotes of whole windows that are used: the columns the specification names."""


class QuoteLogs(Protocol):
    """Opens logs of quotes, and writes them."""

    def open(self, patterns: Sequence[str], spec: Spec) -> AbstractContextManager[QuoteLog]:
        """Open the files that patterns name.

        Args:
            patterns: Paths, or patterns of paths; files of one kind.
            spec: Names the columns.

        Raises:
            InvalidInputError: There is no such file, it is no log, or it lacks a column.
            UnavailableError: What reads it is not installed, or memory or disk gave out.

        """

    def as_files(
        self, sources: Sequence[Source], spec: Spec
    ) -> AbstractContextManager[Sequence[str]]:
        """Give patterns of files that hold what sources hold, tables written to a passing folder.

        Of a table only the columns that the specification names are kept.

        Raises:
            InvalidInputError: It is no table, or lacks a column.
            UnavailableError: What reads it is not installed, or memory or disk gave out.

        """

    def keep(self, columns: Mapping[str, Column], file: Path) -> None:
        """Write columns, each `(n,)`, as a Parquet file; a file that is there is replaced.

        Raises:
            InvalidInputError: The file cannot be written.
            UnavailableError: What writes it is not installed.

        """

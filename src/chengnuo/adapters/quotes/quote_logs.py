"""Logs of quotes in files, as the use cases know them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from chengnuo.adapters.quotes.frames import as_duckdb_takes, kept_as_file
from chengnuo.adapters.quotes.log_files import (
    NEEDS_EXTRA,
    LogFiles,
    QuoteLogUnavailableError,
    opened_log,
    written_log,
)
from chengnuo.adapters.quotes.survey import surveyed
from chengnuo.domain.pricing.coding import Coded, Survey
from chengnuo.domain.pricing.drawing import Draw
from chengnuo.domain.pricing.in_memory import Table
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.simulation import Column
from chengnuo.engines.fairness.statistics import Statistics
from chengnuo.ports.quote_logs import Frame, QuoteLog, Source, Told


@dataclass(frozen=True, slots=True)
class FileLog:
    """A log in files that DuckDB reads."""

    files: LogFiles
    spec: Spec

    def survey(self) -> Survey:
        """Return what is known of the profile and the factors, and what hinders an audit."""
        return surveyed(self.files, self.spec)

    def passed_over(self, coded: Coded, told: Told) -> Statistics:
        """Return the statistics of the log by a coding."""
        statistics: Statistics = _by_ibis("embedded").passed_over(self.files, coded, told)
        return statistics

    def whole_windows(self, coded: Coded, draw: Draw) -> Table:
        """Return quotes of whole windows that are used; see `QuoteLog.whole_windows`."""
        table: Table = _by_ibis("windows").whole_windows(self.files, coded, draw)
        return table


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFiles:
    """Opens and writes logs in files.

    Attributes:
        memory_bytes: Memory that reading may take.
        threads: How many threads read.

    """

    memory_bytes: int
    threads: int

    @contextmanager
    def open(self, patterns: Sequence[str], spec: Spec) -> Iterator[QuoteLog]:
        """Open the files that patterns name; see `QuoteLogs.open`."""
        memory = f"{self.memory_bytes >> 20}MiB"
        with opened_log(patterns, spec, memory=memory, threads=self.threads) as files:
            yield FileLog(files, spec)

    @contextmanager
    def as_files(self, sources: Sequence[Source], spec: Spec) -> Iterator[Sequence[str]]:
        """Give files of sources; see `QuoteLogs.as_files`."""
        with ExitStack() as kept:
            files: list[str] = []
            for source in sources:
                if isinstance(source, Frame):
                    files.append(str(kept.enter_context(kept_as_file(source.table, spec))))
                else:
                    files += source
            yield files

    def keep(self, columns: Mapping[str, Column], file: Path) -> None:
        """Write columns as a Parquet file; see `QuoteLogs.keep`."""
        written_log(as_duckdb_takes(columns), file)


def _by_ibis(module: str) -> Any:
    """Return a module beside this one that takes Ibis; without the extra, all else works."""
    try:
        return import_module(f"chengnuo.adapters.quotes.{module}")
    except ImportError as error:
        raise QuoteLogUnavailableError(NEEDS_EXTRA) from error

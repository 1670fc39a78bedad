"""Logs of quotes in files, as the use cases know them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.quotes.embedded import passed_over
from chengnuo.adapters.quotes.log_files import LogFiles, opened_log, written_log
from chengnuo.adapters.quotes.survey import surveyed
from chengnuo.domain.pricing.coding import Coded, Survey
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.simulation import Column
from chengnuo.engines.fairness.statistics import Statistics
from chengnuo.ports.quote_logs import QuoteLog, Told


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
        return passed_over(self.files, coded, told)


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

    def keep(self, columns: Mapping[str, Column], file: Path) -> None:
        """Write columns as a Parquet file; see `QuoteLogs.keep`."""
        # DuckDB takes texts of numpy as objects alone.
        taken = {
            name: one.astype(object) if one.dtype.kind == "U" else one
            for name, one in columns.items()
        }
        written_log(taken, file)

"""`QuoteLogs` on Spark: a log of quotes in Parquet that has outgrown one machine.

What is asked of the log is what is asked of DuckDB: the survey in the same words of SQL, the pass
in the same expressions. Only Parquet is read, whose types both read alike; CSV and JSON lines are
guessed, by each in its own way. While a log is open the session reckons in UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from chengnuo.adapters.quotes.log_files import (
    MILLISECONDS_FROM,
    ZONED,
    QuoteLogError,
    TimeColumn,
    columns_of,
    files_of,
    literal,
    quoted,
    zone_of,
)
from chengnuo.adapters.quotes.spark import SparkTables, named_log, passed_over_by_spark
from chengnuo.adapters.quotes.survey import surveyed
from chengnuo.adapters.quotes.windows import drawn_rows
from chengnuo.adapters.spark.session import Session, spark_errors
from chengnuo.domain.pricing.coding import Coded, Survey, UnknownColumnError
from chengnuo.domain.pricing.drawing import Draw
from chengnuo.domain.pricing.in_memory import Table
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.simulation import Column
from chengnuo.engines.fairness.statistics import Statistics
from chengnuo.ports.quote_logs import QuoteLog, QuoteLogs, Source, Told

Frame = Any
_VIEW: Final = "chengnuo_surveyed"
_SECONDS: Final = "__chengnuo_seconds"
_TIME: Final = TimeColumn(seconds=quoted(_SECONDS))
_SETTINGS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
}


@dataclass(frozen=True, slots=True)
class SurveyedFrame:
    """`SurveyedLog` on Spark."""

    session: Session
    types: Mapping[str, str]
    source: str = _VIEW
    time: TimeColumn = _TIME

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """See `SurveyedLog.fetch`."""
        with spark_errors():
            return [tuple(row) for row in self.session.sql(sql).collect()]

    def quantiles(self, value: str, source: str, shares: Sequence[float]) -> Sequence[float]:
        """See `SurveyedLog.quantiles`."""
        finite = f"abs({value}) < CAST('Infinity' AS DOUBLE)"
        asked = ", ".join(
            f"percentile_disc({one}) WITHIN GROUP (ORDER BY {value}) FILTER (WHERE {finite})"
            for one in shares
        )
        found = self.fetch(f"SELECT {asked} FROM {source}")[0]
        return () if found[0] is None else found


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkLog:
    """An opened log.

    Attributes:
        session: The session of Spark.
        frame: The columns that the specification names, and `_SECONDS`.
        spec: The specification.
        files: The files.

    """

    session: Session
    frame: Frame
    spec: Spec
    files: tuple[Path, ...]

    def survey(self) -> Survey:
        """See `QuoteLog.survey`."""
        self.frame.createOrReplaceTempView(_VIEW)
        try:
            types = {name: _kind(kind) for name, kind in self.frame.dtypes if name != _SECONDS}
            return surveyed(SurveyedFrame(self.session, types), self.spec)
        finally:
            self.session.catalog.dropTempView(_VIEW)

    def passed_over(self, coded: Coded, told: Told) -> Statistics:
        """See `QuoteLog.passed_over`."""
        with spark_errors():
            statistics = passed_over_by_spark(self.session, self._log(), coded)
            files = self.session.sparkContext.parallelize(self.files, len(self.files))
            digests = files.map(_digest).collect()
        told(statistics.counts.read, statistics.counts.read)
        return replace(statistics, sources=tuple(sorted(digests)))

    def whole_windows(self, coded: Coded, draw: Draw) -> Table:
        """See `QuoteLog.whole_windows`."""
        with spark_errors(), named_log(self.session, self._log()) as table:
            return SparkTables(self.session).fetch(drawn_rows(table, coded, draw))

    def _log(self) -> Frame:
        """Return the log with its time as seconds."""
        return self.frame.drop(self.spec.time).withColumnRenamed(_SECONDS, self.spec.time)


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkLogs:
    """Opens logs.

    Attributes:
        session: The session of Spark.
        files: Writes logs, and tables as files.

    """

    session: Session
    files: QuoteLogs

    @contextmanager
    def open(self, patterns: Sequence[str], spec: Spec) -> Iterator[QuoteLog]:
        """See `QuoteLogs.open`."""
        files = tuple(Path(one).absolute() for one in files_of(patterns))
        for file in files:
            if file.suffix.lower() != ".parquet":
                raise QuoteLogError(file.name, "Spark reads `.parquet` alone")
        with self._reckoning():
            with spark_errors():
                frame = self._opened(files, spec)
            yield SparkLog(session=self.session, frame=frame, spec=spec, files=files)

    def as_files(
        self, sources: Sequence[Source], spec: Spec
    ) -> AbstractContextManager[Sequence[str]]:
        """See `QuoteLogs.as_files`."""
        return self.files.as_files(sources, spec)

    def keep(self, columns: Mapping[str, Column], file: Path) -> None:
        """See `QuoteLogs.keep`."""
        self.files.keep(columns, file)

    def _opened(self, files: Sequence[Path], spec: Spec) -> Frame:
        """Return the columns that a specification names, and the seconds of the time.

        Raises:
            UnknownColumnError: One is not there.
            PriceSpecError: The zone is unknown.

        """
        reader = self.session.read.option("mergeSchema", "true")
        frame = reader.parquet(*(file.as_uri() for file in files))
        kinds = dict(frame.dtypes)
        for name in columns_of(spec):
            if name not in kinds:
                raise UnknownColumnError(name)
        named = frame.selectExpr(*map(quoted, columns_of(spec)))
        seconds = _seconds(named, spec, kinds[spec.time])
        return named.selectExpr("*", f"{seconds} AS {quoted(_SECONDS)}")

    @contextmanager
    def _reckoning(self) -> Iterator[None]:
        """Let the session reckon and read names as DuckDB does, for as long as a log is open."""
        conf = self.session.conf
        before = {name: conf.get(name) for name in _SETTINGS}
        try:
            for name, value in _SETTINGS.items():
                conf.set(name, value)
            yield
        finally:
            for name, value in before.items():
                conf.set(name, value)


def _seconds(frame: Frame, spec: Spec, kind: str) -> str:
    """Return the expression of the time as whole seconds; missing where it has no zone."""
    column, zone = quoted(spec.time), zone_of(spec.zone)
    if kind == "timestamp":
        return f"unix_seconds({column})"
    if kind in {"timestamp_ntz", "date"}:
        return _placed(f"CAST({column} AS TIMESTAMP)", zone)
    if kind == "string":
        other = _placed(f"try_cast({column} AS TIMESTAMP)", zone)
        has_zone = f"regexp_like({column}, r{literal(ZONED)})"
        zoned = f"unix_seconds(try_cast({column} AS TIMESTAMP))"
        return f"CASE WHEN {has_zone} THEN {zoned} ELSE {other} END"
    number = f"try_cast({column} AS DOUBLE)"
    last = frame.selectExpr(f"max({number})").collect()[0][0] or 0
    step = 1000 if last >= MILLISECONDS_FROM else 1
    return f"CAST(floor({number} / {step}) AS BIGINT)"


def _placed(time: str, zone: str) -> str:
    """Return the seconds of a time that was read as if it were UTC; missing without a zone."""
    return f"unix_seconds(to_utc_timestamp({time}, {zone}))" if zone else "CAST(NULL AS BIGINT)"


def _kind(kind: str) -> str:
    """Return a type of Spark as DuckDB calls it, as far as the survey asks."""
    if kind.startswith(("array", "map", "struct", "binary")):
        return "OTHER"
    return "VARCHAR" if kind == "string" else kind.upper()


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()

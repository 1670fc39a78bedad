"""Auditing the prices of a log: surveyed, configuration fixed and logged, passed over, recorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import Coded, Problem, Survey, coded
from chengnuo.domain.pricing.drawing import draw_of
from chengnuo.domain.pricing.factor_effects import FactorsResult, factor_effects
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.second_opinion import second_opinion
from chengnuo.domain.pricing.spec import Spec, spec_of
from chengnuo.engines.fairness.statistics import Counts, Statistics
from chengnuo.ports.audit_reports import AuditReport, AuditReportWriter
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.quote_logs import QuoteLog, QuoteLogs, Source, Told
from chengnuo.usecases.evidence.statements import StatementRecorder
from chengnuo.usecases.pricing.statement_names import AUDIT_KEY, AUDIT_PREDICATE

PREDICATE = AUDIT_PREDICATE
KEY_NAME = AUDIT_KEY
_WHAT = "price-audit-committed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a pass over a log left, or why none was made.

    Attributes:
        coded: What is audited.
        problems: What hinders the audit.
        statistics: What was left; None where a problem forbids a verdict.
        factoring: What declared factors do, from quotes drawn of the log; None of several logs
            added up, since each was drawn from by itself.

    """

    coded: Coded
    problems: tuple[Problem, ...]
    statistics: Statistics | None
    factoring: FactorsResult | None = None

    def __add__(self, other: Self) -> Self:
        """Return what a pass over both would have left.

        Raises:
            PartsDifferError: They were made by different configurations.
            PartsOverlapError: They share an hour.

        """
        if self.statistics is None or other.statistics is None:
            either = self if self.statistics is None else other
            return replace(either, problems=(*self.problems, *other.problems))
        return replace(
            self,
            problems=(*self.problems, *other.problems),
            statistics=self.statistics + other.statistics,
            factoring=None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceAudits:
    """Audits logs of quotes.

    Attributes:
        read: Reads a TOML file.
        logs: Opens and writes logs.
        page: Writes reports as pages.
        pdf: Writes them as PDF.

    """

    read: Callable[[Path], dict[str, object]]
    logs: QuoteLogs
    page: AuditReportWriter
    pdf: AuditReportWriter

    def spec(self, file: Path) -> Spec:
        """Return the specification of a file.

        Raises:
            SettingsFileError: It cannot be read or is not TOML.
            PriceSpecError: It is no specification.
            PersonalFactorError: A factor about the person has no rule.

        """
        return spec_of(self.read(file))

    def run(
        self,
        spec: Spec,
        source: Source,
        *,
        fixed: Callable[[Coded], str],
        told: Told,
        with_second: bool = False,
    ) -> AuditReport:
        """Audit a log.

        Args:
            spec: What is audited.
            source: Files of the log, or patterns of them; or a table.
            fixed: Called once the configuration is fixed and before any price is looked at;
                returns the digest of the configuration that was logged beforehand, empty for none.
            told: Called with rows done and all rows.
            with_second: Whether a second opinion is wanted; it decides nothing.

        Raises:
            InvalidInputError: The log is none, or lacks what the specification names.
            UnavailableError: It cannot be read now.

        """
        with self._opened(source, spec) as log:
            survey = log.survey()
            by = coded(spec, survey)
            registered = fixed(by)
            seen = _measured(log, by, survey, told)
        return reported(seen, registered=registered, with_second=with_second)

    def coding(self, spec: Spec, source: Source) -> Coded:
        """Return the coding that a log gives its profile; no price is looked at.

        Raises:
            InvalidInputError: The log is none, or lacks what the specification names.
            UnavailableError: It cannot be read now.

        """
        with self._opened(source, spec) as log:
            return coded(spec, log.survey())

    def measure(self, by: Coded, source: Source, *, told: Told) -> Measured:
        """Pass over a log, or a part of one, by a coding that may come from another part.

        Raises:
            InvalidInputError: The log is none, or lacks what the specification names.
            UnavailableError: It cannot be read now.

        """
        with self._opened(source, by.spec) as log:
            return _measured(log, by, log.survey(), told)

    @contextmanager
    def _opened(self, source: Source, spec: Spec) -> Iterator[QuoteLog]:
        with self.logs.as_files([source], spec) as files, self.logs.open(files, spec) as log:
            yield log


def _measured(log: QuoteLog, by: Coded, survey: Survey, told: Told) -> Measured:
    if any(Hindrance(one.name).forbids_a_verdict for one in survey.problems):
        return Measured(coded=by, problems=survey.problems, statistics=None)
    statistics = log.passed_over(by, told)
    drawn = log.whole_windows(by, draw_of(by.spec, statistics.counts.used, len(statistics.hours)))
    return Measured(
        coded=by,
        problems=(*survey.problems, *_left_out(by.spec, statistics.counts)),
        statistics=statistics,
        factoring=factor_effects(by, drawn),
    )


def reported(seen: Measured, *, registered: str, with_second: bool = False) -> AuditReport:
    """Return the report of an audit.

    Args:
        seen: What a pass over the log left.
        registered: The digest of the configuration that was logged before prices were looked at;
            empty for none.
        with_second: Whether a second opinion is wanted; it decides nothing.

    """
    by, statistics = seen.coded, seen.statistics
    if statistics is None:
        return AuditReport(coded=by, problems=seen.problems, audit=None)
    if not statistics.ladder[by.spec.window_s].cells[0]:
        rows = statistics.counts.read
        nothing = Problem(name=Hindrance.CELLS_OF_ONE, column=by.spec.item, rows=rows)
        return AuditReport(coded=by, problems=(*seen.problems, nothing), audit=None)
    audit = audited(by, statistics, registered=registered, factoring=seen.factoring)
    second = second_opinion(by, statistics) if with_second else None
    return AuditReport(coded=by, problems=seen.problems, audit=audit, second=second)


def _left_out(spec: Spec, counts: Counts) -> tuple[Problem, ...]:
    """Return why rows were left out, beyond what the survey told before prices were seen."""
    told = (
        (Hindrance.DUPLICATED, spec.quote_id, counts.duplicated),
        (Hindrance.UNNAMED, spec.person, counts.unnamed),
        (Hindrance.INCOMPLETE, "", counts.incomplete),
    )
    return tuple(Problem(name=name, column=column, rows=n) for name, column, n in told if n)


@dataclass(frozen=True, slots=True)
class AuditRecorder:
    """Records audits: the configuration before prices are looked at, the signed result after."""

    statements: StatementRecorder

    def commit(self, by: Coded) -> str:
        """Record the configuration, before any price is looked at, and return its digest.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        self.statements.commit(_WHAT, f"configuration sha256:{by.config}")
        return by.config

    def attest(self, audit: Audit) -> tuple[bytes, Position]:
        """Record an audit; see `StatementRecorder.attest`."""
        return self.statements.attest(
            key=KEY_NAME,
            subject=[("audit", sha256_hex(audit.canonical))],
            predicate_type=PREDICATE,
            predicate=_predicate(audit),
        )


def _predicate(audit: Audit) -> Tree:
    return {
        "verdict": audit.verdict.value,
        "proved": audit.proof.ok,
        "missing": [one.value for one in audit.proof.missing],
        "margin": f"{audit.proof.margin:g}",
        "configuration": audit.proof.config,
        "declares": sha256_hex(canonical_json(sorted(one.column for one in audit.factors))),
        "data": audit.proof.data,
        "quotes": audit.used,
        "persons": audit.persons,
        "firstHour": audit.first_hour,
        "lastHour": audit.last_hour,
    }

"""An audit of prices as a program in Python holds it, and what parts of a log leave to add up.

Nothing is worked out here: each property names a part of the audit.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from chengnuo.base.columns import plain
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.domain.pricing.audit import (
    Audit,
    LegResult,
    PersonsResult,
    Proof,
    SegmentResult,
)
from chengnuo.domain.pricing.coding import Coded, Problem
from chengnuo.domain.pricing.effects import PRICE, Effect, Rung
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.second_opinion import SecondOpinion
from chengnuo.domain.pricing.spec import Family
from chengnuo.doors.price_text import told_lines
from chengnuo.engines.fairness.statistics import Statistics
from chengnuo.ports.audit_reports import AuditReport, AuditReportWriter
from chengnuo.ports.quote_logs import Source
from chengnuo.usecases.pricing.audits import Measured
from chengnuo.usecases.pricing.explaining import PriceTold


class NotAuditedError(InvalidInputError):
    """The log forbids any verdict, so there is no audit to ask; `problems` says why."""

    code = "price-not-audited"

    def __init__(self, problems: Sequence[Problem]) -> None:
        names = ", ".join(one.name for one in problems)
        super().__init__(f"the log forbids a verdict, so there is nothing to tell: {names}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceAudit:
    """An audit of the prices of a log.

    `verdict`, `problems`, `config`, `to_html` and `to_json` are there of every log; all else raises
    `NotAuditedError` where a problem of the log forbids a verdict.

    Attributes:
        report: All of it.
        page: Writes reports as pages.
        explainer: Explains the price of a quote of the log, by its id.

    """

    report: AuditReport
    page: AuditReportWriter
    explainer: Callable[[str, Audit | None], PriceTold]

    @property
    def verdict(self) -> Verdict:
        """Found, proved absent, inconclusive, or not auditable."""
        return Verdict.NOT_AUDITABLE if self.report.audit is None else self.report.audit.verdict

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What hinders the audit: a stable word, a column, how many rows."""
        return self.report.problems

    @property
    def config(self) -> str:
        """SHA-256 of specification and coding: what is to be logged before prices are seen."""
        return self.report.coded.config

    @property
    def value(self) -> Audit:
        """The audit as a value; its `canonical` form is what an attestation names.

        Raises:
            NotAuditedError: The log forbids a verdict.

        """
        if self.report.audit is None:
            raise NotAuditedError(self.report.problems)
        return self.report.audit

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """What is said of prices, by attribute and level."""
        return {one.regressor: one.verdict for one in self._prices}

    @property
    def families(self) -> dict[Family, tuple[Effect, ...]]:
        """Effects on prices by what they tell about a person."""
        return {
            family: tuple(one for one in self._prices if one.family is family)
            for family in sorted({one.family for one in self._prices})
        }

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Every attribute by every outcome, with interval, window and reason."""
        return self.value.effects

    @property
    def coverage(self) -> float:
        """Share of quotes that have another one in the same conditions."""
        return self.value.coverage

    @property
    def persistence(self) -> PersonsResult:
        """Lasting mark-ups of persons, whatever is known of them."""
        return self.value.lasting

    @property
    def segments(self) -> tuple[SegmentResult, ...]:
        """Groups by up to three conditions, proposed by half of the persons, judged by the rest."""
        return self.value.segments

    @property
    def coupons(self) -> tuple[Effect, ...]:
        """Effects on who gets a give-away, and on other terms of trade."""
        return tuple(one for one in self.value.effects if one.outcome != PRICE)

    @property
    def money(self) -> float | None:
        """What effects found on prices cost in all, in the log's currency."""
        return self.value.overcharged

    @property
    def ladder(self) -> dict[str, tuple[Rung, ...]]:
        """The estimate at every window, by attribute and level, the widest first."""
        return {one.regressor: one.rungs for one in self._prices}

    @property
    def missing(self) -> tuple[LegResult, ...]:
        """The legs that a proof of absence lacks."""
        return tuple(one for one in self.value.proof.legs if not one.holds)

    @property
    def second_opinion(self) -> SecondOpinion | None:
        """Another estimate and sharper intervals, if asked for; they decide nothing."""
        return self.report.second

    def proof(self) -> Proof:
        """Return the proof of absence: whether it holds, each leg, margins and digests.

        Raises:
            NotAuditedError: The log forbids a verdict.

        """
        return self.value.proof

    def explain(self, quote: str, lang: str = "zh") -> str:
        """Return why a quote cost what it did, step by step, as lines in `zh` or `en`.

        Others show only as a range and a rank, and only where five persons and more stand behind.

        Raises:
            NothingComparableError: Too few others were quoted the item.
            InvalidInputError: There is no such quote, it lacks something, or the specification
                names no column of ids.
            ConflictError: There are several.

        """
        told = self.explainer(quote, self.report.audit)
        return "\n".join(plain(line) for line in told_lines(told, Lang(lang)))

    def to_html(self, lang: str = "zh") -> str:
        """Return the report as one page without scripts, in `zh` or `en`."""
        return self.page.write(self.report, Lang(lang)).decode()

    def to_json(self) -> str:
        """Return the canonical form of the audit; of a log without one, its problems."""
        if self.report.audit is not None:
            return self.report.audit.canonical.decode()
        problems = [
            {"name": one.name, "column": one.column, "rows": one.rows} for one in self.problems
        ]
        return json.dumps({"verdict": self.verdict.value, "problems": problems})

    @property
    def _prices(self) -> tuple[Effect, ...]:
        return tuple(one for one in self.value.effects if one.outcome == PRICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuffStats:
    """What one pass over a part of a log left; parts that share no hour add up with `+`.

    It holds keys of persons beside prices of a sample, and is to be kept as the log is.

    Attributes:
        measured: What was left.
        sources: Where the parts lie, to explain a price.

    """

    measured: Measured
    sources: tuple[Source, ...]

    @property
    def coded(self) -> Coded:
        """The coding it was made by: what other parts are to be made by, too."""
        return self.measured.coded

    @property
    def statistics(self) -> Statistics | None:
        """The sums; None where a problem of the log forbids a verdict."""
        return self.measured.statistics

    def __add__(self, other: Self) -> Self:
        """Return what one pass over both parts would have left.

        Raises:
            PartsDifferError: They were made by different codings.
            PartsOverlapError: They share an hour.

        """
        return type(self)(
            measured=self.measured + other.measured, sources=self.sources + other.sources
        )

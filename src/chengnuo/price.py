"""Are the prices of an app the same for everybody, and is that proved? For programs in Python.

    import chengnuo.price as price

    audit = price.audit("quotes/*.parquet", price.read_spec("prices.toml"))
    audit.verdict, audit.verdicts, audit.proof().ok

`quotes` is a path or a pattern of Parquet, CSV or JSON lines, a list of them, or a table: a frame
of pandas or Polars (a lazy one too), an Arrow table or anything else with an Arrow stream, a table
of Ibis whatever runs it, or arrays of numpy by name. None of these libraries is needed but the one
that made the table; reading takes the extra `price` (DuckDB and Ibis).

A specification is written as the TOML file of `chengnuo price audit` is, in a file or here:

    >>> import chengnuo.price as price
    >>> spec = price.Spec(
    ...     person="uid", item="sku", time="at", price="paid", window_s=300,
    ...     profile={price.Family.HABIT: ("tenure",), price.Family.PAYING_ABILITY: ("band",)},
    ...     factors=(
    ...         price.Factor(column="city", reason=price.Reason.NEED, kind=price.Kind.CELL),
    ...     ),
    ... )
    >>> price.read_spec({"person": "uid", "item": "sku", "time": "at", "price": "paid",
    ...     "window_s": 300, "profile": {"habit": ["tenure"], "paying-ability": ["band"]},
    ...     "factors": [{"column": "city", "reason": "NEED", "kind": "cell"}]}) == spec
    True

Every part, with examples that are run as tests, stands in `docs/prices-from-python.md`.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from chengnuo.domain.pricing.coding import Coded
from chengnuo.domain.pricing.probe_order import commitment
from chengnuo.domain.pricing.probe_spec import ProbeSpec
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.probing import ProbeRun
from chengnuo.domain.pricing.simulating import SCENARIOS, simulation_spec
from chengnuo.domain.pricing.spec import (
    Factor,
    Family,
    Kind,
    PriceSpecError,
    ProfileColumn,
    Reason,
    Spec,
    Term,
    spec_of,
)
from chengnuo.doors.library.price_audit import NotAuditedError, PriceAudit, SuffStats
from chengnuo.engines.fairness.simulation import Column, simulated
from chengnuo.ports.quote_logs import Frame, Source
from chengnuo.usecases.pricing.audits import reported
from chengnuo.usecases.pricing.explaining import PriceTold, explain_price
from chengnuo.wiring.program import Program

if TYPE_CHECKING:
    from chengnuo.domain.pricing.audit import Audit
    from chengnuo.ports.audit_reports import AuditReport
    from chengnuo.usecases.pricing.audits import PriceAudits

__all__ = [
    "Coded",
    "Factor",
    "Family",
    "Kind",
    "NotAuditedError",
    "PriceAudit",
    "PriceSpecError",
    "ProbeRun",
    "ProbeSpec",
    "ProfileColumn",
    "Reason",
    "SimulatedLog",
    "Spec",
    "SuffStats",
    "Term",
    "Verdict",
    "audit",
    "coding",
    "from_suffstats",
    "probe",
    "read_probe",
    "read_spec",
    "simulate",
    "suffstats",
]

MEMORY_MIB: Final = 700
"""Memory that reading takes at most unless said otherwise; what is beyond goes to disk."""
THREADS: Final = 2
_SEED_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedLog:
    """A made-up log.

    Attributes:
        columns: Its columns by name, arrays of numpy.
        spec: The specification that goes with it.
        overcharged: What planted mark-ups cost in all, in yuan.

    """

    columns: Mapping[str, Column]
    spec: Spec
    overcharged: float


def read_spec(source: str | Path | Mapping[str, object]) -> Spec:
    """Return the specification of a TOML file, or of a tree of the same shape.

    Raises:
        SettingsFileError: The file cannot be read or is not TOML.
        PriceSpecError: It is no specification, or contradicts itself.
        PersonalFactorError: A factor about the person has no rule.

    """
    if isinstance(source, Mapping):
        return spec_of(source)
    return _audits(MEMORY_MIB, THREADS).spec(Path(source))


def coding(quotes: object, spec: Spec) -> Coded:
    """Return the coding that a log gives its profile; no price is looked at.

    Log its `config` before auditing, and hand it to `audit` as `registered`: a proof of absence
    takes that the configuration was fixed before prices were seen.

    Raises:
        InvalidInputError: The log is none, or lacks what the specification names.
        UnavailableError: It cannot be read now, or what reads it is not installed.

    """
    return _audits(MEMORY_MIB, THREADS).coding(_checked(spec), _source(quotes))


def audit(  # noqa: PLR0913  what is wanted, each by its name
    quotes: object,
    spec: Spec,
    *,
    registered: str = "",
    second_opinion: bool = False,
    memory_mib: int = MEMORY_MIB,
    threads: int = THREADS,
) -> PriceAudit:
    """Audit the prices of a log.

    Args:
        quotes: Files, patterns or a table; see above.
        spec: What is audited.
        registered: The digest of the configuration that was logged before prices were looked at.
        second_opinion: Whether to add another estimate and sharper intervals, which decide nothing.
        memory_mib: Memory that reading may take.
        threads: Threads that read.

    Raises:
        InvalidInputError: The log is none, or lacks what the specification names.
        UnavailableError: It cannot be read now, or what reads it is not installed.

    """
    audits = _audits(memory_mib, threads)
    report = audits.run(
        _checked(spec),
        _source(quotes),
        fixed=lambda _: registered.lower(),
        told=lambda _done, _rows: None,
        with_second=second_opinion,
    )
    return _held(report, (_source(quotes),))


def suffstats(
    quotes: object, by: Spec | Coded, *, memory_mib: int = MEMORY_MIB, threads: int = THREADS
) -> SuffStats:
    """Return what one pass over a part of a log leaves.

    Args:
        quotes: Files, patterns or a table.
        by: The specification, or the coding of the part that came first: parts add up only if
            they were made by one coding.
        memory_mib: Memory that reading may take.
        threads: Threads that read.

    Raises:
        InvalidInputError: The log is none, or lacks what the specification names.
        UnavailableError: It cannot be read now, or what reads it is not installed.

    """
    audits, source = _audits(memory_mib, threads), _source(quotes)
    made = by if isinstance(by, Coded) else audits.coding(_checked(by), source)
    seen = audits.measure(made, source, told=lambda _done, _rows: None)
    return SuffStats(measured=seen, sources=(source,))


def from_suffstats(
    stats: SuffStats, *, registered: str = "", second_opinion: bool = False
) -> PriceAudit:
    """Return the audit of what passes left; the same as that of the whole log.

    Args:
        stats: What they left.
        registered: The digest of the configuration that was logged before prices were looked at.
        second_opinion: Whether to add another estimate and sharper intervals, which decide nothing.

    """
    report = reported(stats.measured, registered=registered.lower(), with_second=second_opinion)
    return _held(report, stats.sources)


def read_probe(file: str | Path) -> ProbeSpec:
    """Return the specification of a probe.

    Raises:
        SettingsFileError: It cannot be read or is not TOML.
        ProbeSpecError: It is no specification.

    """
    return Program().prober().spec(Path(file))


def probe(
    spec: ProbeSpec,
    *,
    committed: Callable[[str], None] = lambda _: None,
) -> ProbeRun:
    """Ask an endpoint of one's own as twins would, and say whether they are treated alike.

    Args:
        spec: What is asked.
        committed: Called with the SHA-256 of the seed that the order is drawn from, before the
            first request: publish or record it, and the order cannot have been chosen afterwards.

    Raises:
        ProbeHostError: The host may not be probed.
        ProbedEndpointUnavailableError: Nothing answers there.
        InvalidInputError: A request cannot be made.

    """
    seed = bytes.fromhex(spec.seed) if spec.seed else secrets.token_bytes(_SEED_BYTES)
    committed(commitment(seed))
    return Program().prober().run(spec, seed, lambda _: None)


def simulate(scenario: str = "clean", *, seed: int = 1, quotes: int = 60_000) -> SimulatedLog:
    """Return a made-up log: what an audit finds in so many quotes, before there are any.

    Args:
        scenario: `clean`, `big-spenders`, `segment`, `hidden-list`, `views` or `lottery`.
        seed: Equal ones make equal logs.
        quotes: How many; ten for each person on average.

    Raises:
        KeyError: There is no such scenario.

    >>> simulate("hidden-list", quotes=100).columns["paid"].shape
    (100,)

    """
    planted = replace(SCENARIOS[scenario], quotes=quotes, persons=max(quotes // 10, 1))
    made = simulated(planted, seed)
    return SimulatedLog(columns=made.columns, spec=simulation_spec(), overcharged=made.overcharged)


def _held(report: "AuditReport", sources: tuple[Source, ...]) -> PriceAudit:
    """Return an audit, with what explains a price of its log."""
    audits, spec = _audits(MEMORY_MIB, THREADS), report.coded.spec

    def explained(quote: str, value: "Audit | None") -> PriceTold:
        finder = Program().price_explainer(memory_bytes=MEMORY_MIB << 20, threads=THREADS).finder
        with audits.logs.as_files(sources, spec) as files:
            return explain_price(finder, files, spec, quote, audit=value)

    return PriceAudit(report=report, page=audits.page, explainer=explained)


def _checked(spec: Spec) -> Spec:
    """Return a specification that was put together in Python as one that was read."""
    return spec_of(msgspec.to_builtins(spec))


def _source(quotes: object) -> Source:
    match quotes:
        case str() | Path():
            return [str(quotes)]
        case Sequence() if quotes and all(isinstance(one, str | Path) for one in quotes):
            return [str(one) for one in quotes]
        case _:
            return Frame(quotes)


def _audits(memory_mib: int, threads: int) -> "PriceAudits":
    return Program().price_audits(memory_bytes=memory_mib << 20, threads=threads)

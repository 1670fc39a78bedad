"""How far what is said and what is done are apart: every source beside the register, one figure.

The register says what is done. The policy says it to people; the package, the runs, the stores
and the decisions show it. A row is one thing of one source; it agrees where the register and the
source both have it. The figure is the share of rows that agree, rounded down: it is 100% only
where nothing is apart.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding, FindingId
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.register.kinds import RowRef


class DriftSource(StrEnum):
    """What the register is held against."""

    POLICY = "policy"
    PACKAGE = "package"
    LOGS = "logs"
    STORES = "stores"
    DECISIONS = "decisions"

    @property
    def text(self) -> Text:
        """What it is called."""
        return _SOURCES[self]


_SOURCES = {
    DriftSource.POLICY: Text("隐私政策", "privacy policy"),
    DriftSource.PACKAGE: Text("安装包", "package"),
    DriftSource.LOGS: Text("运行记录", "recorded runs"),
    DriftSource.STORES: Text("数据存储", "stores"),
    DriftSource.DECISIONS: Text("决定和提供的记录", "records of decisions"),
}


class Thing(StrEnum):
    """What a row is about."""

    INFORMATION = "information"
    PERMISSION = "permission"
    SDK = "sdk"
    HOST = "host"
    ACTIVITY = "activity"
    RECIPIENT = "recipient"
    COLUMN = "column"
    STATEMENT = "statement"

    @property
    def text(self) -> Text:
        """What it is called."""
        return _THINGS[self]


_THINGS = {
    Thing.INFORMATION: Text("个人信息", "information"),
    Thing.PERMISSION: Text("权限", "permission"),
    Thing.SDK: Text("SDK", "SDK"),
    Thing.HOST: Text("域名", "host"),
    Thing.ACTIVITY: Text("处理活动", "activity"),
    Thing.RECIPIENT: Text("接收方", "recipient"),
    Thing.COLUMN: Text("字段", "column"),
    Thing.STATEMENT: Text("说法", "statement"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRead:
    """What was read of one source.

    Attributes:
        source: Which.
        name: Name of the file, or what is counted.
        digest: SHA-256 of it, 64 hex digits; empty where there is none.

    """

    source: DriftSource
    name: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftLine:
    """One thing of one source beside the register.

    Attributes:
        source: Which source.
        thing: What it is about.
        what: Id of the category, SDK, activity or recipient; full name of the permission; host.
        side: How the two stand to each other.
        rows: Rows of the register that declare it.
        proof: Ids of observations, places in files, or how often it was recorded.
        findings: Findings that say what is wrong and what to do.

    """

    source: DriftSource
    thing: Thing
    what: str
    side: Side
    rows: tuple[RowRef, ...] = ()
    proof: tuple[str, ...] = ()
    findings: tuple[FindingId, ...] = ()

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Sort key: by source, what is apart first, then by thing and name."""
        sources, sides = list(DriftSource), _WORST_FIRST
        return (sources.index(self.source), sides.index(self.side), self.thing, self.what)


_WORST_FIRST = (Side.USED_NOT_DECLARED, Side.DECLARED_NOT_USED, Side.AGREED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftTable:
    """Every source beside one register, on one day.

    Attributes:
        register: Version of the register.
        on: Civil day in the mainland.
        sources: What was read, in the order of the sources.
        lines: Every row, by source.
        findings: What is wrong with rows that are apart, the worst first.

    """

    register: str
    on: date
    sources: tuple[SourceRead, ...]
    lines: tuple[DriftLine, ...]
    findings: tuple[Finding, ...] = ()

    def of(self, source: DriftSource | None = None) -> tuple[DriftLine, ...]:
        """Return the rows of a source, or all."""
        return tuple(one for one in self.lines if source in {None, one.source})

    def agreed(self, source: DriftSource | None = None) -> int:
        """Return how many rows of a source, or of all, agree."""
        return sum(1 for one in self.of(source) if one.side is Side.AGREED)

    def share(self, source: DriftSource | None = None) -> int | None:
        """Return how many of a thousand rows agree, rounded down; None where there are none."""
        lines = self.of(source)
        return self.agreed(source) * 1000 // len(lines) if lines else None

    @property
    def read(self) -> tuple[DriftSource, ...]:
        """The sources that were read."""
        found = Counter(one.source for one in self.sources)
        return tuple(source for source in DriftSource if found[source])


def drift_table(
    register: str,
    on: date,
    sources: Iterable[SourceRead],
    lines: Iterable[DriftLine],
    findings: Iterable[Finding] = (),
) -> DriftTable:
    """Return a table in its order; of the findings those that a row names."""
    order = list(DriftSource)
    rows = tuple(sorted(lines, key=lambda one: one.order))
    named = {each for one in rows for each in one.findings}
    wrong = {one.id: one for one in findings if one.id in named}
    return DriftTable(
        register=register,
        on=on,
        sources=tuple(sorted(sources, key=lambda one: (order.index(one.source), one.name))),
        lines=rows,
        findings=tuple(sorted(wrong.values(), key=lambda one: one.order)),
    )


def percent(per_mille: int | None) -> str:
    """Return a share as people read it.

    >>> percent(987), percent(1000), percent(None)
    ('98.7%', '100%', '—')

    """
    if per_mille is None:
        return "—"
    whole, tenths = divmod(per_mille, 10)
    return f"{whole}.{tenths}%" if tenths else f"{whole}%"

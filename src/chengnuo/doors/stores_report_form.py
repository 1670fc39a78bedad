"""The JSON of a report of stores, read back strictly, so that two scans can be held together.

Of the versions of law and knowledge the short digest comes back; what is derived is not read.
"""

from datetime import date
from enum import IntEnum
from typing import Annotated, Literal

import msgspec

from chengnuo.domain.finding.package_report import Drift
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.domain.observation.stores import (
    ColumnSeen,
    Oldest,
    StoreSeen,
    StoresSeen,
    TableSeen,
    Trouble,
    Unseen,
)
from chengnuo.domain.register.ids import Version
from chengnuo.doors.inspection_form import Count, Hash, Strict, decoded
from chengnuo.doors.inspection_report_form import LawName, WrittenDrift, WrittenFinding
from chengnuo.engines.text.columns import Holding
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.law.catalogue import LawVersion
from chengnuo.law.ids import CategoryId


def _one_of(names: type[IntEnum]) -> str:
    return rf"\A(?:{'|'.join(one.name.lower() for one in names)})\Z"


KindName = Annotated[str, msgspec.Meta(pattern=_one_of(Kind))]
EvidenceName = Annotated[str, msgspec.Meta(pattern=_one_of(Evidence))]


class WrittenTrouble(Strict, frozen=True):
    """Why something could not be looked into."""

    unseen: Unseen
    what: str

    def to_domain(self) -> Trouble:
        """Return the value."""
        return Trouble(unseen=self.unseen, what=self.what)


class WrittenKind(Strict, frozen=True):
    """A further kind of a column."""

    kind: KindName
    held: Count


class WrittenColumn(Strict, frozen=True):
    """A column that holds something."""

    column: str
    in_json: bool
    holding: Holding
    kind: KindName | None
    category: str | None
    evidence: EvidenceName | None
    rows: Count
    filled: Count
    held: Count
    others: tuple[WrittenKind, ...]
    examples: tuple[str, ...]

    def to_domain(self) -> ColumnSeen:
        """Return the value."""
        return ColumnSeen(
            column=self.column,
            in_json=self.in_json,
            holding=self.holding,
            kind=None if self.kind is None else _kind(self.kind),
            category=None if self.category is None else CategoryId(self.category),
            evidence=None if self.evidence is None else Evidence[self.evidence.upper()],
            rows=self.rows,
            filled=self.filled,
            held=self.held,
            others=tuple((_kind(one.kind), one.held) for one in self.others),
            examples=self.examples,
        )


class WrittenOldest(Strict, frozen=True):
    """The least value of a column that tells when."""

    column: str
    on: date


class WrittenTable(Strict, frozen=True):
    """A table that is there."""

    table: str
    all_columns: tuple[str, ...]
    rows: Count | None
    looked_at: Count
    whole: bool
    oldest: tuple[WrittenOldest, ...]
    trouble: WrittenTrouble | None
    columns: tuple[WrittenColumn, ...]

    def to_domain(self) -> TableSeen:
        """Return the value."""
        return TableSeen(
            table=self.table,
            all_columns=self.all_columns,
            columns=tuple(one.to_domain() for one in self.columns),
            rows=self.rows,
            looked_at=self.looked_at,
            is_whole=self.whole,
            oldest=tuple(Oldest(column=one.column, on=one.on) for one in self.oldest),
            trouble=None if self.trouble is None else self.trouble.to_domain(),
        )


class WrittenStore(Strict, frozen=True):
    """One store."""

    store: str
    trouble: WrittenTrouble | None
    tables: tuple[WrittenTable, ...]

    def to_domain(self) -> StoreSeen:
        """Return the value."""
        return StoreSeen(
            store=self.store,
            trouble=None if self.trouble is None else self.trouble.to_domain(),
            tables=tuple(one.to_domain() for one in self.tables),
        )


class WrittenStores(Strict, frozen=True):
    """A report."""

    form: Literal[1]
    on: date
    knowledge: LawName
    law_version: LawName
    register_version: Hash
    complete: bool
    findings: tuple[WrittenFinding, ...]
    drift: WrittenDrift
    stores: tuple[WrittenStore, ...]


def read_stores_report(data: bytes) -> StoresReport:
    """Return the report that a JSON file holds.

    Args:
        data: The file, as `stores_json.stores_report_json` writes it.

    Raises:
        InspectionFormError: It is too large, no JSON, or not of form 1.

    """
    written = decoded(data, WrittenStores)
    month, _, digest = written.knowledge.partition(" · ")
    law_month, _, law_digest = written.law_version.partition(" · ")
    return StoresReport(
        seen=StoresSeen(
            knowledge=KnowledgeVersion(month, digest),
            on=written.on,
            stores=tuple(one.to_domain() for one in written.stores),
        ),
        findings=tuple(one.to_domain() for one in written.findings),
        drift=Drift(rows=tuple(one.to_domain() for one in written.drift.rows)),
        register_version=Version(written.register_version),
        law_version=LawVersion(date=law_month, digest=law_digest),
    )


def _kind(name: str) -> Kind:
    return Kind[name.upper()]

"""The working papers of an audit: each item with its conclusion and all that answers it by itself.

What stands here by itself never concludes an item; people do. `audit_answers` draws them up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_conclusions import (
    CONFORMS,
    OPEN_TEXT,
    RESULTS,
    Conclusion,
)
from chengnuo.domain.dossier.audit_items.audit_item import AuditItem
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.finding.board import Board
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Finding


class Bearing(StrEnum):
    """Which way something speaks."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"
    """It says how much there is, or that nothing can be told."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _BEARINGS[self]


_BEARINGS = {
    Bearing.FOR: Text("支持符合", "speaks for it"),
    Bearing.AGAINST: Text("有问题", "speaks against it"),
    Bearing.OPEN: Text("不能说明", "does not tell"),
}


class Source(StrEnum):
    """Where something comes from."""

    CONTROL = "control"
    RECORDS_CONTROL = "records-control"
    FINDING = "finding"
    DOSSIERS = "dossiers"
    RECORDS = "records"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _SOURCES[self]


_SOURCES = {
    Source.CONTROL: Text("检查（登记）", "Control (declared)"),
    Source.RECORDS_CONTROL: Text("检查（记录）", "Control (records)"),
    Source.FINDING: Text("发现", "Finding"),
    Source.DOSSIERS: Text("卷宗", "Dossiers"),
    Source.RECORDS: Text("存证记录", "Evidence records"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One thing that answers an item by itself.

    Attributes:
        source: Where it comes from.
        id: Of the control, the finding, the sort or the kind of records.
        text: What it says.
        bearing: Which way it speaks.
        count: How many things it looked at; None where that says nothing.
        position: Of the newest record that it rests on; None for none.
        leaf: SHA-256 of that record's leaf, hex; empty for none.
        where: Where it stands in the console; empty for nowhere.

    """

    source: Source
    id: str
    text: Text
    bearing: Bearing
    count: int | None = None
    position: int | None = None
    leaf: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCount:
    """How many dossiers of a sort there were in the period.

    Attributes:
        sort: As an item names it: `sort` or `sort:value`.
        text: What they are called.
        opened: How many were opened in the period or are open.
        still_open: How many of them are open.
        late: How many missed a deadline, or are missing one.
        newest: Position of the newest act; None for none.
        where: Where their list is in the console.

    """

    sort: str
    text: Text
    opened: int
    still_open: int
    late: int
    newest: int | None
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCount:
    """How many records of a kind the log has of the period.

    Attributes:
        kind: The kind.
        count: How many.
        at_least: Whether there are more than were counted.
        newest: Position of the newest of the period; None for none.
        leaf: SHA-256 of its leaf.

    """

    kind: str
    count: int
    at_least: bool = False
    newest: int | None = None
    leaf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What became of something that did not conform."""

    dossier: DossierId
    state: Text
    due: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPaper:
    """The working paper of one item.

    Attributes:
        item: The item; None for one beyond the list.
        name: What it is called.
        conclusion: What people concluded; None while it is open.
        answers: What answers it by itself.
        absent: Why it may not apply; None where nothing speaks for that.
        remedy: What became of what did not conform; None for nothing.

    """

    item: AuditItem | None
    name: Text
    conclusion: Conclusion | None
    answers: tuple[Answer, ...] = ()
    absent: Text | None = None
    remedy: Remedy | None = None

    @property
    def result(self) -> Text:
        """The conclusion in words."""
        if self.conclusion is None:
            return OPEN_TEXT
        return _RESULTS.get(self.conclusion.result, OPEN_TEXT)

    @property
    def is_contradicted(self) -> bool:
        """Tell whether people say that it conforms while something speaks against it."""
        return (
            self.conclusion is not None
            and self.conclusion.result == CONFORMS
            and any(one.bearing is Bearing.AGAINST for one in self.answers)
        )


_RESULTS = {one.value: one.text for one in RESULTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPapers:
    """The working papers of an audit.

    Attributes:
        audit: The dossier.
        state: Where it stands.
        items: The items in their order, those beyond the list last.
        list_version: Version of the list of items.
        register_version: Version of the register that was looked at.
        law_version: Version of the law catalogue, as it is shown.
        handler: Name of the handler.
        on: Day on which they were drawn up.
        log_size: Records under the checkpoint they rest on; 0 for none.
        log_root: Root of the tree of that checkpoint, hex.
        small: Whether the handler may use the simplified form, and why; None where it may not.

    """

    audit: Dossier
    state: Text
    items: tuple[ItemPaper, ...]
    list_version: str
    register_version: str
    law_version: str
    handler: Text
    on: date
    log_size: int = 0
    log_root: str = ""
    small: Text | None = None

    def counts(self) -> Mapping[str, int]:
        """Return how many items have each result; `open` for those without."""
        found = dict.fromkeys((*_RESULTS, "open"), 0)
        for one in self.items:
            found["open" if one.conclusion is None else one.conclusion.result] += 1
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the papers are drawn up from.

    Attributes:
        facts: The register, the law, the day.
        board: The pledge board with the controls over records.
        findings: The open findings.
        dossiers: How many of each sort, as items name them.
        records: How many of each kind.
        remedies: What became of what did not conform, by the number of the act.

    """

    facts: Facts
    board: Board
    findings: Sequence[Finding]
    dossiers: Mapping[str, DossierCount]
    records: Mapping[str, RecordCount]
    remedies: Mapping[int, Remedy]

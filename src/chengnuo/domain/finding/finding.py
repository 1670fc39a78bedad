"""What a check finds: one finding a fault, each with its rule, its row, its message and its fix.

A finding keeps its id as long as the fault is the same fault: the id is a digest of rule, row,
field and the one fact that tells it from its neighbours, never of wording or of line numbers.
Baselines and waivers rest on that.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex, short
from chengnuo.base.text import Text
from chengnuo.domain.observation.observation import ObservationId
from chengnuo.domain.register.ids import SdkWaiverId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.ids import DutyId, FigureId
from chengnuo.law.standing import Standing

FindingId = NewType("FindingId", str)
"""12 hex digits, the same for the same fault in every check."""

EVIDENCE_LENGTH = 60

_INDEX = re.compile(r"\[\d+\]")


class Severity(StrEnum):
    """How much a fault matters, the worst first."""

    CRITICAL = "critical"
    """A prohibition is broken, or people's choice is taken away."""
    HIGH = "high"
    """A duty of law is not kept."""
    MEDIUM = "medium"
    """A duty is kept in part, or cannot be shown."""
    LOW = "low"
    """Practice, or a promise of one's own, is not kept."""
    NOTE = "note"
    """Worth knowing; nothing is broken."""

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for the worst."""
        return list(Severity).index(self)

    @property
    def text(self) -> Text:
        """The word shown for it."""
        return _SEVERITY_TEXTS[self]


_SEVERITY_TEXTS = {
    Severity.CRITICAL: Text("严重", "Critical"),
    Severity.HIGH: Text("高", "High"),
    Severity.MEDIUM: Text("中", "Medium"),
    Severity.LOW: Text("低", "Low"),
    Severity.NOTE: Text("提示", "Note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """The waiver that covers a finding.

    Attributes:
        waiver: Its id.
        reason: Why it was granted.
        granted_by: Office that granted it.
        expires: Last day on which it counts.

    """

    waiver: SdkWaiverId
    reason: Text
    granted_by: Text
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault.

    Attributes:
        id: Stable id.
        rule: Id of the rule that found it.
        duties: Duties of the catalogue that it offends.
        figures: Deadlines and thresholds that decided it.
        standing: How it may be put forward: as law, standard, pledge or practice.
        severity: How much it matters.
        row: Row of the register.
        field: Field of the row, as `items[0].if_refused`; empty for the whole row.
        title: What is wrong, in a few words.
        message: What is wrong, with the row, the value and what was expected.
        fix: What to do about it.
        evidence: The offending value, shortened; empty where something is missing.
        waived: The waiver that covers it, if one does.
        observations: What was seen that it rests on; none where the register alone is judged.

    """

    id: FindingId
    rule: str
    duties: tuple[DutyId, ...]
    figures: tuple[FigureId, ...] = ()
    standing: Standing
    severity: Severity
    row: RowRef
    field: str
    title: Text
    message: Text
    fix: Text
    evidence: str = ""
    waived: Waived | None = None
    observations: tuple[ObservationId, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has to act: not waived, and more than a note."""
        return self.waived is None and self.severity is not Severity.NOTE

    @property
    def order(self) -> tuple[int, str, RowRef, str, str]:
        """Sort key: the worst first, then by rule, row and field."""
        return (self.severity.rank, self.rule, self.row, self.field, self.id)


def finding_id(rule: str, row: RowRef, field: str, key: str, repeated: int = 0) -> FindingId:
    """Return the stable id of a finding.

    Args:
        rule: Id of the rule.
        row: Row that it is about.
        field: Field of the row; positions in lists do not count, so that a row may be moved.
        key: What tells it from another finding of the same rule in the same field.
        repeated: How many findings with all of this equal came before it.

    """
    facts: list[Tree] = [rule, row.kind, row.id, _INDEX.sub("[]", field), key, repeated]
    return FindingId(short(sha256_hex(canonical_json(facts))))


def shortened(value: object) -> str:
    """Return a value as evidence: one line of at most 60 characters."""
    line = " ".join(str(value).split())
    return line if len(line) <= EVIDENCE_LENGTH else f"{line[: EVIDENCE_LENGTH - 1]}…"

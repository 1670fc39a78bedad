"""What an inspection of a package comes to: what was seen, and what is found wrong with it.

One value, from which every report is made: text, page, JSON, SARIF and the list of parts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.observation.inspection import Inspection, PackageFacts
from chengnuo.domain.observation.observation import ObservationId, Subject
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.catalogue import LawVersion


class Side(StrEnum):
    """How what is seen and what is declared stand to each other."""

    AGREED = "agreed"
    USED_NOT_DECLARED = "used-not-declared"
    DECLARED_NOT_USED = "declared-not-used"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _SIDE_TEXTS[self]


_SIDE_TEXTS = {
    Side.AGREED: Text("一致", "as declared"),
    Side.USED_NOT_DECLARED: Text("有使用，未声明", "used, not declared"),
    Side.DECLARED_NOT_USED: Text("有声明，未发现使用", "declared, no use seen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftRow:
    """One thing that is used, declared or both.

    Attributes:
        subject: `INFORMATION` (a category), `PERMISSION`, `SDK` or `HOST`.
        what: Id of the category or SDK, full name of the permission, the host.
        side: How the two stand to each other.
        rows: Rows of the register that declare it.
        observations: What was seen of it.

    """

    subject: Subject
    what: str
    side: Side
    rows: tuple[RowRef, ...] = ()
    observations: tuple[ObservationId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How far the package and the register are apart.

    Attributes:
        rows: Everything used or declared, by subject, side and name.

    """

    rows: tuple[DriftRow, ...]

    @property
    def apart(self) -> int:
        """How many things are on one side only."""
        return sum(1 for one in self.rows if one.side is not Side.AGREED)

    @property
    def per_mille(self) -> int:
        """How many of a thousand things are on one side only, rounded up; 0 for none at all."""
        return -(-self.apart * 1000 // len(self.rows)) if self.rows else 0


class Change(StrEnum):
    """What became of a thing from one release to the next."""

    NEW = "new"
    GONE = "gone"
    EARLIER = "earlier"
    """It was there, and can now run before consent."""
    LATER = "later"
    """It could run before consent, and no longer can."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _CHANGE_TEXTS[self]


_CHANGE_TEXTS = {
    Change.NEW: Text("新增", "new"),
    Change.GONE: Text("已移除", "gone"),
    Change.EARLIER: Text("提前到同意之前", "now before consent"),
    Change.LATER: Text("移到同意之后", "no longer before consent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaRow:
    """One change.

    Attributes:
        subject: What it is about; information counts by category and owner.
        what: Which one.
        owner: Id of the SDK whose code it is, empty for the app's own or where none matters.
        change: What became of it.
        observations: What was seen of it in the release where it is.

    """

    subject: Subject
    what: str
    owner: str = ""
    change: Change
    observations: tuple[ObservationId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What changed from an earlier release.

    Attributes:
        before: The earlier package.
        knowledge_changed: Whether it was seen with other knowledge, so that what is new may be
            so only because more is known.
        other_app: Whether the two have different application ids, so that what changed tells
            nothing of a new version.
        rows: The changes, by subject, change and name.

    """

    before: PackageFacts
    knowledge_changed: bool
    other_app: bool = False
    rows: tuple[DeltaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReport:
    """What was found in a package.

    Attributes:
        inspection: What was seen.
        findings: What is wrong, the worst first, waived findings among them.
        drift: How far package and register are apart; None without a register.
        delta: What changed from an earlier release; None if none was given.
        register_version: Version of the register that it was held against; None if against none.
        law_version: Version of the catalogue of the law.
        on: Civil day in the mainland on which dates were judged.

    """

    inspection: Inspection
    findings: tuple[Finding, ...]
    drift: Drift | None = None
    delta: Delta | None = None
    register_version: Version | None = None
    law_version: LawVersion
    on: date

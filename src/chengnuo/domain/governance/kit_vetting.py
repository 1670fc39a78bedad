"""A vetting of a kit in the console: submitted, inspected, and decided by a second person.

A row asks for one of two things: that a package be approved, or that an approval be withdrawn. It
goes the way of a release (`release.py`): signed off is what it asks for, sent back is refused,
withdrawn is taken back by who asked. Nothing that was decided is changed; what takes an approval
out of force is a row of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import (
    LEAST_REASON,
    LONGEST_REASON,
    CriticalFindingsError,
    GateVerdict,
)
from chengnuo.domain.governance.release import ReleaseId, ReleaseState
from chengnuo.domain.governance.vetting import KitDecision, VettedKit
from chengnuo.domain.observation.inspection import Inspection, Presence
from chengnuo.domain.register.ids import RecipientId
from chengnuo.law.civil import civil_date

KitVettingId: TypeAlias = ReleaseId
"""16 hex digits; packages and papers are kept by it as those of releases are."""

USUAL_DAYS = 365
MOST_DAYS = 731
"""How far ahead an approval may end: two years, one of them a leap year."""


class KitTermError(InvalidInputError):
    """The last day of an approval is no day, is past, or is too far ahead."""

    code = "kit-term"

    def __init__(self) -> None:
        super().__init__(f"the last day is no date from today to {MOST_DAYS} days ahead")


class KitConditionsError(InvalidInputError):
    """A kit that does not pass was to be approved without conditions."""

    code = "kit-conditions"

    def __init__(self) -> None:
        super().__init__(
            f"conditions of {LEAST_REASON} to {LONGEST_REASON} characters are needed; they are kept"
        )


class KitNotInForceError(ConflictError):
    """What was to be withdrawn is no approval in force, or its withdrawal is asked for already."""

    code = "kit-not-in-force"

    def __init__(self) -> None:
        super().__init__("this is no approval in force whose withdrawal can be asked for")


class KitAsk(StrEnum):
    """What a row asks for; the value is kept and never changes."""

    APPROVAL = "approval"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitResult:
    """What the inspection of a kit came to; the report itself is kept beside it.

    Attributes:
        verdict: What is said of it.
        recipient: Its recipient in the register; empty where there is none.
        sdks: Ids of the catalogue that a decision on it is about, in order.
        version: Its version: as given, else as the package tells; empty where neither says.
        counts: How many open findings there are of each severity that has any, the worst first.
        undeclared: How many things were seen that no row declares.
        report: SHA-256 of the JSON report.
        register: Version of the register that it was held against.
        law: Version of the catalogue of the law.
        knowledge: Version of the knowledge that it was seen with.

    """

    verdict: GateVerdict
    recipient: str
    sdks: tuple[str, ...]
    version: str
    counts: tuple[tuple[Severity, int], ...]
    undeclared: int
    report: str
    register: str
    law: str
    knowledge: str

    @property
    def critical(self) -> int:
        """How many critical findings are open."""
        return dict(self.counts).get(Severity.CRITICAL, 0)

    def check_conditions(self, given: str) -> str:
        """Return the conditions of an approval as they are kept, if it may be given with them.

        Raises:
            CriticalFindingsError: A critical finding is open; no conditions are enough.
            KitConditionsError: It does not pass and they are too short, or they are too long.

        """
        if self.critical:
            raise CriticalFindingsError(self.critical)
        kept = given.strip()
        needed = self.verdict is not GateVerdict.PASSES
        if (needed or kept) and not LEAST_REASON <= len(kept) <= LONGEST_REASON:
            raise KitConditionsError
        return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class KitRuling:
    """How a row was decided.

    Attributes:
        by: Account that decided.
        at: When.
        words: Conditions of an approval, or why it was refused; empty where none are needed.
        single_person: Nobody else could have decided it.
        expires: Last day of an approval; None for what is none.

    """

    by: str
    at: datetime
    words: str
    single_person: bool
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KitVetting:
    """One row of the list of vetted kits.

    Attributes:
        id: Its id.
        asks: What it asks for.
        recipient: Recipient as given at submission; empty to find it by the kit.
        version: Version as given at submission, or empty.
        file_name: Name of the file as it was given.
        sha256: SHA-256 of the package.
        size: Its size in bytes.
        submitted_by: Account that submitted it.
        submitted_at: When.
        state: How far it is.
        changed_at: When it came to that.
        error: Code of what the inspection failed on, or empty.
        result: What was found, once it is inspected.
        ruling: How it was decided, once it is.
        withdraws: The approval that is to be withdrawn; None for a submission.
        why: Why it is to be withdrawn; empty for a submission.

    """

    id: KitVettingId
    asks: KitAsk = KitAsk.APPROVAL
    recipient: str
    version: str
    file_name: str
    sha256: str
    size: int
    submitted_by: str
    submitted_at: datetime
    state: ReleaseState
    changed_at: datetime
    error: str = ""
    result: KitResult | None = None
    ruling: KitRuling | None = None
    withdraws: KitVettingId | None = None
    why: str = ""

    @property
    def report_of(self) -> KitVettingId:
        """The row beside which its report is kept."""
        return self.withdraws or self.id

    @property
    def decision(self) -> KitDecision | None:
        """What was decided about the kit; None where nothing was."""
        if self.state is ReleaseState.SIGNED_OFF:
            is_approval = self.asks is KitAsk.APPROVAL
            return KitDecision.APPROVED if is_approval else KitDecision.WITHDRAWN
        if self.state is ReleaseState.SENT_BACK and self.asks is KitAsk.APPROVAL:
            return KitDecision.REFUSED
        return None

    @property
    def vetted(self) -> VettedKit | None:
        """What it says of the kit, as the gate asks for it; None where nothing was decided."""
        if self.decision is None or self.result is None or self.ruling is None:
            return None
        on = civil_date(self.ruling.at)
        return VettedKit(
            recipient=RecipientId(self.result.recipient),
            sdks=frozenset(self.result.sdks),
            version=self.result.version,
            decision=self.decision,
            on=on,
            expires=self.ruling.expires or on,
        )


def in_force(kits: Iterable[KitVetting]) -> tuple[KitVetting, ...]:
    """Return of the rows about one version of an SDK the one that was decided last, in that order.

    At one instant a refusal or a withdrawal goes after an approval; an approval that was withdrawn
    counts no more, whatever the clock said.

    Args:
        kits: Rows, in any order.

    """
    rows = [one for one in kits if one.decision is not None]
    gone = {one.withdraws for one in rows if one.decision is KitDecision.WITHDRAWN}
    decided = [
        ((ruling.at, one.decision is not KitDecision.APPROVED, one.id), result, one)
        for one in rows
        if one.id not in gone
        and (ruling := one.ruling) is not None
        and (result := one.result) is not None
    ]
    last: dict[tuple[tuple[str, ...], str], KitVetting] = {}
    for _, result, one in sorted(decided, key=lambda each: each[0]):
        about = (result.sdks, result.version)
        last.pop(about, None)
        last[about] = one
    return tuple(last.values())


def vetted_kits(kits: Iterable[KitVetting]) -> tuple[VettedKit, ...]:
    """Return what was decided in the console, as the gate asks for it."""
    found = (one.vetted for one in in_force(kits))
    return tuple(one for one in found if one is not None)


def check_can_withdraw(kit: KitVetting, kits: Sequence[KitVetting]) -> None:
    """Tell whether the withdrawal of an approval can be asked for.

    Args:
        kit: The row.
        kits: All rows.

    Raises:
        KitNotInForceError: It is no approval in force, or its withdrawal is asked for already.

    """
    if kit.decision is not KitDecision.APPROVED or kit not in in_force(kits):
        raise KitNotInForceError
    if any(one.withdraws == kit.id and one.state.is_open for one in kits):
        raise KitNotInForceError


def checked_term(given: str, today: date) -> date:
    """Return the last day of an approval.

    Args:
        given: ISO date; empty for the usual term of a year.
        today: Civil day in the mainland.

    Raises:
        KitTermError: It is no day, is past, or is over two years ahead.

    """
    if not given.strip():
        return usual_term(today)
    try:
        day = date.fromisoformat(given.strip())
    except ValueError as error:
        raise KitTermError from error
    if not today <= day <= today + timedelta(days=MOST_DAYS):
        raise KitTermError
    return day


def usual_term(today: date) -> date:
    """Return the last day of an approval unless somebody says another."""
    return today + timedelta(days=USUAL_DAYS)


def sdks_of_kit(inspection: Inspection, declared: frozenset[str]) -> tuple[str, ...]:
    """Return the ids of the catalogue that a decision on a kit is about, in order.

    What was seen of its recipient's SDKs; where nothing of them was, all that its code was taken
    for, else all that its recipient is known as. What else is bundled in it is not vetted with it.

    Args:
        inspection: What was seen in the kit.
        declared: Ids that its recipient may stand for; empty without one.

    """
    there = (one.owner for one in inspection.sdks if one.presence is not Presence.STUB)
    seen = {name for owner in there for name in (owner.id, *owner.also)}
    return tuple(sorted(seen & declared or seen or declared))


def version_of_kit(inspection: Inspection, sdks: Sequence[str]) -> str:
    """Return the one version that a package tells of the SDKs a decision is about, or empty."""
    found = {
        one.version
        for one in inspection.sdks
        if one.version and not {one.owner.id, *one.owner.also}.isdisjoint(sdks)
    }
    return found.pop() if len(found) == 1 else ""

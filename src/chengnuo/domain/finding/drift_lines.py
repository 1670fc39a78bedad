"""The rows of each source beside the register: from reports of packages and runs, from records.

A run shows what happened in it: that something declared was not seen in it tells nothing, so that
of runs only what was seen is counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chengnuo.domain.finding.declared_sdks import DeclaredSdks
from chengnuo.domain.finding.drift import DriftLine, DriftSource, Thing
from chengnuo.domain.finding.finding import Finding, FindingId
from chengnuo.domain.finding.package_look import recipient_row
from chengnuo.domain.finding.package_report import Drift, DriftRow, Side
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    ObservationId,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register

MOST_PROOFS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCount:
    """How often something was recorded.

    Attributes:
        activity: For which activity.
        recipient: Given to whom; empty for nobody.
        count: How many records or individuals.

    """

    activity: str
    recipient: str = ""
    count: int


def report_lines(
    source: DriftSource, drift: Drift | None, findings: Iterable[Finding]
) -> Iterator[DriftLine]:
    """Yield the rows of a report, each with the findings that rest on the same observations.

    Args:
        source: What the report is of.
        drift: How far it and the register are apart; None where it was held against none.
        findings: What is wrong.

    """
    found = _findings(findings)
    for row in () if drift is None else drift.rows:
        yield _line(source, row, found)


def _line(
    source: DriftSource, row: DriftRow, found: Mapping[ObservationId, list[FindingId]]
) -> DriftLine:
    return DriftLine(
        source=source,
        thing=Thing(row.subject.value),
        what=row.what,
        side=row.side,
        rows=row.rows,
        proof=tuple(map(str, row.observations[:MOST_PROOFS])),
        findings=_about(row, found),
    )


def run_kit_lines(
    seen: Iterable[Observation],
    register: Register,
    catalogue: SdkCatalogue,
    findings: Iterable[Finding],
) -> Iterator[DriftLine]:
    """Yield the SDKs that runs show to read or to be spoken to.

    Args:
        seen: What the runs show.
        register: The register.
        catalogue: The SDKs that are known.
        findings: What is wrong with the runs.

    """
    by_owner: dict[Owner, list[ObservationId]] = defaultdict(list)
    for one in seen:
        if one.owner.kind is OwnerKind.SDK and one.confidence is not Confidence.LOW:
            by_owner[one.owner].append(one.id)
    named = {each for one in register.activities for each in one.recipients}
    recipients = tuple(one for one in register.recipients if one.recipient in named)
    listed, found = DeclaredSdks(recipients=recipients, catalogue=catalogue), _findings(findings)
    for owner, ids in sorted(by_owner.items()):
        rows = tuple(recipient_row(one.recipient) for one in listed.of(owner))
        row = DriftRow(
            subject=Subject.SDK,
            what=owner.id,
            side=Side.AGREED if rows else Side.USED_NOT_DECLARED,
            rows=rows,
            observations=tuple(ids),
        )
        yield _line(DriftSource.LOGS, row, found)


def record_lines(register: Register, uses: Iterable[UseCount]) -> Iterator[DriftLine]:
    """Yield the rows of what was decided and provided.

    An activity agrees where records of it are there; a recipient where the activity names it.

    Args:
        register: The register in force.
        uses: What was recorded; nothing is told where it is empty.

    """
    counted: dict[str, int] = defaultdict(int)
    given: dict[tuple[str, str], int] = defaultdict(int)
    for one in uses:
        counted[one.activity] += one.count
        if one.recipient:
            given[one.activity, one.recipient] += one.count
    if not counted:
        return
    known = {str(one.activity): one for one in register.activities}
    for activity in sorted({*known, *counted} - {""}):
        yield _activity(activity, known.get(activity), counted.get(activity, 0))
    recipients = {str(one.recipient) for one in register.recipients}
    for (activity, recipient), count in sorted(given.items()):
        declares = known.get(activity)
        named = declares is not None and recipient in declares.recipients
        row = RowRef("activity", activity)
        yield DriftLine(
            source=DriftSource.DECISIONS,
            thing=Thing.RECIPIENT,
            what=f"{activity} → {recipient}",
            side=Side.AGREED if named else Side.USED_NOT_DECLARED,
            rows=(row, RowRef("recipient", recipient)) if named and recipient in recipients else (),
            proof=(str(count),),
        )


def _activity(activity: str, row: ProcessingActivity | None, count: int) -> DriftLine:
    side = Side.AGREED if count else Side.DECLARED_NOT_USED
    return DriftLine(
        source=DriftSource.DECISIONS,
        thing=Thing.ACTIVITY,
        what=activity,
        side=side if row is not None else Side.USED_NOT_DECLARED,
        rows=() if row is None else (RowRef("activity", activity),),
        proof=(str(count),) if count else (),
    )


def _findings(findings: Iterable[Finding]) -> Mapping[ObservationId, list[FindingId]]:
    found: dict[ObservationId, list[FindingId]] = defaultdict(list)
    for finding in findings:
        for one in finding.observations:
            found[one].append(finding.id)
    return found


def _about(row: DriftRow, found: Mapping[ObservationId, list[FindingId]]) -> tuple[FindingId, ...]:
    if row.side is Side.AGREED:
        return ()
    ids = (each for one in row.observations for each in found.get(one, ()))
    return tuple(dict.fromkeys(ids))[:MOST_PROOFS]

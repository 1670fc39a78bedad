"""The report of an audit as a copy that may be shown to everybody."""

from dataclasses import replace

import msgspec

from chengnuo.domain.pricing.publishing import published
from chengnuo.ports.audit_reports import AuditReport


def published_report(report: AuditReport, floor: int) -> AuditReport:
    """Return the copy of a report; without a second opinion, whose groups were not counted.

    Raises:
        TooFewPersonsError: The audit is of fewer persons than the floor.

    """
    audit = None if report.audit is None else published(report.audit, floor)
    is_few = audit is None or audit.withheld is None or audit.withheld.counts
    return replace(
        report,
        problems=tuple(
            msgspec.structs.replace(one, rows=0) if is_few or one.rows < floor else one
            for one in report.problems
        ),
        audit=audit,
        second=None,
    )

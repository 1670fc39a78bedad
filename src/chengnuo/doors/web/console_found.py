"""A finding in words: how grave it is, what to do about it, and those on one row."""

from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.web.console_mends import finding_mend, with_mend
from chengnuo.doors.web.page_parts import (
    Cell,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.register_edit_href import edit_href
from chengnuo.doors.web.register_words import Speaker

_KINDS = {
    Severity.CRITICAL: StatusKind.GRAVE,
    Severity.HIGH: StatusKind.WARN,
    Severity.MEDIUM: StatusKind.MILD,
    Severity.LOW: StatusKind.NOTE,
    Severity.NOTE: StatusKind.NONE,
}


def severity_status(say: Speaker, severity: Severity) -> Status:
    """Return a severity as shape, colour and word."""
    return Status(kind=_KINDS[severity], word=severity.text.in_lang(say.lang))


def found_status(say: Speaker, finding: Finding) -> Status:
    """Return the same of a finding, with what mends it if it is grave."""
    return with_mend(severity_status(say, finding.severity), finding_mend(say, finding))


def mend_words(say: Speaker, finding: Finding) -> Cell:
    """Return what to do about a finding, with the way to the field for whoever may change it."""
    told = said(finding.fix.in_lang(say.lang))
    if not say.edits:
        return told
    href = edit_href(finding.row.kind, finding.row.id, finding.field)
    return (*told, Words(text=say.t("reg-change.fix"), href=href))


def findings_on(say: Speaker, report: CheckReport, row: RowRef) -> Section:
    """Return the findings on one row, as the first section of its page."""
    rows = tuple(
        Row(
            cells=(
                said(
                    finding.message.in_lang(say.lang),
                    *(say.catalogue.citation(duty, say.lang) for duty in finding.duties[:1]),
                ),
                (Words(status=found_status(say, finding)),),
                mend_words(say, finding),
            )
        )
        for finding in report.findings
        if finding.row == row
    )
    if not rows:
        return Section(
            anchor="findings",
            name=say.t("console.entry.findings"),
            status=Status(kind=StatusKind.FINE, word=say.t("console.entry.no-findings")),
        )
    heads = ("console.findings.what", "console.findings.severity", "console.findings.fix")
    return Section(
        anchor="findings",
        name=say.t("console.entry.findings"),
        tables=(
            Table(
                caption=say.t("console.entry.findings"),
                heads=tuple(say.t(head) for head in heads),
                rows=rows,
            ),
        ),
    )

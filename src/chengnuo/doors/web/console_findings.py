"""The findings page: what is wrong, which article says so, which row it is in, and what to do.

The worst stand first. Filters are plain links, so that they can be kept as bookmarks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.exposure import exposure_of
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.finding.live_findings import (
    failing,
    offended,
    severity_of_run,
    standing_of_run,
)
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.exposure_words import exposure_lines, yuan
from chengnuo.doors.web.console_mends import finding_mend, run_mend, with_mend
from chengnuo.doors.web.console_record_faults import fault_words, fix_words
from chengnuo.doors.web.page_parts import (
    Cell,
    Citation,
    Empty,
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
from chengnuo.law.ids import DutyId

_KINDS = {
    Severity.CRITICAL: StatusKind.GRAVE,
    Severity.HIGH: StatusKind.WARN,
    Severity.MEDIUM: StatusKind.MILD,
    Severity.LOW: StatusKind.NOTE,
    Severity.NOTE: StatusKind.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A filter as a link."""

    href: str
    name: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """What one rule found: why it is a rule, said once, and every place where it fails."""

    anchor: str
    status: Status
    title: str
    rule: str
    standing: str
    citations: tuple[Citation, ...]
    exposure: tuple[str, ...]
    places: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """The findings of one severity, by rule."""

    key: str
    name: str
    count: str
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """The findings page."""

    lead: str
    exposed: str
    choices: tuple[Choice, ...]
    groups: tuple[FindingGroup, ...]
    empty: Empty
    open: int


def findings_page(
    say: Speaker, report: CheckReport, runs: Iterable[LiveRun], chosen: Severity | None
) -> FindingsPage:
    """Return the findings page.

    Args:
        say: The register that was checked, in one language.
        report: What the check found.
        runs: What the controls over records found.
        chosen: Severity to show; None for all.

    """
    counts = Counter(finding.severity for finding in report.findings)
    by_severity: dict[Severity, list[LiveRun]] = {}
    for run in failing(runs):
        by_severity.setdefault(severity_of_run(run, say.catalogue), []).append(run)
        counts[severity_of_run(run, say.catalogue)] += run.result.wrong
    wrong = sum(run.result.wrong for some in by_severity.values() for run in some)
    shown = [severity for severity in Severity if chosen in {None, severity} and counts[severity]]
    return FindingsPage(
        lead=say.t(
            "console.findings.lead",
            rules=report.rules_run,
            open=len(report.open_findings) + wrong,
            on=say.day(report.on),
        ),
        exposed=_exposed(say, report, by_severity),
        choices=tuple(_choices(say, counts, chosen)) if counts else (),
        open=len(report.open_findings) + wrong,
        groups=tuple(
            FindingGroup(
                key=severity,
                name=severity.text.in_lang(say.lang),
                count=str(counts[severity]),
                rules=(
                    *(_of_records(say, run) for run in by_severity.get(severity, ())),
                    *_by_rule(say, (one for one in report.findings if one.severity is severity)),
                ),
            )
            for severity in shown
        ),
        empty=Empty(
            name=say.t("console.findings.empty"),
            text=say.t("console.findings.empty-text", rules=report.rules_run),
            href="/console/register",
            act=say.t("console.register.title"),
        ),
    )


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


def citations(say: Speaker, finding: Finding) -> tuple[Citation, ...]:
    """Return the duties of a finding, each cited and summed up in our own words."""
    return _cited(say, finding.duties)


def _cited(say: Speaker, duties: Iterable[DutyId]) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            label=say.catalogue.citation(duty, say.lang),
            summary=say.catalogue.duty(duty).summary.in_lang(say.lang),
        )
        for duty in duties
    )


def exposure_in_words(
    say: Speaker, duties: Iterable[DutyId], severity: Severity
) -> tuple[str, ...]:
    """Return what may be imposed for a finding, one line an article."""
    found = exposure_of(
        tuple(duties), severity, handler=say.register.handler, catalogue=say.catalogue
    )
    return exposure_lines(found, say.catalogue, say.lang)


def _exposed(
    say: Speaker, report: CheckReport, by_severity: Mapping[Severity, Sequence[LiveRun]]
) -> str:
    """Return the highest cap of all that is open; nothing where no fine follows from any."""
    handler, catalogue = say.register.handler, say.catalogue
    open_ones = [(one.duties, one.severity) for one in report.open_findings]
    for severity, runs in by_severity.items():
        open_ones.extend((tuple(offended(run)), severity) for run in runs)
    most = max(
        (
            exposure_of(duties, severity, handler=handler, catalogue=catalogue).most
            for duties, severity in open_ones
        ),
        default=0,
    )
    return say.t("console.findings.exposed", most=yuan(most, say.lang)) if most else ""


def _choices(say: Speaker, counts: Counter[Severity], chosen: Severity | None) -> Iterable[Choice]:
    yield Choice(
        href="/console/findings",
        name=say.t("console.findings.all"),
        count=counts.total(),
        current=chosen is None,
    )
    for severity in Severity:
        if counts[severity]:
            yield Choice(
                href=f"/console/findings?severity={severity}",
                name=severity.text.in_lang(say.lang),
                count=counts[severity],
                current=severity is chosen,
            )


def _by_rule(say: Speaker, findings: Iterable[Finding]) -> Iterator[RuleView]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return (_rule(say, each) for each in by_rule.values())


def _of_records(say: Speaker, run: LiveRun) -> RuleView:
    """Return what a control over records found, the newest first."""
    title = run.control.title.in_lang(say.lang)
    shown = len(run.result.faults)
    more = say.t("console.board.more", n=run.result.wrong - shown)
    rows = (
        Row(
            cells=(
                fault_words(say, fault),
                said(fault.what.in_lang(say.lang)),
                said(fix_words(say, run)),
            )
        )
        for fault in run.result.faults
    )
    rest = (Row(cells=(said(more), (), ())),) if run.result.wrong > shown else ()
    return RuleView(
        anchor=f"control-{run.control.id}",
        status=with_mend(
            severity_status(say, severity_of_run(run, say.catalogue)), run_mend(say, run)
        ),
        title=title,
        rule=run.control.id,
        standing=standing_of_run(run, say.catalogue).label.in_lang(say.lang),
        citations=_cited(say, offended(run)),
        exposure=exposure_in_words(say, offended(run), severity_of_run(run, say.catalogue)),
        places=_places(say, title, (*rows, *rest)),
    )


def _rule(say: Speaker, findings: list[Finding]) -> RuleView:
    first = findings[0]
    title = first.title.in_lang(say.lang)
    return RuleView(
        anchor=f"rule-{first.rule}",
        status=found_status(say, first),
        title=title,
        rule=first.rule,
        standing=first.standing.label.in_lang(say.lang),
        citations=citations(say, first),
        exposure=exposure_in_words(say, first.duties, first.severity),
        places=_places(say, title, tuple(_place(say, finding) for finding in findings)),
    )


def _places(say: Speaker, title: str, rows: tuple[Row, ...]) -> Table:
    heads = ("console.findings.row", "console.findings.what", "console.findings.fix")
    return Table(caption=title, heads=tuple(say.t(head) for head in heads), rows=rows)


def _place(say: Speaker, finding: Finding) -> Row:
    row = say.row_words(finding.row)
    notes = tuple(filter(None, (row.text, finding.field)))
    waived = ""
    if finding.waived is not None:
        waived = say.t(
            "console.findings.waived",
            until=say.day(finding.waived.expires),
            reason=say.text(finding.waived.reason),
        )
    return Row(
        anchor=f"finding-{finding.id}",
        cells=(
            (Words(text=say.row_name(finding.row), href=row.href, notes=notes),),
            said(finding.message.in_lang(say.lang), waived),
            mend_words(say, finding),
        ),
    )

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
from chengnuo.doors.exposure_words import exposure_lines, yuan
from chengnuo.doors.web.console_found import found_status, mend_words, severity_status
from chengnuo.doors.web.console_mends import run_mend, with_mend
from chengnuo.doors.web.console_record_faults import fault_words, fix_words
from chengnuo.doors.web.dossier_forms import Option
from chengnuo.doors.web.page_parts import (
    Citation,
    Empty,
    Row,
    Status,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.law.ids import DutyId

PATH = "/console/findings"
FORMS = ("csv", "xlsx")
ASSIGN, WAIVE = "assign", "waive"
BULK_ACTS = (ASSIGN, WAIVE)
"""What can be done with several findings at once: have them mended by a day, propose waivers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A filter as a link."""

    href: str
    name: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """What one rule found: why it is a rule, said once, and every place where it fails.

    Attributes:
        anchor: Its id on the page.
        status: How grave it is, with what mends it where it is.
        title: What is wrong.
        rule: Id of the rule.
        standing: How it may be put forward.
        citations: The duties, each cited.
        exposure: What may be imposed, one line an article.
        places: Where it fails.
        count: In how many places.
        ids: The findings that can be ticked, one for each place; none where none can.

    """

    anchor: str
    status: Status
    title: str
    rule: str
    standing: str
    citations: tuple[Citation, ...]
    exposure: tuple[str, ...]
    places: Table
    count: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """The findings of one severity, by rule."""

    key: str
    name: str
    count: str
    rules: tuple[RuleView, ...]
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """The findings page.

    Attributes:
        lead: How many there are.
        exposed: The highest fine of all, or empty.
        choices: Ways to narrow it.
        groups: The findings; all but the worst are folded away.
        empty: What to say where there are none.
        rows: How many there are: of all, those that somebody has to act on; of one severity,
            those that are covered, too.
        files: What is shown, as files.
        acts: What can be done with several at once.

    """

    lead: str
    exposed: str
    choices: tuple[Choice, ...]
    groups: tuple[FindingGroup, ...]
    empty: Empty
    rows: int
    files: tuple[Link, ...]
    acts: tuple[Option, ...]


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
        rows=len(report.open_findings) + wrong if chosen is None else counts[chosen],
        files=tuple(
            Link(href=f"{PATH}/list.{form}{_narrowed(chosen)}", name=say.t(f"leaf.{form}"))
            for form in FORMS
        ),
        acts=tuple(
            Option(value=act, name=say.t(f"console.findings.bulk-{act}"))
            for act in BULK_ACTS
            if say.edits and any(one.severity in shown for one in report.findings)
        ),
        groups=tuple(
            FindingGroup(
                key=severity,
                name=severity.text.in_lang(say.lang),
                count=str(counts[severity]),
                rules=(
                    *(_of_records(say, run) for run in by_severity.get(severity, ())),
                    *_by_rule(say, (one for one in report.findings if one.severity is severity)),
                ),
                folded=severity is not shown[0],
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


def _narrowed(chosen: Severity | None) -> str:
    return "" if chosen is None else f"?severity={chosen}"


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
        href=PATH,
        name=say.t("console.findings.all"),
        count=counts.total(),
        current=chosen is None,
    )
    for severity in Severity:
        if counts[severity]:
            yield Choice(
                href=f"{PATH}{_narrowed(severity)}",
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
                said(fix_words(say, run) or "—"),
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
        count=f"{run.result.wrong:,}",
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
        count=f"{len(findings):,}",
        ids=tuple(str(finding.id) for finding in findings) if say.edits else (),
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

"""Today: what has to be done, the most pressing first, each with the page where it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.text import Lang
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.live import LiveOutcome, LiveRun
from chengnuo.doors.web.console_agenda import Due, Horizon, agenda
from chengnuo.doors.web.console_findings import severity_status
from chengnuo.doors.web.console_tasks import Task, TaskGroup
from chengnuo.doors.web.page_parts import Figure, Status, StatusKind
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.wording import wording

_KINDS = {
    Horizon.OVERDUE: StatusKind.GRAVE,
    Horizon.MONTH: StatusKind.WARN,
    Horizon.QUARTER: StatusKind.NOTE,
    Horizon.LATER: StatusKind.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The first page of the console."""

    date: str
    lead: str
    figures: tuple[Figure, ...]
    groups: tuple[TaskGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The state of the installation, as far as it makes work.

    Attributes:
        second_factor: Whether the person signed in has set up a second factor.
        reviewers: Whether a second account exists, so that four eyes can look.
        versions_kept: How many register versions are kept.
        invites: Whether the person signed in may make accounts.

    """

    second_factor: bool
    reviewers: bool
    versions_kept: int
    invites: bool = True


def today_page(
    say: Speaker,
    report: CheckReport,
    house: House,
    live: Sequence[LiveRun] = (),
    more: Sequence[TaskGroup] = (),
) -> TodayPage:
    """Return what has to be done today.

    Args:
        say: The register in force, in one language.
        report: The check of it as of today.
        house: The state of the installation.
        live: What the controls over records found, or why they could not run.
        more: What requests about rights and dossiers ask for.

    """
    wrong = sum(run.result.wrong for run in live)
    dues = agenda(say.register, report.on)
    by_horizon = {
        horizon: TaskGroup(
            name=say.t(f"console.today.{horizon}"),
            tasks=tuple(_due(say, due) for due in dues if due.horizon is horizon),
            folded=horizon is Horizon.LATER,
        )
        for horizon in Horizon
    }
    later = by_horizon.pop(Horizon.LATER)
    groups = (
        *more,
        TaskGroup(name=say.t("console.today.records"), tasks=tuple(_records(say, live))),
        TaskGroup(
            name=say.t("console.today.findings"),
            tasks=tuple(_findings(say, report)),
            count=len(report.open_findings),
        ),
        *by_horizon.values(),
        TaskGroup(name=say.t("console.today.set-up"), tasks=tuple(_set_up(say.lang, house))),
        later,
    )
    soon = sum(due.horizon in {Horizon.OVERDUE, Horizon.MONTH} for due in dues)
    return TodayPage(
        date=say.day(report.on),
        lead=_lead(say, open_findings=len(report.open_findings), soon=soon, wrong=wrong),
        figures=(
            Figure(
                name=say.t("console.today.open-findings"),
                count=str(len(report.open_findings)),
                href="/console/findings",
            ),
            Figure(name=say.t("console.today.soon"), count=str(soon)),
            Figure(
                name=say.t("console.today.records-wrong"), count=str(wrong), href="/console/board"
            ),
            Figure(
                name=say.t("console.register.activities"),
                count=str(len(say.register.activities)),
                href="/console/register#activities",
            ),
            Figure(
                name=say.t("console.versions.title"),
                count=str(house.versions_kept),
                href="/console/versions",
            ),
        ),
        groups=tuple(group for group in groups if group.tasks),
    )


def without_register(lang: Lang, house: House) -> TodayPage:
    """Return the page of an installation that has no register yet."""
    t = wording(lang)
    first = Task(
        status=Status(kind=StatusKind.WARN, word=t("console.today.to-do")),
        name=t("console.today.no-register"),
        href="/console/register",
        detail=t("console.today.no-register-text"),
    )
    return TodayPage(
        date="",
        lead=t("console.today.no-register-lead"),
        figures=(),
        groups=(TaskGroup(name=t("console.today.set-up"), tasks=(first, *_set_up(lang, house))),),
    )


def _lead(say: Speaker, *, open_findings: int, soon: int, wrong: int) -> str:
    register = (
        say.t("console.today.lead", open=open_findings, soon=soon)
        if open_findings or soon
        else say.t("console.today.lead-calm")
    )
    if not wrong:
        return register
    between = "" if say.lang is Lang.ZH else " "
    return say.t("console.today.lead-records", n=wrong) + between + register


def _records(say: Speaker, live: Sequence[LiveRun]) -> Iterator[Task]:
    """Yield the controls over records that fail, could not run, or show nothing, worst first."""
    kinds = {
        LiveOutcome.FAILED: StatusKind.GRAVE,
        LiveOutcome.COULD_NOT_RUN: StatusKind.WARN,
        LiveOutcome.STALE: StatusKind.WARN,
        LiveOutcome.NOT_SHOWN: StatusKind.WARN,
    }
    for outcome, kind in kinds.items():
        for run in live:
            result = run.result
            if result.outcome is not outcome:
                continue
            said = result.why or run.control.fails_when
            detail = said.in_lang(say.lang)
            if result.wrong:
                detail = say.t("console.today.records-detail", n=result.wrong, what=detail)
            yield Task(
                status=Status(kind=kind, word=outcome.text.in_lang(say.lang)),
                name=run.control.title.in_lang(say.lang),
                href=f"/console/findings#control-{run.control.id}"
                if result.faults
                else f"/console/board#{run.control.duties[0]}",
                detail=detail,
            )


def _findings(say: Speaker, report: CheckReport) -> Iterator[Task]:
    counts = report.counts()
    for severity in Severity:
        if severity is Severity.NOTE or not counts[severity]:
            continue
        worst = next(
            one for one in report.findings if one.severity is severity and one.waived is None
        )
        yield Task(
            status=severity_status(say, severity),
            name=say.t("console.today.fix", n=counts[severity]),
            href=f"/console/findings?severity={severity}",
            detail=say.t("console.today.first", what=worst.title.in_lang(say.lang)),
        )


def _due(say: Speaker, due: Due) -> Task:
    words = say.row_words(due.row)
    left = (
        say.t("console.today.days-over", n=-due.days_left)
        if due.days_left < 0
        else say.t("console.today.days-left", n=due.days_left)
    )
    return Task(
        status=Status(kind=_KINDS[due.horizon], word=say.t(f"console.today.word-{due.horizon}")),
        name=say.t(f"due.{due.kind}"),
        href=words.href,
        detail=say.row_name(due.row),
        when=say.day(due.on),
        left=left,
    )


def _set_up(lang: Lang, house: House) -> Iterator[Task]:
    t = wording(lang)
    word = Status(kind=StatusKind.NOTE, word=t("console.today.to-do"))
    if not house.second_factor:
        yield Task(
            status=word,
            name=t("console.today.second-factor"),
            href="/console/account",
            detail=t("console.today.second-factor-text"),
        )
    if not house.reviewers:
        yield Task(
            status=word,
            name=t("console.today.reviewer"),
            href="/console/people" if house.invites else "/console/account",
            detail=t("console.today.reviewer-text"),
        )

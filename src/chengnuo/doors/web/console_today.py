"""Today: what has to be done, the most pressing first, each with the page where it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.text import Lang
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.live import LiveOutcome, LiveRun
from chengnuo.doors.web.console_agenda import Horizon, agenda
from chengnuo.doors.web.console_found import found_status
from chengnuo.doors.web.console_mends import run_mend, with_mend
from chengnuo.doors.web.console_running_view import RunningList
from chengnuo.doors.web.console_tasks import Task, TaskGroup, folded
from chengnuo.doors.web.page_parts import Figure, Status, StatusKind
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.wording import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The first page of the console.

    Attributes:
        date: Which day it is.
        lead: What matters now, in one sentence.
        figures: Numbers that open the rows behind them.
        groups: What has to be done besides, in groups.
        running: What has a clock, the most pressing first; None while there is no register.
            Alone on the page where somebody narrowed it.

    """

    date: str
    lead: str
    figures: tuple[Figure, ...]
    groups: tuple[TaskGroup, ...]
    running: RunningList | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much waits for somebody.

    Attributes:
        late: How much is overdue.
        running: How much has a clock that runs.
        second_person: How much waits for a second person.

    """

    late: int
    running: int
    second_person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The state of the installation, as far as it makes work.

    Attributes:
        second_factor: Whether the person signed in has set up a second factor.
        reviewers: Whether a second account exists, so that four eyes can look.
        invites: Whether the person signed in may make accounts.

    """

    second_factor: bool
    reviewers: bool
    invites: bool = True


def today_page(  # noqa: PLR0913, PLR0917  what the page is made from
    say: Speaker,
    report: CheckReport,
    house: House,
    running: RunningList,
    counts: Waiting,
    live: Sequence[LiveRun] = (),
    more: Sequence[TaskGroup] = (),
) -> TodayPage:
    """Return what has to be done today.

    Args:
        say: The register in force, in one language.
        report: The check of it as of today.
        house: The state of the installation.
        running: What has a clock, the most pressing first.
        counts: How much of it there is.
        live: What the controls over records found, or why they could not run.
        more: What requests about rights and dossiers ask for besides.

    """
    wrong = sum(run.result.wrong for run in live)
    groups = (
        TaskGroup(name=say.t("console.today.records"), tasks=tuple(_records(say, live))),
        TaskGroup(
            name=say.t("console.today.findings"),
            tasks=tuple(_findings(say, report)),
            count=len(report.open_findings),
        ),
        *more,
        TaskGroup(name=say.t("console.today.set-up"), tasks=tuple(_set_up(say.lang, house))),
    )
    dues = agenda(say.register, report.on)
    soon = sum(due.horizon in {Horizon.OVERDUE, Horizon.MONTH} for due in dues)
    return TodayPage(
        date=say.day(report.on),
        lead=_lead(say, open_findings=len(report.open_findings), soon=soon, wrong=wrong),
        figures=(
            Figure(
                name=say.t("console.today.overdue"),
                count=f"{counts.late:,}",
                href="/console?due=overdue",
            ),
            Figure(
                name=say.t("console.today.running"),
                count=f"{counts.running:,}",
                href="/console?due=near",
            ),
            Figure(
                name=say.t("nav.second-person"),
                count=f"{counts.second_person:,}",
                href="/console/second-person",
            ),
            Figure(
                name=say.t("console.today.open-findings"),
                count=f"{len(report.open_findings) + wrong:,}",
                href="/console/findings",
            ),
            Figure(
                name=say.t("console.today.records-wrong"),
                count=f"{wrong:,}",
                href="/console/board",
                measure=True,
            ),
        ),
        groups=tuple(folded(group) for group in groups if group.tasks),
        running=running,
    )


def today_list(say: Speaker, report: CheckReport, running: RunningList) -> TodayPage:
    """Return the list of what has a clock alone, as somebody narrowed it."""
    return TodayPage(date=say.day(report.on), lead="", figures=(), groups=(), running=running)


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
                status=with_mend(
                    Status(kind=kind, word=outcome.text.in_lang(say.lang)), run_mend(say, run)
                ),
                name=run.control.title.in_lang(say.lang),
                href=f"/console/findings#control-{run.control.id}"
                if result.faults
                else f"/console/board/{run.control.duties[0]}",
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
            status=found_status(say, worst),
            name=say.t("console.today.fix", n=counts[severity]),
            href=f"/console/findings?severity={severity}",
            detail=say.t("console.today.first", what=worst.title.in_lang(say.lang)),
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

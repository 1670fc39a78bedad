"""One request about rights as a page: what stands in its way, facts, what happened, the plan.

It shows which columns somebody asks to have corrected and never to what; what the individual wrote
is opened apart, with a reason that is recorded first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.disclosure.right_words import ARTICLE
from chengnuo.domain.rights.request import (
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    ReadAsked,
    RestrictionAsked,
    Scope,
    TransferAsked,
)
from chengnuo.doors.web.console_rights_acts_view import ActsView
from chengnuo.doors.web.console_rights_outcome_view import (
    AnswerView,
    answer_view,
    files_table,
    outside_table,
    results_table,
)
from chengnuo.doors.web.console_rights_plan_view import PlanView, plan_view
from chengnuo.doors.web.console_rights_tasks_view import TaskView, task_view
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.page_parts import (
    Cell,
    Citation,
    Empty,
    Fact,
    Status,
    Table,
    Words,
    said,
)
from chengnuo.usecases.rights.seen import RequestSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One line of the timeline."""

    name: str
    when: str
    text: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """One request.

    Attributes:
        href: Its address.
        id: Its id.
        title: Which right.
        citation: The article that the right rests on.
        stage: Where it stands.
        days: How many working days the law leaves.
        next: Who has to do what.
        stopped: What it stands still for, and what to do; empty where it does not.
        facts: Who asks for what, when, until when.
        timeline: What happened.
        plan: The plan; None before there is one.
        no_plan: What to say instead.
        acts: What may be done.
        results: What was done where.
        outside: Who is told.
        tasks: What is to be done by hand.
        files: What can be taken home, without the way to it.
        answer: The answer; None before.
        done: What was just done, or empty.
        to_read: Whether there is something the individual wrote that can be opened.
        read: What they wrote, once it is opened.
        wrong: What was wrong with the reason to open it.

    """

    href: str
    id: str
    title: str
    citation: Citation
    stage: Status
    days: Status
    next: str
    stopped: tuple[str, ...]
    facts: tuple[Fact, ...]
    timeline: tuple[StepView, ...]
    plan: PlanView | None
    no_plan: Empty
    acts: ActsView
    results: Table
    outside: Table
    tasks: tuple[TaskView, ...]
    files: Table
    answer: AnswerView | None
    done: str
    to_read: bool
    read: tuple[Fact, ...]
    wrong: str


def request_page(  # noqa: PLR0913  what the page is made from
    say: RightsWords,
    seen: RequestSeen,
    acts: ActsView,
    names: dict[str, str],
    *,
    done: str = "",
    read: tuple[Fact, ...] = (),
    wrong: str = "",
) -> RequestPage:
    """Return a request's page.

    Args:
        say: Words.
        seen: The request.
        acts: What may be done.
        names: Sign-in names by account id.
        done: What was just done.
        read: What the individual wrote, once it is opened.
        wrong: What was wrong with the reason to open it.

    """
    request, stopped = seen.request, seen.stopped
    return RequestPage(
        href=f"/console/rights/{request.id}",
        id=request.id,
        title=say.right(request.right),
        citation=say.cited(f"PIPL-{ARTICLE[request.right]}"),
        stage=say.stage_of(seen),
        days=say.days_of(seen),
        next=say.next_act(seen.stage),
        stopped=() if stopped is None else (say.text(stopped.what), say.text(stopped.action)),
        facts=tuple(_facts(say, seen)),
        timeline=tuple(
            StepView(
                name=say.stage(one.stage).word
                if one.event is None
                else say.t(f"console.rights.event.{one.event}"),
                when=f"{say.when(one.at)} · {say.who(one.by, names)}",
                text=say.note(one.note),
                now=place == len(seen.timeline),
            )
            for place, one in enumerate(seen.timeline, 1)
        ),
        plan=None if seen.plan is None else plan_view(say, seen.plan, say.mend(seen)),
        no_plan=Empty(
            name=say.t("console.rights.no-plan"),
            text=say.t("console.rights.no-plan-text"),
            href="#acts",
            act=say.t("nav.rights"),
        ),
        acts=acts,
        results=results_table(say, seen.results, say.mend(seen)),
        outside=outside_table(say, seen),
        tasks=tuple(task_view(say, one, names) for one in seen.tasks),
        files=files_table(say, seen),
        answer=answer_view(say, seen),
        done=done,
        to_read=bool(written_by(say, seen)),
        read=read,
        wrong=wrong,
    )


def written_by(say: RightsWords, seen: RequestSeen) -> tuple[Fact, ...]:
    """Return what the individual wrote: values, a question, reasons. Personal."""
    asked = seen.request.asked
    if isinstance(asked, CorrectionAsked):
        changes = tuple(
            Words(text=f"{one.table}.{one.column}", notes=(str(one.value),))
            for one in asked.changes
        )
        return tuple(
            fact
            for fact in (
                Fact(name=say.t("console.rights.changes"), value=changes),
                Fact(name=say.t("console.rights.their-reason"), value=said(asked.reason)),
            )
            if any(words.text for words in fact.value)
        )
    if isinstance(asked, ExplanationAsked) and asked.question:
        return (Fact(name=say.t("console.rights.question"), value=said(asked.question)),)
    return ()


def _facts(say: RightsWords, seen: RequestSeen) -> Iterator[Fact]:
    def fact(name: str, value: Cell) -> Fact:
        return Fact(name=say.t(f"console.rights.fact.{name}"), value=value)

    request = seen.request
    yield fact("by", said(say.by(request.by)))
    yield fact("received", said(say.when(request.received)))
    yield fact("due", say.due(seen.due))
    if seen.extended:
        yield fact("extended", said(seen.extended))
    yield fact("surface", said(say.t(f"console.rights.surface.{request.surface}")))
    if request.app:
        yield fact("app", (Words(text=request.app, code=True),))
    yield fact("asked", tuple(_asked(say, seen)) or said(say.right(request.right)))
    if seen.take_back_until is not None:
        yield fact("take-back", said(say.when(seen.take_back_until)))
    if seen.like:
        yield fact("like", tuple(say.request_words(one) for one in seen.like))


def _asked(say: RightsWords, seen: RequestSeen) -> Iterator[Words]:
    asked = seen.request.asked
    if isinstance(asked, DeletionAsked):
        yield Words(
            text=say.t(f"console.rights.ground.{asked.ground}"),
            notes=(say.t("console.rights.ground-item", n=asked.ground.item),),
        )
    if isinstance(asked, CorrectionAsked):
        for one in asked.changes:
            yield Words(text=f"{one.table}.{one.column}", code=True)
    if isinstance(asked, RestrictionAsked):
        yield Words(text=say.t("console.rights.on" if asked.on else "console.rights.off"))
        for row in filter(None, (asked.activity, asked.recipient)):
            yield Words(text=row, code=True)
    if isinstance(asked, ExplanationAsked) and asked.about is not None:
        yield Words(text=say.activity(asked.about))
    if isinstance(asked, ReadAsked | TransferAsked | DeletionAsked):
        yield from _scope(say, asked.scope)
    if isinstance(asked, ReadAsked) and asked.formats:
        yield Words(text=say.t("console.rights.formats", what=" ".join(asked.formats)))


def _scope(say: RightsWords, scope: Scope) -> Iterator[Words]:
    if scope.label is not None:
        yield Words(text=say.t("console.rights.one-label"), notes=(scope.label.table,))
    elif not scope.activities and not scope.categories:
        yield Words(text=say.t("console.rights.everything"))
    for activity in scope.activities:
        yield Words(text=say.activity(activity))
    for category in scope.categories:
        yield Words(text=say.category(category))

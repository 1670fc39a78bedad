"""人工复核: automated decisions that somebody refused, each claimed and decided by a person.

The queue says nothing of what a decision rested on. That is shown to whoever claimed the review,
and the look is recorded in the individual's chain (PIPL Arts. 24 para. 3, 51).
"""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_decisions_view import DecisionPage, decision_page
from chengnuo.doors.web.console_rights_house import EVERYBODY, WORKERS, names_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Empty, Fact, Row, Table, Words, linked, said
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.wording import wording
from chengnuo.ports.accounts import Account
from chengnuo.usecases.decision.reviews import (
    ReviewDesk,
    ReviewLine,
    ReviewOutcomeError,
    Verdict,
)
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.rights.refusals import RightsReasonError

PATH = "/console/reviews"
_LONGEST = 1000
GivenReviews = NamedDependency[ReviewDesk]
TaskPath = Annotated[str, PathParameter(pattern=r"^task-[a-f0-9]{32}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage:
    """The queue: those that wait, then those that are decided."""

    lead: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """One review.

    Attributes:
        task: Its id.
        facts: Request, clock, who claimed it, how it ended.
        claims: Whether it can be claimed.
        decision: The decision, for whoever claimed it; else None.
        verdicts: What can be decided: value and words.
        outcomes: What the decision can be changed to: value and words.
        error: What was wrong with the form that came back; or empty.

    """

    task: str
    facts: tuple[Fact, ...]
    claims: bool
    decision: DecisionPage | None = None
    verdicts: tuple[tuple[str, str], ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()
    error: str = ""


@get("/", guards=[EVERYBODY], sync_to_thread=True)
def reviews(request: Asked, services: GivenServices, review_desk: GivenReviews) -> Page:
    """Show the queue."""
    t, names = wording(exchange_of(request.scope).lang), names_of(services)
    lines = review_desk.lines(open_only=False)
    waiting = sum(one.decided_at is None for one in lines)
    heads = ("request", "received", "due", "claimed", "ended")
    table = Table(
        caption=t("console.reviews.title"),
        heads=tuple(t(f"console.reviews.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    linked(one.request, f"{PATH}/{one.task}"),
                    said(moment(one.received)),
                    said(one.due.isoformat(), _left(request, one)),
                    said(names.get(one.claimed_by, one.claimed_by) or "—"),
                    said(_ended(exchange_of(request.scope).lang, one)),
                )
            )
            for one in lines
        ),
        empty=Empty(
            name=t("console.reviews.none"),
            text=t("console.reviews.none-text"),
            href="/console/decisions",
            act=t("nav.decisions"),
        ),
    )
    page = ReviewsPage(lead=t("console.reviews.lead", n=waiting), table=table)
    return _shown(request, review_desk, "console/reviews.html", page)


@get("/{task:str}", guards=[EVERYBODY], sync_to_thread=True)
def review(
    request: Asked,
    services: GivenServices,
    review_desk: GivenReviews,
    staff: GivenStaff,
    task: TaskPath,
) -> Page:
    """Show one review; with the decision only to whoever claimed it."""
    return _page(request, services, review_desk, signed_in(staff).account, task)


@post("/{task:str}/claim", guards=[WORKERS])
async def claim(
    request: Asked, review_desk: GivenReviews, staff: GivenStaff, task: TaskPath
) -> Response[Any]:
    """Claim a review."""
    del request
    await sync_to_thread(review_desk.claim, task, signed_in(staff).account)
    return go(f"{PATH}/{task}")


@post("/{task:str}", guards=[WORKERS])
async def decide(
    request: Asked,
    services: GivenServices,
    review_desk: GivenReviews,
    staff: GivenStaff,
    task: TaskPath,
) -> Response[Any]:
    """Decide anew, with reasons."""
    verdict = await field(request, "verdict", most=10)
    outcome = await field(request, "outcome", most=60)
    reason = await field(request, "reason", most=_LONGEST)
    me = signed_in(staff).account
    return await sync_to_thread(
        _decided, request, services, review_desk, me, task, (verdict, outcome, reason)
    )


ROUTES = (reviews, review, claim, decide)


def review_pages(desk: ReviewDesk | None) -> list[Router]:
    """Return the routes of 人工复核; none where there are no requests or no decisions."""
    if desk is None:
        return []

    def given() -> ReviewDesk:
        return desk

    return [
        Router(
            path=PATH,
            route_handlers=ROUTES,
            include_in_schema=False,
            dependencies={"review_desk": Provide(given, sync_to_thread=False)},
        )
    ]


def _decided(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    desk: ReviewDesk,
    me: Account,
    task: str,
    form: tuple[str, str, str],
) -> Response[Any]:
    verdict, outcome, reason = form
    try:
        desk.decide(task, me, _verdict(verdict), outcome=outcome, reason=reason)
    except (ReviewOutcomeError, RightsReasonError, FourEyesError) as error:
        return _page(request, services, desk, me, task, error=error)
    return go(f"{PATH}/{task}")


def _verdict(given: str) -> Verdict:
    try:
        return Verdict(given)
    except ValueError as error:
        raise ReviewOutcomeError from error


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    desk: ReviewDesk,
    me: Account,
    task: str,
    *,
    error: ChengnuoError | None = None,
) -> Page:
    lang = exchange_of(request.scope).lang
    line = desk.line(task)
    waits = line.decided_at is None
    page = ReviewPage(
        task=task,
        facts=_facts(request, line, names_of(services)),
        claims=waits and line.claimed_by != me.id,
        error="" if error is None else error_text(error.code, lang),
    )
    if waits and line.claimed_by == me.id:
        seen = desk.opened(task, me)
        register = desk.automated.register.served.register
        was = "" if seen.decision.record is None else seen.decision.record.decision.outcome
        page = ReviewPage(
            task=task,
            facts=page.facts,
            claims=False,
            decision=decision_page(lang, register, seen.decision),
            verdicts=tuple((one.value, one.text.in_lang(lang)) for one in Verdict),
            outcomes=tuple(
                (one.outcome, one.name.in_lang(lang)) for one in seen.outcomes if one.outcome != was
            ),
            error=page.error,
        )
    status = 200 if error is None else 400
    return _shown(request, desk, "console/review.html", page, status=status)


def _facts(request: Asked, line: ReviewLine, names: dict[str, str]) -> tuple[Fact, ...]:
    lang = exchange_of(request.scope).lang
    t = wording(lang)
    opens = Words(text=line.request, href=f"/console/rights/{line.request}", code=True)
    return (
        Fact(name=t("console.reviews.request"), value=(opens,)),
        Fact(name=t("console.reviews.received"), value=said(moment(line.received))),
        Fact(
            name=t("console.reviews.due"),
            value=said(line.due.isoformat(), _left(request, line)),
        ),
        Fact(
            name=t("console.reviews.claimed"),
            value=said(names.get(line.claimed_by, line.claimed_by) or "—"),
        ),
        Fact(name=t("console.reviews.ended"), value=said(_ended(lang, line))),
    )


def _left(request: Asked, line: ReviewLine) -> str:
    if line.decided_at is not None:
        return ""
    t = wording(exchange_of(request.scope).lang)
    return t(
        "console.reviews.left" if line.days_left >= 0 else "console.reviews.over",
        n=abs(line.days_left),
    )


def _ended(lang: Lang, line: ReviewLine) -> str:
    if line.verdict is None or line.decided_at is None:
        return wording(lang)("console.reviews.open")
    return f"{line.verdict.text.in_lang(lang)} · {moment(line.decided_at)}"


def _shown(
    request: Asked, desk: ReviewDesk, template: str, page: object, *, status: int = 200
) -> Page:
    frame = console_frame(request, desk.automated.register.current())
    html = render(template, frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)

"""The console's page of what a person must decide in the register, and the answers to it.

Everybody of the staff reads it; whoever may change the register answers. Nothing is kept of it but
what it writes into the register's own files.
"""

from typing import Annotated, Any

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from chengnuo.domain.finding.deciding_topics import Risk
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_decide_fields import Given
from chengnuo.doors.web.console_decide_together import in_both
from chengnuo.doors.web.console_decide_view import (
    PATH,
    Shown,
    decide_page,
    shown_of,
)
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.accounts import Role
from chengnuo.usecases.deciding import Decider, WrongAnswerError

GivenDecider = NamedDependency[Decider]
_MAY = (Role.STAFF, Role.REVIEWER, Role.ADMIN)
_MOST_FIELDS = 200
_LONGEST = 2000
_Risk = Annotated[Risk | None, QueryParameter(required=False)]
_Start = Annotated[int, QueryParameter(ge=0, le=1_000_000, required=False)]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def decide(request: Asked, decider: GivenDecider, risk: _Risk = None, start: _Start = 0) -> Page:
    """Show what must be decided, the gravest first."""
    return _page(request, decider, Shown(risk=risk, start=start))


@post("/answer", guards=[requires(*_MAY)])
async def answer(request: Asked, decider: GivenDecider) -> Response[Any]:
    """Write what was missing into the row."""
    form = await request.form()
    key = str(form.get("key", ""))[:_LONGEST]
    typed = _typed(form)
    by = signed_in(exchange_of(request.scope).staff).account.id
    try:
        await sync_to_thread(decider.answer, key, in_both(typed), by=by)
    except WrongAnswerError as error:
        shown = Shown(given=Given(key=key, typed=typed, problems=error.problems))
        return await sync_to_thread(_page, request, decider, shown, status=400)
    return go(_back(request))


@post("/together", guards=[requires(*_MAY)])
async def together(request: Asked, decider: GivenDecider) -> Response[Any]:
    """Write the same into each of the rows that are ticked."""
    form = await request.form()
    keys, typed = _keys(form), _typed(form)
    by = signed_in(exchange_of(request.scope).staff).account.id
    try:
        await sync_to_thread(decider.answer_together, keys, in_both(typed), by=by)
    except WrongAnswerError as error:
        given = Given(key=error.key, typed=typed, problems=error.problems, keys=keys)
        return await sync_to_thread(_page, request, decider, Shown(given=given), status=400)
    return go(_back(request))


@post("/confirm", guards=[requires(*_MAY)])
async def confirm(request: Asked, decider: GivenDecider) -> Response[Any]:
    """Say that what stands there is right."""
    keys = _keys(await request.form())
    by = signed_in(exchange_of(request.scope).staff).account.id
    await sync_to_thread(decider.confirm, keys, by=by)
    return go(_back(request))


def _keys(form: FormMultiDict) -> tuple[str, ...]:
    said = (value for name, value in form.multi_items() if name == "key")
    return tuple(value[:_LONGEST] for value in said if isinstance(value, str))[:_MOST_FIELDS]


def _typed(form: FormMultiDict) -> dict[str, str]:
    return {
        name.removeprefix("at:"): value[:_LONGEST]
        for name, value in list(form.multi_items())[:_MOST_FIELDS]
        if name.startswith("at:") and isinstance(value, str)
    }


def _back(request: Asked) -> str:
    """Return the page to go on with, under the same filter."""
    risk = request.query_params.get("risk", "")
    return f"{PATH}?risk={risk}" if risk in set(Risk) else PATH


def _page(request: Asked, decider: Decider, wanted: Shown, *, status: int = 200) -> Page:
    exchange = exchange_of(request.scope)
    served = decider.desk.served
    say = Speaker(lang=exchange.lang, register=served.register, catalogue=decider.desk.catalogue)
    may = exchange.staff is not None and exchange.staff.account.role in _MAY
    found = decider.all()
    shown = Shown(
        risk=wanted.risk,
        start=wanted.start,
        editable=may and decider.is_editable,
        has_folder=decider.desk.folder is not None,
        given=wanted.given,
    )
    blanks = {one.key: decider.blanks(one) for one in shown_of(found, shown)}
    page = decide_page(say, served.loaded, found, blanks, shown)
    html = render("console/decide.html", frame=console_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)


def deciding_pages(decider: Decider | None) -> list[Router]:
    """Return the routes below `/console/decide`; none where nothing can read the folder."""
    if decider is None:
        return []

    def given() -> Decider:
        return decider

    return [
        Router(
            path=PATH,
            route_handlers=[decide, answer, together, confirm],
            include_in_schema=False,
            dependencies={"decider": Provide(given, sync_to_thread=False)},
        )
    ]

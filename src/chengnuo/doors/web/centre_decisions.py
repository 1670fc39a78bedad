"""自动化决策: the recorded automated decisions about the individual who came in, each explained.

Everybody sees the decisions about themselves and no other (PIPL Arts. 24 para. 3, 48).
"""

from typing import Annotated, Any

import msgspec
from litestar import MediaType, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.rights.request import RestrictionAsked
from chengnuo.doors.automated_bodies import AutomatedListBody, seen_body
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.evidence import person_of
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_decisions_view import Probed, decision_page, decisions_page
from chengnuo.doors.web.centre_rights_asking import asker_of, visitor_of
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.law.rights import Right
from chengnuo.usecases.decision.automated import AutomatedDesk, NoSuchAutomatedError

GivenAutomated = NamedDependency[AutomatedDesk]
AboutQuery = Annotated[str, QueryParameter(name="about", pattern=r"^[a-z0-9-]{0,60}$")]
RecordPath = Annotated[str, PathParameter(pattern=r"^(0|[1-9][0-9]{0,14})$")]


@get("/", sync_to_thread=True)
def decisions(request: Asked, automated: GivenAutomated, about: AboutQuery = "") -> Page:
    """Show the recorded decisions about the individual, newest first, or those of one activity."""
    register, lang = automated.register.served.register, exchange_of(request.scope).lang
    person, probed = person_of(request), None
    if about:
        activity = ActivityId(about)
        personal = automated.allowed(person, activity).personal
        probed = Probed(activity=activity, personal=personal)
    page = decisions_page(lang, register, automated.of(person), probed)
    return _shown(request, automated, "centre/decisions.html", page)


@get("/explanations.json", sync_to_thread=True)
def explanations(request: Asked, automated: GivenAutomated) -> Response[bytes]:
    """Give the explanations of all recorded decisions about the individual as a file."""
    found = AutomatedListBody(decisions=tuple(map(seen_body, automated.of(person_of(request)))))
    headers = {"content-disposition": 'attachment; filename="decisions.json"'}
    return Response(msgspec.json.encode(found), media_type=MediaType.JSON, headers=headers)


@get("/{position:str}", sync_to_thread=True)
def decision(
    request: Asked, services: GivenServices, automated: GivenAutomated, position: RecordPath
) -> Page:
    """Explain one decision."""
    register, lang = automated.register.served.register, exchange_of(request.scope).lang
    seen = automated.one(person_of(request), int(position))
    page = decision_page(lang, register, seen, refusable=services.rights is not None)
    return _shown(request, automated, "centre/decision.html", page)


@get("/{position:str}/explanation.json", sync_to_thread=True)
def explanation(request: Asked, automated: GivenAutomated, position: RecordPath) -> Response[bytes]:
    """Give the explanation of one decision as a file."""
    seen = automated.one(person_of(request), int(position))
    headers = {"content-disposition": f'attachment; filename="decision-{position}.json"'}
    content = msgspec.json.encode(seen_body(seen))
    return Response(content, media_type=MediaType.JSON, headers=headers)


@post("/{position:str}/review", sync_to_thread=True)
def refuse(
    request: Asked, services: GivenServices, automated: GivenAutomated, position: RecordPath
) -> Response[Any]:
    """Refuse that one decision was made by machine alone: a person is to look at it."""
    seen = automated.one(person_of(request), int(position))
    if services.rights is None or seen.explained is None or not seen.explained.can_refuse:
        raise NoSuchAutomatedError
    asked = RestrictionAsked(on=True, activity=ActivityId(seen.activity), decision=seen.position)
    made = services.rights.open(asker_of(visitor_of(request)), Right.REFUSE_AUTOMATED, asked)
    return go(f"/centre/rights/requests/{made.request.id}")


ROUTES = (decisions, explanations, decision, explanation, refuse)


def decision_pages(automated: AutomatedDesk | None) -> list[Router]:
    """Return the routes of 自动化决策; none where none are recorded."""
    if automated is None:
        return []

    def given() -> AutomatedDesk:
        return automated

    return [
        Router(
            path="/centre/decisions",
            route_handlers=ROUTES,
            guards=[requires(INDIVIDUAL)],
            include_in_schema=False,
            dependencies={"automated": Provide(given, sync_to_thread=False)},
        )
    ]


def _shown(request: Asked, automated: AutomatedDesk, template: str, page: object) -> Page:
    frame = centre_frame(request, automated.register.current())
    return Response(render(template, frame=frame, page=page), media_type=MediaType.HTML)

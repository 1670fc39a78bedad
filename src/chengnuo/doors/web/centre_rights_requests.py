"""办理进度: one's own requests, each with its timeline, its answer, its files and its letter.

A request of somebody else is not there, but for a close relative the one that they made, by its
number. What a guardian asked for is shown to the guardian only (PIPL Arts. 31, 45). Files and what
is sensitive are for whoever signed in during the last ten minutes; a file is read in ranges, so
that a download goes on where it broke.
"""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter
from litestar.response import Stream

from chengnuo.base.text import Lang
from chengnuo.domain.rights.identity import Why
from chengnuo.domain.rights.letters import remedies
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy, ExplanationAsked, RequestId
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.evidence import person_of
from chengnuo.doors.web.centre_decisions_view import answer_table
from chengnuo.doors.web.centre_rights_asking import (
    CheckView,
    asker_of,
    check_of,
    lacks,
    visitor_of,
)
from chengnuo.doors.web.centre_rights_house import GivenHouse, House
from chengnuo.doors.web.centre_rights_lines import lines_table
from chengnuo.doors.web.centre_rights_request_view import RequestPage, request_page
from chengnuo.doors.web.centre_rights_sheet import StepView, due_line, steps
from chengnuo.doors.web.centre_rights_words import REQUESTS, RightsSpeaker
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.leafing import ON_A_LEAF, Leafing, leaf_of, leafing
from chengnuo.doors.web.page_parts import Table
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.rights_exports import ExportStream, NoSuchExportError
from chengnuo.usecases.rights.refusals import IdentityNotProvedError, NoSuchRightsRequestError
from chengnuo.usecases.rights.seen import Asker, RequestSeen

_GUARDS = [requires(INDIVIDUAL)]
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
RequestPath = Annotated[str, PathParameter(pattern=r"^rq-[a-z2-7]{20}$")]
PartPath = Annotated[str, PathParameter(pattern=r"^[1-9][0-9]{0,4}$")]
SentQuery = Annotated[str, QueryParameter(name="sent", pattern=r"^(yes)?$")]
DoneQuery = Annotated[
    str, QueryParameter(name="done", pattern=r"^(taken-back|proved|sign-in|guardian)?$")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsPage:
    """The page 办理进度: one's requests, leaf by leaf."""

    table: Table
    leafing: Leafing


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """One request, and what was just done with it.

    Attributes:
        request: The request.
        steps: The three steps, right after it was sent; else none.
        done: What was just done; empty where nothing was.
        answer_by: By when an answer comes.
        provisional: That the date may move; empty for an exact one.
        check: Whether it is clear who asks, where it waits for that.
        code: The pass code of its files, this once; else empty.
        decisions: The automated decisions that were asked about; None for other requests.

    """

    request: RequestPage
    steps: tuple[StepView, ...]
    done: str
    answer_by: str
    provisional: str
    check: CheckView | None
    code: str = ""
    decisions: Table | None = None
    late: tuple[str, ...] = ()
    """What can be done where the last day has gone by without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """The answer as a letter."""

    id: str
    title: str
    text: str
    other: str


@get("/requests", guards=_GUARDS, sync_to_thread=True)
def requests(request: Asked, house: GivenHouse) -> Page:
    """Show one leaf of one's own requests."""
    person, leaf = person_of(request), leaf_of(request.query_params.get("leaf"))
    lines = house.rights.mine(person, limit=ON_A_LEAF, skip=leaf.skip)
    total = house.rights.count_of(person)
    page = RequestsPage(
        table=lines_table(house.speaker(request), lines),
        leafing=leafing(leaf, total=total, shown=len(lines), path=REQUESTS, query={}),
    )
    return house.shown(request, "centre/rights_requests.html", page)


@get("/requests/{request_id:str}", guards=_GUARDS, sync_to_thread=True)
def one_request(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    house: GivenHouse,
    services: GivenServices,
    request_id: RequestPath,
    sent: SentQuery = "",
    done: DoneQuery = "",
) -> Page:
    """Show one request; right after sending, as the third step of its sheet."""
    say = house.speaker(request)
    seen = _own(request, house, request_id)
    shown = request_page(say, seen, house.now())
    if not _may_fetch(request, house, seen):
        shown = replace(shown, files=(), content="")
        done = done or ("guardian" if seen.request.by is AskedBy.GUARDIAN else "")
    page = OnePage(
        request=shown,
        steps=steps(say, 3) if sent and not seen.stage.is_final else (),
        done=say.t(f"centre.rights.done.{done}") if done else "",
        answer_by=due_line(say, seen.due),
        provisional=say.provisional(seen.due),
        check=_check(request, house, services, seen),
        decisions=_decisions(request, house, seen),
        late=_late(say, seen),
    )
    return house.shown(request, "centre/rights_request.html", page)


@get("/requests/{request_id:str}/letter", guards=_GUARDS, sync_to_thread=True)
def letter(request: Asked, house: GivenHouse, request_id: RequestPath) -> Page:
    """Show the answer as a letter that can be printed."""
    say, seen = house.speaker(request), _own(request, house, request_id)
    if seen.reply is None:
        raise NotFoundException
    other = Lang.EN if say.lang is Lang.ZH else Lang.ZH
    page = LetterPage(
        id=seen.request.id,
        title=say.t(f"right.{seen.request.right}"),
        text=say.text(seen.reply.letter),
        other=other.value,
    )
    return house.shown(request, "centre/rights_letter.html", page)


@post("/requests/{request_id:str}/take-back", guards=_GUARDS)
async def take_back(request: Asked, house: GivenHouse, request_id: RequestPath) -> Response[Any]:
    """Take a request back; nothing of it is carried out."""
    wanted = RequestId(request_id)
    await sync_to_thread(house.rights.take_back, wanted, person_of(request))
    return go(f"{REQUESTS}/{request_id}?done=taken-back")


@post("/requests/{request_id:str}/prove", guards=_GUARDS)
async def prove(request: Asked, house: GivenHouse, request_id: RequestPath) -> Response[Any]:
    """Confirm, after a fresh sign-in, that it is oneself who asks."""
    wanted, asker = RequestId(request_id), asker_of(visitor_of(request))
    try:
        await sync_to_thread(house.rights.prove, wanted, asker)
    except IdentityNotProvedError:
        return go(f"{REQUESTS}/{request_id}?done=sign-in")
    return go(f"{REQUESTS}/{request_id}?done=proved")


@get("/requests/{request_id:str}/files/{part:str}", guards=_GUARDS, sync_to_thread=True)
def take_home(
    request: Asked, house: GivenHouse, request_id: RequestPath, part: PartPath
) -> Response[Any]:
    """Give one file, or the range of it that is asked for; who has to sign in first is told how."""
    asker = fetching_asker(request, house, request_id)
    try:
        found = house.take_file(RequestId(request_id), asker, int(part))
    except IdentityNotProvedError as error:
        return go(f"{REQUESTS}/{request_id}?done={_done(error)}")
    return answer_range(found, request.headers.get("range", ""), request.headers.get("if-range"))


@post("/requests/{request_id:str}/code", guards=_GUARDS, status_code=200)
async def show_code(
    request: Asked, house: GivenHouse, request_id: RequestPath
) -> Page | Response[Any]:
    """Show the pass code of the files, once: what is shown is destroyed before."""
    wanted = RequestId(request_id)
    asker = await sync_to_thread(fetching_asker, request, house, request_id)
    try:
        code = await sync_to_thread(house.rights.code, wanted, asker)
    except IdentityNotProvedError as error:
        return go(f"{REQUESTS}/{request_id}?done={_done(error)}")
    except NoSuchExportError:
        return go(f"{REQUESTS}/{request_id}")
    seen, say = await sync_to_thread(_own, request, house, request_id), house.speaker(request)
    page = OnePage(
        request=request_page(say, seen, house.now()),
        steps=(),
        done="",
        answer_by="",
        provisional="",
        check=None,
        code=code,
    )
    return house.shown(request, "centre/rights_request.html", page)


ROUTES = (requests, one_request, letter, take_back, prove, take_home, show_code)


def answer_range(found: ExportStream, wanted: str, if_range: str | None) -> Response[Any]:
    """Return a file or a range of it (RFC 9110 section 14); a range of another file is none."""
    tag = f'"{found.sha256}"'
    match = _RANGE.fullmatch(wanted) if if_range in {None, tag} else None
    start = int(match[1]) if match else 0
    stop = min(int(match[2]) + 1, found.size) if match and match[2] else found.size
    headers = {
        "accept-ranges": "bytes",
        "etag": tag,
        "content-disposition": f'attachment; filename="{found.name}"',
    }
    if match and not start < stop:
        headers["content-range"] = f"bytes */{found.size}"
        return Response("", status_code=416, headers=headers)
    headers["content-length"] = str(stop - start)
    if match:
        headers["content-range"] = f"bytes {start}-{stop - 1}/{found.size}"
    return Stream(
        found.read(start, stop),
        status_code=206 if match else 200,
        media_type="application/octet-stream",
        headers=headers,
    )


def _own(request: Asked, house: House, request_id: str) -> RequestSeen:
    wanted = RequestId(request_id)
    try:
        return house.rights.own(wanted, person_of(request))
    except NoSuchRightsRequestError:
        return house.rights.gathered_for(wanted, relative_of(visitor_of(request)))


def fetching_asker(request: Asked, house: House, request_id: str) -> Asker:
    """Return in which role the visitor fetches: for themselves, or as the relative who asked.

    Raises:
        NoSuchRightsRequestError: There is no such request, or it is somebody else's.

    """
    visitor, wanted = visitor_of(request), RequestId(request_id)
    try:
        house.rights.own(wanted, visitor.person)
    except NoSuchRightsRequestError:
        return relative_of(visitor)
    return asker_of(visitor)


def relative_of(visitor: Visitor) -> Asker:
    """Return the visitor as a close relative; known again by their own sign-in."""
    return replace(
        asker_of(visitor), by=AskedBy.CLOSE_RELATIVE, guardian=None, party=visitor.person
    )


def _may_fetch(request: Asked, house: House, seen: RequestSeen) -> bool:
    asker = fetching_asker(request, house, seen.request.id)
    try:
        house.rights.gathered_for(seen.request.id, asker)
    except (IdentityNotProvedError, NoSuchRightsRequestError):
        return False
    return True


def _done(error: IdentityNotProvedError) -> str:
    return "guardian" if error.why is Why.NOT_A_GUARDIAN else "sign-in"


def _check(request: Asked, house: House, services: Services, seen: RequestSeen) -> CheckView | None:
    """Return whether it is clear by now who asks; None where nobody waits for that."""
    if seen.stage is not Stage.NEEDS_IDENTITY or seen.request.by is AskedBy.CLOSE_RELATIVE:
        return None
    visitor, right = visitor_of(request), seen.request.right
    why = lacks(services, visitor, right, house.now())
    return check_of(house.speaker(request), visitor, right, why)


def _decisions(request: Asked, house: House, seen: RequestSeen) -> Table | None:
    """Return the decisions that an explanation was asked of; None where it is about others."""
    if house.automated is None or seen.request.right is not Right.EXPLAIN_AUTOMATED:
        return None
    asked = seen.request.asked
    about = asked.about if isinstance(asked, ExplanationAsked) else None
    found = [
        one
        for one in house.automated.of(person_of(request))
        if about is None or one.activity == about
    ]
    return answer_table(house.speaker(request).lang, house.register.served.register, found)


def _late(say: RightsSpeaker, seen: RequestSeen) -> tuple[str, ...]:
    """Return the remedies where an answer is overdue: silence is complained of too (Art. 50)."""
    if seen.reply is not None or seen.stage.is_final or seen.days_left >= 0:
        return ()
    found = remedies(say.register.handler.complaints.path)
    return tuple(say.text(one) for one in found)

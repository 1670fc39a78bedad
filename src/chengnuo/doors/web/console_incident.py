"""The console's page beside an incident: people counted, letters made, the list to tell them by."""

from dataclasses import dataclass

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect

from chengnuo.base.errors import ChengnuoError, ConflictError, InvalidInputError, UnavailableError
from chengnuo.base.text import Lang
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.incident.letters import LetterIncompleteError, LetterKind
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_dossier_beside import INCIDENT_DESK
from chengnuo.doors.web.console_dossier_house import WORKERS, actor_of
from chengnuo.doors.web.console_incident_view import incident_page
from chengnuo.doors.web.dossier_house import IdPath
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.incident.room import IncidentRoom
from chengnuo.usecases.register_desk import Desk

PATH = INCIDENT_DESK
LIST = f"/console/{INCIDENT.path}"
_REVIEWER = requires(Role.REVIEWER)
_REFUSED = (InvalidInputError, ConflictError, UnavailableError)
_WORKING = frozenset({Role.STAFF, Role.REVIEWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentHouse:
    """What the page is made from."""

    room: IncidentRoom
    register: Desk


GivenIncident = NamedDependency[IncidentHouse]


@get("/{wanted:str}", guards=[FOR_READERS], sync_to_thread=True)
def incident(
    request: Asked, incident_house: GivenIncident, staff: GivenStaff, wanted: IdPath
) -> Page:
    """Show who is affected and which letters can be made."""
    return _page(request, incident_house, signed_in(staff).account, wanted)


@post("/{wanted:str}/count", guards=[WORKERS], sync_to_thread=True)
def count(
    request: Asked, incident_house: GivenIncident, staff: GivenStaff, wanted: IdPath
) -> Page | Redirect:
    """Count who is affected."""
    me = signed_in(staff).account
    incident_house.room.desk.one(DossierId(wanted), actor_of(me))
    try:
        incident_house.room.affected.count(DossierId(wanted), by=me.id)
    except _REFUSED as error:
        return _page(request, incident_house, me, wanted, error)
    return go(f"{PATH}/{wanted}")


@post("/{wanted:str}/letter", guards=[WORKERS])
async def letter(
    request: Asked, incident_house: GivenIncident, staff: GivenStaff, wanted: IdPath
) -> Page | Response[bytes]:
    """Hand out a letter as a file."""
    me = signed_in(staff).account
    kind, lang, form = [await field(request, one) for one in ("kind", "lang", "format")]

    def made() -> Page | Response[bytes]:
        incident_house.room.desk.one(DossierId(wanted), actor_of(me))
        try:
            file = incident_house.room.letters.make(
                DossierId(wanted), LetterKind(kind), Lang(lang), form, by=me.id
            )
        except ValueError:
            return _page(request, incident_house, me, wanted, typed=(kind, lang, form))
        except _REFUSED as error:
            return _page(request, incident_house, me, wanted, error, typed=(kind, lang, form))
        headers = {"content-disposition": f'attachment; filename="{file.name}"'}
        return Response(file.data, media_type=file.media_type, headers=headers)

    return await sync_to_thread(made)


@post("/{wanted:str}/people", guards=[_REVIEWER])
async def people(
    request: Asked, incident_house: GivenIncident, staff: GivenStaff, wanted: IdPath
) -> Page:
    """Hand out the list of pseudonyms to tell people by."""
    me, reason = signed_in(staff).account, await field(request, "reason")

    def made() -> Page:
        incident_house.room.desk.one(DossierId(wanted), actor_of(me))
        try:
            given = checked_reason(reason)
            found = incident_house.room.people(DossierId(wanted), by=me.id, reason=given)
        except _REFUSED as error:
            return _page(request, incident_house, me, wanted, error, reason=reason)
        headers = {"content-disposition": f'attachment; filename="{wanted}-people.txt"'}
        text = "".join(f"{one}\n" for one in found)
        return Response(text, media_type=MediaType.TEXT, headers=headers)

    return await sync_to_thread(made)


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    house: IncidentHouse,
    me: Account,
    wanted: str,
    error: ChengnuoError | None = None,
    *,
    typed: tuple[str, str, str] | None = None,
    reason: str = "",
) -> Page:
    register = house.register
    lang = exchange_of(request.scope).lang
    say = Speaker(lang=lang, register=register.served.register, catalogue=register.catalogue)
    seen = house.room.desk.one(DossierId(wanted), actor_of(me))
    said = "" if error is None else error_text(error.code, lang)
    if isinstance(error, LetterIncompleteError):
        said = f"{said} {say.joined(say.text(one) for one in error.missing)}"
    page = incident_page(
        say,
        seen,
        path=PATH,
        list_href=LIST,
        works=me.role in _WORKING,
        reviews=me.role is Role.REVIEWER,
        error=said,
        typed=typed or (LetterKind.AUTHORITY.value, lang.value, "html"),
        reason=reason,
    )
    html = render(
        "console/incident.html", frame=console_frame(request, register.current()), page=page
    )
    wrong = error is not None or typed is not None
    return Response(html, media_type=MediaType.HTML, status_code=400 if wrong else 200)


def incident_pages(room: IncidentRoom | None, register: Desk) -> list[Router]:
    """Return the routes; none where dossiers are not kept."""
    if room is None:
        return []
    house = IncidentHouse(room=room, register=register)

    def incident_house() -> IncidentHouse:
        return house

    return [
        Router(
            path=PATH,
            route_handlers=[incident, count, letter, people],
            include_in_schema=False,
            dependencies={"incident_house": Provide(incident_house, sync_to_thread=False)},
        )
    ]

"""The console's pages of working papers of audits; who may see and do what the desk makes sure of.

An item is concluded from its own page, with all that answers it in view.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import Redirect

from chengnuo.base.errors import ConflictError
from chengnuo.domain.dossier.audit_conclusions import ITEM
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import DossierFieldError
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.dossier.standing import ActRefusedError
from chengnuo.domain.finding.board import Board
from chengnuo.domain.governance.audit_document import audit_document
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_audits_view import FORMS, PATH, item_page, papers_href, papers_page
from chengnuo.doors.web.console_dossier_house import WORKERS, actor_of
from chengnuo.doors.web.dossier_forms import NOTHING_TYPED, Typed, typed_in, values_of
from chengnuo.doors.web.dossier_house import IdPath, SortHouse, refused
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.evidence_log import LogReader
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.governance.auditing import Auditing
from chengnuo.usecases.register_desk import Desk

ItemPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,32}$")]
FormPath = Annotated[str, PathParameter(pattern=r"^papers\.[a-z]{2,5}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHouse(SortHouse):
    """What the pages are made from.

    Attributes:
        auditing: Draws the papers up.
        writers: Write them as files, by format.

    """

    auditing: Auditing
    writers: Sequence[DocumentWriter]


GivenAudits = NamedDependency[AuditHouse]


@get("/{wanted:str}/papers", guards=[FOR_READERS], sync_to_thread=True)
def audit_papers(
    request: Asked, audit_house: GivenAudits, staff: GivenStaff, wanted: IdPath
) -> Page:
    """Show the whole of the papers."""
    papers = audit_house.auditing.papers(DossierId(wanted), actor_of(signed_in(staff).account))
    page = papers_page(audit_house.say(request), papers)
    return audit_house.shown(request, "console/audit_papers.html", page)


@get("/{wanted:str}/{file:str}", guards=[FOR_READERS], sync_to_thread=True)
def audit_papers_file(
    request: Asked, audit_house: GivenAudits, staff: GivenStaff, wanted: IdPath, file: FormPath
) -> Response[bytes]:
    """Return the papers as a file."""
    form = file.rpartition(".")[2]
    writer = next((one for one in audit_house.writers if one.format == form), None)
    if writer is None or form not in FORMS:
        raise NotFoundException
    papers = audit_house.auditing.papers(DossierId(wanted), actor_of(signed_in(staff).account))
    lang = exchange_of(request.scope).lang
    content = writer.write(audit_document(papers, audit_house.register.catalogue), lang)
    return Response(
        content,
        media_type=writer.media_type,
        headers={
            "content-disposition": f'attachment; filename="{wanted}-{lang}{writer.suffix}"',
            "cache-control": "no-store",
        },
    )


@get("/{wanted:str}/papers/{item:str}", guards=[FOR_READERS], sync_to_thread=True)
def audit_item(
    request: Asked, audit_house: GivenAudits, staff: GivenStaff, wanted: IdPath, item: ItemPath
) -> Page:
    """Show one item with all that answers it."""
    me = actor_of(signed_in(staff).account)
    return _item(request, audit_house, me, DossierId(wanted), item, NOTHING_TYPED)


@post("/{wanted:str}/papers/{item:str}", guards=[WORKERS])
async def conclude_item(
    request: Asked, audit_house: GivenAudits, staff: GivenStaff, wanted: IdPath, item: ItemPath
) -> Page | Redirect:
    """Conclude one item."""
    act, me = audit_house.act(ITEM), actor_of(signed_in(staff).account)
    typed = {**await typed_in(request, act), "item": (item,)}

    def done() -> Page | Redirect:
        try:
            audit_house.desk.act(DossierId(wanted), ITEM, me, values_of(act, typed))
        except (DossierFieldError, ActRefusedError, FourEyesError, ConflictError) as error:
            again = refused(request, act, typed, error)
            return _item(request, audit_house, me, DossierId(wanted), item, again)
        return go(papers_href(wanted))

    return await sync_to_thread(done)


def _item(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked, house: AuditHouse, me: Actor, wanted: DossierId, item: str, typed: Typed
) -> Page:
    papers = house.auditing.papers(wanted, me)
    may = any(act.what == ITEM for act in house.desk.one(wanted, me).acts)
    page = item_page(house.say(request), papers, item, may=may, typed=typed)
    if page is None:
        raise NotFoundException
    return house.shown(request, "console/audit_item.html", page, typed)


def audit_pages(
    desk: DossierDesk | None,
    register: Desk,
    live: Callable[[Board], Board],
    log: LogReader,
    writers: Sequence[DocumentWriter],
) -> list[Router]:
    """Return the routes; none where dossiers are not kept."""
    if desk is None:
        return []
    house = AuditHouse(
        sort=AUDIT,
        desk=desk,
        register=register,
        frame=console_frame,
        path=PATH,
        auditing=Auditing(desk=desk, register=register, live=live, log=log),
        writers=writers,
    )

    def audit_house() -> AuditHouse:
        return house

    return [
        Router(
            path=PATH,
            route_handlers=[audit_papers, audit_papers_file, audit_item, conclude_item],
            include_in_schema=False,
            dependencies={"audit_house": Provide(audit_house, sync_to_thread=False)},
        )
    ]

"""存下的筛选: keep how a list is narrowed, rename it, share it, delete it."""

from dataclasses import dataclass
from typing import Annotated

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import Redirect

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_dossier_house import names_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Empty
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.saved_view import href_of, typed_query
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.wording import wording
from chengnuo.ports.accounts import Account
from chengnuo.ports.saved_filters import NoSuchSavedFilterError, SavedFilter, SavedFilterId
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.saved_filters import SavedFilterDesk

PATH = "/console/filters"
_LONGEST = 200
_EVERYBODY = requires(*sorted(ROLES))
GivenRegister = NamedDependency[Desk]
FilterPath = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{1,24}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFilter:
    """One filter.

    Attributes:
        id: Its id.
        href: Where it leads.
        name: What it is called, or what was typed in.
        place: Of which list.
        whose: Who keeps it; empty for oneself.
        shared: Whether the others see it.
        error: What was wrong with a new name, or empty.

    """

    id: str
    href: str
    name: str
    place: str
    whose: str
    shared: bool
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFilter:
    """A filter that could not be kept, as it was typed."""

    place: str = ""
    query: str = ""
    name: str = ""
    shared: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltersPage:
    """The page.

    Attributes:
        new: What could not be kept; without an error where nothing was to be.
        filters: Those that whoever looks may use.
        empty: What to do where there are none.

    """

    new: NewFilter
    filters: tuple[KeptFilter, ...]
    empty: Empty


@get("/", guards=[_EVERYBODY], sync_to_thread=True)
def filters(
    request: Asked, services: GivenServices, register_desk: GivenRegister, staff: GivenStaff
) -> Page:
    """Show what is kept."""
    return _page(request, services, register_desk, signed_in(staff).account)


@post("/", guards=[_EVERYBODY])
async def keep_filter(
    request: Asked, services: GivenServices, register_desk: GivenRegister, staff: GivenStaff
) -> Page | Redirect:
    """Keep how a list is narrowed."""
    new = NewFilter(
        place=await field(request, "place", most=_LONGEST),
        query=await field(request, "query", most=_LONGEST * 10),
        name=await field(request, "name", most=_LONGEST),
        shared=await field(request, "shared") == "yes",
    )
    query, me = typed_query(new.place, new.query), signed_in(staff).account
    if query is None:
        raise NotFoundException

    def done() -> Page | Redirect:
        try:
            _desk(services).save(me, place=new.place, query=query, name=new.name, shared=new.shared)
        except (InvalidInputError, ConflictError) as error:
            said = error_text(error.code, exchange_of(request.scope).lang)
            wrong = NewFilter(
                place=new.place, query=query, name=new.name, shared=new.shared, error=said
            )
            return _page(request, services, register_desk, me, new=wrong)
        return go(href_of(new.place, query))

    return await sync_to_thread(done)


@post("/{wanted:str}/rename", guards=[_EVERYBODY])
async def rename_filter(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    staff: GivenStaff,
    wanted: FilterPath,
) -> Page | Redirect:
    """Give one's own filter another name, and share it or not."""
    name = await field(request, "name", most=_LONGEST)
    shared, me = await field(request, "shared") == "yes", signed_in(staff).account

    def done() -> Page | Redirect:
        try:
            _desk(services).rename(SavedFilterId(wanted), me, name=name, shared=shared)
        except NoSuchSavedFilterError:
            raise
        except InvalidInputError as error:
            said = error_text(error.code, exchange_of(request.scope).lang)
            return _page(request, services, register_desk, me, wrong=(wanted, name, said))
        return go(PATH)

    return await sync_to_thread(done)


@post("/{wanted:str}/delete", guards=[_EVERYBODY], sync_to_thread=True)
def delete_filter(services: GivenServices, staff: GivenStaff, wanted: FilterPath) -> Redirect:
    """Delete one's own filter."""
    _desk(services).store.delete(SavedFilterId(wanted), signed_in(staff).account.id)
    return go(PATH)


def filter_pages(desk: Desk) -> Router:
    """Return the routes of 存下的筛选."""

    def register_desk() -> Desk:
        return desk

    return Router(
        path=PATH,
        route_handlers=[filters, keep_filter, rename_filter, delete_filter],
        include_in_schema=False,
        dependencies={"register_desk": Provide(register_desk, sync_to_thread=False)},
    )


def _desk(services: Services) -> SavedFilterDesk:
    if services.filters is None:
        raise NoSuchSavedFilterError
    return services.filters


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    desk: Desk,
    me: Account,
    *,
    new: NewFilter | None = None,
    wrong: tuple[str, str, str] = ("", "", ""),
) -> Page:
    t, names = wording(exchange_of(request.scope).lang), names_of(services)
    known = () if services.filters is None else services.filters.store.of(me.id)

    def kept(one: SavedFilter) -> KeptFilter:
        is_wrong = one.id == wrong[0]
        return KeptFilter(
            id=one.id,
            href=href_of(one.place, one.query),
            name=wrong[1] if is_wrong else one.name,
            place=one.place,
            whose="" if one.owner == me.id else names.get(one.owner, one.owner),
            shared=one.shared,
            error=wrong[2] if is_wrong else "",
        )

    page = FiltersPage(
        new=new or NewFilter(),
        filters=tuple(map(kept, known)),
        empty=Empty(
            name=t("saved.none"),
            text=t("saved.none-text"),
            href="/console/rights",
            act=t("nav.rights"),
        ),
    )
    html = render("console/filters.html", frame=console_frame(request, desk.current()), page=page)
    status = 400 if page.new.error or wrong[2] else 200
    return Response(html, media_type=MediaType.HTML, status_code=status)

"""The console's pages of dossiers: the list of a sort, one dossier, and every act that there is.

The pages of all sorts are the same, made from their tables. Who sees a sort and who may do what in
it the desk makes sure of; an administrator sees none.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from litestar import Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import DESK
from chengnuo.domain.dossier.sort import ActSort, Concerns
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_dossier_beside import beside_of, drawing_of
from chengnuo.doors.web.console_dossier_bulk import LIST_ROUTES
from chengnuo.doors.web.console_dossier_house import (
    WORKERS,
    DossierHouse,
    GivenHouse,
    actor_of,
    names_of,
    path_of,
)
from chengnuo.doors.web.console_masks import MAP, mapping_typed, with_masks
from chengnuo.doors.web.dossier_forms import (
    NOTHING_TYPED,
    Typed,
    account_field,
    form_of,
    typed_in,
    values_of,
)
from chengnuo.doors.web.dossier_house import IdPath, WhatPath
from chengnuo.doors.web.dossier_list_view import OpeningPage, Which, dossiers_page, sorts_page
from chengnuo.doors.web.dossier_reds import eyes_of, reds_of
from chengnuo.doors.web.dossier_view import Unmasking, dossier_page
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.leafing import ON_A_LEAF, leaf_of
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.usecases.dossier.desk import PERSON, DossierDesk
from chengnuo.usecases.dossier.overview import asked_for, overview
from chengnuo.usecases.dossier.reading import DossierReading, ReadingReasonError
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.register_desk import Desk

INDEX_PATH = "/console/dossiers"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierIndex:
    """The houses of all sorts, in their order."""

    houses: tuple[DossierHouse, ...]


GivenIndex = NamedDependency[DossierIndex]


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def dossiers(request: Asked, dossier_house: GivenHouse, staff: GivenStaff) -> Page:
    """Show the dossiers of the sort, what is due first first."""
    me = actor_of(signed_in(staff).account)
    desk, sort = dossier_house.desk, dossier_house.sort
    always_ended = all(state.final for state in sort.states)
    late = request.query_params.get("late") == "yes"
    ended = not late and (always_ended or request.query_params.get("ended") == "yes")
    which, leaf = Which(ended=ended, late=late), leaf_of(request.query_params.get("leaf"))
    found = asked_for(desk, me, sort, ended=ended, late=late, skip=leaf.skip, limit=ON_A_LEAF)
    (standing,) = overview(desk, me, [sort.id])
    total = standing.late if late else desk.store.count([sort.id], open_only=not ended)
    opens = [act for act in sort.acts if act.opens and me.party in act.by]
    page = dossiers_page(
        dossier_house.say(request),
        standing,
        found,
        opens,
        desk.clock.now(),
        path=dossier_house.path,
        which=which,
        leaf=leaf,
        total=total,
        works=me.party in DESK,
    )
    drawing = drawing_of(dossier_house.say(request), sort, me.party)
    page = replace(page, opens=(*drawing, *page.opens))
    return dossier_house.shown(request, "console/dossiers.html", page)


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def all_sorts(request: Asked, dossier_index: GivenIndex, staff: GivenStaff) -> Page:
    """Show every sort with what is open and late in it."""
    me = actor_of(signed_in(staff).account)
    first = dossier_index.houses[0]
    standing = overview(first.desk, me)
    page = sorts_page(first.say(request), standing, first.desk.clock.now(), path_of=path_of)
    return first.shown(request, "console/dossier_sorts.html", page)


@get("/new/{what:str}", guards=[WORKERS], sync_to_thread=True)
def new_dossier(request: Asked, dossier_house: GivenHouse, what: WhatPath) -> Page:
    """Show the form that opens a dossier."""
    return _opening(request, dossier_house, dossier_house.act(what), NOTHING_TYPED)


@post("/new/{what:str}", guards=[WORKERS])
async def open_dossier(
    request: Asked, dossier_house: GivenHouse, staff: GivenStaff, what: WhatPath
) -> Page | Redirect:
    """Open a dossier."""
    act, me = dossier_house.act(what), actor_of(signed_in(staff).account)
    typed = await typed_in(request, act)

    def opened() -> Seen:
        account = "".join(typed[PERSON]).strip()
        desk = dossier_house.desk
        person = person_key(desk.tokens, account) if account else ""
        return desk.open(dossier_house.sort.id, what, me, values_of(act, typed), person=person)

    def again(wrong: Typed) -> Page:
        return _opening(request, dossier_house, act, wrong)

    return await sync_to_thread(dossier_house.done, request, act, typed, opened, again)


@get("/{wanted:str}", guards=[FOR_READERS], sync_to_thread=True)
def one_dossier(
    request: Asked,
    services: GivenServices,
    dossier_house: GivenHouse,
    staff: GivenStaff,
    wanted: IdPath,
) -> Page:
    """Show one dossier."""
    me = actor_of(signed_in(staff).account)
    return _one(request, services, dossier_house, me, dossier_house.mine(wanted), NOTHING_TYPED)


@post("/{wanted:str}/{what:str}", guards=[WORKERS])
async def act_in_dossier(  # noqa: PLR0913, PLR0917  what an act is made from
    request: Asked,
    services: GivenServices,
    dossier_house: GivenHouse,
    staff: GivenStaff,
    wanted: IdPath,
    what: WhatPath,
) -> Page | Redirect:
    """Do something in a dossier."""
    act, me = dossier_house.act(what), actor_of(signed_in(staff).account)
    typed = await typed_in(request, act)

    def done() -> Seen:
        mine = dossier_house.mine(wanted)
        return dossier_house.desk.act(mine, what, me, values_of(act, typed))

    def again(wrong: Typed) -> Page:
        return _one(request, services, dossier_house, me, DossierId(wanted), wrong)

    return await sync_to_thread(dossier_house.done, request, act, typed, done, again)


@post("/{wanted:str}/unmask", guards=[FOR_READERS])
async def unmask_dossier(
    request: Asked,
    services: GivenServices,
    dossier_house: GivenHouse,
    staff: GivenStaff,
    wanted: IdPath,
) -> Page:
    """Show a dossier without masks; the reason is recorded first."""
    me, reason = actor_of(signed_in(staff).account), await field(request, "reason")

    def shown() -> Page:
        try:
            seen = dossier_house.reading.opened(dossier_house.mine(wanted), me, reason)
        except ReadingReasonError as error:
            form = Unmasking(
                href=f"{dossier_house.path}/{wanted}/unmask",
                reason=reason,
                error=error_text(error.code, exchange_of(request.scope).lang),
            )
            again = Typed(what="unmask", error=form.error)
            return _one(request, services, dossier_house, me, DossierId(wanted), again, form)
        return _page(request, services, dossier_house, seen, NOTHING_TYPED, None, opened=True)

    return await sync_to_thread(shown)


ROUTES = (
    *(dossiers, new_dossier, open_dossier, one_dossier, unmask_dossier, act_in_dossier),
    *LIST_ROUTES,
)


def dossier_pages(
    desk: DossierDesk | None, register: Desk, mask: Callable[[str], str]
) -> list[Router]:
    """Return the routes of every sort in the console; none where dossiers are not kept.

    Args:
        desk: The desk.
        register: The register in force.
        mask: Masks what identifies people in a text.

    """
    if desk is None:
        return []
    reading = DossierReading(desk=desk)
    index = DossierIndex(
        houses=tuple(
            DossierHouse(
                sort=sort,
                desk=desk,
                register=register,
                frame=console_frame,
                path=path_of(sort),
                reading=reading,
                mask=mask,
            )
            for sort in desk.sorts.values()
        )
    )

    def dossier_index() -> DossierIndex:
        return index

    return [
        Router(
            path=INDEX_PATH,
            route_handlers=[all_sorts],
            include_in_schema=False,
            dependencies={"dossier_index": Provide(dossier_index, sync_to_thread=False)},
        ),
        *map(_router, index.houses),
    ]


def _router(made: DossierHouse) -> Router:
    def dossier_house() -> DossierHouse:
        return made

    return Router(
        path=made.path,
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={"dossier_house": Provide(dossier_house, sync_to_thread=False)},
    )


def _opening(request: Asked, house: DossierHouse, act: ActSort, typed: Typed) -> Page:
    say = house.say(request)
    href = f"{house.path}/new/{act.what}"
    form, concerns = form_of(say, act, href, typed), house.sort.concerns
    if concerns is not Concerns.NOBODY:
        whom = account_field(say, typed, required=concerns is Concerns.ONE)
        form = replace(form, fields=(whom, *form.fields))
    page = OpeningPage(kind=say.text(house.sort.text), list_href=house.path, form=form)
    return house.shown(request, "console/dossier_new.html", page, typed)


def _one(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: DossierHouse,
    me: Actor,
    wanted: DossierId,
    typed: Typed,
    unmasking: Unmasking | None = None,
) -> Page:
    seen, hidden = with_masks(house.reading.one(wanted, me), house.mask)
    form = unmasking or Unmasking(href=f"{house.path}/{wanted}/unmask")
    return _page(request, services, house, seen, typed, form if hidden else None)


def _page(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: DossierHouse,
    seen: Seen,
    typed: Typed,
    unmasking: Unmasking | None,
    *,
    opened: bool = False,
) -> Page:
    say, wanted = house.say(request), seen.dossier.id
    filled, note = mapping_typed(say, seen, typed)
    page = dossier_page(
        say,
        seen,
        names_of(services),
        house.desk.clock.now(),
        path=house.path,
        typed=filled,
        proofs=True,
    )
    forms = tuple(
        replace(one, hint=note) if one.what == MAP and note else one for one in page.forms
    )
    page = replace(page, forms=forms, unmasking=unmasking, unmasked=opened)
    me, single = exchange_of(request.scope).staff, services.accounts.single_person()
    page = replace(
        page,
        beside=beside_of(say, house.sort, house.path, wanted),
        reds=tuple(reds_of(say, seen, house.desk.clock.now(), house.path)),
        eyes=eyes_of(say, seen, signed_in(me).account, names_of(services), single=single),
    )
    return house.shown(request, "console/dossier.html", page, typed)

"""投诉: complain, see what becomes of it, answer a question, object to an answer.

Whoever comes in complains by their account, or a guardian for a child; nobody sees another's
complaint. Who has no account finds the channels outside the app on the page of contacts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from litestar import Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter
from litestar.response import Redirect

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sorts.complaint import FILE
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.web.centre_receipts import record_words
from chengnuo.doors.web.centre_receipts_view import receipts_page
from chengnuo.doors.web.centre_rights_asking import visitor_of
from chengnuo.doors.web.dossier_forms import (
    NOTHING_TYPED,
    FormView,
    Typed,
    form_of,
    typed_in,
    values_of,
)
from chengnuo.doors.web.dossier_house import IdPath, SortHouse, WhatPath
from chengnuo.doors.web.dossier_list_view import dossier_heads, dossier_row
from chengnuo.doors.web.dossier_view import dossier_page
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.leafing import ON_A_LEAF, Leafing, leaf_of, leafing
from chengnuo.doors.web.page_parts import Empty, Table
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.dossier.seen import Actor, Seen

PATH = "/centre/complaints"
_KEY_SIGNS = 64
_RECEIPTS = 5
"""How many receipts stand here; all of them have a page of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintHouse(SortHouse):
    """What the pages are made from.

    Attributes:
        names: Returns all pseudonymous keys of an individual.

    """

    names: Callable[[PersonKey], frozenset[PersonKey]]

    def actor(self, request: Asked) -> Actor:
        """Return who came in as who acts in dossiers."""
        visitor = visitor_of(request)
        party = Party.INDIVIDUAL if visitor.guardian is None else Party.GUARDIAN
        return Actor(party=party, names=frozenset(self.names(visitor.person)))


GivenHouse = NamedDependency[ComplaintHouse]
AboutQuery = Annotated[str, QueryParameter(name="about", pattern=r"^(rq-[a-z2-7]{20})?$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintsPage:
    """The page 投诉.

    Attributes:
        days: Within how many working days one hears.
        form: The form for a new one.
        key: Random; two sendings of one form are one complaint.
        table: A leaf of one's own complaints, the newest first.
        leafing: Where one is among them.
        receipts: The newest records about oneself, each with its receipt.
        count: How many there are in all, in words.

    """

    days: int
    form: FormView
    key: str
    table: Table
    leafing: Leafing
    receipts: Table
    count: str


@get("/", sync_to_thread=True)
def complaints(request: Asked, complaint_house: GivenHouse, about: AboutQuery = "") -> Page:
    """Show the form and one's own complaints; the form begins with a request it is about."""
    return _list(request, complaint_house, _begun(request, complaint_house, about))


@post("/")
async def complain(request: Asked, complaint_house: GivenHouse) -> Page | Redirect:
    """Hand a complaint in."""
    act = complaint_house.act(FILE)
    typed = await typed_in(request, act)
    key = await field(request, "key", most=_KEY_SIGNS)

    def filed() -> Seen:
        me = complaint_house.actor(request)
        person = visitor_of(request).person
        return complaint_house.desk.open(
            complaint_house.sort.id,
            FILE,
            me,
            values_of(act, typed),
            person=person,
            key=complaint_house.desk.tokens.keyed("complaint-form", f"{person}:{key}")
            if key
            else "",
        )

    def again(wrong: Typed) -> Page:
        return _list(request, complaint_house, wrong)

    return await sync_to_thread(complaint_house.done, request, act, typed, filed, again)


@get("/{wanted:str}", sync_to_thread=True)
def one_complaint(request: Asked, complaint_house: GivenHouse, wanted: IdPath) -> Page:
    """Show one complaint."""
    return _one(request, complaint_house, complaint_house.mine(wanted), NOTHING_TYPED)


@post("/{wanted:str}/{what:str}")
async def act_in_complaint(
    request: Asked, complaint_house: GivenHouse, wanted: IdPath, what: WhatPath
) -> Page | Redirect:
    """Add something, answer a question, object, or take it back."""
    act = complaint_house.act(what)
    typed = await typed_in(request, act)

    def done() -> Seen:
        me = complaint_house.actor(request)
        mine = complaint_house.mine(wanted)
        return complaint_house.desk.act(mine, what, me, values_of(act, typed))

    def again(wrong: Typed) -> Page:
        return _one(request, complaint_house, DossierId(wanted), wrong)

    return await sync_to_thread(complaint_house.done, request, act, typed, done, again)


ROUTES = (complaints, complain, one_complaint, act_in_complaint)


def complaint_pages(house: ComplaintHouse | None) -> list[Router]:
    """Return the routes of 投诉; none where dossiers are not kept."""
    if house is None:
        return []

    def complaint_house() -> ComplaintHouse:
        return house

    return [
        Router(
            path=PATH,
            route_handlers=ROUTES,
            guards=[requires(INDIVIDUAL)],
            include_in_schema=False,
            dependencies={"complaint_house": Provide(complaint_house, sync_to_thread=False)},
        )
    ]


def _begun(request: Asked, house: ComplaintHouse, about: str) -> Typed:
    """Return the form about a request of one's own, which nobody has to copy a number for."""
    if not about:
        return NOTHING_TYPED
    text = house.say(request).t("centre.complaints.about", request=about)
    return Typed(what=FILE, fields={"cause": ("rights",), "text": (text,)})


def _one(request: Asked, house: ComplaintHouse, wanted: DossierId, typed: Typed) -> Page:
    say = house.say(request)
    seen = house.desk.one(wanted, house.actor(request))
    page = dossier_page(say, seen, {}, house.desk.clock.now(), path=PATH, typed=typed)
    return house.shown(request, "centre/complaint.html", page, typed)


def _list(request: Asked, house: ComplaintHouse, typed: Typed) -> Page:
    say, now = house.say(request), house.desk.clock.now()
    me, sorts = house.actor(request), [house.sort.id]
    leaf = leaf_of(request.query_params.get("leaf"))
    found = house.desk.of(me, sorts, skip=leaf.skip, limit=ON_A_LEAF)
    person, evidence = visitor_of(request).person, request.app.state.services.evidence
    receipts = receipts_page(
        record_words(request, house.register),
        evidence.some_of_mine(person, limit=_RECEIPTS),
        evidence.payloads.erasures(person),
    )
    page = ComplaintsPage(
        days=say.register.handler.complaints.working_days,
        form=form_of(say, house.act(FILE), PATH, typed),
        key=house.desk.tokens.random_bytes(16).hex(),
        table=Table(
            caption=say.t("centre.complaints.mine"),
            heads=dossier_heads(say),
            rows=tuple(dossier_row(say, one, now, PATH) for one in found),
            empty=Empty(
                name=say.t("centre.complaints.none"), text=say.t("centre.complaints.none-text")
            ),
        ),
        leafing=leafing(
            leaf,
            total=house.desk.count_of(me, sorts),
            shown=len(found),
            path=PATH,
            query={},
        ),
        receipts=receipts.table,
        count=say.t("centre.complaints.receipts-count", n=receipts.count),
    )
    return house.shown(request, "centre/complaints.html", page, typed)

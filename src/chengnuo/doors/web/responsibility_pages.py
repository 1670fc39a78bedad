"""责任链: who answers for what, as a picture and a table, for everybody and for staff.

The public page has the document that can be had as a file; the console adds what only staff see:
the agreement with each recipient, its last day, and until when its SDK is approved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide

from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.responsibility import (
    PART_ANSWERS,
    PART_DUTIES,
    PART_WORDS,
    ChainLink,
    responsibility_chain,
)
from chengnuo.domain.governance.vetting import KitDecision, VettedKit
from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import RecipientId
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_paper_pages import AppQuery, chosen_app
from chengnuo.doors.web.centre_papers import Papers
from chengnuo.doors.web.centre_rules import PaperPage, app_links, paper_page
from chengnuo.doors.web.chain_picture import chain_picture
from chengnuo.doors.web.frames import centre_frame, console_frame
from chengnuo.doors.web.outside import Outside
from chengnuo.doors.web.page_parts import Cell, Row, Table, Words, linked, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.wording import wording
from chengnuo.engines.drawing.parts import Drawing
from chengnuo.law.civil import civil_date
from chengnuo.ports.accounts import Role
from chengnuo.ports.clock import Clock
from chengnuo.usecases.governance.sdk_vettings import SdksInReleases
from chengnuo.usecases.register_desk import Desk, Served

PAPER = "responsibility"
PATH = f"/centre/{PAPER}"
CONSOLE_PATH = f"/console/{PAPER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHouse:
    """What both pages are made from.

    Attributes:
        register: The register in force.
        papers: The published documents.
        clock: Tells the day.
        seen: The SDKs of releases, and what was decided about them; None where none are taken.

    """

    register: Desk
    papers: Papers
    clock: Clock
    seen: SdksInReleases | None

    def vettings(self) -> Sequence[VettedKit]:
        """Return what was decided about SDKs."""
        return () if self.seen is None else self.seen.releases.vettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicChainPage:
    """The page of the centre."""

    paper: PaperPage
    picture: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChainPage:
    """The page of the console."""

    picture: Drawing
    duties: Table
    table: Table
    apps: tuple[Link, ...]


GivenChain = NamedDependency[ChainHouse]


@get("/", sync_to_thread=True)
def public_chain(request: Asked, chain_house: GivenChain, wanted: AppQuery = "") -> Page:
    """Show who answers for what."""
    served = chain_house.register.current()
    if served is None:
        return _shown(request, None, "centre/empty.html", None)
    exchange = exchange_of(request.scope)
    app = chosen_app(served.register, wanted, exchange.visitor)
    paper = paper_page(
        PAPER,
        chain_house.papers.document(PAPER, served.version, app.app, exchange.lang),
        exchange.lang,
        files=chain_house.papers.files(PAPER, app.app),
        apps=app_links(served.register, app, request.url.path, exchange.lang),
    )
    picture = chain_picture(
        _chain(chain_house, served, app),
        wording(exchange.lang)("centre.responsibility.picture"),
        exchange.lang,
    )
    page = PublicChainPage(paper=paper, picture=picture)
    return _shown(request, served, "centre/responsibility.html", page)


@get("/", guards=[requires(*Role)], sync_to_thread=True)
def staff_chain(request: Asked, chain_house: GivenChain, wanted: AppQuery = "") -> Page:
    """Show the same with agreements and approvals."""
    served = chain_house.register.served
    lang = exchange_of(request.scope).lang
    say = Speaker(lang=lang, register=served.register, catalogue=chain_house.register.catalogue)
    app = chosen_app(served.register, wanted, None)
    links = _chain(chain_house, served, app)
    page = StaffChainPage(
        picture=chain_picture(links, say.t("centre.responsibility.picture"), lang),
        duties=duties_table(say, links),
        table=chain_table(say, links, chain_house.vettings(), civil_date(chain_house.clock.now())),
        apps=app_links(served.register, app, request.url.path, lang),
    )
    frame = console_frame(request, served)
    html = render("console/responsibility.html", frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML)


def duties_table(say: Speaker, links: Sequence[ChainLink]) -> Table:
    """Return what each part of the chain answers for."""
    return Table(
        caption=say.t("chain.title"),
        heads=(say.t("chain.part"), say.t("chain.answers")),
        rows=tuple(
            Row(
                cells=(
                    said(say.text(PART_WORDS[part]), PART_DUTIES[part]),
                    tuple(Words(text=say.text(one)) for one in PART_ANSWERS[part]),
                )
            )
            for part in dict.fromkeys(one.part for one in links)
        ),
    )


def chain_table(
    say: Speaker, links: Sequence[ChainLink], vettings: Sequence[VettedKit], today: date
) -> Table:
    """Return the chain as the table that staff see."""
    heads = ("name", "part", "gets", "agreement", "approval", "contact")
    return Table(
        caption=say.t("chain.parties"),
        heads=tuple(say.t(f"chain.{head}") for head in heads),
        rows=tuple(Row(cells=tuple(_cells(say, one, vettings, today))) for one in links),
    )


def _cells(
    say: Speaker, one: ChainLink, vettings: Sequence[VettedKit], today: date
) -> Iterator[Cell]:
    name = say.text(one.name)
    company = "" if one.company == one.name else say.text(one.company)
    if one.recipient:
        yield linked(name, f"/console/register/recipients/{one.recipient}", company)
    else:
        yield said(name, company)
    yield said(say.text(PART_WORDS[one.part]), say.text(one.role))
    yield said(say.text(one.gets))
    yield said(*_agreement(say, one, today))
    yield said(_approval(say, one, vettings, today))
    yield said(say.text(one.contact))


def _agreement(say: Speaker, one: ChainLink, today: date) -> Iterator[str]:
    row = say.register.recipient_by_id.get(RecipientId(one.recipient))
    if row is None or row.agreement is None:
        yield "" if row is None else say.t("word.none")
        return
    agreement = say.register.agreement_by_id[row.agreement]
    yield say.text(agreement.title)
    if agreement.expires is not None:
        key = "chain.until" if agreement.is_in_force(today) else "chain.lapsed"
        yield say.t(key, day=say.day(agreement.expires))


def _approval(say: Speaker, one: ChainLink, vettings: Sequence[VettedKit], today: date) -> str:
    row = say.register.recipient_by_id.get(RecipientId(one.recipient))
    if row is None or row.sdk is None:
        return ""
    mine = [each for each in vettings if each.recipient == one.recipient and each.on <= today]
    last = max(mine, key=_order, default=None)
    if last is None:
        return say.t("word.none")
    if last.decision is not KitDecision.APPROVED:
        return say.text(last.decision.text)
    key = "chain.until" if last.expires >= today else "chain.lapsed"
    return say.t(key, day=say.day(last.expires))


def _order(one: VettedKit) -> tuple[date, bool]:
    return one.on, one.decision is not KitDecision.APPROVED


def _chain(house: ChainHouse, served: Served, app: App) -> tuple[ChainLink, ...]:
    declared = Declared(
        register=served.register, catalogue=house.register.catalogue, app_id=app.app
    )
    return responsibility_chain(declared)


def _shown(request: Asked, served: Served | None, template: str, page: object) -> Page:
    html = render(template, frame=centre_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML)


def responsibility_pages(
    outside: Outside, register: Desk, papers: Papers, seen: SdksInReleases | None
) -> list[Router]:
    """Return the routes of both pages."""
    house = ChainHouse(register=register, papers=papers, clock=outside.clock, seen=seen)

    def chain_house() -> ChainHouse:
        return house

    given = {"chain_house": Provide(chain_house, sync_to_thread=False)}
    public = Router(
        path=PATH,
        route_handlers=[public_chain],
        guards=[requires(ANYONE)],
        include_in_schema=False,
        dependencies=given,
    )
    staff = Router(
        path=CONSOLE_PATH, route_handlers=[staff_chain], include_in_schema=False, dependencies=given
    )
    return [public, staff]

"""The route of today's page: asks every desk for what has a clock, counted where it is kept."""

from collections.abc import Iterator
from typing import Annotated

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from chengnuo.base.text import Lang
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.web.console_agenda import Horizon, agenda
from chengnuo.doors.web.console_dossier_house import actor_of, names_of
from chengnuo.doors.web.console_dossier_today import dossiers_group
from chengnuo.doors.web.console_hub import GivenRegister, hub_router
from chengnuo.doors.web.console_register_today import register_group
from chengnuo.doors.web.console_releases_view import ReleaseWords
from chengnuo.doors.web.console_rights_today import rights_group
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.console_running import Clocks, clocks_of
from chengnuo.doors.web.console_running_view import (
    RunningList,
    RunningWords,
    running_list,
    running_table,
)
from chengnuo.doors.web.console_second_person import waiting_kinds
from chengnuo.doors.web.console_tasks import TaskGroup
from chengnuo.doors.web.console_today import (
    House,
    Waiting,
    today_list,
    today_page,
    without_register,
)
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.leafing import leaf_of
from chengnuo.doors.web.list_files import csv_answer, xlsx_answer
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import may_read
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.finding.boards import LiveBoard
from chengnuo.usecases.register_desk import Desk, Served

DueQuery = Annotated[str, QueryParameter(pattern=r"^(overdue|near|all)?$")]
KindQuery = Annotated[str, QueryParameter(pattern=r"^[a-z-]{0,32}$")]
_FILE = "chengnuo-today"


GivenLive = NamedDependency[LiveBoard]


@get("/today.csv", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def today_csv(  # noqa: PLR0913, PLR0917  what the list is narrowed by
    lang: NamedDependency[Lang],
    services: GivenServices,
    register_desk: GivenRegister,
    staff: GivenStaff,
    due: DueQuery = "",
    kind: KindQuery = "",
) -> Response[bytes]:
    """Return what has a clock, as it is narrowed, as a CSV file."""
    say = _speaker(register_desk, lang, signed_in(staff).account)
    table = _table(services, register_desk, signed_in(staff).account, say, due=due, kind=kind)
    return csv_answer(_FILE, *table)


@get("/today.xlsx", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def today_sheet(  # noqa: PLR0913, PLR0917  what the list is narrowed by
    lang: NamedDependency[Lang],
    services: GivenServices,
    register_desk: GivenRegister,
    staff: GivenStaff,
    due: DueQuery = "",
    kind: KindQuery = "",
) -> Response[bytes]:
    """Return the same as a workbook."""
    say = _speaker(register_desk, lang, signed_in(staff).account)
    table = _table(services, register_desk, signed_in(staff).account, say, due=due, kind=kind)
    return xlsx_answer(services, lang, _FILE, say.t("console.today.title"), *table)


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def today(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    lang: NamedDependency[Lang],
    services: GivenServices,
    register_desk: GivenRegister,
    live: GivenLive,
    staff: GivenStaff,
    due: DueQuery = "",
    kind: KindQuery = "",
) -> Page:
    """Show what has to be done today."""
    served, me = register_desk.current(), signed_in(staff).account
    house = House(
        second_factor=me.has_totp or not me.has_password,
        reviewers=not services.accounts.single_person(),
        invites=me.role is Role.ADMIN,
    )
    if served is None:
        page = without_register(lang, house)
    else:
        say = _speaker(register_desk, lang, me)
        clocks = _clocks(services, served, me)
        far = _clocks(services, served, me, far=True)
        running = _running(request, services, say, (clocks, far), due=due, kind=kind)
        if running.brief:
            counts = Waiting(
                late=clocks.count(late=True),
                running=clocks.count(late=False),
                second_person=sum(one.count for one in waiting_kinds(services, me, say)),
            )
            more = tuple(_more(services, say, me, served))
            page = today_page(say, served.report, house, running, counts, live.runs(), more)
        else:
            page = today_list(say, served.report, running)
    html = render("console/today.html", frame=console_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML)


def today_pages(desk: Desk, live_board: LiveBoard) -> Router:
    """Return the routes of today's page.

    Args:
        desk: The register in force, its versions and its findings.
        live_board: What the controls over records found.

    """
    return hub_router("/console", [today, today_csv, today_sheet], desk, live=live_board)


def _speaker(desk: Desk, lang: Lang, me: Account) -> Speaker:
    return Speaker(
        lang=lang,
        register=desk.served.register,
        catalogue=desk.catalogue,
        opens=may_read(me.role),
    )


def _table(  # noqa: PLR0913  what the list is narrowed by
    services: Services, desk: Desk, me: Account, say: Speaker, *, due: str, kind: str
) -> tuple[list[str], list[list[str]]]:
    clocks = _clocks(services, desk.served, me, far=due == "all")
    words = RunningWords(
        say=say, releases=_release_words(services, say), now=services.sign_in.clock.now()
    )
    return running_table(words, clocks, late=due == "overdue", kind=kind)


def _clocks(services: Services, served: Served, me: Account, *, far: bool = False) -> Clocks:
    """Return what has a clock; dates of the register that are far off only where wanted."""
    reads, releases = may_read(me.role), services.releases
    now = services.sign_in.clock.now()
    every = () if releases is None else releases.store.every()
    opened = tuple(one for one in every if one.state.is_open)
    return clocks_of(
        rights=services.rights if reads else None,
        dossiers=(services.dossiers, actor_of(me)) if services.dossiers and reads else None,
        register=[
            one
            for one in agenda(served.register, served.report.on)
            if far or one.horizon is not Horizon.LATER
        ],
        releases=None if releases is None else (opened, services.release_days, now),
    )


def _running(  # noqa: PLR0913  what the list is made from
    request: Asked,
    services: Services,
    say: Speaker,
    clocks: tuple[Clocks, Clocks],
    *,
    due: str,
    kind: str,
) -> RunningList:
    return running_list(
        say,
        clocks,
        leaf_of(request.query_params.get("leaf")),
        services.sign_in.clock.now(),
        due=due,
        kind=kind,
        release_words=_release_words(services, say),
    )


def _release_words(services: Services, say: Speaker) -> ReleaseWords:
    return ReleaseWords(
        lang=say.lang,
        register=say.register,
        names=names_of(services),
        now=services.sign_in.clock.now(),
        days=services.release_days,
        catalogue=say.catalogue,
    )


def _more(services: Services, say: Speaker, me: Account, served: Served) -> Iterator[TaskGroup]:
    if services.dossiers is not None and may_read(me.role):
        yield register_group(say, services.dossiers, actor_of(me), served.version)
        yield dossiers_group(say, services.dossiers, actor_of(me))
    if services.rights is not None:
        yield rights_group(
            RightsWords(lang=say.lang, register=say.register, catalogue=say.catalogue),
            services.rights,
        )

"""The console's page of provision abroad: how the year stands, and what it asks for.

Any role may read it: it holds numbers of people and the register, and no information of anybody.
Dossiers on it are those that the role may see.
"""

from dataclasses import dataclass
from typing import Annotated

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sorts.filing import CONTRACT, EXTENSION, FILING, ROUTE
from chengnuo.domain.dossier.sorts.foreign_request import FOREIGN_REQUEST
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_borders_view import PATH, BordersSeen, borders_page
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import may_read
from chengnuo.law.civil import civil_date
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.borders.outlook import outlook
from chengnuo.usecases.dossier.assessed import KeptAssessments
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.inspection.drift_history import DriftHistory

_FIRST_YEAR, _LAST_YEAR = 2021, 9000
_COUNTED_HERE = 1_000
"""Records that the page takes in itself; see `counting_rounds`."""
YearQuery = Annotated[int | None, QueryParameter(ge=_FIRST_YEAR, le=_LAST_YEAR)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BordersHouse:
    """What the page is made from.

    Attributes:
        desk: Counts.
        dossiers: The desk of dossiers; None where none are kept.
        kept: What was concluded of assessments.
        drift: The recorded runs of drift; None where none are.

    """

    desk: BorderDesk
    dossiers: DossierDesk | None
    kept: KeptAssessments
    drift: DriftHistory | None

    def queue(
        self, actor: Actor, sort: str, kinds: frozenset[str] = frozenset()
    ) -> tuple[Seen, ...]:
        """Return open dossiers of a sort that somebody may see, of some kinds where it has any."""
        found = () if self.dossiers is None else self.dossiers.queue(actor, [sort])
        return tuple(one for one in found if not kinds or one.dossier.value("kind") in kinds)


GivenBorders = NamedDependency[BordersHouse]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def borders(
    request: Asked, borders_house: GivenBorders, staff: GivenStaff, year: YearQuery = None
) -> Page:
    """Show how a civil year stands, the present one if none is named."""
    house, desk = borders_house, borders_house.desk
    register = desk.providing.register
    served = register.served
    account = signed_in(staff).account
    say = Speaker(
        lang=exchange_of(request.scope).lang,
        register=served.register,
        catalogue=register.catalogue,
        opens=may_read(account.role),
    )
    me = Actor(id=account.id, party=Party(account.role.value))
    now = desk.clock.now()
    today = civil_date(now)
    behind = desk.providing.counter.catch_up(most=_COUNTED_HERE)
    asked = year or today.year
    counted = desk.counted(asked)
    page = borders_page(
        say,
        BordersSeen(
            outlook=outlook(
                counted,
                served.register,
                register.catalogue,
                desk.calendar,
                year=asked,
                today=today,
            ),
            counted=counted,
            assessed=house.kept.by(None),
            filings=house.queue(me, FILING.id, frozenset({ROUTE, CONTRACT, EXTENSION})),
            requests=house.queue(me, FOREIGN_REQUEST.id),
            drift=None if house.drift is None else next(iter(house.drift.runs()), None),
            behind=behind,
            now=now,
            today=today,
        ),
    )
    html = render("console/borders.html", frame=console_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML)


def border_pages(
    desk: BorderDesk | None,
    dossiers: DossierDesk | None,
    kept: KeptAssessments,
    drift: DriftHistory | None,
) -> list[Router]:
    """Return the routes of the console below `/console/borders`; none where nothing is counted."""
    if desk is None:
        return []
    house = BordersHouse(desk=desk, dossiers=dossiers, kept=kept, drift=drift)

    def borders_house() -> BordersHouse:
        return house

    given = {"borders_house": Provide(borders_house, sync_to_thread=False)}
    return [
        Router(path=PATH, route_handlers=[borders], include_in_schema=False, dependencies=given)
    ]

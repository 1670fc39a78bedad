"""The console's sheet of an impact assessment, and the form that begins one from its activity."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import DESK
from chengnuo.domain.dossier.sorts.assessment import ASSESSMENT, BEGIN
from chengnuo.domain.register.assessing import cover_of
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.web.console_assessments_view import PATH, from_page, sheet_page
from chengnuo.doors.web.console_dossier_house import actor_of, names_of
from chengnuo.doors.web.dossier_forms import Typed, form_of
from chengnuo.doors.web.dossier_house import IdPath, SortHouse
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.assessing import Assessing, activities_of, due_grounds
from chengnuo.usecases.dossier.desk import DossierDesk

ActivityPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,60}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentHouse(SortHouse):
    """What the pages are made from.

    Attributes:
        assessing: Holds assessments to the register.

    """

    assessing: Assessing


GivenAssessments = NamedDependency[AssessmentHouse]


@get("/{wanted:str}/sheet", guards=[FOR_READERS], sync_to_thread=True)
def assessment_sheet(
    request: Asked,
    services: GivenServices,
    assessment_house: GivenAssessments,
    staff: GivenStaff,
    wanted: IdPath,
) -> Page:
    """Show an assessment as a sheet."""
    house = assessment_house
    seen = house.desk.one(DossierId(wanted), actor_of(signed_in(staff).account))
    if seen.sort.id != ASSESSMENT.id:
        raise NotFoundException
    changed = [
        one
        for row in activities_of(seen.dossier)
        for one in house.assessing.changed(seen.dossier.id, row)
        if seen.dossier.last("write") is not None
    ]
    page = sheet_page(
        house.say(request), seen, tuple(changed), house.assessing.kept.by(None), names_of(services)
    )
    return house.shown(request, "console/assessment.html", page)


@get("/from/{activity:str}", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def assessment_from(
    request: Asked, assessment_house: GivenAssessments, staff: GivenStaff, activity: ActivityPath
) -> Page:
    """Show what an assessment of an activity would be about, and the form that begins it."""
    house, say = assessment_house, assessment_house.say(request)
    found = say.register.activity_by_id.get(ActivityId(activity))
    if found is None:
        raise NotFoundException
    me = actor_of(signed_in(staff).account)
    grounds = due_grounds(found, house.register)
    today = civil_date(house.desk.clock.now())
    cover = cover_of(found, say.register, say.catalogue, today, house.assessing.kept.by(None))
    filled: dict[str, tuple[str, ...]] = {
        "title": (found.purpose.zh[:200],),
        "activities": (activity,),
        "grounds": grounds,
        "assessment": () if found.assessment is None else (found.assessment,),
    }
    form = None
    if me.party in DESK:
        form = form_of(
            say, house.act(BEGIN), f"{PATH}/new/{BEGIN}", Typed(what=BEGIN, fields=filled)
        )
    return house.shown(
        request, "console/assessment.html", from_page(say, found, cover, grounds, form)
    )


def assessment_pages(desk: DossierDesk | None, assessing: Assessing) -> list[Router]:
    """Return the routes beside those of the sort; none where dossiers are not kept."""
    if desk is None:
        return []
    house = AssessmentHouse(
        sort=desk.sorts[ASSESSMENT.id],
        desk=desk,
        register=assessing.register,
        frame=console_frame,
        path=PATH,
        assessing=assessing,
    )

    def assessment_house() -> AssessmentHouse:
        return house

    given = {"assessment_house": Provide(assessment_house, sync_to_thread=False)}
    handlers = [assessment_sheet, assessment_from]
    return [Router(path=PATH, route_handlers=handlers, include_in_schema=False, dependencies=given)]

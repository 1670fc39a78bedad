"""What goes abroad, in a running service, and the assessments that stand before it."""

from litestar import Router

from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.web.console_assessments import assessment_pages
from chengnuo.doors.web.console_borders import border_pages
from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.borders.counting import BorderCounter, KnownHere
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.borders.providing import ProvidingDesk
from chengnuo.usecases.borders.reading import Reading
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.dossier.assessing import Assessing
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.inspection.drift_history import DriftHistory
from chengnuo.usecases.register_desk import Desk


def border_desk(outside: Outside, register: Desk, decisions: Decisions | None) -> BorderDesk | None:
    """Return the desk; None where nothing is kept, or nobody could hand anything in."""
    if outside.borders is None or decisions is None:
        return None
    log, payloads = outside.evidence.log, outside.evidence.payloads
    reading = Reading(
        log=log,
        payloads=payloads,
        register_of=register.register_of,
        catalogue=register.catalogue,
    )
    used = UseCounter(log=log, payloads=payloads, store=outside.uses)
    known = KnownHere(consents=outside.consents, uses=used)
    counter = BorderCounter(reading, outside.borders.store, known)
    return BorderDesk(
        providing=ProvidingDesk(counter=counter, decisions=decisions.desk, register=register),
        calendar=outside.borders.calendar,
        clock=outside.clock,
    )


def pages_of_borders(
    desk: BorderDesk | None,
    dossiers: DossierDesk | None,
    assessing: Assessing,
    drift: DriftHistory | None,
) -> list[Router]:
    """Return the page of what goes abroad and the sheets of assessments."""
    return [
        *border_pages(desk, dossiers, assessing.kept, drift),
        *assessment_pages(dossiers, assessing),
    ]

"""What goes abroad, in a running service."""

from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.borders.counting import BorderCounter, KnownHere
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.borders.providing import ProvidingDesk
from chengnuo.usecases.borders.reading import Reading
from chengnuo.usecases.consent.counting import UseCounter
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

"""The console's page of drift: the figure over time, and what is apart in the newest recorded run.

Any role may read it: it holds the register and what follows from it, and no information of an
individual.
"""

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide

from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_drift_view import PATH, drift_page
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.inspection.drift_history import DriftHistory
from chengnuo.usecases.register_desk import Desk

GivenHistory = NamedDependency[DriftHistory]
GivenDesk = NamedDependency[Desk]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def drift(request: Asked, drift_history: GivenHistory, register_desk: GivenDesk) -> Page:
    """Show the recorded runs."""
    served = register_desk.served
    say = Speaker(
        lang=exchange_of(request.scope).lang,
        register=served.register,
        catalogue=register_desk.catalogue,
    )
    page = drift_page(say, drift_history.runs())
    frame = console_frame(request, served)
    html = render("console/drift.html", frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML)


def drift_pages(history: DriftHistory | None, desk: Desk) -> list[Router]:
    """Return the routes of the console below `/console/drift`; none where nothing is recorded."""
    if history is None:
        return []

    def drift_history() -> DriftHistory:
        return history

    def register_desk() -> Desk:
        return desk

    given = {
        "drift_history": Provide(drift_history, sync_to_thread=False),
        "register_desk": Provide(register_desk, sync_to_thread=False),
    }
    return [Router(path=PATH, route_handlers=[drift], include_in_schema=False, dependencies=given)]

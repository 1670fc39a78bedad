"""The pages and routes of requests about rights, joined for the service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from litestar import Router
from litestar.types import ASGIApp

from chengnuo.doors.http.rights_agency import Agents
from chengnuo.doors.http.rights_agents import agents_router
from chengnuo.doors.http.transfers import PATHS as TRANSFER_PATHS
from chengnuo.doors.http.transfers import Transfers
from chengnuo.doors.web.centre_rights_house import House
from chengnuo.doors.web.centre_rights_pages import rights_pages as centre_rights_pages
from chengnuo.doors.web.console_rights import rights_pages as console_rights_pages
from chengnuo.doors.web.console_rights_house import RightsHouse
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.clock import Clock
from chengnuo.ports.notifications import NotificationFigures
from chengnuo.ports.rights import RightsStore
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting_view import RightsView
from chengnuo.usecases.rights.figures import RightsFigures
from chengnuo.usecases.rights.reading import RequestReading
from chengnuo.usecases.rights.received_desk import ReceivedDesk
from chengnuo.usecases.rights.transferring_in import TransferReceiver


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsOutside:
    """What pages and routes of requests stand on.

    Attributes:
        desk: The use cases around requests.
        store: Keeps them.
        figures: Counts them.
        view: Shows what was gathered for one.
        calendar: The official working days.
        agents: What agents of individuals may do; None where none are set.
        receiver: Takes in what other handlers move here; None where nothing is taken.
        notifications: Counts what people are told of requests; None where nobody is.

    """

    desk: RightsDesk
    store: RightsStore
    figures: RightsFigures
    view: RightsView
    calendar: WorkingCalendar
    agents: Agents | None = None
    receiver: TransferReceiver | None = None
    notifications: Callable[[], NotificationFigures] | None = None


def rights_pages(
    rights: RightsOutside | None,
    desk: Desk,
    clock: Clock,
    recorder: Recorder,
    automated: AutomatedDesk | None,
) -> list[Router]:
    """Return the pages of the centre and the console; none where requests are not taken."""
    if rights is None:
        return []
    return [
        *([] if rights.agents is None else [agents_router(rights.agents)]),
        centre_rights_pages(
            House(
                register=desk,
                rights=rights.desk,
                take_file=rights.desk.file,
                view=rights.view,
                calendar=rights.calendar,
                clock=clock,
                receiver=rights.receiver,
                automated=automated,
            )
        ),
        console_rights_pages(
            RightsHouse(
                rights=rights.desk,
                register=desk,
                figures=rights.figures,
                reading=RequestReading(store=rights.store, recorder=recorder),
                received=None
                if rights.receiver is None
                else ReceivedDesk(receiver=rights.receiver),
            )
        ),
    ]


def transfer_routes(rights: RightsOutside | None, clock: Clock) -> dict[str, ASGIApp]:
    """Return the routes by which other handlers bring what is moved here; they take no key."""
    if rights is None or rights.receiver is None:
        return {}
    taking = Transfers(receiver=rights.receiver, clock=clock)
    return dict.fromkeys(TRANSFER_PATHS, cast("ASGIApp", taking))

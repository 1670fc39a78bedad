"""What all pages of rights stand on, and how each is set."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from litestar import MediaType, Response
from litestar.di import NamedDependency

from chengnuo.domain.register.app import App
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_paper_pages import chosen_app
from chengnuo.doors.web.centre_rights_words import RightsSpeaker, rights_speaker
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.clock import Clock
from chengnuo.ports.rights_exports import ExportStream
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting_view import RightsView
from chengnuo.usecases.rights.seen import Asker
from chengnuo.usecases.rights.transferring_in import TransferReceiver

TakeFile = Callable[[RequestId, Asker, int], ExportStream]
"""Returns a part of a copy to whoever it belongs to, if they proved lately who they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the pages of rights stand on.

    Attributes:
        register: The register in force.
        rights: All that can be done about requests.
        take_file: Gives the files of a copy.
        view: Shows what was gathered for a request.
        calendar: The official calendar of working days.
        clock: Tells now.
        receiver: Takes in what other handlers move here; None where nothing is taken.
        automated: Recorded automated decisions; None where none are recorded.

    """

    register: Desk
    rights: RightsDesk
    take_file: TakeFile
    view: RightsView
    calendar: WorkingCalendar
    clock: Clock
    receiver: TransferReceiver | None = None
    automated: AutomatedDesk | None = None

    def now(self) -> datetime:
        """Return the instant."""
        return self.clock.now()

    def speaker(self, request: Asked) -> RightsSpeaker:
        """Return the words of the language that the request asks for."""
        return rights_speaker(exchange_of(request.scope).lang, self.register)

    def app(self, request: Asked) -> App:
        """Return the app from which the individual came, else the first."""
        register = self.register.served.register
        return chosen_app(register, "", exchange_of(request.scope).visitor)

    def shown(self, request: Asked, template: str, page: object) -> Page:
        """Return a page in the frame of the centre."""
        html = render(template, frame=centre_frame(request, self.register.current()), page=page)
        return Response(html, media_type=MediaType.HTML, status_code=200)


GivenHouse = NamedDependency[House]

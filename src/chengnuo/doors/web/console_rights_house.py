"""What every page of requests about rights is made from, and how it is answered."""

from dataclasses import dataclass

from litestar import MediaType, Response
from litestar.di import NamedDependency

from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.accounts import Role
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.figures import RightsFigures
from chengnuo.usecases.rights.reading import RequestReading
from chengnuo.usecases.rights.received_desk import ReceivedDesk

EVERYBODY = requires(*sorted(ROLES))
WORKERS = requires(Role.STAFF, Role.REVIEWER)
"""Who takes requests in and mends; a reviewer besides releases, which the desk makes sure of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsHouse:
    """What the pages are made from.

    Attributes:
        rights: The desk for requests.
        register: The register in force.
        figures: Counts requests.
        reading: Opens what is personal of a request.
        received: Gives out what was moved here; None where nothing is taken in.

    """

    rights: RightsDesk
    register: Desk
    figures: RightsFigures
    reading: RequestReading
    received: ReceivedDesk | None = None

    def words(self, request: Asked) -> RightsWords:
        """Return the words of a page."""
        served = self.register.current()
        return RightsWords(
            lang=exchange_of(request.scope).lang,
            register=None if served is None else served.register,
            catalogue=self.register.catalogue,
        )

    def shown(self, request: Asked, template: str, page: object, *, status: int = 200) -> Page:
        """Return a page."""
        frame = console_frame(request, self.register.current())
        html = render(template, frame=frame, page=page)
        return Response(html, media_type=MediaType.HTML, status_code=status)


GivenHouse = NamedDependency[RightsHouse]


def names_of(services: Services) -> dict[str, str]:
    """Return the sign-in names of accounts by their ids."""
    return {account.id: account.name for account in services.accounts.store.accounts()}

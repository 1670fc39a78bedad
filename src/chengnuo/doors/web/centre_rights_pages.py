"""The pages of 办理权利 joined: sheets, progress, one's own information, cancelling, for others."""

from litestar import Router
from litestar.di import Provide

from chengnuo.doors.web import (
    centre_rights,
    centre_rights_cancel,
    centre_rights_content,
    centre_rights_others,
    centre_rights_receive,
    centre_rights_requests,
)
from chengnuo.doors.web.centre_rights_house import House
from chengnuo.doors.web.centre_rights_words import PATH

ROUTES = (
    *centre_rights.ROUTES,
    *centre_rights_requests.ROUTES,
    *centre_rights_content.ROUTES,
    *centre_rights_cancel.ROUTES,
    *centre_rights_others.ROUTES,
    *centre_rights_receive.ROUTES,
)


def rights_pages(house: House) -> Router:
    """Return the routes of 办理权利.

    Args:
        house: What the pages stand on.

    """

    def stands_on() -> House:
        return house

    return Router(
        path=PATH,
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={"house": Provide(stands_on, sync_to_thread=False)},
    )

"""The console's list of what individuals had moved here, and taking it out (PIPL Art. 45 para. 3).

Staff, reviewer and auditor see the list; staff and reviewer take a file out, with a reason that
stands in the individual's own evidence before a byte is given. An admin sees nothing of it.
"""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter

from chengnuo.base.errors import InvalidInputError
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.centre_rights_requests import answer_range
from chengnuo.doors.web.console_rights_house import WORKERS, GivenHouse, RightsHouse
from chengnuo.doors.web.console_rights_received_view import received_page
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.rights.received_desk import ReceivedDesk

_LONGEST, _DIGITS = 1000, 6
OfferPath = Annotated[str, PathParameter(pattern=r"^to-[a-z2-7]{20}$")]


@get("/received", guards=[FOR_READERS], sync_to_thread=True)
def received(request: Asked, house: GivenHouse, staff: GivenStaff) -> Page:
    """Show what was moved here."""
    return _page(request, house, signed_in(staff).account)


@post("/received/{offer:str}/take", guards=[WORKERS])
async def take(
    request: Asked, house: GivenHouse, staff: GivenStaff, offer: OfferPath
) -> Response[Any]:
    """Give a file of a transfer out, once that is recorded."""
    part = await field(request, "part", most=_DIGITS)
    reason = await field(request, "reason", most=_LONGEST)
    me = signed_in(staff).account
    return await sync_to_thread(_take, request, house, me, offer, part, reason)


RECEIVED_ROUTES = (received, take)


def _take(  # noqa: PLR0913, PLR0917  what is taken out by whom and why
    request: Asked, house: RightsHouse, me: Account, offer: str, part: str, reason: str
) -> Response[Any]:
    number = int(part) if part.isascii() and part.isdigit() else 0  # there is no such part
    try:
        found = _desk(house).take(offer, number, by=me.id, reason=reason)
    except InvalidInputError as error:
        said = error_text(error.code, house.words(request).lang)
        return _page(request, house, me, error=said, wrong=offer, reason=reason)
    return answer_range(found, "", None)


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    house: RightsHouse,
    me: Account,
    *,
    error: str = "",
    wrong: str = "",
    reason: str = "",
) -> Page:
    page = received_page(
        house.words(request),
        _desk(house).all(),
        acts=me.role in {Role.STAFF, Role.REVIEWER},
        error=error,
        wrong=wrong,
        reason=reason,
    )
    return house.shown(request, "console/rights_received.html", page, status=400 if error else 200)


def _desk(house: RightsHouse) -> ReceivedDesk:
    """Return the desk.

    Raises:
        NotFoundException: Nothing is taken in here.

    """
    if house.received is None:
        raise NotFoundException
    return house.received

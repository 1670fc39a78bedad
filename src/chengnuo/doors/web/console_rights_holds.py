"""The console's list of what is kept back from deletion, and setting and lifting it.

Staff, reviewer and auditor see it, because a reason names somebody; staff and reviewer set one,
and the desk makes sure that another than who set it lifts it.
"""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.params import PathParameter
from litestar.response import Redirect

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.console_rights_holds_view import HOLDS_PATH, TypedHold, holds_page
from chengnuo.doors.web.console_rights_house import WORKERS, GivenHouse, RightsHouse, names_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.law.civil import end_of
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.rights.refusals import RightsHoldError

_LONGEST = 1000
HoldPath = Annotated[str, PathParameter(pattern=r"^ho-[0-9a-f]{20}$")]


@get("/holds", guards=[FOR_READERS], sync_to_thread=True)
def holds(request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff) -> Page:
    """Show what is kept back."""
    return _page(request, services, house, signed_in(staff).account)


@post("/holds", guards=[WORKERS])
async def hold(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Page | Redirect:
    """Keep something back."""
    typed = TypedHold(
        account=(await field(request, "account", most=_LONGEST)).strip(),
        table=await field(request, "table", most=_LONGEST),
        until=(await field(request, "until", most=40)).strip(),
        reason=await field(request, "reason", most=_LONGEST),
        secret=await field(request, "secret", most=10) == "yes",
    )
    me = signed_in(staff).account
    return await sync_to_thread(_hold, request, services, house, me, typed)


@post("/holds/{hold:str}/lift", guards=[WORKERS])
async def lift(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff, hold: HoldPath
) -> Page | Redirect:
    """Keep something back no longer."""
    reason = await field(request, "reason", most=_LONGEST)
    me = signed_in(staff).account
    return await sync_to_thread(_lift, request, services, house, me, hold, reason)


HOLD_ROUTES = (holds, hold, lift)


def _hold(
    request: Asked, services: Services, house: RightsHouse, me: Account, typed: TypedHold
) -> Page | Redirect:
    try:
        house.rights.hold(
            typed.account,
            table=typed.table,
            reason=typed.reason,
            until=_until(typed.until),
            by=me,
            secret=typed.secret,
        )
    except (InvalidInputError, ConflictError) as error:
        said = error_text(error.code, house.words(request).lang)
        return _page(request, services, house, me, typed=typed, error=said)
    return go(HOLDS_PATH)


def _lift(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked, services: Services, house: RightsHouse, me: Account, wanted: str, reason: str
) -> Page | Redirect:
    try:
        house.rights.lift(wanted, me, reason)
    except (InvalidInputError, ConflictError) as error:
        said = error_text(error.code, house.words(request).lang)
        return _page(request, services, house, me, error=said, wrong=wanted)
    return go(HOLDS_PATH)


def _until(typed: str) -> datetime | None:
    """Return the end of a day typed in; None where none is.

    Raises:
        RightsHoldError: It is no day.

    """
    if not typed:
        return None
    try:
        return end_of(datetime.fromisoformat(typed).date())
    except ValueError:
        raise RightsHoldError from None


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    house: RightsHouse,
    me: Account,
    *,
    typed: TypedHold | None = None,
    error: str = "",
    wrong: str = "",
) -> Page:
    page = holds_page(
        house.words(request),
        house.rights.holds(),
        names_of(services),
        typed=typed or TypedHold(),
        acts=me.role in {Role.STAFF, Role.REVIEWER},
        error=error,
        wrong=wrong,
    )
    return house.shown(request, "console/rights_holds.html", page, status=400 if error else 200)

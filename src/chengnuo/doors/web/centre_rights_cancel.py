"""账户注销: the conditions, what goes, what stays, time to think again; then one confirmation.

Asked for is nothing more than is published, and never more than when one registered (191号文 6.1,
6.2; E-Commerce Law Art. 24; NDR Art. 24).
"""

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread

from chengnuo.base.errors import UnavailableError
from chengnuo.base.text import Lang
from chengnuo.domain.rights.identity import Why
from chengnuo.domain.rights.request import CancellationAsked
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.web.centre_rights_asking import (
    CheckView,
    asker_of,
    check_of,
    lacks,
    visitor_of,
)
from chengnuo.doors.web.centre_rights_cards import answer_by
from chengnuo.doors.web.centre_rights_house import GivenHouse, House
from chengnuo.doors.web.centre_rights_preview import PreviewView, preview_of
from chengnuo.doors.web.centre_rights_sheet import due_line
from chengnuo.doors.web.centre_rights_words import REQUESTS, RightsSpeaker
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.conditions import ConditionSeen
from chengnuo.usecases.rights.refusals import IdentityNotProvedError

_GUARDS = [requires(INDIVIDUAL)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionView:
    """One condition, and whether it is met."""

    what: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPage:
    """The page 账户注销.

    Attributes:
        possible: Whether the app has accounts that can be cancelled here.
        conditions: What has to be so.
        cooling_off: How long one can think again; empty where nothing is published.
        preview: What goes and what stays; None where it cannot be looked at yet.
        trouble: Why not; empty otherwise.
        check: Whether it is clear who asks.
        due: By when one hears.
        provisional: That the date may move; empty for an exact one.
        can_send: Whether it may be confirmed.

    """

    possible: bool
    conditions: tuple[ConditionView, ...]
    cooling_off: str
    preview: PreviewView | None
    trouble: str
    check: CheckView
    due: str
    provisional: str
    can_send: bool


@get("/cancel-account", guards=_GUARDS, sync_to_thread=True)
def cancel_account(request: Asked, house: GivenHouse, services: GivenServices) -> Page:
    """Show what cancelling the account means, before it is confirmed."""
    page = _page(request, house, services)
    return house.shown(request, "centre/rights_cancel.html", page)


@post("/cancel-account", guards=_GUARDS)
async def confirm_cancelling(request: Asked, house: GivenHouse) -> Response[Any]:
    """Take the request in; it can be taken back until the time to think again is over."""
    seen = await sync_to_thread(
        house.rights.open,
        asker_of(visitor_of(request)),
        Right.CANCEL_ACCOUNT,
        CancellationAsked(),
    )
    return go(f"{REQUESTS}/{seen.request.id}?sent=yes")


ROUTES = (cancel_account, confirm_cancelling)


def _page(request: Asked, house: House, services: Services) -> CancelPage:
    say, app, visitor = house.speaker(request), house.app(request), visitor_of(request)
    asker, now = asker_of(visitor), house.now()
    why = lacks(services, visitor, Right.CANCEL_ACCOUNT, now)
    preview, trouble = None, ""
    try:
        plan = house.rights.preview(asker, Right.CANCEL_ACCOUNT, CancellationAsked())
        preview = preview_of(say, plan)
    except IdentityNotProvedError:
        trouble = say.t("centre.rights.preview.after-check")
    except UnavailableError as error:
        trouble = say.t("centre.rights.preview.unavailable", why=say.error(error))
    due = answer_by(say.register, app, Right.CANCEL_ACCOUNT, now, house.calendar)
    period = None if app.cancellation is None else app.cancellation.cooling_off
    return CancelPage(
        possible=app.cancellation is not None,
        conditions=tuple(
            _condition(say, one) for one in house.rights.cancellation_conditions(asker)
        ),
        cooling_off="" if period is None else period.in_words(chinese=say.lang is Lang.ZH),
        preview=preview,
        trouble=trouble,
        check=check_of(say, visitor, Right.CANCEL_ACCOUNT, why),
        due=due_line(say, due),
        provisional=say.provisional(due),
        can_send=why in {None, Why.NOT_RECENT},
    )


def _condition(say: RightsSpeaker, one: ConditionSeen) -> ConditionView:
    kind, word = {
        True: (StatusKind.FINE, "met"),
        False: (StatusKind.WARN, "not-met"),
        None: (StatusKind.NOTE, "to-be-checked"),
    }[one.met]
    status = Status(kind=kind, word=say.t(f"centre.rights.cancel.{word}"))
    return ConditionView(what=say.text(one.what), status=status)

"""Acts upon several requests about rights at once: shown for each before any is done."""

from dataclasses import dataclass

from litestar import post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.console_rights_acts_view import may, typed_in_by
from chengnuo.doors.web.console_rights_house import (
    WORKERS,
    GivenHouse,
    RightsHouse,
)
from chengnuo.doors.web.console_rights_queue_view import (
    BULK_ACTS,
)
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Status, StatusKind, Words
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.accounts import Account
from chengnuo.usecases.rights.seen import RequestSeen

_MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLine:
    """One request among several.

    Attributes:
        request: A link to it.
        right: Which right, and what its plan comes to.
        status: Whether it would be done, or was.
        why: Why not, or empty.

    """

    request: Words
    right: str
    status: Status
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage:
    """What would be done with several requests, or what was.

    Attributes:
        act: Its name.
        title: What the page says first.
        lead: How many.
        lines: Each request.
        ids: Those that would be done, for the form.
        button: What the button says; empty once it is done, or where nothing can be.

    """

    act: str
    title: str
    lead: str
    lines: tuple[BulkLine, ...]
    ids: tuple[str, ...]
    button: str


@post("/bulk", guards=[WORKERS])
async def bulk(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Page:
    """Show what would be done with the requests that are ticked; nothing is done yet."""
    act, ids = await _ticked(request)
    me = signed_in(staff).account
    return await sync_to_thread(_preview, request, services, house, me, act, ids)


@post("/bulk/do", guards=[WORKERS])
async def bulk_do(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Page:
    """Do it, each by itself, and show what came of it."""
    act, ids = await _ticked(request)
    me = signed_in(staff).account
    return await sync_to_thread(_do, request, services, house, me, act, ids)


BULK_ROUTES = (bulk, bulk_do)


async def _ticked(request: Asked) -> tuple[str, tuple[RequestId, ...]]:
    """Return the act and the requests of a form, each once.

    Raises:
        NotFoundException: There is no such act.

    """
    act = await field(request, "act")
    if act not in BULK_ACTS:
        raise NotFoundException
    given = (await request.form()).getall("request", [])
    ids = [RequestId(one[:40]) for one in given if isinstance(one, str)]
    return act, tuple(dict.fromkeys(ids))[:_MOST_AT_ONCE]


def _preview(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: RightsHouse,
    me: Account,
    act: str,
    ids: tuple[RequestId, ...],
) -> Page:
    say, single = house.words(request), services.accounts.single_person()
    lines, will = [], []
    for one in ids:
        seen = house.rights.seen(one)
        why = ""
        if not may(act, seen.stage, me.role, single_person=single):
            why = say.t("console.rights.bulk-wrong-stage")
        elif act == "release" and not single and typed_in_by(seen) == me.id:
            why = say.t("console.rights.bulk-own")
        else:
            will.append(one)
        lines.append(_bulk_line(say, seen, why))
    page = BulkPage(
        act=act,
        title=say.t("console.rights.bulk-title"),
        lead=say.t("console.rights.bulk-count", n=len(will), m=len(ids) - len(will)),
        lines=tuple(lines),
        ids=tuple(will),
        button=say.t(f"console.rights.bulk-do.{act}", n=len(will)) if will else "",
    )
    return house.shown(request, "console/rights_bulk.html", page)


def _bulk_line(say: RightsWords, seen: RequestSeen, why: str) -> BulkLine:
    plan = "" if seen.plan is None else say.t("console.rights.bulk-rows", n=f"{seen.plan.rows:,}")
    word = say.t("console.rights.bulk-skip" if why else "console.rights.bulk-will")
    return BulkLine(
        request=say.request_words(seen.request.id),
        right=" · ".join(filter(None, (say.right(seen.request.right), plan))),
        status=Status(kind=StatusKind.NONE if why else StatusKind.NOTE, word=word),
        why=why,
    )


def _do(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: RightsHouse,
    me: Account,
    act: str,
    ids: tuple[RequestId, ...],
) -> Page:
    del services
    say = house.words(request)
    lines = []
    for one in ids:
        seen = house.rights.seen(one)
        why = ""
        try:
            if act == "release":
                house.rights.release(one, me)
            else:
                house.rights.resume(one, me)
        except (InvalidInputError, ConflictError) as error:
            why = error_text(error.code, say.lang)
        word = "bulk-failed" if why else "bulk-done"
        kind = StatusKind.WARN if why else StatusKind.FINE
        lines.append(
            BulkLine(
                request=say.request_words(one),
                right=say.right(seen.request.right),
                status=Status(kind=kind, word=say.t(f"console.rights.{word}")),
                why=why,
            )
        )
    failed = sum(bool(line.why) for line in lines)
    page = BulkPage(
        act=act,
        title=say.t("console.rights.bulk-done-title"),
        lead=say.t("console.rights.bulk-result", n=len(lines) - failed, m=failed),
        lines=tuple(lines),
        ids=(),
        button="",
    )
    return house.shown(request, "console/rights_bulk.html", page)

"""The console's page of evidence files: ask for one, release what somebody else asked, take it.

The command line is refused while the service writes the log, so the service makes the file itself.
Staff and reviewer ask for a person or a duty over a period; an admin for a duty only; an auditor
sees the list. A reviewer other than who asked releases (four eyes); who asked takes the file.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter
from litestar.response import File, Redirect

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.instant import to_us
from chengnuo.domain.governance.audit_period import audit_period
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.refusals import NotAllowedError
from chengnuo.doors.web.console_evidence_export_view import (
    ABOUT_NO_FAULT,
    ABOUT_PACK,
    ABOUT_PERSON,
    Written,
    files_page,
)
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.law.civil import end_of, start_of
from chengnuo.ports.accounts import Account, Role
from chengnuo.ports.pack_shelf import KeptPack
from chengnuo.usecases.evidence.desk import NoReasonError, checked_reason
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.file_requests import FileRequest, Stage
from chengnuo.usecases.evidence.releasing import EvidenceRequests
from chengnuo.usecases.register_desk import Desk

LOG = logging.getLogger("chengnuo.evidence")

_PATH = "/console/evidence/files"
_ALL = requires(*sorted(ROLES))
_ASKERS = requires(Role.STAFF, Role.REVIEWER, Role.ADMIN)
_RELEASERS = requires(Role.REVIEWER)
_PATIENCE_S = 3.0
"""How long a form waits for a file before the page says that it is being made."""
_LONGEST_FIELD = 1000
RequestPath = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{1,32}$")]


class FileMaker:
    """Makes requested files in one thread of its own, one after the other."""

    def __init__(self, requests: EvidenceRequests) -> None:
        """Take the requests; nothing runs before one is started."""
        self.requests = requests
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="evidence-file")

    def start(self, request: FileRequest) -> None:
        """Begin to make a file that is due, and wait for it a little while."""
        if request.stage is not Stage.MAKING:
            return
        future = self._pool.submit(self.requests.make, request.id)
        future.add_done_callback(_note_unexpected)
        wait([future], timeout=_PATIENCE_S)

    def close(self) -> None:
        """Let the file being made be finished and drop those that wait; the log is needed still."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _note_unexpected(future: Future[None]) -> None:
    """Log what kind of error nobody foresaw, without its message or any value."""
    error = None if future.cancelled() else future.exception()
    if error is not None:
        LOG.error("%s while an evidence file was made", type(error).__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _House:
    """What every view here is made from."""

    desk: Desk
    maker: FileMaker


GivenHouse = NamedDependency[_House]


@get("/", guards=[_ALL], sync_to_thread=True)
def files(request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff) -> Page:
    """Show the form and the requests."""
    return _page(request, services, house, signed_in(staff).account)


@post("/", guards=[_ASKERS])
async def ask(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Response[str] | Redirect:
    """Ask for a file; it waits for a reviewer, or is made at once where nobody could review."""
    written = Written(
        about=await field(request, "about", most=_LONGEST_FIELD),
        account=(await field(request, "account", most=_LONGEST_FIELD)).strip(),
        category=await field(request, "category", most=_LONGEST_FIELD),
        start=await field(request, "start", most=_LONGEST_FIELD),
        end=await field(request, "end", most=_LONGEST_FIELD),
        reason=await field(request, "reason", most=_LONGEST_FIELD),
    )
    return await sync_to_thread(_ask, request, services, house, signed_in(staff).account, written)


@post("/{wanted:str}/release", guards=[_RELEASERS], sync_to_thread=True)
def release(house: GivenHouse, staff: GivenStaff, wanted: RequestPath) -> Redirect:
    """Release what somebody else asked for, and begin to make it."""
    house.maker.start(house.maker.requests.release(wanted, signed_in(staff).account))
    return go(_PATH)


@post("/{wanted:str}/decline", guards=[_ASKERS], sync_to_thread=True)
def decline(house: GivenHouse, staff: GivenStaff, wanted: RequestPath) -> Redirect:
    """Decline what somebody asked for, or take back what one asked for oneself."""
    house.maker.requests.decline(wanted, signed_in(staff).account)
    return go(_PATH)


@post("/{wanted:str}/file", guards=[_ASKERS], sync_to_thread=True)
def take(house: GivenHouse, staff: GivenStaff, wanted: RequestPath) -> Response[bytes] | File:
    """Hand the file out to who asked for it; that is recorded first."""
    me = signed_in(staff).account
    if house.maker.requests.one(wanted).person is not None and me.role is Role.ADMIN:
        raise NotAllowedError
    file = house.maker.requests.take(wanted, me)
    if isinstance(file, KeptPack):
        return File(
            file.path,
            filename=file.name,
            status_code=200,
            media_type="application/zip",
            headers={"cache-control": "no-store"},
        )
    return Response(
        file.data,
        status_code=200,
        media_type="application/zip",
        headers={
            "content-disposition": f'attachment; filename="{file.name}"',
            "cache-control": "no-store",
        },
    )


ROUTES = (files, ask, release, decline, take)


def evidence_file_pages(desk: Desk, maker: FileMaker) -> Router:
    """Return the routes of the console below `/console/evidence/files`.

    Args:
        desk: The register in force.
        maker: Makes what is requested.

    """
    made = _House(desk=desk, maker=maker)

    def house() -> _House:
        return made

    return Router(
        path=_PATH,
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={"house": Provide(house, sync_to_thread=False)},
    )


def _ask(
    request: Asked, services: Services, house: _House, me: Account, written: Written
) -> Response[str] | Redirect:
    requests, lang = house.maker.requests, exchange_of(request.scope).lang
    no_fault = requests.makes_no_fault and written.about == ABOUT_NO_FAULT
    of_person = no_fault or written.about == ABOUT_PERSON
    audit_pack = requests.makes_packs and written.about == ABOUT_PACK
    if of_person and me.role is Role.ADMIN:
        raise NotAllowedError
    wrong: dict[str, str] = {}
    start, end = _day(written.start), _day(written.end)
    say = RecordWords(lang=lang, register=None, catalogue=house.desk.catalogue)
    for name, given, day in (("start", written.start, start), ("end", written.end, end)):
        if given and day is None:
            wrong[name] = say.t("files.wrong-day")
        elif audit_pack and not given:
            wrong[name] = say.t("files.day-needed")
    if of_person and not written.account:
        wrong["account"] = say.t("files.account-needed")
    try:
        checked_reason(written.reason)
    except NoReasonError as error:
        wrong["reason"] = error_text(error.code, lang)
    try:
        if not wrong:
            if audit_pack:
                audit_period(f"{start}..{end}")
            window = Window(
                start=0 if start is None else to_us(start_of(start)),
                end=requests.newest_instant() if end is None else _last_of(end),
            )
            made = requests.ask(
                me,
                window,
                written.reason,
                account=written.account if of_person else "",
                duty="" if of_person or audit_pack else written.about,
                no_fault=no_fault,
                audit_pack=audit_pack,
                category=written.category if no_fault else "",
            )
            house.maker.start(made)
            return go(_PATH)
    except (InvalidInputError, ConflictError) as error:
        wrong[_FIELD_OF.get(error.code, "about")] = error_text(error.code, lang)
    return _page(request, services, house, me, written=written, wrong=wrong)


_FIELD_OF = {
    "no-chain": "account",
    "evidence-window": "end",
    "audit-period": "end",
    "unknown-category": "category",
}


def _day(given: str) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if 1970 < day.year < date.max.year else None  # noqa: PLR2004  no instant before


def _last_of(day: date) -> int:
    return to_us(end_of(day) - timedelta(microseconds=1))


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    house: _House,
    me: Account,
    *,
    written: Written | None = None,
    wrong: dict[str, str] | None = None,
) -> Page:
    served = house.desk.current()
    say = RecordWords(
        lang=exchange_of(request.scope).lang,
        register=None if served is None else served.register,
        catalogue=house.desk.catalogue,
    )
    page = files_page(
        say,
        me,
        services.accounts.store.accounts(),
        house.maker.requests.all(),
        single_person=house.maker.requests.single_person(),
        makes_no_fault=house.maker.requests.makes_no_fault,
        makes_packs=house.maker.requests.makes_packs,
        written=written or Written(),
        wrong=wrong or {},
    )
    html = render("console/evidence_files.html", frame=console_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=400 if wrong else 200)

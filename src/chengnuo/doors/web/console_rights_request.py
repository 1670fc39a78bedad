"""One request about rights in the console: its page, and the acts upon it by role and stage.

Releasing, refusing and closing in part take a reviewer other than who took the request in; the desk
makes sure of that. An extension is shown as the letter that the individual gets before it is made.
"""

from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter
from litestar.response import Redirect

from chengnuo.domain.rights.letters import REFUSALS, extension_letter
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.console_rights_acts_view import (
    MOST_EXTENDED,
    Reason,
    Written,
    acts_view,
    typed_in_by,
)
from chengnuo.doors.web.console_rights_house import (
    WORKERS,
    GivenHouse,
    RightsHouse,
    names_of,
)
from chengnuo.doors.web.console_rights_view import request_page, written_by
from chengnuo.doors.web.console_rights_words import RightsWords, href_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.four_eyes import eyes_for
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Fact
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.law.working_days import WorkingDays, add_working_days
from chengnuo.ports.accounts import Account
from chengnuo.usecases.evidence.desk import NoReasonError
from chengnuo.usecases.rights.refusals import NoSuchRightsRequestError, RightsReasonError
from chengnuo.usecases.rights.seen import RequestSeen

_ACTS = ("release", "decline", "resume", "partly", "extend")
_LONGEST = 1000
RequestPath = Annotated[str, PathParameter(pattern=r"^rq-[a-z2-7]{1,30}$")]
ActPath = Annotated[str, PathParameter(pattern=r"^[a-z]{1,10}$")]
DoneQuery = Annotated[str, QueryParameter(pattern=r"^[a-z]{0,10}$")]
Answered: TypeAlias = Page | Redirect


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionPage:
    """An extension before it is made.

    Attributes:
        href: The request's page.
        id: The request.
        days: By how many working days.
        reason: Why.
        until: The new last day.
        letter: What the individual gets.

    """

    href: str
    id: str
    days: int
    reason: str
    until: str
    letter: str


@get("/{wanted:str}", guards=[FOR_READERS], sync_to_thread=True)
def one(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: GivenServices,
    house: GivenHouse,
    staff: GivenStaff,
    wanted: RequestPath,
    done: DoneQuery = "",
) -> Page:
    """Show a request."""
    look = _Look(request=request, services=services, house=house, me=signed_in(staff).account)
    seen = look.seen(wanted)
    known = done in {*_ACTS, "ask"}
    return look.page(seen, done=look.say.t(f"console.rights.done-{done}") if known else "")


@post("/{wanted:str}/read", guards=[FOR_READERS])
async def read(
    request: Asked,
    services: GivenServices,
    house: GivenHouse,
    staff: GivenStaff,
    wanted: RequestPath,
) -> Page:
    """Record who looks at what the individual wrote and why, then show it."""
    reason = await field(request, "reason", most=_LONGEST)
    look = _Look(request=request, services=services, house=house, me=signed_in(staff).account)
    return await sync_to_thread(_read, look, wanted, reason)


@post("/{wanted:str}/{act:str}", guards=[WORKERS])
async def do(  # noqa: PLR0913, PLR0917  what an act is made from
    request: Asked,
    services: GivenServices,
    house: GivenHouse,
    staff: GivenStaff,
    wanted: RequestPath,
    act: ActPath,
) -> Answered:
    """Do something with a request; an extension is shown first."""
    written = Written(
        act=act,
        reason=(await field(request, "reason", most=_LONGEST)).strip(),
        code=await field(request, "code", most=60),
        days=(await field(request, "days", most=10)).strip(),
    )
    sure = await field(request, "sure", most=10) == "yes"
    look = _Look(request=request, services=services, house=house, me=signed_in(staff).account)
    return await sync_to_thread(_act, look, wanted, written, sure=sure)


REQUEST_ROUTES = (one, read, do)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """Somebody who looks at requests."""

    request: Asked
    services: Services
    house: RightsHouse
    me: Account

    @property
    def say(self) -> RightsWords:
        """The words of the page."""
        return self.house.words(self.request)

    def seen(self, wanted: str) -> RequestSeen:
        """Return a request.

        Raises:
            NotFoundException: There is none.

        """
        try:
            return self.house.rights.seen(RequestId(wanted))
        except NoSuchRightsRequestError as error:
            raise NotFoundException from error

    def page(
        self,
        seen: RequestSeen,
        *,
        done: str = "",
        written: Written | None = None,
        facts: tuple[Fact, ...] = (),
        wrong: str = "",
    ) -> Page:
        """Return the page of a request."""
        say = self.say
        acts = acts_view(
            say,
            seen,
            self.me,
            single_person=self.services.accounts.single_person(),
            eyes=eyes_for(self.request, typed_in_by(seen), say.t("second-person.missing-rights")),
            reasons=tuple(
                Reason(value=code, name=why.in_lang(say.lang))
                for code, (_, why) in REFUSALS.items()
            ),
            written=written or Written(),
        )
        names = names_of(self.services)
        made = request_page(say, seen, acts, names, done=done, read=facts, wrong=wrong)
        bad = wrong or (written is not None and written.error)
        return self.house.shown(
            self.request, "console/rights_request.html", made, status=400 if bad else 200
        )


def _read(look: _Look, wanted: str, reason: str) -> Page:
    seen = look.seen(wanted)
    try:
        asked = look.house.reading.read(seen.request.id, by=look.me.id, reason=reason)
    except NoReasonError as error:
        return look.page(seen, wrong=error_text(error.code, look.say.lang))
    whole = seen if asked is None else replace(seen, request=replace(seen.request, asked=asked))
    facts = written_by(look.say, whole)
    nothing = look.say.t("console.rights.nothing-written")
    return look.page(seen, facts=facts, done="" if facts else nothing)


def _act(look: _Look, wanted: str, written: Written, *, sure: bool) -> Answered:
    if written.act not in _ACTS:
        raise NotFoundException
    seen, rights, me = look.seen(wanted), look.house.rights, look.me
    request = seen.request.id
    if written.act == "extend":
        return _extend(look, seen, written, sure=sure)
    try:
        match written.act:
            case "release":
                rights.release(request, me)
            case "resume":
                rights.resume(request, me)
            case "decline":
                rights.decline(request, me, written.code, written.reason)
            case _:
                rights.conclude_partly(request, me, written.reason)
    except RightsReasonError as error:
        said = error_text(error.code, look.say.lang)
        return look.page(seen, written=replace(written, error=said, field="reason"))
    return go(f"{href_of(request)}?done={written.act}")


def _extend(look: _Look, seen: RequestSeen, written: Written, *, sure: bool) -> Answered:
    request = seen.request.id
    days = int(written.days) if written.days.isascii() and written.days.isdigit() else 0
    if not 1 <= days <= MOST_EXTENDED:
        said = look.say.t("console.rights.days-wrong")
        return look.page(seen, written=replace(written, error=said, field="days"))
    if not _FEWEST <= len(written.reason) <= _MOST:
        said = error_text(RightsReasonError.code, look.say.lang)
        return look.page(seen, written=replace(written, error=said, field="reason"))
    if sure:
        look.house.rights.extend(request, look.me, WorkingDays(days), written.reason)
        return go(f"{href_of(request)}?done=extend")
    until = add_working_days(seen.due.on, WorkingDays(days), look.house.figures.calendar)
    letter = extension_letter(seen.request, until.on.isoformat(), written.reason)
    page = ExtensionPage(
        href=href_of(request),
        id=request,
        days=days,
        reason=written.reason,
        until=until.on.isoformat(),
        letter=letter.in_lang(look.say.lang),
    )
    return look.house.shown(look.request, "console/rights_extension.html", page)


_FEWEST, _MOST = 5, 450
"""How long a reason may be; the desk asks for the same."""

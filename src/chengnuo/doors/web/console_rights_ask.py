"""Taking a request in for somebody: by phone, on paper, for relatives, or of our own accord.

Who types it in uses an individual's account id, so how it was asked is recorded first, in that
individual's own chain. A deletion because handling was unlawful has nobody who asks (PIPL Art. 47
para. 1 item 4). Papers of close relatives and agents are looked at, never copied (Art. 49).
"""

from dataclasses import dataclass

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.response import Redirect

from chengnuo.base.errors import ConflictError, InvalidInputError, UnavailableError
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.request import (
    Asked as WhatIsAsked,
)
from chengnuo.domain.rights.request import (
    AskedBy,
    CancellationAsked,
    DeletionAsked,
    ExplanationAsked,
    Ground,
    ReadAsked,
    RestrictionAsked,
)
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.console_rights_acts_view import Reason
from chengnuo.doors.web.console_rights_house import WORKERS, GivenHouse, RightsHouse
from chengnuo.doors.web.console_rights_words import RightsWords, href_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Account
from chengnuo.usecases.evidence.desk import NoReasonError, checked_reason
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.reading import TAKEN_IN
from chengnuo.usecases.rights.refusals import RightsAmbiguousError, RightsNoMatchError
from chengnuo.usecases.rights.seen import Asker

_LONGEST = 1000
_LONGEST_ACCOUNT = 200
_FORMATS = ("html", "json", "csv")
_RIGHTS = (
    Right.ACCESS,
    Right.COPY,
    Right.DELETE,
    Right.CANCEL_ACCOUNT,
    Right.RESTRICT,
    Right.EXPLAIN_RULES,
    Right.EXPLAIN_AUTOMATED,
)
"""What can be typed in; values to correct are given by the individual alone."""
_BY = (
    AskedBy.INDIVIDUAL,
    AskedBy.GUARDIAN,
    AskedBy.CLOSE_RELATIVE,
    AskedBy.AGENT,
    AskedBy.STAFF,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed in."""

    kind: str = ""
    account: str = ""
    right: str = Right.ACCESS.value
    by: str = AskedBy.INDIVIDUAL.value
    ground: str = Ground.UNLAWFUL.value
    question: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """The form.

    Attributes:
        typed: What was typed in.
        kinds: By what somebody can be found.
        rights: Which rights there are.
        by: Who may ask.
        grounds: On which grounds information is deleted.
        wrong: What was wrong, by field.

    """

    typed: Typed
    kinds: tuple[Reason, ...]
    rights: tuple[Reason, ...]
    by: tuple[Reason, ...]
    grounds: tuple[Reason, ...]
    wrong: dict[str, str]


@get("/new", guards=[WORKERS], sync_to_thread=True)
def asking(request: Asked, house: GivenHouse) -> Page:
    """Show the form."""
    return _form(request, house, Typed(), {})


@post("/new", guards=[WORKERS])
async def ask(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Page | Redirect:
    """Take the request in."""
    typed = Typed(
        kind=await field(request, "kind", most=40),
        account=(await field(request, "account", most=_LONGEST)).strip(),
        right=await field(request, "right", most=40),
        by=await field(request, "by", most=40),
        ground=await field(request, "ground", most=40),
        question=(await field(request, "question", most=_LONGEST)).strip(),
        reason=await field(request, "reason", most=_LONGEST),
    )
    me = signed_in(staff).account
    return await sync_to_thread(_take_in, request, services, house, me, typed)


ASK_ROUTES = (asking, ask)


def _take_in(
    request: Asked, services: Services, house: RightsHouse, me: Account, typed: Typed
) -> Page | Redirect:
    say, wrong = house.words(request), dict[str, str]()
    if not 0 < len(typed.account) <= _LONGEST_ACCOUNT:
        wrong["account"] = say.t("console.rights.ask-account-wrong")
    try:
        checked_reason(typed.reason)
    except NoReasonError as error:
        wrong["reason"] = error_text(error.code, say.lang)
    if typed.right not in set(_RIGHTS) or typed.by not in set(_BY):
        wrong["right"] = error_text("invalid-input", say.lang)
    if wrong:
        return _form(request, house, typed, wrong)
    try:
        account = _account(house, me, typed)
    except (RightsNoMatchError, RightsAmbiguousError) as error:
        following = say.t(f"console.rights.kind.{error.ask_next or 'account'}")
        said = error_text(error.code, say.lang)
        wrong["account"] = say.t("console.rights.ask-next", said=said, kind=following)
        return _form(request, house, typed, wrong)
    except (InvalidInputError, UnavailableError) as error:
        wrong["account"] = error_text(error.code, say.lang)
        return _form(request, house, typed, wrong)
    person, right = person_key(services.tokens, account), Right(typed.right)
    asker = Asker(
        person=person,
        account=account,
        by=AskedBy(typed.by),
        app="",
        surface="console",
        authenticated_at=None,
        staff=me.id,
    )
    try:
        house.reading.note(person, TAKEN_IN, by=me.id, reason=typed.reason)
        seen = house.rights.open(asker, right, _asked(right, typed))
    except (InvalidInputError, ConflictError) as error:
        wrong["right"] = error_text(error.code, say.lang)
        return _form(request, house, typed, wrong)
    return go(f"{href_of(seen.request.id)}?done=ask")


def _account(house: RightsHouse, me: Account, typed: Typed) -> str:
    """Return the account meant; that one is looked up by something else is recorded first.

    Raises:
        InvalidInputError: There is no such kind of identifier.
        RightsNoMatchError: No account has the identifier.
        RightsAmbiguousError: Several have it.
        UnavailableError: A store does not answer, or it could not be recorded.

    """
    if not typed.kind:
        return typed.account
    if typed.kind not in house.rights.identifiers():
        raise InvalidInputError
    house.reading.note_look_up(by=me.id, reason=typed.reason)
    return house.rights.find({IdentifierKind(typed.kind): typed.account})


def _asked(right: Right, typed: Typed) -> WhatIsAsked:
    if right is Right.DELETE:
        known = {ground.value for ground in Ground}
        return DeletionAsked(
            ground=Ground(typed.ground) if typed.ground in known else Ground.UNLAWFUL
        )
    if right is Right.CANCEL_ACCOUNT:
        return CancellationAsked()
    if right is Right.RESTRICT:
        return RestrictionAsked(on=True)
    if right in {Right.EXPLAIN_RULES, Right.EXPLAIN_AUTOMATED}:
        return ExplanationAsked(question=typed.question)
    return ReadAsked(formats=_FORMATS if right is Right.COPY else ())


def _form(request: Asked, house: RightsHouse, typed: Typed, wrong: dict[str, str]) -> Page:
    page = _ask_page(house.words(request), house.rights.identifiers(), typed, wrong)
    status = 400 if wrong else 200
    return house.shown(request, "console/rights_ask.html", page, status=status)


def _ask_page(
    say: RightsWords, kinds: tuple[IdentifierKind, ...], typed: Typed, wrong: dict[str, str]
) -> AskPage:
    return AskPage(
        typed=typed,
        kinds=(
            Reason(value="", name=say.t("console.rights.kind.account")),
            *(Reason(value=one.value, name=say.t(f"console.rights.kind.{one}")) for one in kinds),
        ),
        rights=tuple(Reason(value=one.value, name=say.right(one)) for one in _RIGHTS),
        by=tuple(Reason(value=one.value, name=say.by(one)) for one in _BY),
        grounds=tuple(
            Reason(value=one.value, name=say.t(f"console.rights.ground.{one}")) for one in Ground
        ),
        wrong=dict.fromkeys(("account", "right", "reason"), "") | wrong,
    )

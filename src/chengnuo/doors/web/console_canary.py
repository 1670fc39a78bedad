"""The console's page on which a reviewer draws a canary value for a recipient.

The value is shown once, in the answer to the form; later it stands in its dossier. Staff, who
work with personal information every day, have neither page.
"""

from dataclasses import dataclass

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide

from chengnuo.base.errors import ChengnuoError, ConflictError, InvalidInputError, UnavailableError
from chengnuo.domain.dossier.sorts.canary import CANARY, KINDS
from chengnuo.domain.incident.canaries import CanaryKind
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_dossier_beside import CANARY_DESK
from chengnuo.doors.web.console_dossier_house import actor_of, path_of
from chengnuo.doors.web.console_incident_view import ChoiceView
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.page_parts import Fact, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.evidence.desk import NoReasonError, checked_reason
from chengnuo.usecases.incident.canary_desk import CanaryDesk, CanaryMade
from chengnuo.usecases.register_desk import Desk

_REVIEWER = requires(Role.REVIEWER)
_REFUSED = (InvalidInputError, ConflictError, UnavailableError)
_FIELDS = ("recipient", "kind", "own", "how", "reason")
_FIELD_OF = {"canary-base": "own", "dossier-field": "recipient", NoReasonError.code: "reason"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryHouse:
    """What the page is made from."""

    canaries: CanaryDesk
    register: Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryPage:
    """The page.

    Attributes:
        path: Where its form goes.
        list_href: Where all canary values are.
        kind: What their sort is called.
        recipients: Recipients to choose from.
        kinds: What a value can look like.
        typed: What was typed, by field.
        error: What was wrong; empty for nothing.
        wrong: Which field that was; empty for none.
        made: The value that was drawn, where it stands, and what is guaranteed; empty before.

    """

    path: str
    list_href: str
    kind: str
    recipients: tuple[ChoiceView, ...]
    kinds: tuple[ChoiceView, ...]
    typed: dict[str, str]
    error: str
    wrong: str
    made: tuple[Fact, ...]


GivenHouse = NamedDependency[CanaryHouse]


@get("/", guards=[_REVIEWER], sync_to_thread=True)
def canary(request: Asked, canary_house: GivenHouse) -> Page:
    """Show the form."""
    return _page(request, canary_house, dict.fromkeys(_FIELDS, ""))


@post("/", guards=[_REVIEWER])
async def draw(request: Asked, canary_house: GivenHouse, staff: GivenStaff) -> Page:
    """Draw a value, enter it as handed over, and show it once."""
    typed = {name: await field(request, name) for name in _FIELDS}
    me = signed_in(staff).account
    return await sync_to_thread(_draw, request, canary_house, me, typed)


def _draw(request: Asked, house: CanaryHouse, me: Account, typed: dict[str, str]) -> Page:
    try:
        kind = CanaryKind(typed["kind"])
    except ValueError:
        return _page(request, house, typed, wrong="kind")
    try:
        why = checked_reason(typed["reason"])
        made = house.canaries.make(
            typed["recipient"], kind, typed["own"], by=actor_of(me), how=typed["how"], why=why
        )
    except _REFUSED as error:
        return _page(request, house, typed, error=error, wrong=_FIELD_OF.get(error.code, "how"))
    return _page(request, house, dict.fromkeys(_FIELDS, ""), made=made)


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    house: CanaryHouse,
    typed: dict[str, str],
    *,
    error: ChengnuoError | None = None,
    wrong: str = "",
    made: CanaryMade | None = None,
) -> Page:
    desk, lang = house.register, exchange_of(request.scope).lang
    say = Speaker(lang=lang, register=desk.served.register, catalogue=desk.catalogue)
    said_wrong = "" if error is None else error_text(error.code, lang)
    page = CanaryPage(
        path=CANARY_DESK,
        list_href=path_of(CANARY),
        kind=say.text(CANARY.text),
        recipients=tuple(
            ChoiceView(value=one.recipient, name=say.text(one.name))
            for one in say.register.recipients
        ),
        kinds=tuple(ChoiceView(value=one.value, name=say.text(one.text)) for one in KINDS),
        typed=typed,
        error=said_wrong or (say.t("canary.kind-wrong") if wrong else ""),
        wrong=wrong,
        made=() if made is None else _made(say, made),
    )
    html = render("console/canary.html", frame=console_frame(request, desk.current()), page=page)
    headers = {"cache-control": "no-store"}
    status = 400 if wrong else 200
    return Response(html, media_type=MediaType.HTML, status_code=status, headers=headers)


def _made(say: Speaker, made: CanaryMade) -> tuple[Fact, ...]:
    href = f"{path_of(CANARY)}/{made.dossier}"
    return (
        Fact(name=say.t("canary.value"), value=(Words(text=made.value, code=True),)),
        Fact(name=say.t("canary.stands"), value=(Words(text=made.dossier, code=True, href=href),)),
        Fact(name=say.t("canary.guarantee"), value=said(say.text(made.guarantee))),
    )


def canary_pages(canaries: CanaryDesk | None, register: Desk) -> list[Router]:
    """Return the routes; none where dossiers are not kept."""
    if canaries is None:
        return []
    house = CanaryHouse(canaries=canaries, register=register)

    def canary_house() -> CanaryHouse:
        return house

    return [
        Router(
            path=CANARY_DESK,
            route_handlers=[canary, draw],
            include_in_schema=False,
            dependencies={"canary_house": Provide(canary_house, sync_to_thread=False)},
        )
    ]

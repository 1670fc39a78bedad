"""For somebody else: a guardian for a child, a close relative of somebody who has died.

A guardian comes in by the code that the child shows and then does everything the child could (PIPL
Art. 31). A close relative says how they are related and what for (Art. 49); both stand on a slip
to be shown when staff look at the papers, and nowhere else: neither they nor the papers are kept.
"""

from dataclasses import dataclass, replace
from typing import Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread

from chengnuo.domain.rights.request import EVERYTHING, DeletionAsked, Ground, ReadAsked
from chengnuo.domain.rights.request import Asked as Wanted
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_rights_asking import visitor_of
from chengnuo.doors.web.centre_rights_cards import answer_by
from chengnuo.doors.web.centre_rights_fields import FieldView, Option
from chengnuo.doors.web.centre_rights_given import Given, given_of
from chengnuo.doors.web.centre_rights_house import GivenHouse, House
from chengnuo.doors.web.centre_rights_requests import relative_of
from chengnuo.doors.web.centre_rights_sheet import ErrorView, StepView, due_line, errors_of, steps
from chengnuo.doors.web.centre_rights_words import REQUESTS, RightsSpeaker
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.page_parts import Fact, Words
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.law.rights import Right
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.seen import Asker

RELATIONS = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")
"""Close relatives by Civil Code Art. 1045 para. 2."""
_WISHES: dict[str, tuple[Right, Wanted]] = {
    "access": (Right.ACCESS, ReadAsked(scope=EVERYTHING)),
    "copy": (Right.COPY, ReadAsked(scope=EVERYTHING, formats=("html", "csv"))),
    "delete": (Right.DELETE, DeletionAsked(ground=Ground.PURPOSE, scope=EVERYTHING)),
}
_LONGEST_ACCOUNT = 200
_LEAST_PURPOSE, _LONGEST_PURPOSE = 5, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPage:
    """How a guardian acts for a child.

    Attributes:
        acts: Whether a guardian acts just now.
        minors: The way to the rules for children.

    """

    acts: bool
    minors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativePage:
    """The sheet of a close relative.

    Attributes:
        steps: The three steps.
        fields: What is asked.
        errors: What was wrong.
        due: By when one hears.
        provisional: That the date may move; empty for an exact one.

    """

    steps: tuple[StepView, ...]
    fields: tuple[FieldView, ...]
    errors: tuple[ErrorView, ...]
    due: str
    provisional: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPage:
    """What a close relative takes along to the check; the only place of what they said."""

    steps: tuple[StepView, ...]
    facts: tuple[Fact, ...]
    channels: tuple[str, ...]
    due: str
    provisional: str


@get("/child", guards=[requires(ANYONE)], sync_to_thread=True)
def for_a_child(request: Asked, house: GivenHouse) -> Page:
    """Say how a guardian acts for a child."""
    visitor = exchange_of(request.scope).visitor
    acts = visitor is not None and visitor.guardian is not None
    page = ChildPage(acts=acts, minors="/centre/minors")
    return house.shown(request, "centre/rights_child.html", page)


@get("/relative", guards=[requires(INDIVIDUAL)], sync_to_thread=True)
def for_the_deceased(request: Asked, house: GivenHouse) -> Page:
    """Show the sheet of a close relative."""
    return _sheet(request, house, Given(), {})


@post("/relative", guards=[requires(INDIVIDUAL)])
async def send_for_the_deceased(
    request: Asked, house: GivenHouse, services: GivenServices
) -> Response[Any]:
    """Take the request in; it waits until staff have looked at the papers."""
    given = await given_of(request)
    return await sync_to_thread(_send, request, house, services, given)


ROUTES = (for_a_child, for_the_deceased, send_for_the_deceased)


def _sheet(request: Asked, house: House, given: Given, wrong: dict[str, str]) -> Page:
    say = house.speaker(request)
    errors = {name: say.t(f"centre.rights.error.{key}") for name, key in wrong.items()}
    due = answer_by(
        say.register, house.app(request), Right.CLOSE_RELATIVE, house.now(), house.calendar
    )
    fields = (
        _choice(say, "radio", "wish", tuple(_WISHES), given, errors),
        _choice(say, "select", "relation", ("", *RELATIONS), given, errors),
        _written(say, "area", "purpose", given, errors),
        _written(say, "text", "account", given, errors),
    )
    page = RelativePage(
        steps=steps(say, 1),
        fields=fields,
        errors=errors_of(fields),
        due=due_line(say, due),
        provisional=say.provisional(due),
    )
    return house.shown(request, "centre/rights_relative.html", page)


def _send(request: Asked, house: House, services: Services, given: Given) -> Page:
    wish, relation = given.one("wish"), given.one("relation")
    purpose, account = given.one("purpose")[:_LONGEST_PURPOSE], given.one("account")
    wrong = {}
    if wish not in _WISHES:
        wrong["wish"] = "wish"
    if relation not in RELATIONS:
        wrong["relation"] = "relation"
    if len(purpose) < _LEAST_PURPOSE:
        wrong["purpose"] = "purpose"
    if not account or len(account) > _LONGEST_ACCOUNT:
        wrong["account"] = "account"
    if wrong:
        return _sheet(request, house, given, wrong)
    say, (right, wanted) = house.speaker(request), _WISHES[wish]
    seen = house.rights.open(_relative(request, services, account), right, wanted)
    contacts = say.register.handler.complaints.contacts
    page = SlipPage(
        steps=steps(say, 3),
        facts=(
            _fact(
                say,
                "number",
                Words(text=seen.request.id, code=True, href=f"{REQUESTS}/{seen.request.id}"),
            ),
            _fact(say, "wish", Words(text=say.t(f"right.{right}"))),
            _fact(say, "relation", Words(text=say.t(f"centre.rights.relative.{relation}"))),
            _fact(say, "purpose", Words(text=purpose)),
        ),
        channels=say.contacts(contacts),
        due=due_line(say, seen.due),
        provisional=say.provisional(seen.due),
    )
    return house.shown(request, "centre/rights_slip.html", page)


def _relative(request: Asked, services: Services, account: str) -> Asker:
    asker = relative_of(visitor_of(request))
    return replace(asker, person=person_key(services.tokens, account), account=account)


def _fact(say: RightsSpeaker, name: str, words: Words) -> Fact:
    return Fact(name=say.t(f"centre.rights.relative.{name}"), value=(words,))


def _choice(  # noqa: PLR0913, PLR0917  one field
    say: RightsSpeaker,
    kind: str,
    name: str,
    values: tuple[str, ...],
    given: Given,
    errors: dict[str, str],
) -> FieldView:
    chosen = given.one(name)
    return FieldView(
        kind=kind,
        name=name,
        label=say.t(f"centre.rights.relative.{name}"),
        options=tuple(
            Option(
                value=value,
                name=say.t(f"centre.rights.relative.{value or 'choose'}"),
                chosen=value == chosen,
            )
            for value in values
        ),
        error=errors.get(name, ""),
    )


def _written(
    say: RightsSpeaker, kind: str, name: str, given: Given, errors: dict[str, str]
) -> FieldView:
    return FieldView(
        kind=kind,
        name=name,
        label=say.t(f"centre.rights.relative.{name}"),
        hint=say.t(f"centre.rights.relative.{name}-hint"),
        value=given.one(name),
        error=errors.get(name, ""),
    )

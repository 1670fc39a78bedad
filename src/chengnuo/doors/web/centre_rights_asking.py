"""Who asks, and whether they have proved who they are: the second step of every sheet.

Asked for is the least that does: that one has come in from the app, and for what takes information
out or cannot be undone, a sign-in of the last ten minutes. Never a face, never a photo of a
document (`domain/rights/identity.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.instant import to_us
from chengnuo.domain.rights.identity import RECENT, Proof, Strength, Why, lacking, needed
from chengnuo.domain.rights.request import AskedBy
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.refusals import NotSignedInError
from chengnuo.doors.web.centre_rights_words import PATH, RightsSpeaker
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.rights.seen import Asker

SURFACE = "centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """Whether it is clear who asks.

    Attributes:
        status: Whether it is, as shape and word.
        lines: What that rests on, or how one proves it.
        never: What is never asked for.
        href: Where it goes on; empty where nothing is lacking.
        act: Words on that way.

    """

    status: Status
    lines: tuple[str, ...]
    never: str
    href: str = ""
    act: str = ""


def visitor_of(request: Asked) -> Visitor:
    """Return the individual, or the guardian who acts, that the route's audience made sure of.

    Raises:
        NotSignedInError: There is none after all.

    """
    visitor = exchange_of(request.scope).visitor
    if visitor is None:
        raise NotSignedInError
    return visitor


def asker_of(visitor: Visitor) -> Asker:
    """Return who asks, as this door knows it."""
    return Asker(
        person=visitor.person,
        account=visitor.account,
        by=AskedBy.INDIVIDUAL if visitor.guardian is None else AskedBy.GUARDIAN,
        app=visitor.app,
        surface=SURFACE,
        authenticated_at=visitor.authenticated_at,
        guardian=visitor.guardian,
    )


def lacks(services: Services, visitor: Visitor, right: Right, now: datetime) -> Why | None:
    """Return what is lacking before a right may be carried out; None if nothing is."""
    asker = asker_of(visitor)
    at = max(to_us(now), services.consents.seen().at)
    age = services.consents.state_of(visitor.person, at).individual.age
    proof = Proof(
        by=asker.by,
        authenticated_at=asker.authenticated_at,
        has_guardian=asker.guardian is not None,
    )
    return lacking(right, proof, age, now)


def check_of(say: RightsSpeaker, visitor: Visitor, right: Right, why: Why | None) -> CheckView:
    """Return what is said of who asks."""
    never = say.t("centre.rights.check.never")
    if why is None:
        strength = needed(right, asker_of(visitor).by)
        key = "recent" if strength is Strength.RECENT else "session"
        line = say.t(
            f"centre.rights.check.{key}",
            when=say.when(visitor.authenticated_at),
            since=say.when(visitor.since),
        )
        word = say.t("centre.rights.check.proved")
        return CheckView(status=Status(kind=StatusKind.FINE, word=word), lines=(line,), never=never)
    word = say.t("centre.rights.check.not-yet")
    status = Status(kind=StatusKind.WARN, word=word)
    if why is Why.NOT_RECENT:
        minutes = int(RECENT.total_seconds() // 60)
        lines = tuple(say.t(f"centre.rights.check.sign-in-{step}", n=minutes) for step in (1, 2, 3))
        return CheckView(status=status, lines=lines, never=never)
    return CheckView(
        status=status,
        lines=(say.t("centre.rights.check.guardian"),),
        never=never,
        href=f"{PATH}/child",
        act=say.t("centre.rights.check.guardian-act"),
    )

"""Whose record is sought: by account id, or by a telephone number or another name in the stores.

That an account is looked up by something else is recorded before any store is asked, in nobody's
chain and without what was typed; it is kept nowhere.
"""

import re
from dataclasses import dataclass

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.doors.web.people_pages import Choice
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.wording import wording
from chengnuo.ports.accounts import Account
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.rights.reading import note_look_up

_BETWEEN = re.compile(r"[\s()-]+")
_MAINLAND = re.compile(r"(?:\+|00)?86(1[0-9]{10})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What was typed in.

    Attributes:
        kind: What the text is: a kind of identifier; empty for an account id or an alias.
        text: The text.
        reason: Why.

    """

    kind: str
    text: str
    reason: str


def kinds_of(services: Services, lang: Lang) -> tuple[Choice, ...]:
    """Return by what somebody can be sought: account id first, then what the stores know."""
    t, rights = wording(lang), services.rights
    known = () if rights is None or services.register.current() is None else rights.identifiers()
    each = [("", "account"), *((kind.value, kind.value) for kind in known)]
    return tuple(
        Choice(value=value, name=t(f"console.rights.kind.{name}"), chosen=not value)
        for value, name in each
    )


def account_sought(services: Services, recorder: Recorder, me: Account, sought: Sought) -> str:
    """Return the account id that is meant.

    An alias that the operator's programs merged with an account is taken as it is: whose it is
    the state of consent knows.

    Raises:
        NoReasonError: The reason is too short or too long.
        InvalidInputError: There is no such kind of identifier.
        RightsNoMatchError: No account has the identifier.
        RightsAmbiguousError: Several have it.
        UnavailableError: A store does not answer, or it could not be recorded.

    """
    if not sought.kind:
        return sought.text
    if services.rights is None or sought.kind not in services.rights.identifiers():
        raise InvalidInputError
    kind = IdentifierKind(sought.kind)
    note_look_up(recorder, by=me.id, reason=sought.reason)
    text = plain_number(sought.text) if kind is IdentifierKind.PHONE else sought.text
    return services.rights.find({kind: text})


def plain_number(text: str) -> str:
    """Return a mainland telephone number as stores hold it; anything else as it was typed.

    >>> plain_number("+86 138-0013-8000")
    '13800138000'
    >>> plain_number("0571 1234")
    '0571 1234'

    """
    bare = _BETWEEN.sub("", text)
    mainland = _MAINLAND.fullmatch(bare)
    if mainland is not None:
        return mainland.group(1)
    return bare if re.fullmatch("1[0-9]{10}", bare) else text

"""Who may fetch what was gathered for a request: whoever asked for it, and nobody else.

What a guardian asked for goes to that guardian, never to the sign-in of the child (PIPL Arts. 31,
45); what a close relative or an agent asked for goes to them (Arts. 49, 50), of an agent's also to
the individual, whose information it is. Which of them asked is kept beyond the request only as a
seal bound to its id, from which nobody is known again elsewhere.
"""

from datetime import datetime

from chengnuo.domain.rights.identity import Why, is_recent
from chengnuo.domain.rights.request import AskedBy, RequestId
from chengnuo.ports.rights import Case
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.rights.refusals import IdentityNotProvedError, NoSuchRightsRequestError
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import Asker
from chengnuo.usecases.rights.showing import case_of

_FOR_OTHERS = frozenset({AskedBy.AGENT, AskedBy.CLOSE_RELATIVE})


def party_of(asker: Asker) -> str:
    """Return who asks for somebody else; empty where nobody does, or nobody knows."""
    return asker.guardian or asker.party


def party_seal(tokens: Tokens, request: RequestId, party: str) -> str:
    """Return what tells later whether it is the same party; empty for none."""
    return tokens.keyed("rights-party", f"{request}\n{party}") if party else ""


def fetched(room: Room, request: RequestId, asker: Asker) -> tuple[Case, datetime]:
    """Return a request of which somebody may fetch what was gathered, and the instant.

    Raises:
        NoSuchRightsRequestError: There is none, or it is somebody else's.
        IdentityNotProvedError: A guardian asked for it, or the sign-in is not recent.

    """
    case, now = asked_by(room, request, asker), room.keeper.now()
    if not is_recent(asker.authenticated_at, now):
        raise IdentityNotProvedError(Why.NOT_RECENT)
    return case, now


def asked_by(room: Room, request: RequestId, asker: Asker) -> Case:
    """Return a request that somebody asked for themselves.

    Raises:
        NoSuchRightsRequestError: There is none, or it is somebody else's.
        IdentityNotProvedError: The guardian who asked for it has to act.

    """
    case = case_of(room, request)
    by, party = case.request.by, party_of(asker)
    is_same = bool(case.party) and case.party == party_seal(room.tokens, request, party)
    is_for_oneself = by is AskedBy.AGENT and asker.by is AskedBy.INDIVIDUAL
    if by in _FOR_OTHERS and not is_for_oneself:
        # A back end is believed of whom it hands in for and gives out to, as long as it names them.
        is_handed = not case.party and not party and case.request.surface == asker.surface == "api"
        is_theirs = is_handed and case.request.person in room.names(asker.person)
        if asker.by is not by or not (is_same or is_theirs):
            raise NoSuchRightsRequestError
        return case
    if asker.by in _FOR_OTHERS or case.request.person not in room.names(asker.person):
        raise NoSuchRightsRequestError
    is_guardian = is_same or (not case.party and asker.guardian is not None)
    if by is AskedBy.GUARDIAN and not is_guardian:
        raise IdentityNotProvedError(Why.NOT_A_GUARDIAN)
    return case

"""What agents of individuals may do, by the Data Rights Protocol 1.0.

An agent is registered by its public key in the settings. It gets a token for a signed message, and
shows the token beside every further signed message. The token follows from the agent, its key and
the secret of this installation: none is kept, and another key makes another token. The id under
which an agent knows a request likewise holds the request's id and a seal over it and the agent:
without asking anything, nobody else's id opens.

An agent does not prove who somebody is: it names one verified identifier, the least that finds one
account, and the individual or staff confirm it here (PIPL Arts. 45 to 50).
"""

import hmac
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import ConflictError
from chengnuo.base.shapes import ready
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    DeletionAsked,
    Ground,
    RequestId,
    Scope,
)
from chengnuo.doors.http.programs import ENCODER
from chengnuo.doors.http.rights_agent_words import (
    WITHDRAW,
    StatusBody,
    asked_of,
    denied,
    status_of,
)
from chengnuo.doors.http.rights_callbacks import AgentCallbackError, check_callback
from chengnuo.doors.http.rights_envelope import (
    VERSIONS,
    EnvelopeRefusedError,
    Envelopes,
    ExerciseBody,
    SignedBody,
)
from chengnuo.law.rights import Right
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_callbacks import Callback
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.rights.calling_back import CallingBack, StatusSaid
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.seen import Asker, RequestSeen

_SEAL_DIGITS = 32
_EXERCISES, _SETS_UP = (
    msgspec.json.Decoder(ready(ExerciseBody)),
    msgspec.json.Decoder(ready(SignedBody)),
)
_SURFACE = "drp"
_MAINLAND = "+86"
_Body = TypeVar("_Body", bound=SignedBody)


class NothingToWithdrawError(ConflictError):
    """A withdrawal was asked for and no consent is in force."""

    code = "agent-nothing-to-withdraw"

    def __init__(self) -> None:
        super().__init__("no consent of this individual is in force")


class TokenGivenBody(msgspec.Struct, frozen=True, rename="kebab"):
    """The token of an agent."""

    agent_id: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agents:
    """What agents may do.

    Attributes:
        envelopes: Opens what they sign; knows their keys.
        desk: All that can be done about requests.
        consents: Withdraws consents.
        accounts: Finds the accounts that a verified identifier belongs to.
        person: Turns an account id into the key under which somebody is known here.
        tokens: Makes tokens and seals.
        clock: Tells now.
        public_url: Address of this service.
        calling: Tells agents of a status that changed.
        hosts: Hosts at which each agent may be told.

    """

    envelopes: Envelopes
    desk: RightsDesk
    consents: ConsentDesk
    accounts: Callable[[IdentifierKind, str], tuple[str, ...]]
    person: Callable[[str], PersonKey]
    tokens: Tokens
    clock: Clock
    public_url: str
    calling: CallingBack
    hosts: Mapping[str, Collection[str]]

    def set_up(self, agent: str, body: bytes) -> TokenGivenBody:
        """Return the token of an agent who signs for it.

        Raises:
            EnvelopeRefusedError: It is not registered, or signed otherwise.

        """
        self._said(body, agent, _SETS_UP)
        return TokenGivenBody(agent_id=agent, token=self._token(agent))

    def agent_of(self, authorization: str) -> str:
        """Return whose token this is.

        Raises:
            EnvelopeRefusedError: It is nobody's.

        """
        kind, _, given = authorization.partition(" ")
        for agent in self.envelopes.keys if kind.lower() == "bearer" else ():
            if hmac.compare_digest(self._token(agent).encode(), given.strip().encode()):
                return agent
        raise EnvelopeRefusedError

    def exercise(self, agent: str, body: bytes) -> StatusBody:
        """Take a request in.

        Raises:
            EnvelopeRefusedError: It is signed otherwise.
            ExerciseError: What is asked for is not offered.
            AgentCallbackError: It wants to be told at a host that is not its own.

        """
        said = self._said(body, agent, _EXERCISES)
        if said.exercise != WITHDRAW:
            asked_of(said)  # before anybody is looked for
        if said.status_callback:
            check_callback(said.status_callback, self.hosts.get(agent, ()))
        found = self._account(said)
        if found is None:
            shown = str(uuid.UUID(sha256_hex(body)[:32], version=4))
            reason = "no_match" if _verified(said) else "insuf_verification"
            own = said.agent_request_id
            return denied(shown, reason, at=self.clock.now(), agent_request_id=own)
        asker = Asker(
            person=self.person(found),
            account=found,
            by=AskedBy.AGENT,
            app="",
            surface=_SURFACE,
            authenticated_at=None,
            party=agent,
        )
        seen = self.desk.open(asker, *self._asked(said, asker.person))
        shown = self._shown(agent, seen.request.id)
        own = said.agent_request_id
        if said.status_callback:
            known = self._status_said(seen, shown)
            self.calling.promise(seen.request.id, agent, said.status_callback, known)
        return status_of(seen, shown, public_url=self.public_url, agent_request_id=own)

    def status(self, agent: str, shown: str) -> StatusBody:
        """Return where a request of an agent's stands.

        Raises:
            EnvelopeRefusedError: It is not theirs.

        """
        seen = self.desk.seen(self._own(agent, shown))
        return status_of(seen, shown, public_url=self.public_url)

    def revoke(self, agent: str, shown: str, body: bytes) -> StatusBody:
        """Take a request of an agent's back.

        Raises:
            EnvelopeRefusedError: It is not theirs, or signed otherwise.
            WrongStageError: It has begun, or is closed.

        """
        request = self._own(agent, shown)
        self.envelopes.revoked(body, agent)
        person = PersonKey(self.desk.seen(request).request.person)
        seen = self.desk.take_back(request, person)
        return status_of(seen, shown, public_url=self.public_url)

    def call_back(self) -> None:
        """Tell agents of what changed since they were told."""
        self.calling.round(self._told)

    def _told(self, callback: Callback) -> StatusSaid | None:
        agent = callback.agent
        if agent not in self.envelopes.keys:
            return None
        try:
            check_callback(callback.address, self.hosts.get(agent, ()))
        except AgentCallbackError:  # it was registered when the request came
            return None
        seen = self.desk.seen(callback.request)
        return self._status_said(seen, self._shown(agent, callback.request))

    def _status_said(self, seen: RequestSeen, shown: str) -> StatusSaid:
        body = ENCODER.encode(status_of(seen, shown, public_url=self.public_url))
        return StatusSaid(body=body, is_final=seen.stage.is_final)

    def _said(self, body: bytes, agent: str, decoder: "msgspec.json.Decoder[_Body]") -> _Body:
        said = self.envelopes.opened(body, agent, decoder, at=self.clock.now())
        if said.drp_version not in VERSIONS:
            raise EnvelopeRefusedError
        return said

    def _account(self, said: ExerciseBody) -> str | None:
        """Return the one account that a verified identifier finds; the others are not looked at."""
        for kind, value in _verified(said):
            found = {one for form in _written(value) for one in self.accounts(kind, form)}
            if len(found) == 1:
                return found.pop()
        return None

    def _asked(self, said: ExerciseBody, person: PersonKey) -> tuple[Right, Asked]:
        if said.exercise == WITHDRAW:
            return Right.DELETE, self._withdrawn(person)
        return asked_of(said)

    def _withdrawn(self, person: PersonKey) -> DeletionAsked:
        """Withdraw every consent in force; return the deletion of what was handled on them."""
        standing = [one for one in self.consents.overview(person).items if one.in_force]
        if not standing:
            raise NothingToWithdrawError
        for one in standing:
            self.consents.withdraw(person, one.id, surface=_SURFACE, steps=1)
        activities = {one.item.activity for one in standing if one.item is not None}
        return DeletionAsked(
            ground=Ground.WITHDRAWN, scope=Scope(activities=tuple(sorted(activities)))
        )

    def _token(self, agent: str) -> str:
        key = self.envelopes.keys[agent].hex()
        return self.tokens.keyed("agent-token", f"{agent}\n{key}")

    def _shown(self, agent: str, request: RequestId) -> str:
        return f"{request}-{self._seal(agent, request)}"

    def _own(self, agent: str, shown: str) -> RequestId:
        request, _, seal = shown.rpartition("-")
        if not hmac.compare_digest(self._seal(agent, request).encode(), seal.encode()):
            raise EnvelopeRefusedError
        return RequestId(request)

    def _seal(self, agent: str, request: str) -> str:
        return self.tokens.keyed("agent-request", f"{agent}\n{request}")[:_SEAL_DIGITS]


def _written(value: str) -> tuple[str, ...]:
    """Return how stores may write what an agent writes as E.164: also as within the mainland.

    >>> _written("+8619900000001")
    ('+8619900000001', '8619900000001', '19900000001')
    >>> _written("someone@nowhere.example")
    ('someone@nowhere.example',)

    """
    if not value.startswith(_MAINLAND):
        return (value,)
    return value, value.removeprefix("+"), value.removeprefix(_MAINLAND)


def _verified(said: ExerciseBody) -> tuple[tuple[IdentifierKind, str], ...]:
    """Return the identifiers that the agent verified, the least telling first."""
    phone = (IdentifierKind.PHONE, said.phone_number) if said.phone_number_verified else None
    email = (IdentifierKind.EMAIL, said.email) if said.email_verified else None
    return tuple(one for one in (phone, email) if one is not None and one[1])

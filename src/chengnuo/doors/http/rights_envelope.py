"""The envelope of the Data Rights Protocol 1.0: what an agent signs, opened and checked.

A body is base 64 of an Ed25519 signature with the signed JSON behind it (section 2.01). It is
believed when the signature fits the key registered for the agent, the agent and this business are
those it names, and it is used within the time it gives itself, at most ten minutes, once. What was
signed before this service began is refused, because what was used before then is not known.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated, TypeVar

import msgspec

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.doors.http.programs import read_body
from chengnuo.doors.http.rights_callbacks import MOST_ADDRESS
from chengnuo.doors.rights_asked_bodies import AskedBody
from chengnuo.ports.secrets import Signer

VERSIONS = frozenset({"1.0", "0.9.4"})
"""Versions of the protocol that are the same on the wire."""
LONGEST = timedelta(minutes=10)
_SKEW = timedelta(minutes=1)
_SIGNATURE_BYTES = 64
_MOST_REMEMBERED = 100_000
_Body = TypeVar("_Body", bound="SignedBody")
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Claim = Annotated[str, msgspec.Meta(max_length=320)]


class EnvelopeRefusedError(InvalidInputError):
    """Signature, agent, business or token is not what it has to be; which of them is not told."""

    code = "agent-refused"

    def __init__(self) -> None:
        super().__init__("the agent, its token, or the signature of the message is not accepted")


class EnvelopeTimeError(InvalidInputError):
    """A message is used outside the time it gives itself, or gives itself too much."""

    code = "agent-message-time"

    def __init__(self) -> None:
        super().__init__(
            "the message is not valid now; expected one signed just now for at most 10 minutes"
        )


class EnvelopeUsedError(ConflictError):
    """A signed message came a second time."""

    code = "agent-message-used"

    def __init__(self) -> None:
        super().__init__("this signed message was used before; sign a new one")


class SignedBody(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What every signed message says; further members are passed over, as the protocol asks."""

    agent_id: Short
    business_id: Short
    issued_at: Annotated[datetime, msgspec.Meta(tz=True)]
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)]
    drp_version: Short = msgspec.field(name="drp.version")


class ExerciseBody(SignedBody, frozen=True, kw_only=True):
    """A request of an individual that an agent hands in.

    Attributes:
        exercise: What is asked for, by the names of the protocol and our extension.
        regime: Under which law; ours is `pipl`.
        agent_request_id: The agent's own id of it.
        status_callback: Where the agent wants to be told when the status changes.
        pipl: Our extension: what is asked for more exactly, as `/v1/rights:open` takes it.

    """

    exercise: Short
    regime: Short = "pipl"
    agent_request_id: Annotated[str, msgspec.Meta(max_length=200)] = ""
    status_callback: Annotated[str, msgspec.Meta(max_length=MOST_ADDRESS)] = msgspec.field(
        name="status_callback", default=""
    )
    email: Claim = msgspec.field(name="email", default="")
    email_verified: bool = msgspec.field(name="email_verified", default=False)
    phone_number: Claim = msgspec.field(name="phone_number", default="")
    phone_number_verified: bool = msgspec.field(name="phone_number_verified", default=False)
    pipl: AskedBody | None = None


class RevokeBody(msgspec.Struct, frozen=True):
    """The end of a request, with the individual's reason; the reason is not kept."""

    reason: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


_REVOKES = msgspec.json.Decoder(ready(RevokeBody))


class Envelopes:
    """Opens what agents sign; safe to share between threads."""

    def __init__(
        self, *, keys: Mapping[str, bytes], business: str, signer: Signer, since: datetime
    ) -> None:
        """Know the agents.

        Args:
            keys: Public key of each registered agent.
            business: Our id in the network.
            signer: Tells whether a signature fits.
            since: When this service began.

        """
        self.keys = keys
        self._business = business
        self._signer = signer
        self._since = since
        self._used: dict[bytes, datetime] = {}
        self._lock = Lock()

    def opened(
        self, body: bytes, agent: str, decoder: "msgspec.json.Decoder[_Body]", *, at: datetime
    ) -> _Body:
        """Return what an agent says, and remember that it was said.

        Args:
            body: The body as it came.
            agent: Who is said to have signed it.
            decoder: Reads the message.
            at: Now.

        Raises:
            EnvelopeRefusedError: Agent, business or signature does not fit.
            EnvelopeTimeError: It is not valid now.
            EnvelopeUsedError: It was used before.
            QuestionMalformedError: The message has another form.

        """
        message = self._signed(body, agent)
        said = read_body(decoder, message)
        if said.agent_id != agent or said.business_id != self._business:
            raise EnvelopeRefusedError
        lasts = said.expires_at - said.issued_at
        begun = max(self._since, at - LONGEST) <= said.issued_at <= at + _SKEW
        if not begun or not timedelta() < lasts <= LONGEST or at >= said.expires_at:
            raise EnvelopeTimeError
        self._use(message, said.expires_at, at)
        return said

    def revoked(self, body: bytes, agent: str) -> RevokeBody:
        """Return why a request is ended; taking back twice is no harm, so it may come again.

        Raises:
            EnvelopeRefusedError: Agent or signature does not fit.
            QuestionMalformedError: The message has another form.

        """
        return read_body(_REVOKES, self._signed(body, agent))

    def _signed(self, body: bytes, agent: str) -> bytes:
        key = self.keys.get(agent)
        try:
            whole = base64.b64decode(body.strip(), validate=True)
        except (binascii.Error, ValueError):
            raise EnvelopeRefusedError from None
        signature, message = whole[:_SIGNATURE_BYTES], whole[_SIGNATURE_BYTES:]
        if (
            key is None
            or len(signature) != _SIGNATURE_BYTES
            or not self._signer.is_signature(signature, message, public_key=key)
        ):
            raise EnvelopeRefusedError
        return message

    def _use(self, message: bytes, until: datetime, at: datetime) -> None:
        digest = hashlib.sha256(message).digest()
        with self._lock:
            if self._used.get(digest, at) > at:
                raise EnvelopeUsedError
            if len(self._used) >= _MOST_REMEMBERED:
                self._used = {one: end for one, end in self._used.items() if end > at}
            if len(self._used) >= _MOST_REMEMBERED:  # better none than one twice
                raise EnvelopeTimeError
            self._used[digest] = until

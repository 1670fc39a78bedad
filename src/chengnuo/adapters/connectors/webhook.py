"""Notices to parties outside over HTTPS, signed: what is sent, to whom, and what counts as taken.

Signed as Standard Webhooks does with asymmetric keys: Ed25519 over `id.timestamp.body`, in the
headers `webhook-id`, `webhook-timestamp`, `webhook-signature: v1a,<base64>`. Any 2xx means that the
notice was taken; an answer that says `completed` means that it is done. Redirects are not followed:
the address is the one that was set.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from chengnuo.adapters.evidence.posting import Answer, NoAnswerError, Outgoing, exchange
from chengnuo.adapters.outward import Network, OutwardAddressError, machine_of
from chengnuo.ports.clock import Clock
from chengnuo.ports.notices import Acknowledged, Notice, NoticeNotSentError, Sent
from chengnuo.ports.secrets import Signer

_MOST_BODY = 256 * 1024
_MOST_ANSWER = 64 * 1024
_TIMEOUT_S = 15.0
_DONE = "completed"
_STATE_MEMBERS = ("state", "request_status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where notices to one recipient go.

    Attributes:
        address: `https://…`; plain `http://` only to the loopback.
        allowed: Networks that are not public and may be spoken to nevertheless, as the
            operator's own; without them only public addresses are.

    """

    address: str
    allowed: tuple[Network, ...] = ()


class WebhookSender:
    """`NoticeSender` over HTTPS."""

    def __init__(self, targets: Mapping[str, Target], *, signer: Signer, clock: Clock) -> None:
        """Send to recipients by their ids.

        Args:
            targets: Where each is.
            signer: Signs each notice.
            clock: Tells the time of the signature.

        """
        self._targets = targets
        self._signer = signer
        self._clock = clock

    def send(self, notice: Notice) -> Sent | Acknowledged:
        """See `NoticeSender.send`."""
        target = self._targets.get(notice.recipient)
        if target is None:
            raise NoticeNotSentError(notice.recipient, "no address is set")
        if len(notice.body) > _MOST_BODY:
            raise NoticeNotSentError(notice.recipient, f"it is over {_MOST_BODY} bytes")
        try:
            machine = machine_of(target.address, allowed=target.allowed)
            answer = exchange(
                Outgoing(
                    address=machine.address,
                    body=notice.body,
                    headers={
                        "Host": machine.netloc,
                        "Content-Type": "application/json",
                        **signed_headers(notice.id, notice.body, self._signer, self._clock),
                    },
                    limit_bytes=_MOST_ANSWER,
                    timeout_s=_TIMEOUT_S,
                    server_name=machine.name,
                    is_direct=True,  # a proxy would resolve the name anew
                )
            )
        except (OutwardAddressError, NoAnswerError) as error:
            raise NoticeNotSentError(notice.recipient, str(error)) from error
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            raise NoticeNotSentError(notice.recipient, f"status {answer.status}")
        return Acknowledged() if _says_done(answer) else Sent()


def signed_headers(id_: str, body: bytes, signer: Signer, clock: Clock) -> dict[str, str]:
    """Return the headers that sign a body, with the time of now."""
    at = str(int(clock.now().timestamp()))
    signature = signer.sign(b".".join((id_.encode(), at.encode(), body)))
    return {
        "webhook-id": id_,
        "webhook-timestamp": at,
        "webhook-signature": f"v1a,{base64.b64encode(signature).decode('ascii')}",
    }


def _says_done(answer: Answer) -> bool:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and any(found.get(one) == _DONE for one in _STATE_MEMBERS)

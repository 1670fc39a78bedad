"""Notices to parties outside over HTTPS, signed: what is sent, to whom, and what counts as taken.

Signed as Standard Webhooks does with asymmetric keys: Ed25519 over `id.timestamp.body`, in the
headers `webhook-id`, `webhook-timestamp`, `webhook-signature: v1a,<base64>`. Any 2xx means that the
notice was taken; an answer that says `completed` means that it is done. Redirects are not followed:
the address is the one that was set.
"""

import base64
import ipaddress
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from chengnuo.adapters.evidence.posting import Answer, NoAnswerError, Outgoing, exchange
from chengnuo.ports.clock import Clock
from chengnuo.ports.notices import Acknowledged, Notice, NoticeNotSentError, Sent
from chengnuo.ports.secrets import Signer

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_MOST_BODY = 256 * 1024
_MOST_ANSWER = 64 * 1024
_TIMEOUT_S = 15.0
_PORTS = {"https": 443, "http": 80}
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
        address, host = _checked(notice.recipient, target)
        try:
            answer = exchange(
                Outgoing(
                    address=address,
                    body=notice.body,
                    headers={
                        "Host": host,
                        "Content-Type": "application/json",
                        **signed_headers(notice.id, notice.body, self._signer, self._clock),
                    },
                    limit_bytes=_MOST_ANSWER,
                    timeout_s=_TIMEOUT_S,
                    server_name=urlsplit(target.address).hostname or "",
                    is_direct=True,  # a proxy would resolve the name anew
                )
            )
        except NoAnswerError as error:
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


def _checked(recipient: str, target: Target) -> tuple[str, str]:
    """Return the address with a number in place of the name, and the name for the other side.

    The name is resolved once and what was looked at is what is spoken to, so that it cannot mean
    another machine a moment later.

    Raises:
        NoticeNotSentError: The address is not allowed, or its name is not known.

    """
    try:
        parts = urlsplit(target.address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise NoticeNotSentError(recipient, "its address is none") from error
    if not parts.hostname or not port or parts.username or parts.fragment:
        raise NoticeNotSentError(recipient, "its address is no `https://` address")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoticeNotSentError(recipient, "its name is not known") from error
    numbers = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    for number in numbers:
        plain = getattr(number, "ipv4_mapped", None) or number
        if not plain.is_global and not any(plain in network for network in target.allowed):
            raise NoticeNotSentError(recipient, "its address is not public and not allowed")
        if plain.is_multicast:
            raise NoticeNotSentError(recipient, "its address is not one of a single machine")
        if parts.scheme != "https" and not plain.is_loopback:
            raise NoticeNotSentError(recipient, "its address is not `https://`")
    number = numbers[0]
    literal = f"[{number}]" if number.version == 6 else str(number)  # noqa: PLR2004  IPv6
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{literal}:{port}{path}{query}", parts.netloc


def _says_done(answer: Answer) -> bool:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and any(found.get(one) == _DONE for one in _STATE_MEMBERS)

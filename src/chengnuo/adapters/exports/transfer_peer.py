"""`TransferPeer` over HTTPS, within limits of size and time; redirects are not followed.

An offer comes from the individual, so its address is not trusted: only https, and only to addresses
that are reachable from everywhere, so that nobody makes us speak to a machine of our own network.
A proxy that the environment names is passed by: it would resolve the name anew.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from chengnuo.adapters.outward import (
    Machine,
    NameNotKnownError,
    OutwardAddressError,
    machine_of,
)
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.dsse import MOST_ENVELOPE_BYTES
from chengnuo.domain.rights.transfer_messages import Offer
from chengnuo.ports.transfers import (
    TransferAddressError,
    TransferPeerRefusedError,
    TransferPeerUnavailableError,
)

PATH = "/v1/rights/transfers"
_OK, _LEAST_ERROR, _SERVER_ERROR, _TOO_MANY = 200, 400, 500, 429


class _Progress(msgspec.Struct, frozen=True):
    received: list[int]


class _Problem(msgspec.Struct, frozen=True):
    code: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpPeer:
    """Reaches receivers.

    Attributes:
        own_network: Allows plain http and addresses of this machine, for trials on one machine.
        timeout_s: For each request.

    """

    own_network: bool = False
    timeout_s: float = 60

    def manifest(self, offer: Offer, envelope: bytes) -> tuple[int, ...]:
        """See `TransferPeer.manifest`."""
        return _progress(self._post(offer, "manifest", envelope, {}))

    def piece(self, offer: Offer, part: int, start: int, data: bytes) -> int:
        """See `TransferPeer.piece`."""
        place = {"x-transfer-part": str(part), "x-transfer-start": str(start)}
        return _progress(self._post(offer, "piece", data, place))[part - 1]

    def receipt(self, offer: Offer) -> bytes:
        """See `TransferPeer.receipt`."""
        return self._post(offer, "receipt", b"", {})

    def _post(self, offer: Offer, what: str, body: bytes, more: dict[str, str]) -> bytes:
        # Megabytes, which a service that asks nobody does not need.
        import httpx

        machine = self._machine(offer)
        headers = {
            "host": machine.netloc,
            "authorization": f"Transfer {offer.id}.{offer.code}",
            "content-type": "application/octet-stream",
            "accept-encoding": "identity",
            **more,
        }
        received = bytearray()
        try:
            with (
                httpx.Client(transport=httpx.HTTPTransport()) as client,
                client.stream(
                    "POST",
                    f"{machine.address.rstrip('/')}{PATH}/{what}",
                    content=body,
                    headers=headers,
                    timeout=self.timeout_s,
                    follow_redirects=False,
                    extensions={"sni_hostname": machine.name},
                ) as answer,
            ):
                for chunk in answer.iter_raw():
                    received += chunk
                    if len(received) > MOST_ENVELOPE_BYTES:
                        raise TransferPeerUnavailableError("its answer is too large")
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise TransferPeerUnavailableError("no whole answer came") from error
        if status >= _SERVER_ERROR or status == _TOO_MANY:
            raise TransferPeerUnavailableError(f"it answered {status}")
        if status != _OK:
            raise TransferPeerRefusedError(_code(bytes(received)))
        return bytes(received)

    def _machine(self, offer: Offer) -> Machine:
        try:
            parts = urlsplit(offer.address)
            host = parts.hostname or ""
        except ValueError as error:
            raise TransferAddressError from error
        if not host or parts.username or parts.query or parts.fragment:
            raise TransferAddressError
        if self.own_network and parts.scheme in {"http", "https"}:
            return Machine(address=offer.address, netloc=parts.netloc, name=host)
        if parts.scheme != "https":
            raise TransferAddressError
        try:
            return machine_of(offer.address)
        except NameNotKnownError as error:
            raise TransferPeerUnavailableError("its name is not known") from error
        except OutwardAddressError as error:
            raise TransferAddressError from error


def _progress(body: bytes) -> tuple[int, ...]:
    try:
        return tuple(msgspec.json.decode(body, type=ready(_Progress)).received)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise TransferPeerUnavailableError("its answer has another form") from error


def _code(body: bytes) -> str:
    """Return the code of a problem; what is no code of the form of one is not repeated."""
    try:
        code = msgspec.json.decode(body, type=ready(_Problem)).code
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "unknown"
    plain = code.replace("-", "")
    return code if plain.isascii() and plain.isalnum() and len(code) <= 60 else "unknown"  # noqa: PLR2004  our longest code

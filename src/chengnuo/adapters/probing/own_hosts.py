"""Which machine a probe speaks to: the loopback, or a host that is listed as one's own.

A name is resolved once and the number that was looked at is what is connected to, so that it cannot
mean another machine a moment later. All numbers of a name must be allowed, not only the one used.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from chengnuo.domain.pricing.probe_spec import Endpoint
from chengnuo.ports.probed_endpoint import ProbeHostError

Number = ipaddress.IPv4Address | ipaddress.IPv6Address
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A machine that may be probed.

    Attributes:
        scheme: `https` or `http`.
        host: Its host as the specification names it.
        netloc: The same with the port, as it stands in the address.
        number: The number that is connected to.
        port: The port.

    """

    scheme: str
    host: str
    netloc: str
    number: Number
    port: int

    def address(self, target: str) -> str:
        """Return the address with the number in place of the name.

        Args:
            target: Path and query.

        """
        literal = f"[{self.number}]" if isinstance(self.number, ipaddress.IPv6Address) else ""
        return f"{self.scheme}://{literal or self.number}:{self.port}{target}"

    def is_connected(self, peer: object) -> bool:
        """Tell whether the other end of a connection is this machine.

        Args:
            peer: Its address as the socket gives it: number and port first.

        """
        if not isinstance(peer, tuple) or len(peer) < len(("number", "port")):
            return False
        return (_number(str(peer[0])), peer[1]) == (self.number, self.port)


def place_of(endpoint: Endpoint) -> Place:
    """Return the machine of an endpoint.

    Raises:
        ProbeHostError: It is neither the loopback nor one's own, is not known, lies outside of
            the networks listed, or would be spoken to unencrypted though not the loopback.

    """
    parts = urlsplit(endpoint.url)
    host = parts.hostname or ""
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
        networks = [ipaddress.ip_network(one) for one in endpoint.own.get(host, ())]
    except ValueError as error:
        raise ProbeHostError(host, "its port, or a network listed for it, is none") from error
    if not port or parts.username is not None:
        raise ProbeHostError(host, "the address is no `http` address without a name to sign in")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ProbeHostError(host, "its name is not known") from error
    numbers = [_number(str(one[4][0])) for one in found]
    for number in numbers:
        if number.is_loopback:
            continue
        if host not in endpoint.own:
            raise ProbeHostError(host, "it is not the loopback, nor listed under `own`")
        if not any(number in network for network in networks):
            raise ProbeHostError(host, "it lies outside of the networks listed for it")
        if parts.scheme != "https":
            raise ProbeHostError(host, "it is not the loopback, and not `https`")
    return Place(scheme=parts.scheme, host=host, netloc=parts.netloc, number=numbers[0], port=port)


def _number(text: str) -> Number:
    number = ipaddress.ip_address(text.partition("%")[0])
    return getattr(number, "ipv4_mapped", None) or number

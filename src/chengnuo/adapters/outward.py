"""Which machine an address is that somebody else has named: a public one, spoken to by its number.

The name is resolved once and the number that was looked at is what is spoken to, so that it cannot
mean another machine a moment later. All numbers of a name have to be allowed, not only the first.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_PORTS = {"https": 443, "http": 80}


class OutwardAddressError(Exception):
    """An address may not be spoken to; the argument says why, without the address."""


class NameNotKnownError(OutwardAddressError):
    """Nobody knows the name now; it may be known later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine that may be spoken to.

    Attributes:
        address: The address with the number in place of the name.
        netloc: Name and port as the address has them, for the header `Host`.
        name: The name that its certificate has to bear.

    """

    address: str
    netloc: str
    name: str


def machine_of(address: str, *, allowed: Iterable[Network] = ()) -> Machine:
    """Return the machine of an address.

    Args:
        address: `https://…`; plain `http://` only to the loopback, where that is allowed.
        allowed: Networks that are not public and may be spoken to nevertheless, as the
            operator's own.

    Raises:
        NameNotKnownError: Its name means nothing.
        OutwardAddressError: It is no such address, or lies where it may not.

    """
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise OutwardAddressError("its address is none") from error
    if not parts.hostname or not port or parts.username or parts.fragment:
        raise OutwardAddressError("its address is no `https://` address")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NameNotKnownError("its name is not known") from error
    networks = tuple(allowed)
    numbers = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    for number in numbers:
        plain = getattr(number, "ipv4_mapped", None) or number
        if not plain.is_global and not any(plain in network for network in networks):
            raise OutwardAddressError("its address is not public and not allowed")
        if plain.is_multicast:
            raise OutwardAddressError("its address is not one of a single machine")
        if parts.scheme != "https" and not plain.is_loopback:
            raise OutwardAddressError("its address is not `https://`")
    number = numbers[0]
    literal = f"[{number}]" if isinstance(number, ipaddress.IPv6Address) else str(number)
    query = f"?{parts.query}" if parts.query else ""
    return Machine(
        address=f"{parts.scheme}://{literal}:{port}{parts.path or '/'}{query}",
        netloc=parts.netloc,
        name=parts.hostname,
    )

"""Who answers at the address of the service: asked over loopback, as a health check asks."""

import socket
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.ports.installation import Answering, DoorLook

_TIMEOUT_S = 3.0
_LIMIT_BYTES = 65536
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where it listens


class _Health(msgspec.Struct):
    """What our `/healthz` says; others are not told by less."""

    status: str
    version: str
    registerVersion: str  # noqa: N815  its name on the wire
    lawVersion: str  # noqa: N815


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An address to ask at.

    Attributes:
        host: Where the service listens.
        port: The port.
        named: Whether the settings name the port.
        name: What browsers call it: the `Host` that it answers to.
        running: Version of the program that looks.

    """

    host: str
    port: int
    named: bool
    name: str
    running: str

    def look(self) -> DoorLook:
        """Ask, and return who answered."""
        who, version = self._asked()
        return DoorLook(
            address=f"{self.host}:{self.port}",
            named=self.named,
            who=who,
            version=version,
            running=self.running,
        )

    def _asked(self) -> tuple[Answering, str]:
        at = _ANY.get(self.host, self.host)
        try:
            socket.create_connection((at, self.port), timeout=_TIMEOUT_S).close()
        except OSError:
            return Answering.NOBODY, ""
        try:
            with closing(HTTPConnection(at, self.port, timeout=_TIMEOUT_S)) as asked:
                asked.request("GET", "/healthz", headers={"Host": self.name})
                answer = asked.getresponse().read(_LIMIT_BYTES)
            health = msgspec.json.decode(answer, type=ready(_Health))
        except (OSError, HTTPException, msgspec.DecodeError):
            return Answering.SOMEBODY_ELSE, ""
        return Answering.SERVICE, health.version

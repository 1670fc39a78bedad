"""Who answers at the address of the service: asked over loopback, as a health check asks.

A Chengnuo that answers is ours if its evidence log is: the list of keys, which is public, says so.
"""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import OK, HTTPConnection, HTTPException

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.log_keys import LogKeys, LogKeysMalformedError
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
        keys: Returns the list of keys of our log; None if there is no log yet.

    """

    host: str
    port: int
    named: bool
    name: str
    running: str
    keys: Callable[[], bytes | None]

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
            health = msgspec.json.decode(self._got(at, "/healthz"), type=ready(_Health))
            who = self._whose(self._got(at, "/tlog/log.json"))
        except (OSError, HTTPException, msgspec.DecodeError):
            return Answering.SOMEBODY_ELSE, ""
        return who, health.version

    def _got(self, at: str, path: str) -> bytes:
        with closing(HTTPConnection(at, self.port, timeout=_TIMEOUT_S)) as asked:
            asked.request("GET", path, headers={"Host": self.name})
            answer = asked.getresponse()
            return answer.read(_LIMIT_BYTES) if answer.status == OK else b""

    def _whose(self, keys: bytes) -> Answering:
        """Tell whose a service is by the keys of its log; one without a log may be ours."""
        if not keys:
            return Answering.SERVICE
        try:
            theirs, own = LogKeys.parse(keys), self.keys()
            ours = own is not None and LogKeys.parse(own)
        except LogKeysMalformedError:
            return Answering.OTHER_SERVICE
        is_ours = ours and (theirs.origin, theirs.keys[0]) == (ours.origin, ours.keys[0])
        return Answering.SERVICE if is_ours else Answering.OTHER_SERVICE

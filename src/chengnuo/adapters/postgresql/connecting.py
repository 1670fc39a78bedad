"""How a connection to a PostgreSQL server is made: over TLS as its address asks.

Without `sslmode`, or with `allow` or `prefer`, TLS is spoken with a server that does, and nothing
of it verified; the driver would do the same, and read all the roots of the system anew each time.
"""

import socket
import ssl
from contextlib import suppress
from io import BufferedRWPair
from struct import pack
from typing import Any

import pg8000.dbapi  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect

from chengnuo.adapters.postgresql.address import NotADatabaseUrlError, tls_of

ANSWER_S = 30
_PORT = 5432
_SSL_REQUEST = pack("!ii", 8, 80877103)
"""What asks a server whether it speaks TLS: PostgreSQL, message formats, `SSLRequest`."""


class _Connection(pg8000.dbapi.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection whose socket is closed at once, though nobody takes leave of it any more.

    The driver's own stays open until whatever looks at the error is gone, and complains.
    """

    def __init__(self, *given: object, **named: object) -> None:
        try:
            super().__init__(*given, **named)
        except BaseException:
            _end(getattr(self, "_sock", None))
            raise

    def close(self) -> None:
        file = self._sock
        with suppress(pg8000.dbapi.InterfaceError):
            super().close()
        _end(file)


def _end(file: BufferedRWPair | None) -> None:
    """Close what the driver reads from a socket and writes to it, and the socket with it."""
    with suppress(OSError):
        if file is not None:
            file.close()


def arguments_of(url: URL) -> dict[str, Any]:
    """Return what the driver is given of an address.

    Raises:
        NotADatabaseUrlError: The roots that it names cannot be read.

    """
    try:
        tls = tls_of(url)
    except (OSError, ValueError) as error:
        raise NotADatabaseUrlError from error
    given = {"timeout": ANSWER_S, "application_name": "chengnuo"}
    return given if tls is None else {**given, "ssl_context": tls}


def connected(
    dialect: Dialect, given: list[Any], named: dict[str, Any], answer_s: float | None
) -> DBAPIConnection:
    """Connect over a socket that is closed where that fails: the driver leaves its own open."""
    place = (str(named["host"]), int(named.get("port") or _PORT))
    try:
        opened = socket.create_connection(place, named["timeout"])
    except (OSError, ValueError) as error:  # no name of a host may have such a form
        raise dialect.loaded_dbapi.InterfaceError("the server is not reached") from error
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        # A message is several small writes: held back together they would wait 40 ms for an answer.
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.settimeout(answer_s)
        if "ssl_context" not in named:
            opened = _over_tls_if_spoken(opened, place[0])
            named = {**named, "ssl_context": False}
        made: DBAPIConnection = _Connection(*given, **named, sock=opened)
    except BaseException:
        opened.close()
        raise
    return made


def _over_tls_if_spoken(opened: socket.socket, host: str) -> socket.socket:
    opened.sendall(_SSL_REQUEST)
    speaks = opened.recv(1)
    if speaks not in {b"S", b"N"}:
        raise pg8000.dbapi.InterfaceError("no answer to the request for TLS")
    return _ANYBODY.wrap_socket(opened, server_hostname=host) if speaks == b"S" else opened


def _of_anybody() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


_ANYBODY = _of_anybody()

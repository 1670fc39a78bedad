"""How a connection to a PostgreSQL server is made: over TLS as its address asks.

Without `sslmode`, or with `allow` or `prefer`, TLS is spoken with a server that does, and nothing
of it verified; the driver would do the same, and read all the roots of the system anew each time.
"""

import socket
import ssl
from struct import pack
from typing import Any

import pg8000.dbapi  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect

from chengnuo.adapters.postgresql.address import MODES, NotADatabaseUrlError

ANSWER_S = 30
_PORT = 5432
_WANTED = frozenset({"require", "verify-ca", "verify-full"})
_SSL_REQUEST = pack("!ii", 8, 80877103)
"""What asks a server whether it speaks TLS: PostgreSQL, message formats, `SSLRequest`."""


def arguments_of(url: URL) -> dict[str, Any]:
    """Return what the driver is given of an address.

    Raises:
        NotADatabaseUrlError: The roots that it names cannot be read.

    """
    mode, root = (str(url.query.get(one, "")) for one in ("sslmode", "sslrootcert"))
    given: dict[str, Any] = {"timeout": ANSWER_S, "application_name": "chengnuo"}
    if mode in _WANTED:
        try:
            context = ssl.create_default_context(cafile=root or None)
        except OSError as error:
            raise NotADatabaseUrlError from error
        context.check_hostname = mode == MODES[-1]
        if mode == "require" and not root:
            context.verify_mode = ssl.CERT_NONE
        given["ssl_context"] = context
    elif mode == "disable":
        given["ssl_context"] = False
    return given


def connected(
    dialect: Dialect, given: list[Any], named: dict[str, Any], answer_s: float | None
) -> DBAPIConnection:
    """Connect over a socket that is closed where that fails: the driver leaves its own open."""
    place = (str(named["host"]), int(named.get("port") or _PORT))
    try:
        opened = socket.create_connection(place, named["timeout"])
    except OSError as error:
        raise dialect.loaded_dbapi.InterfaceError("the server is not reached") from error
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        # A message is several small writes: held back together they would wait 40 ms for an answer.
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.settimeout(answer_s)
        if "ssl_context" not in named:
            opened.sendall(_SSL_REQUEST)
            if opened.recv(1) == b"S":
                opened = _ANYBODY.wrap_socket(opened, server_hostname=place[0])
            named = {**named, "ssl_context": False}
        made: DBAPIConnection = pg8000.dbapi.connect(*given, **named, sock=opened)
    except BaseException:
        opened.close()
        raise
    return made


def _of_anybody() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


_ANYBODY = _of_anybody()

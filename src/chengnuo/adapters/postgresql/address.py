"""The address of a database, as an operator writes it."""

import ssl
from contextlib import suppress
from ipaddress import ip_address

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from chengnuo.base.errors import InvalidInputError

MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""What `sslmode` may be, as libpq takes it; without it `prefer` is meant."""
QUERY = frozenset({"sslmode", "sslrootcert"})
"""What an address may say after its question mark: of what is not known, nothing could be held."""


class NotADatabaseUrlError(InvalidInputError):
    """What should say where the database is does not; nothing of it is repeated."""

    code = "not-a-database-url"

    def __init__(self) -> None:
        super().__init__(
            "the address of the database is not of the form "
            "postgresql://ACCOUNT:PASSWORD@HOST:PORT/NAME, with `sslmode` one of "
            f"{', '.join(MODES)}, and `sslrootcert` a file of certificates"
        )


def url_of(given: str) -> URL:
    """Return an address for our driver.

    Raises:
        NotADatabaseUrlError: It is something else.

    """
    with suppress(ArgumentError, ValueError):
        url = make_url(given)
        is_known = set(url.query) <= QUERY and url.query.get("sslmode", "prefer") in MODES
        is_ours = url.get_backend_name() == "postgresql" and is_known
        if is_ours and url.host and url.database:
            return url.set(drivername="postgresql+pg8000")
    raise NotADatabaseUrlError


def tls_of(url: URL) -> ssl.SSLContext | bool | None:
    """Return how an address wants TLS spoken; False for not at all, None for as the server likes.

    Raises:
        ValueError: Its `sslmode` is none.
        OSError: The file of certificates cannot be read.

    """
    mode, root = url.query.get("sslmode", "prefer"), str(url.query.get("sslrootcert", ""))
    if mode not in MODES:
        raise ValueError(mode)
    if mode in {"allow", "prefer", "disable"}:
        return False if mode == "disable" else None
    context = ssl.create_default_context(cafile=root or None)
    context.check_hostname = mode == "verify-full"
    if mode == "require" and not root:
        context.verify_mode = ssl.CERT_NONE
    return context


def is_verified(url: URL) -> bool:
    """Tell whether the server has to prove who it is, or is on this machine.

    >>> [is_verified(make_url(f"postgresql://h/x{one}")) for one in ("", "?sslmode=verify-full")]
    [False, True]
    >>> is_verified(make_url("postgresql://127.0.0.1/x"))
    True

    """
    mode = url.query.get("sslmode", "")
    if mode in {"verify-ca", "verify-full"} or (mode == "require" and "sslrootcert" in url.query):
        return True
    host = str(url.host).strip("[]")
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"

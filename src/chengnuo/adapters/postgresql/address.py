"""The address of a database, as an operator writes it."""

from contextlib import suppress
from ipaddress import ip_address

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from chengnuo.base.errors import InvalidInputError

MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""What `sslmode` may be, as libpq takes it; without it `prefer` is meant."""


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
        mode = url.query.get("sslmode", "prefer")
        is_ours = url.get_backend_name() == "postgresql" and mode in MODES
        if is_ours and url.host and url.database:
            return url.set(drivername="postgresql+pg8000")
    raise NotADatabaseUrlError


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

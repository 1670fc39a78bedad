"""The address of a database, as an operator writes it."""

from contextlib import suppress

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from chengnuo.base.errors import InvalidInputError


class NotADatabaseUrlError(InvalidInputError):
    """What should say where the database is does not; nothing of it is repeated."""

    code = "not-a-database-url"

    def __init__(self) -> None:
        super().__init__(
            "the address of the database is not of the form "
            "postgresql://ACCOUNT:PASSWORD@HOST:PORT/NAME"
        )


def url_of(given: str) -> URL:
    """Return an address for our driver.

    Raises:
        NotADatabaseUrlError: It is something else.

    """
    with suppress(ArgumentError, ValueError):
        url = make_url(given)
        if url.get_backend_name() == "postgresql" and url.host and url.database:
            return url.set(drivername="postgresql+pg8000")
    raise NotADatabaseUrlError

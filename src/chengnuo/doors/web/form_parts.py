"""What views that take forms share: one field as text, and a session given to the browser."""

from chengnuo.doors.http.exchange import STAFF_COOKIE, exchange_of
from chengnuo.doors.http.refusals import NotSignedInError
from chengnuo.doors.web.showing import Asked
from chengnuo.ports.sessions import StaffSession, Stage
from chengnuo.usecases.sign_in import OpenedSession


def keep_session(request: Asked, opened: OpenedSession) -> str:
    """Give the browser its new session and return where it goes next."""
    exchange = exchange_of(request.scope)
    exchange.set_cookie(STAFF_COOKIE, opened.token)
    return "/console" if opened.session.row.stage is Stage.FULL else "/console/totp"


async def field(request: Asked, name: str, *, most: int = 400) -> str:
    """Return one field of a form as text, cut to a length; empty if it is not there."""
    value = (await request.form()).get(name, "")
    return value[:most] if isinstance(value, str) else ""


def signed_in(staff: StaffSession | None) -> StaffSession:
    """Return the session that the route's audience has made sure of.

    Raises:
        NotSignedInError: There is none after all.

    """
    if staff is None:
        raise NotSignedInError
    return staff

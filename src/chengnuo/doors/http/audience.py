"""Who a route is for. Every route says so; the app refuses to be built when one does not.

Audiences: `anyone`; `individual` (a person in the privacy centre); `signing-in` (password given,
code not yet); `meter` (a monitor with the metrics token); and the roles `staff`, `reviewer`,
`auditor`, `admin`.
"""

import hmac
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from chengnuo.doors.http.exchange import (
    STAFF_COOKIE,
    VISITOR_COOKIE,
    Exchange,
    TextSize,
    exchange_of,
)
from chengnuo.doors.http.identities import Identities
from chengnuo.doors.http.refusals import NotAllowedError, NotSignedInError
from chengnuo.ports.accounts import Role
from chengnuo.ports.sessions import Stage

ANYONE = "anyone"
INDIVIDUAL = "individual"
SIGNING_IN = "signing-in"
METER = "meter"
ROLES = frozenset(role.value for role in Role)
AUDIENCES = ROLES | {ANYONE, INDIVIDUAL, SIGNING_IN, METER}


class UnknownAudienceError(ValueError):
    """A route names an audience that does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"`{name}` is no audience; expected one of {sorted(AUDIENCES)}")


class Audience:
    """A Litestar guard that lets the named audiences in and nobody else."""

    def __init__(self, who: frozenset[str]) -> None:
        """Make the guard; see `requires`."""
        self.who = who

    async def __call__(
        self, connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
    ) -> None:
        """Let the request pass.

        Raises:
            NotSignedInError: Nobody is signed in who could be asked for a role.
            NotAllowedError: Somebody is signed in whose role is not among the audiences.

        """
        exchange = exchange_of(connection.scope)
        await look(exchange, connection.app.state.identities)
        if ANYONE in self.who or self.who & _is(exchange):
            return
        if METER in self.who and _has_metrics_token(connection):
            return
        if exchange.staff is not None and self.who & ROLES:
            raise NotAllowedError
        raise NotSignedInError


def requires(*who: str) -> Audience:
    """Return the guard for a route or router: any one of the audiences may come in.

    Example: `@get("/console/board", guards=[requires("staff", "reviewer", "auditor")])`

    Raises:
        UnknownAudienceError: A name is not an audience.

    """
    for name in who:
        if name not in AUDIENCES:
            raise UnknownAudienceError(name)
    return Audience(frozenset(who))


async def look(exchange: Exchange, identities: Identities) -> None:
    """Find out who calls, once per request; without our cookies nothing is read."""
    if exchange.looked:
        return
    exchange.looked = True
    if token := exchange.cookie(STAFF_COOKIE):
        session = await sync_to_thread(identities.staff_session, token)
        if session is not None and session.row.stage is Stage.FULL:
            exchange.staff = session
        else:
            exchange.signing_in = session
    if token := exchange.cookie(VISITOR_COOKIE):
        unhurried = exchange.size is not TextSize.USUAL
        exchange.visitor = await sync_to_thread(identities.visitor, token, unhurried=unhurried)


def _has_metrics_token(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    expected: str = connection.app.state.web.metrics_token
    given = connection.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def _is(exchange: Exchange) -> frozenset[str]:
    names = set()
    if exchange.staff is not None:
        names.add(exchange.staff.account.role.value)
    if exchange.signing_in is not None:
        names.add(SIGNING_IN)
    if exchange.visitor is not None:
        names.add(INDIVIDUAL)
    return frozenset(names)

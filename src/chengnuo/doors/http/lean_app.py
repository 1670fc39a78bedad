"""The Litestar app with the handlers that were written, and no others.

Litestar adds to every route a handler that answers OPTIONS, which would be half of all handlers,
each with a reader of its parameters. None is kept here. OPTIONS ends as a method that is not
allowed, whose answer names those that are; `answer_error` makes the answer of RFC 9110 section
9.3.7 of it.
"""

from typing import Any

from litestar import Litestar, Router
from litestar.routes import BaseRoute, HTTPRoute

_ADDED = {"OPTIONS"}


class _AsWritten(Router):
    """Leaves away what Litestar adds to a route, before anything is made of it."""

    __slots__ = ()

    def register(self, value: Any) -> list[BaseRoute]:  # noqa: ANN401  Litestar's own union
        """Register a handler or a router; return its routes."""
        routes = super().register(value)
        for route in routes:
            if isinstance(route, HTTPRoute):
                route.route_handlers = [
                    one for one in route.route_handlers if one.http_methods != _ADDED
                ]
        return routes


class LeanApp(Litestar, _AsWritten):  # type: ignore[misc]  # as Litestar's own of Router's
    """A Litestar app whose routes have the handlers that were written."""

    __slots__ = ()

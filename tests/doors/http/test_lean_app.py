"""The app has the handlers that were written; OPTIONS is answered all the same."""

import pytest
from litestar import Litestar, get, post
from litestar.routes import HTTPRoute
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit

from chengnuo.doors.http.lean_app import LeanApp


def methods_of(app: Litestar) -> dict[str, list[str]]:
    """Return the methods of every route that has a handler."""
    return {
        route.path: sorted(m for one in route.route_handlers for m in one.http_methods)
        for route in app.routes
        if isinstance(route, HTTPRoute)
    }


def test_no_route_has_a_handler_that_nobody_wrote(quiet_kit: Kit) -> None:
    inner = quiet_kit.service.app.inner
    assert isinstance(inner, Litestar)
    methods = methods_of(inner)
    assert {one for each in methods.values() for one in each} == {"GET", "HEAD", "POST"}
    assert methods["/console/sign-in"] == ["GET", "POST"]


def test_routes_that_share_a_path_come_together() -> None:
    @get("/", sync_to_thread=False)
    def shown() -> str:
        return ""

    @post("/", sync_to_thread=False)
    def taken() -> str:
        return ""

    handlers = [shown, taken]
    assert methods_of(LeanApp(handlers, openapi_config=None)) == {"/": ["GET", "POST"]}
    added = methods_of(Litestar(handlers, openapi_config=None))
    assert added == {"/": ["GET", "OPTIONS", "POST"]}  # else there is nothing to leave away


@pytest.mark.parametrize(
    ("path", "status", "allowed"),
    [
        ("/healthz", 204, {"GET", "OPTIONS"}),
        ("/console/sign-in", 204, {"GET", "OPTIONS", "POST"}),
        ("/v1/register/abcdef0", 204, {"GET", "OPTIONS"}),
        ("/console/nowhere", 404, set()),
        ("/v1/nowhere", 404, set()),
    ],
)
def test_options_are_told_without_a_handler(
    path: str, status: int, allowed: set[str], quiet_kit: Kit
) -> None:
    answer = Browser(quiet_kit.service.app).client.options(path)
    assert answer.status_code == status
    assert set(answer.headers.get("allow", "").replace(",", " ").split()) == allowed
    assert (answer.content == b"") is (status == 204)


def test_another_method_is_refused_with_those_that_are_allowed(quiet_kit: Kit) -> None:
    answer = Browser(quiet_kit.service.app).client.delete("/healthz")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_the_description_is_made_once_and_stays_the_same(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    first, again = browser.get("/schema"), browser.get("/schema/openapi.json")
    assert first.content == again.content
    described = first.json()
    assert described["components"]["schemas"]["TokenBody"]["additionalProperties"] is False
    assert described["paths"]["/v1/decisions"]["post"]["security"]

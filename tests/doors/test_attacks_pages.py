"""Attacks on every page, form and answer: forged forms, split headers, foreign hosts, markup."""

import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.people_kit import PASSWORD, code_now, join, next_code, seed_on
from tests.doors.service_kit import Kit, start
from tests.doors.token_kit import AUDIENCE, ISSUER, Issuer
from tests.doors.web.test_who_may import PLACEHOLDER, browser_of, routes, with_everybody
from tests.waiting import until

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, ROLES, SIGNING_IN
from chengnuo.doors.web.app import RouteAudience
from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.service
SPLIT = "a%0d%0aset-cookie:%20chosen=1%0d%0ax-injected:%201"
MARKUP = '"><script>alert(1)</script>'
ESCAPED = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
PASSWORD_FIELD = re.compile(r'<input[^>]+name="(?:password|again|old|new)"[^>]*>')
ASKED = ("lang", "size", "to", "next", "state", "code", "q", "after", "activity", "given")
"""What pages are asked with, and what none is."""


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = with_everybody(tmp_path_factory.mktemp("everybody") / "data")
    yield made
    made.service.close()


def caller_of(route: RouteAudience) -> str:
    """Return somebody whom a route lets in; who is nobody where anybody may come."""
    if ANYONE in route.who:
        return "nobody"
    return min(route.who & {INDIVIDUAL, SIGNING_IN, *ROLES})


def read_by(kit: Kit) -> Iterator[tuple[RouteAudience, Browser]]:
    """Yield every route that is read, each with a browser that may read it."""
    browsers: dict[str, Browser] = {}
    for route in routes(kit):
        known = route.who & {ANYONE, INDIVIDUAL, SIGNING_IN, *ROLES}
        if route.method == "GET" and known:
            caller = caller_of(route)
            if caller not in browsers or route.path.endswith(("/enter", "/leave")):
                browsers[caller] = browser_of(kit, caller)
            yield route, browsers[caller]


def filled(path: str, what: str) -> str:
    return PLACEHOLDER.sub(what, path)


def test_no_form_is_taken_from_another_site_or_without_its_token(everybody: Kit) -> None:
    taken = {}
    forms = [one for one in routes(everybody) if one.method == "POST" and one.takes_forms]
    assert len(forms) > 60
    for route in forms:
        path = filled(route.path, "abcdef0123")
        browser = browser_of(everybody, caller_of(route))
        token = {"csrf_token": browser.form_token("/centre/enter")}
        answers = {
            "cross-site": browser.post(path, token, {"sec-fetch-site": "cross-site"}),
            "foreign origin": browser.post(path, token, {"origin": "https://evil.example.com"}),
            "no token": browser.post(path, {}),
            "as text": browser.client.post(
                path, content=b"csrf_token=x", headers={"content-type": "text/plain"}
            ),
        }
        for how, answer in answers.items():
            if answer.status_code != 403 or "form-refused" not in answer.text:
                taken[f"{how}: {route.path}"] = answer.status_code
    assert taken == {}


def test_nothing_that_is_asked_with_splits_a_header(everybody: Kit) -> None:
    split = []
    for route, browser in read_by(everybody):
        asked = "&".join(f"{name}={SPLIT}" for name in ASKED)
        answer = browser.get(f"{filled(route.path, SPLIT)}?{asked}")
        lines = b"".join(name + value for name, value in answer.headers.raw)
        if b"\r" in lines or b"\n" in lines or "x-injected" in answer.headers:
            split.append(route.path)
        assert "chosen" not in browser.client.cookies
    assert split == []


def test_no_page_shows_markup_that_it_was_asked_with(everybody: Kit) -> None:
    shown = []
    for route, browser in read_by(everybody):
        asked = "&".join(f"{name}={ESCAPED}" for name in ASKED)
        answer = browser.get(f"{filled(route.path, ESCAPED)}?{asked}")
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if is_page and (MARKUP in answer.text or "<script>alert" in answer.text):
            shown.append(route.path)
        assert answer.status_code < 500, route.path
    assert shown == []


def test_no_answer_lets_another_origin_read_it(everybody: Kit) -> None:
    headers = {"origin": "https://evil.example.com", "access-control-request-method": "POST"}
    for route, browser in read_by(everybody):
        path = filled(route.path, "abcdef0123")
        for method in ("GET", "OPTIONS"):
            answer = browser.client.request(method, path, headers=headers)
            allowed = {one for one in answer.headers if one.startswith("access-control-")}
            assert allowed == set(), f"{method} {path}"


@pytest.mark.parametrize(
    "header",
    ["x-forwarded-host", "x-host", "forwarded", "x-original-url", "x-rewrite-url", "referer"],
)
def test_no_header_beside_the_host_says_who_we_are(everybody: Kit, header: str) -> None:
    browser = Browser(everybody.service.app)
    for path in ("/console/sign-in", "/centre", "/v1/register", "/nowhere", "/console"):
        sent = {header: "host=evil.example.com" if header == "forwarded" else "evil.example.com"}
        answer = browser.get(path, headers=sent)
        assert "evil.example.com" not in f"{answer.headers!r}{answer.text}", path
        assert answer.status_code == browser.get(path).status_code


def test_two_hosts_are_none(everybody: Kit) -> None:
    client = Browser(everybody.service.app).client
    for pair in (("127.0.0.1:8700", "evil.example.com"), ("evil.example.com", "127.0.0.1:8700")):
        request = httpx.Request(
            "GET", "http://127.0.0.1:8700/healthz", headers=[("host", one) for one in pair]
        )
        assert client.send(request).status_code == 421


def test_an_address_that_is_said_counts_as_nothing(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", sign_ins_per_minute=3)
    browser = Browser(kit.service.app, address="192.0.2.1")
    form = {"name": "ana", "password": "x" * 20}
    form["csrf_token"] = browser.form_token("/console/sign-in")
    found = [
        browser.post("/console/sign-in", form, {"x-forwarded-for": f"198.51.100.{at}"}).status_code
        for at in range(4)
    ]
    assert found == [401, 401, 401, 429]
    kit.service.close()


def test_every_cookie_over_https_is_for_this_host_and_no_script(tmp_path: Path) -> None:
    origin, issuer = "https://privacy.example.com", Issuer()
    said = {
        "issuer": ISSUER,
        "audiences": [AUDIENCE],
        "jwks": str(issuer.write(tmp_path / "jwks.json")),
    }
    kit = start(tmp_path / "data", public_url=origin, individuals=said)
    given: list[str] = []
    browser = Browser(kit.service.app, origin=origin)
    browser.client.event_hooks["response"].append(
        lambda answer: given.extend(answer.headers.get_list("set-cookie"))
    )
    link = kit.service.set_up_path
    made = {"token": link.partition("token=")[2], "name": "first.admin"}
    browser.submit(link, "/console/set-up", {**made, "password": PASSWORD, "again": PASSWORD})
    seed = seed_on(browser.get("/console/totp").text)
    browser.submit("/console/totp", "/console/totp", {"code": code_now(seed, kit.clock)})
    browser.get("/console/people?lang=en&size=large")
    token = issuer.token(kit.clock.now())
    enter = browser.client.post("/v1/individuals/codes", json={"token": token}).json()
    browser.opened_by_app(enter["enterPath"])
    browser.get("/centre/about")
    browser.submit("/console/people", "/console/sign-out")
    names = {one.partition("=")[0] for one in given}
    assert {"__Host-chengnuo-staff", "__Host-chengnuo-individual", "__Host-chengnuo-form"} <= names
    for cookie in given:
        parts = cookie.split("; ")
        assert cookie.startswith("__Host-chengnuo-")
        assert {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"} <= set(parts[1:]), cookie
        assert not any(part.lower().startswith("domain") for part in parts)
    kit.service.close()


def test_a_code_that_is_sent_twice_at_once_opens_one_session(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    services = kit.service.services
    account = services.accounts.people().accounts[0]
    pending = [services.sign_in.open(account).session for _ in range(4)]
    code, together = code_now(seed, kit.clock), threading.Barrier(len(pending))
    opened: list[str] = []
    refused: list[str] = []

    def tried(at: int) -> None:
        together.wait(10)
        try:
            opened.append(services.sign_in.with_code(pending[at], code).token)
        except ChengnuoError as error:
            refused.append(error.code)

    threads = [threading.Thread(target=tried, args=(at,)) for at in range(len(pending))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(opened), refused) == (1, ["code-refused"] * 3)


def test_no_request_writes_a_line_of_its_own_into_the_log(
    everybody: Kit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="chengnuo")
    forged = "x%0d%0a2026-03-02%20INFO%20chengnuo.requests:%20forged"
    for route, browser in read_by(everybody):
        browser.get(f"{filled(route.path, forged)}?lang={forged}", headers={"user-agent": "forged"})
    Browser(everybody.service.app).client.request("FORGED", f"/{forged}")
    lines = [one.getMessage() for one in caplog.records if one.name.startswith("chengnuo")]
    assert len(lines) > 100
    assert [line for line in lines if "forged" in line.lower() or "\n" in line] == []


def test_no_answer_says_what_it_is_made_with(everybody: Kit) -> None:
    for route, browser in read_by(everybody):
        answer = browser.get(filled(route.path, "abcdef0123"))
        assert {"server", "x-powered-by", "via"} & set(answer.headers) == set(), route.path
        for maker in ("litestar", "uvicorn", "python", "jinja"):
            assert maker not in repr(answer.headers).lower(), route.path


def test_every_page_says_its_type_and_charset(everybody: Kit) -> None:
    for route, browser in read_by(everybody):
        answer = browser.get(filled(route.path, "abcdef0123"))
        said = answer.headers.get("content-type", "")
        if answer.content:
            assert said, route.path
        if said.startswith("text/"):
            assert said.endswith("charset=utf-8"), f"{route.path}: {said}"


@pytest.mark.parametrize("path", ["/v1/register", "/v1/none", "/healthz", "/schema/openapi.json"])
def test_a_browser_that_is_led_to_an_answer_for_programs_opens_nothing(kit: Kit, path: str) -> None:
    answer = Browser(kit.service.app).get(path)
    assert "json" in answer.headers["content-type"]
    assert answer.headers["content-disposition"] == 'attachment; filename="api.json"'
    assert "content-disposition" not in Browser(kit.service.app).get("/centre").headers


def test_password_fields_hide_what_is_typed_and_take_what_is_pasted(kit: Kit) -> None:
    link = kit.service.set_up_path
    admin = join(kit, link, "first.admin")[0]
    token = kit.service.services.accounts.invite(
        Role.STAFF, by=kit.service.services.accounts.people().accounts[0].id
    )
    pages = (
        Browser(kit.service.app).get("/console/sign-in").text,
        Browser(kit.service.app).get(f"/console/set-up?token={token}").text,
        admin.get("/console/account").text,
    )
    for page in pages:
        fields = PASSWORD_FIELD.findall(page)
        assert fields
        for field in fields:
            assert 'type="password"' in field
            assert 'autocomplete="current-password"' in field or 'autocomplete="new-' in field
        assert "onpaste" not in page


def test_every_sign_in_of_staff_becomes_evidence(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    browser = Browser(kit.service.app)
    typed = {"name": "first.admin", "password": PASSWORD}
    browser.submit("/console/sign-in", "/console/sign-in", typed)
    browser.submit("/console/totp", "/console/totp", {"code": code_now(seed, kit.clock)})
    evidence = kit.service.services.evidence

    def recorded() -> int:
        evidence.log.publish()
        return len(evidence.browse(kind=Kind.STAFF_SIGN_IN).records)

    until(lambda: recorded() >= 2)  # a sign-in is queued: it becomes durable soon after
    assert recorded() == 2

"""What goes around every page and answer: headers, forms, hosts, limits, logs."""

import asyncio
import logging
import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from litestar import Litestar
from tests.doors.browser_kit import Browser
from tests.doors.people_kit import first_admin
from tests.doors.service_kit import Kit, start

from chengnuo.doors import web
from chengnuo.doors.http.audience import ANYONE
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.security_headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from chengnuo.doors.web.app import route_audiences

# A browser sends what it has of a form when the rest has not come yet.
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


def test_every_answer_carries_the_security_headers(kit: Kit) -> None:
    browser = first_admin(kit)
    inner = kit.service.app.inner
    assert isinstance(inner, Litestar)
    for route in route_audiences(inner):
        path = route.path.replace("{", "").replace("}", "")
        answer = browser.client.request(route.method, path)
        for name, value in SECURITY_HEADERS.items():
            given = answer.headers.get(name, "")
            if (route.path, name) == ("/centre/verify", "content-security-policy"):
                # The one page with a script of its own, pinned by hash; it may load nothing at all.
                assert given.startswith("default-src 'none'; script-src 'sha256-")
                assert "unsafe" not in given
            else:
                assert given == value, f"{route.path} lacks {name}"
        # Made to be kept: the public log by everybody who reads along, the style of the centre.
        if not route.path.startswith(("/tlog/", "/centre/theme.css")):
            assert answer.headers["cache-control"] == "no-store", route.path


@pytest.mark.parametrize("path", ["/nowhere", "/v1/nowhere", "/console/nowhere", "/centre/nowhere"])
def test_what_is_not_there_is_a_404_with_the_same_headers(quiet_kit: Kit, path: str) -> None:
    answer = Browser(quiet_kit.service.app).get(path)
    assert answer.status_code == 404
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "not-found" in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param("/nope", "text/html", id="where a person may have come"),
        pytest.param("/centre/nope", "text/html", id="below the centre"),
        pytest.param("/v1/nope", "application/problem+json", id="where a program asks"),
    ],
)
def test_people_get_a_page_and_programs_a_problem(quiet_kit: Kit, path: str, kind: str) -> None:
    answer = Browser(quiet_kit.service.app).get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith(kind)


def test_the_policy_lets_no_inline_script_or_style_run() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "data:" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_the_pages_hold_nothing_inline_that_the_policy_would_stop(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    for path in ("/console/sign-in", quiet_kit.service.set_up_path, "/centre/enter"):
        page = browser.get(path).text
        assert "<script>" not in page
        assert "<style" not in page
        assert " style=" not in page
        assert "onclick" not in page


def test_over_https_cookies_are_bound_to_the_host_and_hsts_is_sent(tmp_path: Path) -> None:
    origin = "https://privacy.example.com"
    kit = start(tmp_path / "data", public_url=origin)
    answer = Browser(kit.service.app, origin=origin).get("/console/sign-in")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-chengnuo-form=")
    for part in ("Path=/", "HttpOnly", "SameSite=Lax", "Secure"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie
    assert answer.headers["strict-transport-security"].startswith("max-age=63072000")
    kit.service.close()


def test_over_plain_http_no_hsts_is_sent(quiet_kit: Kit) -> None:
    answer = Browser(quiet_kit.service.app).get("/healthz")
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8700", 200),
        ("localhost:8700", 200),
        ("[::1]:8700", 200),
        ("rebound.example.com", 421),
        ("127.0.0.1:8700.example.com", 421),
        ("", 421),
    ],
)
def test_only_known_hosts_are_answered(quiet_kit: Kit, host: str, status: int) -> None:
    answer = Browser(quiet_kit.service.app).get("/healthz", headers={"host": host})
    assert answer.status_code == status


FIELDS = {"name": "ana", "password": "x" * 20}


@pytest.mark.parametrize(
    ("headers", "id_"),
    [
        ({"sec-fetch-site": "cross-site"}, "cross site"),
        ({"sec-fetch-site": "same-site"}, "sibling domain"),
        ({"origin": "https://evil.example.com"}, "foreign origin"),
        ({"origin": "null"}, "opaque origin"),
    ],
)
def test_a_form_from_another_site_is_refused_even_with_its_token(
    quiet_kit: Kit, headers: dict[str, str], id_: str
) -> None:
    browser = Browser(quiet_kit.service.app)
    token = browser.form_token("/console/sign-in")
    answer = browser.post("/console/sign-in", {**FIELDS, "csrf_token": token}, headers)
    assert answer.status_code == 403, id_
    assert "form-refused" in answer.text


def test_a_form_needs_its_token(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    token = browser.form_token("/console/sign-in")
    for given in ("", "0" * 64, token[:-1], token.upper()):
        answer = browser.post("/console/sign-in", {**FIELDS, "csrf_token": given})
        assert answer.status_code == 403
    assert browser.post("/console/sign-in", FIELDS).status_code == 403
    right = browser.post("/console/sign-in", {**FIELDS, "csrf_token": token})
    assert right.status_code == 401


def test_the_token_of_one_browser_is_of_no_use_to_another(quiet_kit: Kit) -> None:
    token = Browser(quiet_kit.service.app).form_token("/console/sign-in")
    other = Browser(quiet_kit.service.app)
    other.get("/console/sign-in")
    assert other.post("/console/sign-in", {**FIELDS, "csrf_token": token}).status_code == 403
    bare = Browser(quiet_kit.service.app)
    assert bare.post("/console/sign-in", {**FIELDS, "csrf_token": token}).status_code == 403


def test_the_token_changes_with_the_session(kit: Kit) -> None:
    admin = first_admin(kit)
    token = admin.form_token("/console/people")
    admin.client.cookies.delete("chengnuo-staff")
    answer = admin.post("/console/sign-in", {**FIELDS, "csrf_token": token})
    assert answer.status_code == 403


def test_a_form_sent_as_json_is_refused(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    token = browser.form_token("/console/sign-in")
    answer = browser.client.post("/console/sign-in", json={**FIELDS, "csrf_token": token})
    assert answer.status_code == 403


def test_every_route_that_changes_something_checks_forms_or_takes_json_alone(
    quiet_kit: Kit,
) -> None:
    inner = quiet_kit.service.app.inner
    assert isinstance(inner, Litestar)
    without = [
        route
        for route in route_audiences(inner)
        if route.method not in {"GET", "HEAD"} and not route.takes_forms
    ]
    assert [(route.method, route.path) for route in without] == [("POST", "/v1/individuals/codes")]
    answer = Browser(quiet_kit.service.app).client.post(
        "/v1/individuals/codes",
        content=b'{"token": "x"}',
        headers={"content-type": "text/plain"},
    )
    assert answer.status_code in {400, 415}
    assert all(ANYONE in route.who for route in without)


def test_the_token_ends_each_form_so_that_half_a_form_is_not_taken() -> None:
    templates = (Path(web.__file__).parent / "templates").rglob("*.html")
    forms = [form for one in templates for form in _FORM.findall(one.read_text("utf-8"))]
    assert all("csrf()" in form for form in forms if 'method="post"' in form)
    found = [form for form in forms if "csrf()" in form]
    assert len(found) > 90
    for form in found:
        before, _, after = form.rpartition("csrf() }}")
        assert after.removeprefix("{% endif %}").split() == ["</form>"], form[:120]
        assert "csrf()" not in before, form[:120]


def test_a_body_beyond_the_limit_is_refused(quiet_kit: Kit) -> None:
    client = Browser(quiet_kit.service.app).client
    assert client.post("/console/sign-in", content=b"x" * 65537).status_code == 413


@pytest.mark.parametrize("path", ["/console/sign-in", "/v1/individuals/codes"])
def test_a_body_that_grows_beyond_the_limit_is_refused(quiet_kit: Kit, path: str) -> None:
    kinds = {"/console/sign-in": "application/x-www-form-urlencoded"}
    browser = Browser(quiet_kit.service.app)
    browser.get("/console/sign-in")
    answer = browser.client.post(
        path,
        content=(b"a" * 8192 for _ in range(9)),
        headers={"content-type": kinds.get(path, "application/json")},
    )
    assert answer.status_code == 413
    assert "body-too-large" in answer.text


def test_a_request_that_takes_too_long_is_given_up(
    quiet_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def waiting(_: object) -> tuple[object, ...]:
        gate.wait(5)
        return ()

    monkeypatch.setattr("chengnuo.usecases.register_desk.Desk.kept", waiting)
    web = replace(quiet_kit.web, request_timeout_s=0.05)
    app = Envelope(quiet_kit.service.app.inner, web, Metrics())
    threading.Timer(0.5, gate.set).start()
    answer = Browser(app).get("/v1/register")
    assert (answer.status_code, answer.json()["code"]) == (503, "too-slow")


def test_a_request_that_a_stop_does_not_wait_for_is_told(quiet_kit: Kit) -> None:
    came = threading.Event()

    async def hangs(*_: object) -> None:
        came.set()
        await asyncio.sleep(60)

    app = Envelope(hangs, quiet_kit.web, Metrics())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        with ThreadPoolExecutor(1) as asking:
            headers = {"host": min(quiet_kit.web.hosts)}
            asked = asking.submit(
                httpx.get, f"http://127.0.0.1:{port}/v1/register", headers=headers, timeout=30
            )
            assert came.wait(10)
            server.should_exit = True
            answer = asked.result()
        serving.join()
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_one_address_may_not_ask_without_end(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", requests_per_minute=20)
    one = Browser(kit.service.app, address="192.0.2.1")
    assert [one.get("/healthz").status_code for _ in range(21)].count(429) == 1
    refused = one.get("/healthz")
    assert refused.headers["retry-after"] == "60"
    assert Browser(kit.service.app, address="192.0.2.2").get("/healthz").status_code == 200
    kit.service.close()


def test_one_address_may_not_guess_passwords_quickly(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", sign_ins_per_minute=3)
    browser = Browser(kit.service.app, address="192.0.2.1")
    token = browser.form_token("/console/sign-in")
    form = {**FIELDS, "csrf_token": token}
    found = [browser.post("/console/sign-in", form).status_code for _ in range(4)]
    assert found == [401, 401, 401, 429]
    kit.service.close()


def test_nothing_of_a_person_is_logged(kit: Kit, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Browser(kit.service.app, address="192.0.2.77")
    browser.get("/console/set-up?token=a-secret-token")
    browser.submit("/console/sign-in", "/console/sign-in", {"name": "ana.b", "password": "p" * 20})
    browser.get("/v1/register/abcdef0123?note=ana.b")
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    logged = "\n".join(record.getMessage() for record in ours)
    assert "/v1/register/{version_id}" in logged
    for secret in ("a-secret-token", "ana.b", "192.0.2.77", "pppp", "abcdef0123"):
        assert secret not in logged


def test_an_unforeseen_error_shows_and_logs_nothing_of_itself(
    kit: Kit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("13800000000 is a secret")

    monkeypatch.setattr("chengnuo.usecases.register_desk.Desk.kept", broken)
    answer = Browser(kit.service.app).get("/v1/register")
    assert answer.status_code == 500
    assert answer.json()["code"] == "unexpected"
    assert "13800000000" not in answer.text + caplog.text
    assert "RuntimeError at broken" in caplog.text


def test_the_language_is_chinese_until_the_switch_says_otherwise(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    page = browser.get("/console/sign-in", headers={"accept-language": "en-US,en"})
    assert 'lang="zh-CN"' in page.text
    assert 'lang="en"' in browser.get("/console/sign-in?lang=en").text
    assert 'lang="en"' in browser.get("/console/sign-in").text
    assert 'lang="zh-CN"' in browser.get("/console/sign-in?lang=zh").text
    assert 'lang="zh-CN"' in browser.get("/console/sign-in?lang=%00xx").text


def test_problems_speak_the_language_asked_for(quiet_kit: Kit) -> None:
    browser = Browser(quiet_kit.service.app)
    answer = browser.get("/v1/findings?lang=en")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Please sign in first."

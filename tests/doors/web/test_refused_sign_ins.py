"""Each refused sign-in is a line of the log that names nobody, and each request has a number."""

import logging
import re
from datetime import timedelta

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.people_kit import PASSWORD, code_now, join
from tests.doors.service_kit import Kit

LINE = re.compile(r"sign-in refused: ([a-z-]+), name ([0-9a-f]{12}) \[([0-9a-f]{16})\]")
NUMBER = re.compile(r"[0-9a-f]{16}")

pytestmark = pytest.mark.service


def refused(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    lines = [one.getMessage() for one in caplog.records if one.name == "chengnuo.security"]
    found = [LINE.fullmatch(line) for line in lines]
    assert None not in found
    return [(one[1], one[2], one[3]) for one in found if one]


def tries(browser: Browser, name: str, password: str) -> str:
    fields = {"name": name, "password": password}
    answer = browser.submit("/console/sign-in", "/console/sign-in", fields)
    return answer.headers["x-request-id"]


def test_why_a_sign_in_was_refused_is_logged_without_a_name(
    kit: Kit, caplog: pytest.LogCaptureFixture
) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    caplog.set_level(logging.INFO)
    browser = Browser(kit.service.app, address="192.0.2.78")
    numbers = [tries(browser, "first.admin", "wrong and long enough") for _ in range(6)]
    numbers.append(tries(browser, "nobody.here", "wrong and long enough"))
    lines = refused(caplog)
    assert [why for why, _, _ in lines] == ["password"] * 5 + ["locked", "password"]
    assert [number for _, _, number in lines] == numbers
    # One name has one digest, whether or not an account has it; another has another.
    assert len({name for _, name, _ in lines[:6]}) == 1
    assert lines[6][1] != lines[0][1]
    caplog.clear()
    kit.clock.pass_by(timedelta(minutes=2))
    tries(browser, "first.admin", PASSWORD)
    code = code_now(seed, kit.clock)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    browser.submit("/console/totp", "/console/totp", {"code": wrong})
    browser.submit("/console/totp", "/console/totp", {"code": code})
    again = Browser(kit.service.app, address="192.0.2.79")
    tries(again, "first.admin", PASSWORD)
    again.submit("/console/totp", "/console/totp", {"code": code})
    assert [why for why, _, _ in refused(caplog)] == ["code", "code-again"]
    for secret in ("first.admin", "nobody.here", "192.0.2", code, wrong, "wrong and long"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "path", ["/", "/v1/register", "/static/none.css", "/v1/decisions", "/none"]
)
def test_every_answer_has_a_number_that_its_line_of_the_log_has_too(
    kit: Kit, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    caplog.set_level(logging.INFO)
    browser = Browser(kit.service.app)
    first, second = (browser.get(path).headers["x-request-id"] for _ in range(2))
    assert NUMBER.fullmatch(first)
    assert first != second
    lines = [one.getMessage() for one in caplog.records if one.name == "chengnuo.requests"]
    assert [line.rpartition(" ")[2] for line in lines] == [f"[{first}]", f"[{second}]"]


def test_a_number_of_somebody_else_is_not_taken_over(kit: Kit) -> None:
    chosen = "00000000000000ff"
    answer = Browser(kit.service.app).get("/healthz", headers={"x-request-id": chosen})
    assert answer.headers["x-request-id"] != chosen


def test_an_error_names_its_request_to_programs_and_to_people(
    kit: Kit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Browser(kit.service.app).get("/v1/register/abcdef")
    number = problem.headers["x-request-id"]
    assert problem.json()["instance"] == f"urn:chengnuo:request:{number}"
    wrong_host = Browser(kit.service.app).get("/healthz", headers={"host": "other.example"})
    said = wrong_host.json()["instance"]
    assert said == f"urn:chengnuo:request:{wrong_host.headers['x-request-id']}"

    def broken(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("chengnuo.usecases.register_desk.Desk.kept", broken)
    page = Browser(kit.service.app).get("/v1/register")
    assert "RuntimeError at broken" in caplog.text
    assert f"in /v1/register [{page.headers['x-request-id']}]" in caplog.text
    shown = Browser(kit.service.app).get("/centre/none")
    assert shown.status_code == 404
    assert shown.headers["x-request-id"] in shown.text

"""How an individual comes in: token, code, session; and everything that must not let one in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit, start
from tests.doors.token_kit import AUDIENCE, ISSUER, Issuer

from chengnuo.adapters.sqlite.database import FILE_NAME, SqliteDatabase

COOKIE = "chengnuo-individual"


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def shop(tmp_path: Path, issuer: Issuer) -> Iterator[Kit]:
    said = {
        "issuer": ISSUER,
        "audiences": [AUDIENCE],
        "jwks": str(issuer.write(tmp_path / "jwks.json")),
    }
    made = start(tmp_path / "data", individuals=said)
    yield made
    made.service.close()


def exchange(kit: Kit, token: str) -> httpx.Response:
    return Browser(kit.service.app).client.post("/v1/individuals/codes", json={"token": token})


def test_token_becomes_code_becomes_session(shop: Kit, issuer: Issuer) -> None:
    made = exchange(shop, issuer.token(shop.clock.now()))
    assert made.status_code == 201
    browser = Browser(shop.service.app)
    entered = browser.opened_by_app(made.json()["enterPath"])
    assert entered.headers["location"] == "/centre"
    visitor = shop.service.services.visitor(browser.cookie(COOKIE))
    assert visitor is not None
    assert visitor.app == AUDIENCE


def test_the_account_id_is_kept_nowhere(shop: Kit, issuer: Issuer, tmp_path: Path) -> None:
    token = issuer.token(shop.clock.now(), sub="u-very-unusual-77", act={"sub": "u-guardian-78"})
    made = exchange(shop, token)
    browser = Browser(shop.service.app)
    browser.opened_by_app(made.json()["enterPath"])
    visitor = shop.service.services.visitor(browser.cookie(COOKIE))
    assert visitor is not None
    assert visitor.guardian is not None
    assert visitor.guardian != visitor.person
    shop.service.close()
    for path in (tmp_path / "data").glob(f"{FILE_NAME}*"):
        raw = path.read_bytes()
        assert b"u-very-unusual-77" not in raw
        assert b"u-guardian-78" not in raw


def test_the_same_person_gets_the_same_key_and_others_another(shop: Kit, issuer: Issuer) -> None:
    keys = []
    for subject in ("u-1", "u-1", "u-2"):
        made = exchange(shop, issuer.token(shop.clock.now(), sub=subject))
        browser = Browser(shop.service.app)
        browser.opened_by_app(made.json()["enterPath"])
        visitor = shop.service.services.visitor(browser.cookie(COOKIE))
        assert visitor is not None
        keys.append(visitor.person)
    assert keys[0] == keys[1] != keys[2]


def test_a_token_works_once(shop: Kit, issuer: Issuer) -> None:
    token = issuer.token(shop.clock.now())
    assert exchange(shop, token).status_code == 201
    again = exchange(shop, token)
    assert (again.status_code, again.json()["code"]) == (401, "token-used")


def test_a_used_token_stays_used_after_a_sweep(shop: Kit, issuer: Issuer) -> None:
    token = issuer.token(shop.clock.now())
    exchange(shop, token)
    shop.clock.pass_by(timedelta(minutes=4))
    shop.service.services.sweep()
    assert exchange(shop, token).json()["code"] == "token-used"


def test_a_code_works_once(shop: Kit, issuer: Issuer) -> None:
    path = exchange(shop, issuer.token(shop.clock.now())).json()["enterPath"]
    assert Browser(shop.service.app).get(path).status_code == 303
    again = Browser(shop.service.app).get(path)
    assert again.status_code == 410
    assert "entry-code" in again.text


def test_a_code_lives_one_minute(shop: Kit, issuer: Issuer) -> None:
    path = exchange(shop, issuer.token(shop.clock.now())).json()["enterPath"]
    shop.clock.pass_by(timedelta(minutes=1))
    assert Browser(shop.service.app).get(path).status_code == 410


def test_a_session_lives_half_an_hour(shop: Kit, issuer: Issuer) -> None:
    path = exchange(shop, issuer.token(shop.clock.now())).json()["enterPath"]
    browser = Browser(shop.service.app)
    browser.opened_by_app(path)
    shop.clock.pass_by(timedelta(minutes=29))
    assert shop.service.services.visitor(browser.cookie(COOKIE)) is not None
    shop.clock.pass_by(timedelta(minutes=1))
    assert shop.service.services.visitor(browser.cookie(COOKIE)) is None


def test_coming_in_again_ends_the_session_before(shop: Kit, issuer: Issuer) -> None:
    browser = Browser(shop.service.app)
    sessions = []
    for subject in ("u-1", "u-2"):
        made = exchange(shop, issuer.token(shop.clock.now(), sub=subject))
        browser.opened_by_app(made.json()["enterPath"])
        sessions.append(browser.cookie(COOKIE))
    assert shop.service.services.visitor(sessions[0]) is None
    assert shop.service.services.visitor(sessions[1]) is not None


def test_a_session_chosen_by_somebody_else_is_never_taken_over(shop: Kit, issuer: Issuer) -> None:
    browser = Browser(shop.service.app)
    browser.client.cookies.set(COOKIE, "chosen-by-an-attacker")
    made = exchange(shop, issuer.token(shop.clock.now()))
    answer = browser.opened_by_app(made.json()["enterPath"])
    assert "chosen-by-an-attacker" not in answer.headers["set-cookie"]
    assert shop.service.services.visitor("chosen-by-an-attacker") is None


def test_a_link_with_the_code_of_another_lets_nobody_write_for_them(
    shop: Kit, issuer: Issuer
) -> None:
    """Whoever is sent somebody's own link is asked first, and until then has come in nowhere."""
    browser = Browser(shop.service.app)
    sent = exchange(shop, issuer.token(shop.clock.now(), sub="u-attacker")).json()["enterPath"]
    asked = browser.get(f"{sent}&to=/centre/complaints")
    assert asked.headers["location"] == "/centre/enter?to=/centre/complaints"
    assert browser.cookie(COOKIE) == ""
    assert browser.get("/centre/complaints").status_code == 303
    page = browser.get("/centre/enter?to=/centre/complaints")
    assert "是您本人打开的吗" in page.text
    made_up = {"mine": "yes", "to": "/centre/complaints", "csrf_token": "0" * 64}
    assert browser.post("/centre/enter", made_up).status_code == 403
    elsewhere = {"origin": "https://evil.example.com", "sec-fetch-site": "cross-site"}
    token = browser.form_token("/centre/enter")
    forced = {"mine": "yes", "csrf_token": token}
    assert browser.post("/centre/enter", forced, elsewhere).status_code == 403
    assert browser.cookie(COOKIE) == ""
    arriving = browser.cookie("chengnuo-arriving")
    no = browser.submit("/centre/enter", "/centre/enter", {"mine": "no"})
    assert no.headers["location"] == "/centre"
    assert browser.cookie(COOKIE) == ""
    assert shop.service.services.visitor(arriving) is None


def test_whoever_says_yes_is_in_and_is_not_asked_again(shop: Kit, issuer: Issuer) -> None:
    browser = Browser(shop.service.app)

    def arrives(subject: str, **more: object) -> str:
        token = issuer.token(shop.clock.now(), sub=subject, **more)
        path = exchange(shop, token).json()["enterPath"]
        place: str = browser.get(f"{path}&to=/centre/consents").headers["location"]
        return place

    assert arrives("u-1") == "/centre/enter?to=/centre/consents"
    yes = {"mine": "yes", "to": "/centre/consents"}
    answer = browser.submit("/centre/enter", "/centre/enter", yes)
    assert answer.headers["location"] == "/centre/consents"
    first = browser.cookie(COOKIE)
    assert shop.service.services.visitor(first) is not None
    assert browser.cookie("chengnuo-arriving") == ""
    assert arrives("u-1") == "/centre/consents"
    again = browser.cookie(COOKIE)
    assert again != first
    assert shop.service.services.visitor(first) is None

    asked = "/centre/enter?to=/centre/consents"
    assert arrives("u-2") == arrives("u-1", act={"sub": "u-9"}) == asked
    page = browser.get("/centre/enter").text
    assert "上次进入的是别的账户" in page
    assert "替孩子办理" in page
    assert browser.cookie(COOKIE) == again, "whoever is inside stays there until the answer"
    assert shop.service.services.visitor(again) is not None
    browser.submit("/centre/enter", "/centre/enter", {"mine": "yes"})
    assert shop.service.services.visitor(again) is None
    assert arrives("u-1") == "/centre/consents", "both are known now"


def test_an_answer_without_anybody_who_arrives_lets_nobody_in(shop: Kit) -> None:
    browser = Browser(shop.service.app)
    for brought in ("", "chosen-by-an-attacker"):
        browser.client.cookies.set("chengnuo-arriving", brought)
        token = browser.form_token("/console/sign-in")
        answer = browser.post("/centre/enter", {"mine": "yes", "csrf_token": token})
        assert answer.headers["location"] == "/centre/enter?to=/centre"
        assert browser.cookie(COOKIE) == ""


def test_an_individual_never_counts_as_staff_nor_staff_as_an_individual(
    shop: Kit, issuer: Issuer
) -> None:
    made = exchange(shop, issuer.token(shop.clock.now()))
    browser = Browser(shop.service.app)
    browser.opened_by_app(made.json()["enterPath"])
    token = browser.cookie(COOKIE)
    swapped = Browser(shop.service.app)
    swapped.client.cookies.set("chengnuo-staff", token)
    assert swapped.get("/console/account").headers["location"] == "/console/sign-in"


def test_a_code_is_not_a_session_and_a_session_is_not_a_code(shop: Kit, issuer: Issuer) -> None:
    made = exchange(shop, issuer.token(shop.clock.now()))
    assert shop.service.services.visitor(made.json()["code"]) is None
    browser = Browser(shop.service.app)
    browser.opened_by_app(made.json()["enterPath"])
    session = browser.cookie(COOKIE)
    assert Browser(shop.service.app).get(f"/centre/enter?code={session}").status_code == 410


def test_leaving_ends_the_session(demo_kit: Kit) -> None:
    browser = Browser(demo_kit.service.app)
    assert browser.submit("/centre/enter", "/centre/demo").headers["location"] == "/centre"
    session = browser.cookie(COOKIE)
    browser.submit("/centre/enter", "/centre/leave")
    assert demo_kit.service.services.visitor(session) is None


def test_the_demo_entry_is_off_without_the_demo(kit: Kit) -> None:
    browser = Browser(kit.service.app)
    assert "示例用户" not in browser.get("/centre/enter").text
    token = browser.form_token("/console/sign-in")
    answer = browser.post("/centre/demo", {"csrf_token": token})
    assert answer.status_code == 404
    assert "demo-off" in answer.text


def test_without_an_issuer_no_token_is_taken(kit: Kit) -> None:
    answer = exchange(kit, "a.b.c")
    assert (answer.status_code, answer.json()["code"]) == (404, "tokens-off")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"token": 7}',
        b'{"token": ""}',
        b'{"token":"a","more":1}',
        b"[]",
        b"\xff",
        b"[",
    ],
)
def test_a_body_of_another_form_is_refused(shop: Kit, body: bytes) -> None:
    answer = Browser(shop.service.app).client.post(
        "/v1/individuals/codes", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_sweep_takes_away_what_has_expired_and_nothing_else(
    shop: Kit, issuer: Issuer, tmp_path: Path
) -> None:
    exchange(shop, issuer.token(shop.clock.now()))
    path = exchange(shop, issuer.token(shop.clock.now())).json()["enterPath"]
    Browser(shop.service.app).opened_by_app(path)

    def counts() -> list[int]:
        database = SqliteDatabase(tmp_path / "data")
        with database.read() as connection:
            found = [
                connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
                for table in ("used_token", "entry_code", "individual_session", "link")
            ]
        database.close()
        return found

    shop.service.services.sweep()
    assert counts() == [2, 1, 1, 1]
    shop.clock.pass_by(timedelta(minutes=2))
    shop.service.services.sweep()
    assert counts() == [2, 0, 1, 1]
    shop.clock.pass_by(timedelta(days=2))
    shop.service.services.sweep()
    assert counts() == [0, 0, 0, 0]

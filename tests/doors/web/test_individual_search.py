"""Looking a person up: by account, alias or number; the reason first, the words nowhere."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit, start
from tests.doors.web.rights_console_kit import Console, console_of
from tests.usecases.rights.rights_house import LIN, REGISTER, RightsHouse

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Role

PAGE, NUMBER = "/console/individual", "13800138000"
REASON = "本人来电，核对提供给谁"
EVENTS = "        events: [{event: transaction-done"
TOLD = REGISTER.replace(
    EVENTS, f"        identifiers: [{{column: receiver, kind: phone, account: account}}]\n{EVENTS}"
)


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("search") / "data")
    yield made
    made.service.close()


@pytest.fixture
def console(tmp_path: Path, catalogue: Catalogue, kit: Kit) -> Console:
    """A console over stores in which a number is found, as the register says."""
    tea = RightsHouse(tmp_path / "tea", catalogue, register=TOLD)
    with closing(sqlite3.connect(tea.shop_file)) as shop:
        shop.execute("INSERT INTO orders (account, receiver) VALUES (?, ?)", (LIN, NUMBER))
        shop.commit()
    tea.ask(account=LIN)
    return console_of(kit, tea)


def looked(browser: Browser, account: str, kind: str = "", reason: str = REASON) -> httpx.Response:
    said = {"account": account, "kind": kind, "reason": reason}
    return browser.submit(PAGE, PAGE, said)


def recorded(console: Console) -> list[dict[str, str]]:
    opened = console.tea.recorder.payloads.opened
    return [
        json.loads(opened(one).payload or b"{}")
        for one in console.tea.recorder.log.newest()
        if one.leaf.kind == Kind.OPERATOR_READ
    ]


@pytest.mark.parametrize("typed", [NUMBER, "+86 138-0013-8000", "0086 13800138000"])
def test_a_number_finds_all_there_is_about_somebody(console: Console, typed: str) -> None:
    answer = looked(console.browser(Role.STAFF), typed, "phone")
    assert answer.status_code == 200
    for part in ("who", "now", "requests", "used", "dossiers", "records"):
        assert f'id="{part}"' in answer.text, part
    assert "/console/rights/rq-" in answer.text


def test_the_reason_is_recorded_first_and_what_was_typed_nowhere(console: Console) -> None:
    before = len(recorded(console))
    assert looked(console.browser(Role.AUDITOR), NUMBER, "phone").status_code == 200
    newest = recorded(console)[: len(recorded(console)) - before]
    assert [one["what"] for one in newest] == ["individual", "rights-account-looked-up"]
    assert newest[0]["reason"] == REASON
    assert not any(NUMBER in json.dumps(one) for one in recorded(console))
    chain = console.tea.recorder.payloads
    (mine,) = [
        one
        for one in console.tea.recorder.log.newest()
        if one.leaf.kind == Kind.OPERATOR_READ and chain.person(one) == console.tea.person(LIN)
    ][:1]
    assert json.loads(chain.opened(mine).payload or b"{}")["by"] == newest[0]["by"]


@pytest.mark.parametrize(
    ("account", "kind", "reason", "status"),
    [
        (NUMBER, "phone", " ", 400),
        ("13900139000", "phone", REASON, 400),
        (NUMBER, "openid", REASON, 400),
        ("", "", REASON, 400),
        ("x" * 201, "", REASON, 400),
    ],
)
def test_what_cannot_be_looked_up_comes_back_as_it_was_typed(
    console: Console, account: str, kind: str, reason: str, status: int
) -> None:
    answer = looked(console.browser(Role.STAFF), account, kind, reason)
    assert answer.status_code == status
    assert f'value="{account}"' in answer.text
    assert 'id="records"' not in answer.text


def test_an_account_that_there_is_not_shows_nothing_and_keeps_nothing(console: Console) -> None:
    answer = looked(console.browser(Role.STAFF), "nobody-9")
    assert answer.status_code == 200
    assert "没有关于这个账号的记录" in answer.text
    assert "nobody-9" not in answer.text


def test_no_account_of_staff_looks_up_more_than_a_person_could(console: Console) -> None:
    staff, auditor = console.browser(Role.STAFF), console.browser(Role.AUDITOR)
    statuses = [looked(staff, "nobody-9").status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert looked(auditor, "nobody-9").status_code == 200

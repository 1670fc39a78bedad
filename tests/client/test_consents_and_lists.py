"""Consents and lists through the client, against a real service, as a back end of an app does."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import httpx
import pytest
from tests.doors.server_kit import Server, stop_what_still_runs

from chengnuo.adapters.clock import SystemClock
from chengnuo.client.audience import AccountIdError, Purpose, Reason, filtered
from chengnuo.client.client import Client, ServiceRefusedError, ServiceSilentError
from chengnuo.client.consents import ConsentClient, Guardian, Reply
from chengnuo.client.guardians import GuardianClient
from chengnuo.client.questions import QuestionTimeError
from chengnuo.doors.cli.root import run
from chengnuo.ports.api_keys import ApiScope
from chengnuo.wiring.program import Program

SAMPLE = str(Path(__file__).parents[2] / "examples" / "shop" / "register")
ACCOUNT, ITEM = "account-of-a-sample-person", "search/general"


@pytest.fixture
def client(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Client]:
    server = Server.start("--data", "data", "--register", SAMPLE, folder=tmp_path)
    address = server.address()
    scopes = [word for scope in ApiScope for word in ("--scope", scope.value)]
    assert run(Program(), ["keys", "make", "x", *scopes, "--data", str(tmp_path / "data")]) == 0
    with Client(address, capsys.readouterr().out.strip(), timeout_s=30) as made:
        yield made
    assert server.stop() == 0
    assert ACCOUNT not in server.errors.read_text()
    stop_what_still_runs()


def reply(client: Client, **other: object) -> Reply:
    """Return a yes to a prompt that is fetched as an app does."""
    address = str(client._http.base_url)  # noqa: SLF001  the prompt is public, so any client may
    prompt = httpx.get(f"{address}/v1/prompts/search/general").json()
    bound = prompt["binding"]
    made = {
        "person": ACCOUNT,
        "item": bound["item"],
        "act": "give",
        "app": prompt["app"],
        "notice": bound["notice"]["zh"],
        "fingerprint": bound["fingerprint"],
        "surface": "android",
        "prompt": "prompt-1",
        "asked_at": SystemClock().now(),
        "lang": "zh",
        "steps": 1,
    }
    return Reply(**(made | other))  # type: ignore[arg-type]  # the fields of `Reply`


@pytest.mark.real
def test_a_back_end_does_all_that_people_do_with_their_consents(client: Client) -> None:
    consents = ConsentClient(client)
    assert not next(one for one in consents.of(ACCOUNT).consents if one.item == ITEM).in_force
    assert consents.may_ask(ACCOUNT, ITEM).may
    yes = reply(client)
    given = consents.answer(yes)
    assert consents.answer(yes) == type(given)(given.position, given.at, repeated=True)
    now = next(one for one in consents.of(ACCOUNT).consents if one.item == ITEM)
    assert now.in_force
    assert now.standing is not None
    assert now.standing.position == given.position
    purpose = Purpose(item=ITEM, age="18+", account="active")
    found = filtered(client, ["u-1", ACCOUNT, "u-2"], purpose)
    assert (found.ids, found.count, found.ask) == ((ACCOUNT,), 3, 2)
    assert found.reasons == (Reason("ask", "consent-general", 2, "PIPL-14", ITEM, "not-given"),)
    assert found.recorded is not None
    withdrawn = consents.withdraw(ACCOUNT, ITEM, surface="android")
    assert filtered(client, [ACCOUNT], purpose, record=False).ids == ()
    undone = consents.undo(ACCOUNT, withdrawn.position, surface="android")
    assert undone.position > withdrawn.position
    assert [one.act for one in consents.history(ACCOUNT)] == ["give", "withdraw", "give"]
    consents.withdraw(ACCOUNT, ITEM, surface="android")
    (stop,) = [one for one in consents.follow_ups() if one.kind == "stop"]
    done = consents.acknowledge(stop.withdrawal, "stop", person_key=stop.person_key)
    states = {one.withdrawal: one for one in consents.follow_ups(ACCOUNT) if one.kind == "stop"}
    assert states[stop.withdrawal].done == done.position
    switch = consents.of(ACCOUNT).switches[0]
    consents.set_switch(ACCOUNT, switch.switch, on=not switch.on, surface="android")
    assert consents.of(ACCOUNT).switches[0].on is not switch.on
    consents.restrict(ACCOUNT, on=True)
    consents.object_to(ACCOUNT, "search")
    consents.merge(ACCOUNT, "the-other-account", method="signed-in")
    both = consents.of("the-other-account").individual
    assert (both.restricted, both.objects_to) == (True, ("search",))
    child = consents.know("a-child", birth_date=date(2019, 1, 1), account="active")
    assert (child.age, child.account) == ("under-14", "active")
    with pytest.raises(ServiceRefusedError) as caught:
        consents.answer(reply(client, person="a-child", prompt="prompt-2"))
    assert (caught.value.status, caught.value.problem.code) == (422, "guardian-needed")
    guardian = Guardian(relation="parent", method="own-device")
    consents.answer(reply(client, person="a-child", prompt="prompt-2", guardian=guardian))


@pytest.mark.real
def test_a_back_end_tells_of_guardians(client: Client) -> None:
    consents, guardians = ConsentClient(client), GuardianClient(client)
    consents.know("a-child", birth_date=date(2019, 1, 1), account="active")
    asked = guardians.ask("a-child", ITEM)
    waiting = guardians.of("a-child").waiting
    assert [(one.item, one.position) for one in waiting] == [(ITEM, asked.position)]
    guardians.state("a-child", "a-mother", relation="mother", method="papers-seen")
    guardian = Guardian(relation="mother", method="papers-seen", account="a-mother")
    given = consents.answer(reply(client, person="a-child", guardian=guardian))
    (known,) = guardians.of("a-child").guardians
    assert (known.relation, known.stands, known.ended_by) == ("mother", True, ())
    over = guardians.end("a-child", "a-mother", reason="court-order")
    assert [one.position for one in over.ended] == [over.receipt.position + 1]
    assert over.receipt.position > given.position
    (known,) = guardians.of("a-child").guardians
    assert (known.stands, known.ended_by) == (False, ("operator",))


def client_of(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    return Client("http://service", "chengnuo_x", transport=httpx.MockTransport(answer))


def nobody_asks(_: httpx.Request) -> httpx.Response:
    raise AssertionError


def test_an_instant_without_a_zone_is_never_handed_in() -> None:
    naive = datetime(2026, 11, 28)  # noqa: DTZ001  the point of the test
    fields = ("person", "item", "app", "notice", "fingerprint", "surface", "prompt", "lang")
    said = dict.fromkeys(fields, "x")
    with pytest.raises(QuestionTimeError):
        ConsentClient(client_of(nobody_asks)).answer(
            Reply(act="give", asked_at=naive, steps=1, **said)
        )


@pytest.mark.parametrize("wrong", ["", "a\nb", "a\r"])
def test_an_id_that_is_no_line_is_never_sent(wrong: str) -> None:
    def read(request: httpx.Request) -> httpx.Response:
        request.read()
        raise AssertionError

    with pytest.raises(AccountIdError, match="id 2 "):
        filtered(client_of(read), ["x", wrong], Purpose(item=ITEM))


def test_what_a_list_is_for_stands_in_the_query_and_names_nobody() -> None:
    seen: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        body = {
            **dict.fromkeys(("count", "permitted", "ask", "refused"), 0),
            "root": "",
            "ids": [],
            "newer": 1,
        }
        return httpx.Response(200, content=json.dumps(body).encode())

    purpose = Purpose(activity="ads", category=("A", "B"), publish=True, age="18+")
    assert filtered(client_of(note), ["u-1", "u-2"], purpose, record=False).ids == ()
    (request,) = seen
    assert request.read() == b"u-1\nu-2\n"
    assert sorted(request.url.params.multi_items()) == [
        ("activity", "ads"),
        ("age", "18+"),
        ("category", "A"),
        ("category", "B"),
        ("evidence", "none"),
        ("publish", "true"),
    ]


def test_a_receipt_of_another_form_is_no_receipt() -> None:
    client = client_of(lambda _: httpx.Response(200, content=b"{}"))
    with pytest.raises(ServiceSilentError):
        ConsentClient(client).withdraw("x", ITEM, surface="app")

"""What a guard stands in front of: functions, coroutines, routes, rows and frames."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.orm import Session
from tests.running import run
from tests.usecases.decision.deciding_kit import ADULT, ITEM, Deciding
from tests.usecases.evidence.tea_log import ONE

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.decision.decision import DecisionIsNoBoolError, Outcome
from chengnuo.domain.decision.request import State
from chengnuo.doors.guard.frames import NoFrameError, held_frame
from chengnuo.doors.guard.guard import (
    Guard,
    NoAccountError,
    NoSuchArgumentError,
    NotPermittedError,
    Use,
)
from chengnuo.doors.guard.middleware import GuardedRoute, GuardMiddleware
from chengnuo.doors.guard.rows import Columns, UnmappedColumnError, held_query, held_rows
from chengnuo.law.civil import NaiveInstantError
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.states import NobodyKnown

WALL = Use(activity="wall", stated=ADULT)
ORDER = Use(activity="order", stated=ADULT)


@pytest.fixture
def guard(house: Deciding) -> Guard:
    return Guard(desk=house.desk, person=PersonKey)


def test_a_function_runs_only_with_a_yes(house: Deciding, guard: Guard) -> None:
    shown: list[str] = []

    @guard.protects(WALL, person="guest")
    def show(note: str, *, guest: str) -> int:
        shown.append(f"{guest}: {note}")
        return len(shown)

    with pytest.raises(NotPermittedError) as caught:
        show("hello", guest=ONE)
    assert caught.value.answer.decision.outcome is Outcome.ASK
    assert str(caught.value) == "activity `wall`: ask, by consent-general"
    house.give()
    assert show("hello", guest=ONE) == 1
    house.withdraw()
    with pytest.raises(NotPermittedError):
        show("again", guest=ONE)
    assert shown == [f"{ONE}: hello"]


def test_a_coroutine_runs_only_with_a_yes(house: Deciding, guard: Guard) -> None:
    @guard.protects(WALL, person="guest")
    async def show(guest: str, note: str = "x") -> str:
        return f"{guest}: {note}"

    with pytest.raises(NotPermittedError):
        run(show(ONE))
    house.give()
    assert run(show(ONE, "hello")) == f"{ONE}: hello"


def test_a_function_without_the_argument_is_noticed_at_once(guard: Guard) -> None:
    with pytest.raises(NoSuchArgumentError):

        @guard.protects(WALL, person="guest")
        def show(note: str) -> None:
            del note


def test_an_answer_of_a_guard_is_no_truth_value(guard: Guard) -> None:
    answer = guard.ask(ONE, WALL)
    with pytest.raises(DecisionIsNoBoolError):
        bool(answer)
    assert guard.permits(ONE, WALL) is False
    with pytest.raises(NaiveInstantError):
        guard.permits(ONE, WALL, at=datetime(2026, 11, 28))  # noqa: DTZ001  the point


class Broken(NobodyKnown):
    """State that cannot be read."""

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        del person, at, position
        raise UnavailableError("the disk refused")


def test_state_that_cannot_be_read_permits_nothing(house: Deciding) -> None:
    guard = Guard(desk=replace(house.desk, states=Broken()), person=PersonKey)

    @guard.protects(ORDER, person="guest")
    def deliver(guest: str) -> str:
        return guest

    with pytest.raises(UnavailableError):
        deliver(ONE)


def test_many_are_asked_about_in_order_and_each_once(house: Deciding, guard: Guard) -> None:
    house.give()
    asked = [ONE, "other", ONE] * 700
    answers = guard.ask_all(asked, WALL)
    assert [answer.permits for answer in answers] == [one == ONE for one in asked]
    assert guard.ask_all([], WALL) == ()


async def shop(
    scope: MutableMapping[str, Any], receive: Callable[..., Any], send: Callable[..., Any]
) -> None:
    del receive
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in", "more_body": False})


def signed_in(scope: Mapping[str, Any]) -> str | None:
    named = dict(scope["headers"]).get(b"x-guest")
    return None if named is None else named.decode()


def get(guard: Guard, path: str, use: Use = WALL, **headers: str) -> httpx.Response:
    routes = [
        GuardedRoute(path=re.compile(r"/wall(/.*)?"), use=use, methods=frozenset({"GET"})),
    ]
    app = GuardMiddleware(app=shop, guard=guard, routes=routes, person_of=signed_in)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://tea") as client:
            return await client.get(path, headers=sent)

    return run(answer())


def test_a_route_is_reached_only_with_a_yes(house: Deciding, guard: Guard) -> None:
    refused = get(guard, "/wall/notes", x_guest=ONE)
    assert refused.status_code == 403
    said = json.loads(refused.content)
    assert (said["outcome"], said["prompt"]) == ("ask", [ITEM])
    assert said["promptPath"] == "/centre/prompts/wall"
    house.give()
    assert get(guard, "/wall/notes", x_guest=ONE).text == "in"
    assert get(guard, "/wall/notes").status_code == 403
    assert get(guard, "/elsewhere").text == "in"


def test_a_socket_and_a_head_are_asked_about_like_the_page(house: Deciding, guard: Guard) -> None:
    routes = [GuardedRoute(path=re.compile(r"/wall"), use=WALL, methods=frozenset({"GET"}))]
    reached: list[str] = []

    async def app(scope: MutableMapping[str, Any], receive: object, send: object) -> None:
        del receive, send
        reached.append(scope.get("method", scope["type"]))

    held = GuardMiddleware(app=app, guard=guard, routes=routes, person_of=signed_in)

    def knock(**scope: str) -> list[str]:
        sent: list[str] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message["type"])

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "websocket.connect"}

        headers = [(b"x-guest", ONE.encode())]
        run(held({"path": "/wall", "headers": headers, **scope}, receive, send))
        return sent

    assert knock(type="websocket") == ["websocket.close"]
    assert knock(type="http", method="HEAD")[0] == "http.response.start"
    assert knock(type="http", method="POST") == []
    assert reached == ["POST"]
    house.give()
    assert knock(type="websocket") == knock(type="http", method="HEAD") == []
    assert reached == ["POST", "websocket", "HEAD"]


def test_the_signal_of_a_browser_is_handed_on(house: Deciding, guard: Guard) -> None:
    use = replace(ORDER, recipient="courier")
    assert get(guard, "/wall", use, x_guest=ONE).text == "in"
    refused = get(guard, "/wall", use, x_guest=ONE, sec_gpc="1")
    assert refused.status_code == 403
    assert "no-gpc-signal" in {one["rule"] for one in refused.json()["rules"]}
    assert house.states.seen().position == 0


NOTES = Table(
    "notes",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("guest", String),
    Column("nick", String),
    Column("phone", String),
)
COLUMNS = Columns(
    person="guest",
    categories={"nick": "PI-BASIC-NICK", "phone": "PI-BASIC-PHONE"},
    free=frozenset({"id"}),
)
ROWS = [
    {"id": 1, "guest": ONE, "nick": "茶客", "phone": "0571-00000000"},
    {"id": 2, "guest": "other", "nick": "路人", "phone": "0571-00000001"},
]


@pytest.fixture
def notes() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    with Session(engine) as session:
        NOTES.metadata.create_all(session.connection())
        session.execute(insert(NOTES), ROWS)
        yield session
    engine.dispose()


def test_rows_and_columns_of_a_query_are_held(
    house: Deciding, guard: Guard, notes: Session
) -> None:
    house.give()
    for where in (notes, notes.connection()):
        found = list(held_query(guard, where, select(NOTES).order_by(NOTES.c.id), WALL, COLUMNS))
        assert found == [{"id": 1, "guest": ONE, "nick": "茶客", "phone": None}]


def test_a_column_that_nobody_mapped_is_not_given_away(guard: Guard, notes: Session) -> None:
    columns = replace(COLUMNS, free=frozenset())
    with pytest.raises(UnmappedColumnError, match="`id`"):
        list(held_query(guard, notes, select(NOTES), WALL, columns))
    with pytest.raises(UnmappedColumnError):
        list(held_rows(guard, ROWS, WALL, columns))


@pytest.mark.parametrize(
    ("make", "rows"),
    [
        pytest.param(pa.Table.from_pylist, lambda frame: frame.to_pylist(), id="pyarrow"),
        pytest.param(pl.DataFrame, lambda frame: frame.to_dicts(), id="polars"),
        pytest.param(pd.DataFrame, lambda frame: frame.to_dict("records"), id="pandas"),
    ],
)
def test_every_kind_of_frame_is_held_as_rows_are(
    house: Deciding, guard: Guard, make: Callable[[Any], Any], rows: Callable[[Any], Any]
) -> None:
    house.give()
    frame = make(ROWS)
    held = held_frame(guard, frame, WALL, COLUMNS)
    assert type(held) is type(frame)
    (found,) = rows(held)
    assert {name: found[name] for name in ("id", "guest", "nick")} == {
        "id": 1,
        "guest": ONE,
        "nick": "茶客",
    }
    assert found["phone"] is None or found["phone"] != found["phone"]
    assert len(rows(frame)) == 2
    house.withdraw()
    assert rows(held_frame(guard, frame, WALL, COLUMNS)) == []


@pytest.mark.parametrize("nobody", [None, "", 1.0, float("nan"), True])
def test_a_row_or_a_call_of_nobody_is_an_error(guard: Guard, nobody: object) -> None:
    """An order rests on no consent, so of somebody unknown it would be permitted."""
    row = {"id": 1, "guest": nobody, "nick": "茶客", "phone": "0571-00000000"}
    with pytest.raises(NoAccountError):
        list(held_rows(guard, [row], ORDER, COLUMNS))
    with pytest.raises(NoAccountError):
        held_frame(guard, pa.Table.from_pylist([row]), ORDER, COLUMNS)

    @guard.protects(ORDER, person="guest")
    def deliver(guest: object) -> object:
        return guest

    with pytest.raises(NoAccountError):
        deliver(nobody)


def test_what_is_no_frame_is_refused(guard: Guard) -> None:
    with pytest.raises(NoFrameError):
        held_frame(guard, ROWS, WALL, COLUMNS)

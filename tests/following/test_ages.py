"""How old an answer says that it is: never younger than what it rests on."""

from functools import partial
from typing import Any, cast

import pytest
from litestar.types import Receive, Scope, Send
from tests.running import run

from chengnuo.doors.http.following import BEHIND, Stated
from chengnuo.ports.following import Outlook, StaleStateError
from chengnuo.usecases.following import Followed, Following

NOTHING = Outlook(size=0, said=0, destroyed=b"", holder=None)


class Level:
    """A database in which nothing happens, and a state that is level with it."""

    def look(self) -> Outlook:
        return NOTHING

    def take(self) -> int:
        return 0

    def current(self) -> None:
        return None

    def level(self) -> None:
        return None

    def catch_up(self) -> None:
        return None


class Clocked:
    """What follows, by a clock that a test turns; old after three seconds."""

    def __init__(self) -> None:
        self.now, self.held_s = 100.0, 0.0
        level = cast("Any", Level())
        followed = Followed(
            source=level,
            keeper=level,
            desk=level,
            in_force=str,
            noted=lambda: None,
            tree=level,
            mark=level,
        )
        self.following = Following(followed, most_ms=3000, seconds=lambda: self.now)
        self.following.look()

    def hold(self, seconds: float) -> None:
        until = self.now + seconds
        self.following.hold(lambda: max(0.0, until - self.now))

    def passes(self, seconds: float, *, looks: bool = False) -> None:
        self.now += seconds
        if looks:
            self.following.look()


def asked(clocked: Clocked, *, slow_body_s: float, works_s: float, looks: bool) -> tuple[int, str]:
    """Return status and stated age of one answer over HTTP."""
    sent: list[Any] = []

    async def route(_: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message: Any = await receive()
            more = message["more_body"]
        clocked.passes(works_s, looks=looks)
        start: Any = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    parts = iter((True, False))

    async def body() -> Any:  # noqa: ANN401  a message
        clocked.passes(slow_body_s, looks=True)
        return {"type": "http.request", "body": b"", "more_body": next(parts)}

    async def send(message: Any) -> None:  # noqa: ANN401  a message
        sent.append(message)

    stated = Stated(route, partial(clocked.following.as_of, is_long=True), timeout_s=5)
    scope: Any = {"type": "http", "path": "/v1/audience", "headers": []}
    run(stated(scope, body, send))
    headers = dict(sent[0]["headers"])
    return sent[0]["status"], headers.get(BEHIND, b"").decode()


def test_the_header_counts_from_the_look_before_the_work_began() -> None:
    clocked = Clocked()
    # Ten seconds of body are not counted, for nothing is read before it is whole.
    assert asked(clocked, slow_body_s=5, works_s=2, looks=True) == (200, "2001")


def test_a_list_that_took_long_says_how_old_its_first_answer_is() -> None:
    assert asked(Clocked(), slow_body_s=0, works_s=600, looks=True) == (200, "600001")


def test_nothing_is_given_once_nobody_has_looked_for_too_long() -> None:
    assert asked(Clocked(), slow_body_s=0, works_s=3.1, looks=False) == (503, "")


def test_what_is_too_old_at_the_begin_is_no_younger_for_a_look_meanwhile() -> None:
    clocked = Clocked()
    clocked.passes(3.1)
    with pytest.raises(StaleStateError):
        clocked.following.as_of()
    with pytest.raises(StaleStateError):
        clocked.following.as_of(is_long=True)


def test_while_nobody_else_can_write_nothing_is_missing() -> None:
    clocked = Clocked()
    clocked.hold(20)
    clocked.passes(10)
    behind_ms = clocked.following.as_of()
    clocked.passes(9)
    assert behind_ms() == clocked.following.behind_ms() == 0
    # What others see beside the service counts by the last look: a claim may be given back.
    assert clocked.following.left_s == 0


def test_once_another_may_write_the_age_counts_again() -> None:
    clocked = Clocked()
    before = clocked.following.as_of()
    clocked.passes(2)
    clocked.hold(5)
    assert before() == 2001  # it was read before the last look
    while_held = clocked.following.as_of()
    clocked.passes(5)
    with pytest.raises(StaleStateError):
        clocked.following.behind_ms()
    with pytest.raises(StaleStateError):
        while_held()


def test_once_this_process_writes_what_it_followed_grows_old() -> None:
    clocked = Clocked()
    clocked.hold(60)
    clocked.passes(10)
    under_way = clocked.following.as_of()
    clocked.passes(1)
    clocked.following.end_hold()
    clocked.passes(1)
    assert under_way() == 2001
    assert clocked.following.behind_ms() == 1001
    clocked.passes(2)
    with pytest.raises(StaleStateError):
        clocked.following.behind_ms()

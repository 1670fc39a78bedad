"""Between the claim and the service that writes: who may write by then, and what goes wrong."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from threading import Thread
from time import monotonic
from types import SimpleNamespace
from typing import Any, cast

import pytest
from litestar.types import ASGIApp, Receive, Scope, Send
from tests.servers.databases import Postgresql
from tests.servers.link import Link
from tests.waiting import until

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.fence import LeaseLostError
from chengnuo.adapters.postgresql.lease import LeaseHeldError
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.doors.following_service import Turned
from chengnuo.doors.http.turning import Turning
from chengnuo.doors.web.building import Service
from chengnuo.ports.following import NoLeaderError
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.wiring.leading import led_service
from chengnuo.wiring.taking_over import TakingOver

pytestmark = pytest.mark.real


@dataclass
class Looks:
    """A state whose first looks after the claim fail."""

    fail: int = 0
    looked: int = 0
    held: bool = False

    def look(self) -> None:
        self.looked += 1
        if self.looked <= self.fail:
            raise DatabaseUnavailableError("it does not answer")

    def hold(self, _: object) -> None:
        self.held = True

    def end_hold(self) -> None:
        self.held = False


async def answers(scope: Scope, receive: Receive, send: Send) -> None:
    """Live as an app does that has nothing to do."""
    assert scope["type"] == "lifespan"
    for what in ("startup", "shutdown"):
        await receive()
        said: Any = {"type": f"lifespan.{what}.complete"}
        await send(said)


async def ends_badly(scope: Scope, receive: Receive, send: Send) -> None:
    """Live as an app does that cannot close what it has opened."""
    assert scope["type"] == "lifespan"
    await receive()
    started: Any = {"type": "lifespan.startup.complete"}
    await send(started)
    await receive()
    raise OSError(5, "broken")


async def starts_badly(_: Scope, receive: Receive, send: Send) -> None:
    """Do not start."""
    await receive()
    failed: Any = {"type": "lifespan.startup.failed"}
    await send(failed)


@contextmanager
def turning(app: ASGIApp = answers) -> Iterator[Turning]:
    """Let an app live in a loop of its own."""
    front, loop = Turning(app), asyncio.new_event_loop()

    def live() -> None:
        with closing(loop):
            loop.run_forever()
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0))

    thread = Thread(target=live)
    thread.start()
    asyncio.run_coroutine_threadsafe(front.turn(app), loop).result(10)
    front.loop = loop
    try:
        yield front
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@dataclass
class Two:
    """Two hosts over one database; the way of the first to it may be cut."""

    link: Link
    mine: SharedDatabase
    other: SharedDatabase
    ended: list[str] = field(default_factory=list)

    def service(self, app: ASGIApp = answers) -> Service:
        """Return a service that writes, with the lease taken."""
        give_back = self.mine.hold()

        def close() -> None:
            self.ended.append("closed")
            give_back()

        return Service(
            app=app,
            services=cast("Any", None),
            set_up_path="",
            made_keys=(),
            key_holder=cast("Any", None),
            close=close,
        )

    def taking_over(self, front: Turning, **more: Any) -> TakingOver:  # noqa: ANN401  its members
        """Return how the first takes over."""
        usual: dict[str, Any] = {
            "shared": self.mine,
            "following": Looks(),
            "front": front,
            "decisions": None,
            "turned": Turned(),
            "release": lambda: None,
            "lead": self.service,
            "led": lambda _: None,
            "begin_anew": lambda: self.ended.append("anew"),
            "rests_s": 0.2,
        }
        return TakingOver(**{**usual, **more})


@pytest.fixture
def two(postgresql_server: Postgresql) -> Iterator[Two]:
    with postgresql_server.database() as name, closing(Link(postgresql_server.port)) as link:
        url = postgresql_server.url(name)
        cut = url.set(port=link.port)
        with (
            closing(PostgresqlDatabase(cut.render_as_string(hide_password=False))) as mine,
            closing(PostgresqlDatabase(url.render_as_string(hide_password=False))) as others,
        ):
            made = Two(
                link,
                SharedDatabase(database=mine, holder="mine", address="http://mine"),
                SharedDatabase(database=others, holder="other", address="http://other"),
            )
            yield made
            for one in (made.mine, made.other):
                if one.lease is not None:
                    one.lease.close()


def test_a_claimant_whose_look_failed_gives_the_claim_back_and_claims_again(two: Two) -> None:
    with turning() as front:
        looks = Looks(fail=2)
        taking_over = two.taking_over(front, following=looks, rests_s=1.0)
        with pytest.raises(DatabaseUnavailableError):
            taking_over.try_it()
        assert not looks.held
        until(two.other.claim)
        two.other.give_back()
        taking_over.try_it()  # nobody has it, and this one rests
        assert looks.looked == 1

        def takes_it() -> bool:
            with suppress(DatabaseUnavailableError):
                taking_over.try_it()
            return looks.looked == 3

        until(takes_it)
        until(lambda: taking_over.turned.service is not None and not looks.held)
        assert not two.other.claim()
        assert not two.ended


def test_whoever_gives_back_to_a_database_that_hangs_goes_on_looking(two: Two) -> None:
    class Fails(Looks):
        def look(self) -> None:
            two.link.delay_s = 2.0  # from now on: what is given back is not answered soon
            super().look()

    with turning() as front:
        taking_over = two.taking_over(front, following=Fails(fail=1), rests_s=60)
        began = monotonic()
        with pytest.raises(DatabaseUnavailableError):
            taking_over.try_it()
        assert monotonic() - began < 1
        assert two.mine.claim_left_s() == 0  # at once, whenever the others hear of it
        assert not two.other.claim()
        two.link.delay_s = 0.0
        until(two.other.claim)


@pytest.mark.parametrize("is_of_ours", [True, False])
def test_what_fails_before_it_holds_the_lease_gives_the_claim_back(
    two: Two, is_of_ours: bool
) -> None:
    def lead() -> Service:
        if is_of_ours:
            raise DatabaseUnavailableError("it does not answer")
        raise RuntimeError("a fault")

    with turning() as front:
        taking_over = two.taking_over(front, lead=lead, rests_s=1.0)
        taking_over.try_it()
        began = monotonic()
        until(two.other.claim)
        assert monotonic() - began < 1
        assert not two.ended  # the others had time
        until(lambda: two.ended == ["anew"])


def test_a_lease_of_what_failed_is_renewed_no_more(two: Two) -> None:
    two.mine.held_s = 1.0
    two.mine.lost = lambda: two.ended.append("lost")

    def lead() -> Service:
        two.service()
        raise RuntimeError("a fault")

    with turning() as front:
        two.taking_over(front, lead=lead, rests_s=0).try_it()
        until(lambda: two.ended == ["anew"])
        assert two.mine.left_s() == 0
        until(two.other.claim)
        assert two.ended == ["anew"]


def test_a_service_that_does_not_start_is_closed_and_takes_no_place(two: Two) -> None:
    with turning() as front:
        turned = Turned()
        two.taking_over(
            front, turned=turned, lead=lambda: two.service(starts_badly), rests_s=0
        ).try_it()
        until(lambda: two.ended == ["closed", "anew"])
        assert turned.service is None
        assert two.other.claim()


def test_an_older_app_that_ends_badly_ends_nothing_else(
    two: Two, caplog: pytest.LogCaptureFixture
) -> None:
    with turning(ends_badly) as front, caplog.at_level(logging.WARNING, "chengnuo.following"):
        taking_over = two.taking_over(front)
        taking_over.try_it()
        until(lambda: "what followed did not end well: OSError" in caplog.messages)
        assert taking_over.turned.service is not None
        assert not two.ended
        assert not two.other.claim()


def test_a_claim_is_the_lease_renewed_while_the_process_gets_ready_and_longer(two: Two) -> None:
    mine = replace(two.mine, held_s=0.9)
    assert mine.claim_left_s() == 0
    assert mine.claim()
    claimed = mine.lease
    taken_at = monotonic()
    until(lambda: monotonic() > taken_at + 1)
    assert 0 < mine.claim_left_s() <= 0.9
    assert not two.other.claim()
    mine.hold()
    assert mine.lease is claimed
    until(lambda: monotonic() > taken_at + 2)
    assert 0 < mine.claim_left_s() <= 0.9
    two.link.down()  # nothing renews it
    until(lambda: mine.claim_left_s() == 0, seconds=3)
    until(two.other.claim)
    assert mine.claim_left_s() == 0


@pytest.mark.parametrize("hit", ["killed", "hangs"])
def test_whoever_is_hit_on_the_way_keeps_the_others_out_for_the_time_of_a_lease(
    two: Two, hit: str
) -> None:
    ended = list[str]()
    mine = replace(
        two.mine, held_s=0.9, claimed_s=0.2, lost=lambda: ended.append("lost")
    )  # it is renewed three times in its time, and no time that a claim is renewed
    assert mine.claim()
    if hit == "killed":
        two.link.down()
    began = monotonic()
    until(two.other.claim)
    assert 0.5 < monotonic() - began < 5
    assert mine.claim_left_s() == 0
    if hit == "hangs":
        with pytest.raises(LeaseHeldError):
            mine.hold()
    assert ended == []  # whoever follows need not begin anew for it


def test_a_claim_that_is_made_use_of_late_is_renewed_again(two: Two) -> None:
    mine = replace(two.mine, held_s=1.5, claimed_s=0.1)
    assert mine.claim()
    claimed_at = monotonic()
    until(lambda: monotonic() > claimed_at + 1.1)
    mine.hold()
    until(lambda: monotonic() > claimed_at + 2.5)
    assert mine.kept().left_s > 0
    assert not two.other.claim()
    mine.kept().close()


def test_what_was_let_go_of_meanwhile_is_not_led_by(two: Two) -> None:
    assert two.mine.claim()
    two.mine.give_back()
    with pytest.raises(NoLeaderError):
        two.mine.kept()


def test_a_lease_that_another_had_in_between_goes_on_with_no_claim(two: Two) -> None:
    mine = replace(two.mine, held_s=0.2, claimed_s=0.0)
    assert mine.claim()
    until(two.other.claim)
    two.other.give_back()
    mine.hold()
    assert mine.left_s() > 0
    assert mine.claim_left_s() == 0
    assert mine.lease is not None
    mine.lease.close()


def test_whoever_gave_back_writes_nothing_once_another_has_it_and_may_claim_again(two: Two) -> None:
    mine = two.mine
    assert mine.claim()
    mine.give_back()
    assert two.other.claim()
    with pytest.raises(LeaseLostError), mine.database.write():
        pass
    two.other.give_back()
    assert mine.claim()
    with mine.database.write():
        pass


def test_who_writes_lacks_nothing_until_the_lease_is_over(two: Two) -> None:
    two.mine.held_s = 0.6
    anything = cast("Any", None)
    decisions = SimpleNamespace(desk=DecisionDesk(books=anything, states=anything, clock=anything))
    service = replace(two.service(), decisions=cast("Any", decisions))
    lease = two.mine.lease
    assert lease is not None
    data = SimpleNamespace(keys=SimpleNamespace(tokens=SimpleNamespace(keyed=str)))
    opened = SimpleNamespace(log=SimpleNamespace(append_soon=None))
    led_service(service, lease, cast("Any", data), cast("Any", opened))
    behind_ms = decisions.desk.as_of()
    assert behind_ms() is None
    two.link.down()
    until(lambda: lease.left_s == 0)
    with pytest.raises(NoLeaderError):  # what was read before may be behind by now
        behind_ms()

"""Between the claim and the service that writes: what goes wrong there is tried again."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Thread
from typing import Any, cast

import pytest
from litestar.types import Receive, Scope, Send
from tests.servers.databases import Postgresql
from tests.waiting import until

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.doors.following_service import Turned
from chengnuo.doors.http.turning import Turning
from chengnuo.doors.web.building import Service
from chengnuo.wiring.taking_over import TakingOver

pytestmark = pytest.mark.real


class Looks:
    """A state whose first look after the claim meets a database that does not answer."""

    def __init__(self) -> None:
        self.looked = 0
        self.held_until = 0.0

    def look(self) -> None:
        self.looked += 1
        if self.looked == 1:
            raise DatabaseUnavailableError("it does not answer")

    def hold(self, until: float) -> None:
        self.held_until = until


async def answers(scope: Scope, receive: Receive, send: Send) -> None:
    """Live as an app does that has nothing to do."""
    assert scope["type"] == "lifespan"
    for what in ("startup", "shutdown"):
        await receive()
        said: Any = {"type": f"lifespan.{what}.complete"}
        await send(said)


@contextmanager
def turning() -> Iterator[Turning]:
    front, loop = Turning(answers), asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    front.loop = loop
    try:
        yield front
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def test_a_claimant_whose_look_failed_claims_again_and_takes_over(
    postgresql_server: Postgresql,
) -> None:
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        with (
            closing(PostgresqlDatabase(url)) as database,
            closing(PostgresqlDatabase(url)) as others,
            turning() as front,
        ):
            looks, turned = Looks(), Turned()
            made = Service(
                app=answers,
                services=cast("Any", None),
                set_up_path="",
                made_keys=(),
                key_holder=cast("Any", None),
                close=lambda: None,
            )
            taking_over = TakingOver(
                shared=SharedDatabase(database=database, holder="mine", address="http://mine"),
                following=cast("Any", looks),
                front=front,
                decisions=cast("Any", None),
                turned=turned,
                release=lambda: None,
                lead=lambda: made,
                led=lambda _: None,
            )
            other = SharedDatabase(database=others, holder="other", address="http://other")
            with pytest.raises(DatabaseUnavailableError):
                taking_over.try_it()
            assert not other.claim()
            assert looks.held_until == 0
            taking_over.try_it()
            assert looks.held_until > 0
            until(lambda: turned.service is made, seconds=10)
            assert not other.claim()

"""Servers of Redis for tests: thrown away, in memory only, on ports of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import ConnectionError as NoConnectionError
from tests.servers.throwaway import ThrowawayServer

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import Store, StoreKind, Table


@contextmanager
def redis_server(*options: str) -> Iterator[str]:
    """Run a server; yield its address."""
    server = ThrowawayServer("redis")
    address = f"redis://127.0.0.1:{server.port}/0"

    def answers() -> bool:
        with Redis.from_url(address) as client:
            try:
                client.ping()
            except NoConnectionError as error:
                return "Authentication" in type(error).__name__
            return True

    plain = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
    command = ["redis-server", "--port", str(server.port), *plain, *options]
    server.start(command, answers=answers)
    try:
        yield address
    finally:
        server.stop()


def redis_store(*tables: Table) -> Store:
    """Return a store of Redis as the register has it."""
    return Store(
        store=StoreId("sessions"),
        name=Text("会话", "Sessions"),
        kind=StoreKind.REDIS,
        connection="SAMPLE_REDIS",
        tables=tables,
    )

"""The database server ends in the middle of writes: what was acknowledged is there when it is back.

The writer waits for it and goes on by itself, without being opened anew.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.adapters.evidence.log_kit import Kit, consents, opened, published
from tests.servers.databases import Postgresql
from tests.waiting import until

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.base.errors import UnavailableError

# pg8000 leaves the socket of a connection that was refused to be collected.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
_AWAY_S = 1.5
_TIMES = 4


@pytest.fixture
def server(tool: Callable[[str], Path]) -> Iterator[Postgresql]:
    """A server of this test's own."""
    server = Postgresql(tool("postgresql").parent)
    yield server
    server.stop()


def appending(log: WritableLog, number: int, told: dict[int, int], done: Event) -> None:
    """Append until told to stop, and note what was acknowledged; what was refused is left out."""
    at = number
    while not done.is_set():
        at += 10
        try:
            first = log.append([*consents([at], whose=at % 23), published(at)]).first
        except UnavailableError:
            time.sleep(0.05)
        else:
            told[first] = at


@pytest.mark.parametrize("by", [signal.SIGQUIT, signal.SIGKILL], ids=["immediate", "killed"])
def test_what_was_acknowledged_outlives_the_server(
    server: Postgresql, tmp_path: Path, by: signal.Signals
) -> None:
    url = server.url("postgres").render_as_string(hide_password=False)
    with closing(PostgresqlDatabase(url)) as database:
        lost = Event()
        shared = SharedDatabase(database=database, holder="kit", lost=lost.set)
        give_back = shared.hold()
        kit = Kit(tmp_path, publish_every_s=0.05, shared=shared)
        log = kit.open()
        told: dict[int, int] = {}
        done = Event()
        threads = [Thread(target=appending, args=(log, one, told, done)) for one in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(_TIMES):
            before = len(told)
            until(lambda least=before + 5: len(told) > least, seconds=30)
            server._end(by)  # noqa: SLF001  as a crash or `pg_ctl stop -m immediate` would
            time.sleep(_AWAY_S)
            server.start_again()
        before = len(told)
        until(lambda: len(told) > before + 20, seconds=30)
        done.set()
        for thread in threads:
            thread.join()
        assert not lost.is_set()
        log.publish()
        payloads = kit.payloads()
        for first, at in told.items():
            assert opened(payloads, log, first) == b'{"n":%d,"v":1}' % at
        log.close()
        kit.close()
        assert kit.problems() == []
        give_back()

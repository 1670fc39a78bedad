"""The thread that follows looks again whatever a look meets; marks are kept after the state."""

import logging
import sqlite3
from pathlib import Path
from threading import Event

import pytest

from chengnuo.adapters.following import FollowingThread, SaidMarkFile
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.ports.following import NoLeaderError


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (RuntimeError("of somebody"), "RuntimeError"),
        (NoLeaderError(), "no-leader"),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
)
def test_a_look_that_fails_is_followed_by_the_next(
    fault: Exception, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    met, again = [], Event()

    def look() -> None:
        met.append(1)
        if len(met) == 1:
            raise fault
        again.set()

    thread = FollowingThread(look, every_s=0.01)
    with caplog.at_level(logging.WARNING, logger="chengnuo.following"):
        thread.start()
        assert again.wait(20)
        thread.close()
    assert caplog.messages == [
        f"the process that writes cannot be followed: {why}",
        "it can be followed again",
    ]


def test_a_mark_is_kept_only_once_the_state_is_in_its_file(tmp_path: Path) -> None:
    mark = SaidMarkFile(tmp_path / "said")
    replica = SqliteDatabase(tmp_path, is_replica=True)
    beside = sqlite3.connect(replica.path)
    beside.execute("SELECT count(*) FROM individual").fetchone()
    replica.close()
    mark.keep(7)  # somebody reads still: what was written last stands in the journal alone
    assert mark.take() is None
    beside.close()
    mark.keep(7)
    assert mark.take() == 7
    assert mark.take() is None

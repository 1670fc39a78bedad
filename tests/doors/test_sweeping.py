"""Each part of the sweep stands alone: one that fails is told of and keeps no other back."""

import asyncio
import logging
from threading import Event

import pytest
from litestar import Litestar
from tests.running import run

from chengnuo.doors.web.beside import GoesOn, beside
from chengnuo.doors.web.sweeping import run_each
from chengnuo.ports.dossiers import DossierMovedError


def test_what_fails_keeps_nothing_else_back_and_is_told_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []

    def moved() -> None:
        raise DossierMovedError

    def faulty() -> None:
        raise ValueError("李雷 13800138000")

    parts = [
        ("first", lambda: done.append("first")),
        ("agreements", moved),
        ("names", faulty),
        ("steps", lambda: done.append("steps")),
    ]
    with caplog.at_level(logging.DEBUG), pytest.raises(DossierMovedError):
        run_each(parts)
    assert done == ["first", "steps"]
    assert [one.getMessage() for one in caplog.records] == [
        "the part `agreements` of the sweep failed: dossier-moved",
        "the part `names` of the sweep failed: ValueError",
    ]


def test_where_nothing_fails_nothing_is_raised() -> None:
    done: list[int] = []
    run_each([("one", lambda: done.append(1)), ("two", lambda: done.append(2))])
    assert done == [1, 2]


def test_a_sweep_that_is_told_to_stop_begins_no_more_parts() -> None:
    done: list[int] = []
    parts = [("one", lambda: done.append(1)), ("two", lambda: done.append(2))]
    run_each(parts, lambda: not done)
    assert done == [1]


def test_work_beside_a_service_is_told_once_that_stops() -> None:
    begun, stopped = Event(), Event()

    def work(goes_on: GoesOn) -> float:
        begun.set()
        while goes_on():
            stopped.wait(0.01)
        stopped.set()
        return 60.0

    lifespan = beside("working", work, first_s=0.0, again_s=60.0)

    async def serve() -> None:
        async with lifespan(Litestar(openapi_config=None)):
            assert await asyncio.to_thread(begun.wait, 30)
            assert not stopped.is_set()
        assert await asyncio.to_thread(stopped.wait, 30)

    run(serve())

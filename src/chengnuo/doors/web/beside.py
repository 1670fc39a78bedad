"""Work beside a service: done again and again for as long as it lives, never on a request's path.

What fails is logged by its code and tried again; its text is not, for it may name people. Work asks
between its parts whether it goes on: a service that is told to stop waits for the part in hand.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from threading import Event
from typing import TypeAlias

from litestar import Litestar
from litestar.concurrency import sync_to_thread

from chengnuo.base.errors import ChengnuoError

LOG = logging.getLogger("chengnuo.service")
Lifespan: TypeAlias = Callable[[Litestar], AbstractAsyncContextManager[None]]
GoesOn: TypeAlias = Callable[[], bool]
"""Tells whether the service goes on; from any thread."""


def beside(
    what: str, work: Callable[[GoesOn], float], *, first_s: float, again_s: float
) -> Lifespan:
    """Return what does some work for as long as the service lives.

    Args:
        what: What the log calls it, as `running the controls`.
        work: Does a bounded part of it in a thread; returns after how many seconds to go on.
        first_s: After how many seconds it begins: starting comes first.
        again_s: After how many seconds it is tried again where it failed.

    """

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None]:
        ended = Event()
        part = partial(work, lambda: not ended.is_set())
        task = asyncio.create_task(_rounds(what, part, first_s, again_s))
        try:
            yield
        finally:
            ended.set()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return lifespan


async def _rounds(what: str, work: Callable[[], float], first_s: float, again_s: float) -> None:
    wait_s = first_s
    while True:
        await asyncio.sleep(wait_s)
        wait_s = again_s
        try:
            wait_s = await sync_to_thread(work)
        except ChengnuoError as error:
            LOG.warning("%s failed: %s", what, error.code)
        except Exception as error:  # noqa: BLE001  it is tried again
            LOG.error("%s failed by a fault: %s", what, type(error).__name__)  # noqa: TRY400

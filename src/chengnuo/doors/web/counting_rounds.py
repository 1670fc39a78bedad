"""Counting beside a service: what is recorded is counted soon, and never on a request's path.

Pages count a little themselves, so that what somebody did a moment ago is in what they see. What is
recorded by the thousand would hold them up; it is counted here.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from litestar import Litestar
from litestar.concurrency import sync_to_thread

from chengnuo.base.errors import ChengnuoError

LOG = logging.getLogger("chengnuo.service")
_EVERY_S = 2.0
_MORE_S = 0.05
"""How long requests have the processor to themselves while more is to be counted."""


def counting_rounds(
    count: Callable[[], int],
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Return what counts for as long as the service lives.

    Args:
        count: Counts a bounded number of records, and returns how many are left.

    """

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None]:
        task = asyncio.create_task(_rounds(count))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return lifespan


async def _rounds(count: Callable[[], int]) -> None:
    wait_s = _EVERY_S
    while True:
        await asyncio.sleep(wait_s)
        wait_s = _EVERY_S
        try:
            if await sync_to_thread(count):
                wait_s = _MORE_S
        except ChengnuoError as error:
            LOG.warning("counting what was recorded failed: %s", error.code)
        except Exception as error:  # noqa: BLE001  it is tried again; its text may name people
            LOG.error("counting failed by a fault: %s", type(error).__name__)  # noqa: TRY400

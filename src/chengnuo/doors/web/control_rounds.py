"""Running the controls beside a service: each by its own interval, never on a request's path."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from time import monotonic

from litestar import Litestar
from litestar.concurrency import sync_to_thread

from chengnuo.base.errors import ChengnuoError
from chengnuo.usecases.finding.running import ControlRunner

LOG = logging.getLogger("chengnuo.service")
_FIRST_S = 3.0
"""After so long the first round begins: starting comes before looking."""
_EVERY_S = 15.0
_ROUND_S = 30.0
"""No source is begun later in a round; it waits for the next."""


def control_rounds(
    runner: ControlRunner | None,
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Return what runs due controls for as long as the service lives."""

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None]:
        if runner is None:
            yield
            return
        task = asyncio.create_task(_rounds(runner))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return lifespan


async def _rounds(runner: ControlRunner) -> None:
    mended, wait_s = False, _FIRST_S
    while True:
        await asyncio.sleep(wait_s)
        wait_s = _EVERY_S
        try:
            if not mended:
                await sync_to_thread(runner.mend)
                mended = True
            await sync_to_thread(_one_round, runner)
        except ChengnuoError as error:
            LOG.warning("running the controls failed: %s", error.code)
        except Exception as error:  # noqa: BLE001  it is tried again; its text may name people
            LOG.error("running the controls failed by a fault: %s", type(error).__name__)  # noqa: TRY400


def _one_round(runner: ControlRunner) -> int:
    ends = monotonic() + _ROUND_S
    return runner.run_due(lambda: monotonic() < ends)

"""Runs a coroutine to its end, in a thread of its own.

A browser that a test of this process drives keeps an event loop in the main thread, where
`asyncio.run` then refuses to start another. The thread and its loop stay for the next coroutine
of the main thread: to make both, and to end them, takes longer than most answers of a service.
Whoever runs a coroutine from elsewhere, as from within another, gets a thread and a loop anew.
"""

import asyncio
import atexit
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Any, TypeVar

T = TypeVar("T")


class _Kept:
    """The thread and the loop that stay."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._runner: asyncio.Runner | None = None
        atexit.register(self.end)
        os.register_at_fork(after_in_child=self.forget)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        if self._pool is None:
            self._pool, self._runner = ThreadPoolExecutor(max_workers=1), asyncio.Runner()
        assert self._runner is not None
        ran = self._pool.submit(self._runner.run, _to_its_end(coroutine), context=Context())
        return ran.result()

    def end(self) -> None:
        """Close the loop; the thread has ended by itself."""
        if self._runner is not None:
            self._runner.close()
        self.forget()

    def forget(self) -> None:
        """Leave what a process that was forked does not have."""
        self._pool = self._runner = None


async def _to_its_end(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what it returns, and leave no task running, as `asyncio.run` does."""
    try:
        return await coroutine
    finally:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


_kept = _Kept()


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns."""
    if threading.current_thread() is threading.main_thread():
        return _kept.run(coroutine)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, coroutine).result()

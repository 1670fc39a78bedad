"""Counts over everybody that may take long: kept, shown with their instant, counted anew beside.

What counts quickly is counted whenever it is asked for. What takes longer is counted in a thread of
its own: meanwhile the count before is shown, with the instant that it is of. So a page over a
million people is there as soon as one over ten, and says how old its numbers are.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore, Condition, Thread
from typing import Final, Generic, TypeVar

from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.ports.clock import Clock

LOG = logging.getLogger("chengnuo.service")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

QUICK_S: Final = 0.1
"""Processor time up to which a count is made anew whenever it is asked for."""
REST: Final = 60
"""A count that took longer is kept for so many times what it took: a sixtieth of a core at most."""
MOST_KEPT_S: Final = 3600.0
WAIT_S: Final = 1.0
"""How long somebody waits for a first count before being told that it is being made."""
_MOST_KEYS = 64
_AT_ONCE = 2
"""Counts beside at one time: what is quick need not wait for what is slow, and nobody can start
as many slow ones as there are periods and items."""
_LOOK_S = 60.0
"""How often what was quick is looked at again whether it still is."""


class BeingCountedError(UnavailableError):
    """A count is asked for the first time, and takes long; it will be there in a while."""

    code = "being-counted"

    def __init__(self) -> None:
        super().__init__("this is being counted for the first time; look again in a minute")


@dataclass(frozen=True, slots=True)
class AsOf(Generic[V]):
    """A count and the instant that it is of."""

    value: V
    at: datetime


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    count: AsOf[V]
    took_s: float
    until_s: float


class Recounting(Generic[K, V]):
    """Keeps what one function counts, by what it is asked."""

    def __init__(
        self,
        count: Callable[[K], V],
        clock: Clock,
        *,
        quick_s: float = QUICK_S,
        wait_s: float = WAIT_S,
    ) -> None:
        """Keep nothing yet.

        Args:
            count: Counts; two different things at most are counted beside at one time.
            clock: Tells the instant that a count is of.
            quick_s: Processor time up to which nothing is kept, in seconds.
            wait_s: How long somebody waits for a first count, in seconds.

        """
        self._count = count
        self._clock = clock
        self._quick_s = quick_s
        self._wait_s = wait_s
        self._changed = Condition()
        self._kept: OrderedDict[K, _Kept[V]] = OrderedDict()
        self._failed: dict[K, ChengnuoError] = {}
        self._running: set[K] = set()
        self._places = BoundedSemaphore(_AT_ONCE)

    def of(self, key: K) -> AsOf[V]:
        """Return the count for what is asked; now where that is quick, else the one kept.

        Raises:
            BeingCountedError: There is none yet, and it takes longer than anybody should wait.
            ChengnuoError: What `count` raises.

        """
        with self._changed:
            kept = self._kept.get(key)
            if kept is None:
                return self._first(key)
            if kept.took_s > self._quick_s:
                if time.monotonic() >= kept.until_s:
                    self._start(key)
                return kept.count
        return self._now(key).count

    def warm(self, key: K) -> None:
        """Count in the caller's own thread what somebody will ask for, if it is time to.

        What fails is told to whoever asks for it.
        """
        with self._changed:
            kept = self._kept.get(key)
            if key in self._running or (kept is not None and time.monotonic() < self._again(kept)):
                return
            self._running.add(key)
        self._beside(key)

    def _again(self, kept: _Kept[V]) -> float:
        return kept.until_s + (0.0 if kept.took_s > self._quick_s else _LOOK_S)

    def _first(self, key: K) -> AsOf[V]:
        self._failed.pop(key, None)
        self._start(key)
        self._changed.wait_for(lambda: key not in self._running, timeout=self._wait_s)
        if key in self._failed:
            raise self._failed.pop(key)
        kept = self._kept.get(key)
        if kept is None:
            raise BeingCountedError
        return kept.count

    def _start(self, key: K) -> None:
        if key not in self._running:
            self._running.add(key)
            Thread(target=self._beside, args=(key,), daemon=True, name="recounting").start()

    def _beside(self, key: K) -> None:
        failed: ChengnuoError | None = None
        try:
            with self._places:
                self._now(key)
        except ChengnuoError as error:
            failed = error
        except Exception as error:  # noqa: BLE001  a thread of its own; its text may name people
            LOG.error("counting failed by a fault: %s", type(error).__name__)  # noqa: TRY400
        finally:
            with self._changed:
                if failed is not None:
                    self._failed[key] = failed
                self._running.discard(key)
                self._changed.notify_all()

    def _now(self, key: K) -> _Kept[V]:
        at, began = self._clock.now(), time.thread_time()
        value = self._count(key)
        took_s = time.thread_time() - began
        until_s = time.monotonic() + min(MOST_KEPT_S, REST * took_s)
        kept = _Kept(count=AsOf(value, at), took_s=took_s, until_s=until_s)
        with self._changed:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEYS:
                self._kept.popitem(last=False)
        return kept

"""Calling agents back when the status of their request changes (Data Rights Protocol 1.0).

What an agent knows is kept with the callback. It is looked at anew every minute whether that is
still so, and sent if not: again and again with the pauses of notices, then given up, and the agent
asks by itself. Of two changes between two looks the last is told.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.clock import Clock
from chengnuo.ports.rights_callbacks import Callback, CallbackSender, CallbackStore
from chengnuo.usecases.rights.outbox import MOST_ATTEMPTS, pause_after

LOG = logging.getLogger("chengnuo.rights")
LOOKS_EVERY = timedelta(minutes=1)
_ID_SIGNS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSaid:
    """Where a request stands, as its agent is told.

    Attributes:
        body: What is sent, to the byte.
        is_final: Whether nothing comes after it.

    """

    body: bytes
    is_final: bool


Says = Callable[[Callback], StatusSaid | None]
"""Says where a request stands; None where its agent may be told no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingBack:
    """Calls agents back; safe to call from several threads and processes.

    Attributes:
        store: Keeps what has to be told.
        sender: The way to agents.
        clock: Tells now.

    """

    store: CallbackStore
    sender: CallbackSender
    clock: Clock

    def promise(self, request: RequestId, agent: str, address: str, known: StatusSaid) -> None:
        """Call an agent back from now on; it was just told where the request stands."""
        next_at = None if known.is_final else self.clock.now() + LOOKS_EVERY
        told = sha256_hex(known.body)
        self.store.put(
            Callback(request=request, agent=agent, address=address, told=told, next_at=next_at)
        )

    def round(self, says: Says, *, limit: int = 100) -> int:
        """Look at what is due and send what changed; return how many were told."""
        due = self.store.due(self.clock.now(), limit=limit)
        return sum(self._look(callback, says) for callback in due)

    def _look(self, callback: Callback, says: Says) -> bool:
        now, attempts = self.clock.now(), callback.attempts + 1
        said = says(callback)
        if said is None or attempts > MOST_ATTEMPTS:
            self.store.change(replace(callback, next_at=None), attempts=callback.attempts)
            return False
        after = None if said.is_final else now + LOOKS_EVERY
        digest = sha256_hex(said.body)
        known = replace(callback, told=digest, attempts=0, next_at=after)
        if digest == callback.told:
            self.store.change(known, attempts=callback.attempts)
            return False
        # Counted before it is sent, so that of two processes one sends.
        counted = replace(callback, attempts=attempts, next_at=now + pause_after(attempts))
        if not self.store.change(counted, attempts=callback.attempts):
            return False
        try:
            self.sender.send(counted, f"{callback.request}-{digest[:_ID_SIGNS]}", said.body)
        except Exception as error:  # noqa: BLE001  one that fails keeps no other from being told
            code = error.code if isinstance(error, ChengnuoError) else type(error).__name__
            LOG.warning("callback of request %s waits: %s", callback.request, code)
            return False
        return self.store.change(known, attempts=attempts)

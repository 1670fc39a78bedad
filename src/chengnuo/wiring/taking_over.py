"""A process that follows becomes the one that writes, without an end in between.

It claims the lease first; as long as the claim stands nobody can write, so what it knows stays all
there is, and it goes on answering questions while the service that writes is put together beside
it. Then that service takes its place. If anything goes wrong the process gives back what it has
claimed, leaves others the time to claim it, and begins anew.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from chengnuo.base.errors import ChengnuoError
from chengnuo.doors.following_service import Turned
from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.http.turning import Turning
from chengnuo.doors.web.building import Service
from chengnuo.ports.following import NoLeaderError
from chengnuo.usecases.following import Following
from chengnuo.wiring.database import begin_anew

if TYPE_CHECKING:
    from chengnuo.adapters.postgresql.shared import SharedDatabase
    from chengnuo.doors.cli.serve import Served

LOG = logging.getLogger("chengnuo.following")
_RESTS_S, _GIVES_S = 2.0, 5.0


@dataclass(slots=True, kw_only=True)
class TakingOver:
    """How a process takes over.

    Attributes:
        shared: The database.
        following: The state, which stays level while the claim stands.
        front: Answers requests.
        decisions: Answers questions, here and over the socket; it gets another desk.
        turned: Told of the service that writes.
        release: Lets go of the folder that the service that writes needs.
        lead: Puts that service together.
        led: Called with it, before it takes the place of the one that followed.
        begin_anew: Ends the process for it to begin anew.
        rests_s: How long others are left to claim what was given back. They look twice a second.

    """

    shared: "SharedDatabase"
    following: Following
    front: Turning
    decisions: Decisions
    turned: Turned
    release: Callable[[], None]
    lead: "Callable[[], Served]"
    led: Callable[[Service], None]
    begin_anew: Callable[[], None] = begin_anew
    rests_s: float = _RESTS_S
    _begun: bool = field(default=False, init=False)
    _rests_until: float = field(default=0.0, init=False)
    _giving: Thread | None = field(default=None, init=False)

    def try_it(self) -> None:
        """Claim the lease if no other process has it, and take over; from the thread that follows.

        If the look at what the one before has left fails, it is given back: another host may well
        be able to. Nobody else claims it where the database is away from all; then this one does.

        Raises:
            DatabaseUnavailableError: The database does not answer.

        """
        loop = self.front.loop
        if self._begun or loop is None or monotonic() < self._rests_until:
            return
        if not self.shared.claim():
            return
        try:
            self.following.look()  # all that the one before has acknowledged
        except Exception:
            self._rests_until = monotonic() + self.rests_s
            # Beside: the database that just failed may take a minute, and this thread has to look.
            tell = partial(self._give_back, self.shared.let_go())
            self._giving = Thread(target=tell, name="giving back", daemon=True)
            self._giving.start()
            raise
        self._begun = True
        self.following.hold(self.shared.claim_left_s)
        LOG.warning("nobody writes: this process takes over")
        asyncio.run_coroutine_threadsafe(self._take_over(), loop)

    def close(self) -> None:
        """Wait a little for what is being given back; then it runs out."""
        if self._giving is not None:
            self._giving.join(_GIVES_S)

    async def _take_over(self) -> None:
        try:
            made = await asyncio.to_thread(self._made)
            await self.front.turn(made.app)
        except ChengnuoError as error:
            LOG.warning("taking over failed: %s", error.code)
            await self._give_up()
        except Exception as error:  # noqa: BLE001  whatever it is: from the start, then
            LOG.error("taking over failed by a fault: %s", type(error).__name__)  # noqa: TRY400  its message may hold values
            await self._give_up()
        else:
            self.following.end_hold()  # before anything that is acknowledged from now on
            await self.front.end_older()

    async def _give_up(self) -> None:
        made, self.turned.service = self.turned.service, None
        await asyncio.to_thread(self._give_back, self.shared.give_back, made)
        await asyncio.sleep(self.rests_s)  # whoever begins where nobody writes would lead at once
        self.begin_anew()

    def _give_back(self, tell: Callable[[], None], made: Service | None = None) -> None:
        """Let others write, once the service that was to do it here is closed, if there is one."""
        try:
            if made is not None:
                made.close()
            tell()
        except Exception as error:  # noqa: BLE001  then it runs out
            LOG.warning("the claim could not be given back: %s", type(error).__name__)

    def _made(self) -> Service:
        self.release()
        made = self.lead()
        if not isinstance(made, Service):
            made.close()
            raise NoLeaderError  # the claim ran out before
        self.turned.service = made
        self.led(made)
        return made

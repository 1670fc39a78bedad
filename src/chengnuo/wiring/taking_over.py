"""A process that follows becomes the one that writes, without an end in between.

It claims the lease first; as long as the claim stands nobody can write, so what it knows stays all
there is, and it goes on answering questions while the service that writes is put together beside
it. Then that service takes its place. If anything goes wrong the process begins anew.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
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

    """

    shared: "SharedDatabase"
    following: Following
    front: Turning
    decisions: Decisions
    turned: Turned
    release: Callable[[], None]
    lead: "Callable[[], Served]"
    led: Callable[[Service], None]
    _begun: bool = field(default=False, init=False)

    def try_it(self) -> None:
        """Claim the lease if no other process has it, and take over; from the thread that follows.

        If the look at what the one before has left fails, the next try claims it again.

        Raises:
            DatabaseUnavailableError: The database does not answer.

        """
        began, loop = monotonic(), self.front.loop
        if self._begun or loop is None or not self.shared.claim():
            return
        self.following.look()  # all that the one before has acknowledged
        self._begun = True
        self.following.hold(began + self.shared.claimed_s)
        LOG.warning("nobody writes: this process takes over")
        asyncio.run_coroutine_threadsafe(self._take_over(), loop)

    async def _take_over(self) -> None:
        try:
            made = await asyncio.to_thread(self._made)
            await self.front.turn(made.app)
        except ChengnuoError as error:
            LOG.warning("taking over failed: %s", error.code)
            begin_anew()
        except Exception as error:  # noqa: BLE001  whatever it is: from the start, then
            LOG.error("taking over failed by a fault: %s", type(error).__name__)  # noqa: TRY400  its message may hold values
            begin_anew()

    def _made(self) -> Service:
        self.release()
        made = self.lead()
        if not isinstance(made, Service):
            made.close()
            raise NoLeaderError  # the claim ran out before
        self.turned.service = made
        self.led(made)
        return made

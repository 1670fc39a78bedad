"""A service that follows another, as the command line runs it."""

from collections.abc import Callable
from dataclasses import dataclass

from litestar.types import ASGIApp

from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.web.building import Service
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.following import NoLeaderError


@dataclass(slots=True)
class Turned:
    """What a process that followed has become.

    Attributes:
        service: The service that writes; None while it follows.

    """

    service: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingService:
    """A service ready to run, as `Service`; accounts, pages and the register are the leader's.

    Attributes:
        app: The ASGI app.
        key_holder: Who holds the key above the keys of individuals.
        close: Closes what was opened.
        decisions: Answers programs that show a key.
        turned: What it has become.

    """

    app: ASGIApp
    key_holder: KeyHolder
    close: Callable[[], None]
    decisions: Decisions
    turned: Turned
    set_up_path: str = ""
    made_keys: tuple[str, ...] = ()

    def load_register(self) -> str:
        """See `Service.load_register`; as long as this process follows, the one that writes does.

        Raises:
            NoLeaderError: It follows.

        """
        if self.turned.service is None:
            raise NoLeaderError
        return self.turned.service.load_register()

    def recovered(self) -> str:
        """Return that nothing of the log was set aside here."""
        return ""

    def given_up(self) -> str:
        """See `Service.given_up`; a log that is followed is not."""
        return "" if self.turned.service is None else self.turned.service.given_up()

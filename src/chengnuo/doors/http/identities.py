"""How the guards learn who calls."""

from typing import Protocol

from chengnuo.ports.individuals import Visitor
from chengnuo.ports.sessions import StaffSession


class Identities(Protocol):
    """Turns cookies into people, and names things under a key."""

    def staff_session(self, token: str) -> StaffSession | None:
        """Return the live console session of a cookie, or None."""
        ...

    def visitor(self, token: str, *, unhurried: bool = False) -> Visitor | None:
        """Return the individual of a cookie, or None; `unhurried` lets the session last longer."""
        ...

    def form_token(self, browser: str, session: str) -> str:
        """Return the token that forms carry for a browser and the session it has."""
        ...

    def fresh_browser(self) -> str:
        """Return a new random name for a browser."""
        ...

"""The clock, as the use cases see it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC, in whole microseconds."""
        ...

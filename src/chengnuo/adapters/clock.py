"""The clock of the machine."""

from datetime import UTC, datetime


class SystemClock:
    """`Clock` that reads the machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""
        return datetime.now(UTC)

"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class StandingClock:
    """`Clock` for tests."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time

"""How sign-in has failed lately, name by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """How sign-in with one name has failed lately, whether or not an account has it."""

    count: int
    locked_until: datetime | None


class FailureStore(Protocol):
    """Counts failed sign-ins under a keyed digest of the name typed."""

    def failures(self, name_key: str) -> Failures:
        """Return the failures in a row."""
        ...

    def failed(self, name_key: str, *, at: datetime, locked_until: datetime | None) -> None:
        """Count one more failure and set the lock."""
        ...

    def succeeded(self, name_key: str) -> None:
        """Forget the failures."""
        ...

"""How sign-in has failed lately, name by name."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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


class Refused(StrEnum):
    """Why a sign-in was refused; whoever tried is told none of it."""

    PASSWORD = "password"  # noqa: S105  wrong, or no account that may sign in has the name
    LOCKED = "locked"
    CODE = "code"
    CODE_AGAIN = "code-again"


class SignInWatch(Protocol):
    """Takes note of sign-ins that were refused."""

    def refused(self, why: Refused, name_key: str) -> None:
        """Note a refusal.

        Args:
            why: Why.
            name_key: Keyed digest of the name, by which tries with one name are told together.

        """
        ...

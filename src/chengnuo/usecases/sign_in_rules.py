"""How long sessions live, when a name is locked, and how a sign-in is refused. Pure."""

from datetime import timedelta
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError

IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
PENDING_LIMIT = timedelta(minutes=10)
FREE_FAILURES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
CODE_TRIES = 5
RECOVERY_CODES = 10


class SignInRefusedError(InvalidInputError):
    """Name and password do not go together, or the name is locked; which is not told."""

    code: ClassVar[str] = "sign-in-refused"

    def __init__(self) -> None:
        super().__init__("name and password do not go together, or the name is locked for a while")


class CodeRefusedError(InvalidInputError):
    """A one-time code is wrong, or was used before."""

    code: ClassVar[str] = "code-refused"

    def __init__(self) -> None:
        super().__init__("the code is wrong or was used before; wait for the next one")


class SignInEndedError(InvalidInputError):
    """The sign-in under way is over: too many wrong codes, or too slow."""

    code: ClassVar[str] = "sign-in-ended"

    def __init__(self) -> None:
        super().__init__("this sign-in has ended; begin again with name and password")


def lock_after(failures: int) -> timedelta | None:
    """Return how long a name is locked after so many failures in a row; None for not at all.

    >>> [lock_after(n) and int(lock_after(n).total_seconds()) for n in (4, 5, 6, 20)]
    [None, 60, 120, 3600]

    """
    if failures < FREE_FAILURES:
        return None
    doublings = min(failures - FREE_FAILURES, 10)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)

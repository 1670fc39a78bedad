"""What can be so about an individual, whatever is done with their information.

The age band follows from the birth date and the day (`law/age.py`). A restriction leaves only
storing and protecting (PIPL Arts. 44, 47 para. 2); somebody whose data were deleted must not come
back by a restored backup or an import (Art. 47).
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.law.age import AgeBand


class AccountState(StrEnum):
    """Where the individual's account stands."""

    GUEST = "guest"
    """There is none: a device, or a visitor."""
    ACTIVE = "active"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Individual:
    """What is so about an individual at one moment.

    Attributes:
        age: Age band.
        account: Where the account stands.
        restricted: Whether handling is restricted to storing and protecting.
        suppressed: Whether the individual's data were deleted and must stay so.

    """

    age: AgeBand = AgeBand.UNKNOWN
    account: AccountState = AccountState.GUEST
    restricted: bool = False
    suppressed: bool = False


NOBODY_KNOWN = Individual()
"""Somebody of whom nothing is known: a guest of unknown age."""

"""Who of the staff may read what is kept of individuals: one rule for every page of the console.

Staff, reviewer and auditor may, each with a reason that is recorded before anything is shown
(PIPL Arts. 51, 54); an admin, who manages accounts, never. The reading stands in the individual's
own chain, where they see who looked and why.
"""

from chengnuo.doors.http.audience import requires
from chengnuo.ports.accounts import Role

READERS = (Role.STAFF, Role.REVIEWER, Role.AUDITOR)
FOR_READERS = requires(*READERS)
"""The guard of every page that shows what is kept of individuals, with or without payloads."""


def may_read(role: Role) -> bool:
    """Tell whether a role may read what is kept of individuals, given a reason."""
    return role in READERS

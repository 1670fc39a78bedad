"""What a sweep came to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepResult:
    """What a sweep came to.

    Attributes:
        came_back: People of whom something erased was found again, and is erased anew.
        released: Requests opened because a hold is over that alone kept something back.
        withdrawn: Requests opened because consent was withdrawn (PIPL Art. 47 para. 1 item 3).
        expired: Requests opened because a retention period is over (item 2).
        ended: Requests opened because no activity uses a table any more (item 2).
        unknown: Follow-ups whose account is in no store: nothing of theirs is left to erase.
        not_looked_at: Stores that did not answer or cannot be swept.

    """

    came_back: int = 0
    released: int = 0
    withdrawn: int = 0
    expired: int = 0
    ended: int = 0
    unknown: int = 0
    not_looked_at: tuple[str, ...] = ()

"""What the service's own records say of consent and its use over a period, as controls see it.

Plain values: whoever makes them has looked up, for each record, what the register version that it
names says. What could not be looked up is None, and no control takes that for a yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

GIVE, REFUSE, WITHDRAW = "give", "refuse", "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSeen:
    """One act upon a consent item.

    Attributes:
        position: Position of its record.
        at: When, microseconds since 1970.
        who: Whose, a name that tells individuals apart and nothing else.
        item: Consent item.
        act: Value of `Act`.
        notice_kept: Whether the notice it names is one that the register version gives; None if
            that version is not kept.
        form_meets: Whether its form is enough for the item; None likewise.
        steps: In how many steps.
        prompted: Whether it answered a prompt.
        is_undo: Whether it undid a withdrawal.
        again_from: Of a no, from when on it may be asked unasked; None for 48 hours later.

    """

    position: int
    at: int
    who: str
    item: str
    act: str
    notice_kept: bool | None
    form_meets: bool | None
    steps: int
    prompted: bool = True
    is_undo: bool = False
    again_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A consent that a permitted use rested on.

    Attributes:
        item: Consent item that was needed.
        agreed: Whether the record names an act that gives it, in a form that is enough.
        accepted: Whether that act is on a text that was accepted then.

    """

    item: str
    agreed: bool
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitSeen:
    """One recorded decision that permitted a use.

    Attributes:
        position: Position of its record.
        activity: Activity it was for.
        rests_on: Every consent that was needed; None if the record or its register version does
            not say.
        markets: Whether it used sensitive information to sell.
        publishes: Whether it made information public.
        switched_off: Whether a switch of the activity was off; None if it has none.

    """

    position: int
    activity: str
    rests_on: tuple[Resting, ...] | None
    markets: bool = False
    publishes: bool = False
    switched_off: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSeen:
    """A notice about an item that was put before somebody."""

    position: int
    at: int
    who: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowSeen:
    """Something that followed from a withdrawal.

    Attributes:
        withdrawal: Position of the withdrawal.
        stops: Whether it is to stop; else to tell or to delete.
        due: From when on, microseconds since 1970.
        done_at: When it was acknowledged; None if it was not.

    """

    withdrawal: int
    stops: bool
    due: int
    done_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecords:
    """The records of a period.

    Attributes:
        since: First instant looked at, microseconds since 1970.
        until: Instant of looking.
        acts: Acts, oldest first.
        permits: Permitted uses.
        notices: Notices shown.
        starts: When somebody started an activity by themselves, by who and activity.
        follow_ups: What followed from withdrawals and was not called off.
        behind: Records of the log that are not counted yet; permits may be missing.
        too_many: Whether there are more records than are looked at in one go; `since` is then
            where the newest of them begin.

    """

    since: int
    until: int
    acts: tuple[ActSeen, ...]
    permits: tuple[PermitSeen, ...]
    notices: tuple[NoticeSeen, ...]
    starts: Mapping[tuple[str, str], tuple[int, ...]]
    follow_ups: tuple[FollowSeen, ...]
    behind: int = 0
    too_many: bool = False

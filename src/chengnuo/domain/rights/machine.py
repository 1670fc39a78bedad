"""The states of a request, who has to act in each, and what leads from one to the next.

The whole machine is this table. Every state that is not final has one owner and one next action;
nothing is `fulfilled` that was not carried out, and identity is proved before anything is planned.
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.errors import ConflictError
from chengnuo.base.text import Text


class Stage(StrEnum):
    """Where a request stands."""

    NEEDS_IDENTITY = "needs-identity"
    NEEDS_PLAN = "needs-plan"
    NEEDS_RELEASE = "needs-release"
    WAITING = "waiting"
    QUEUED = "queued"
    RUNNING = "running"
    PARKED = "parked"
    OUTSIDE = "outside"
    FULFILLED = "fulfilled"
    PARTLY = "partly-fulfilled"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"

    @property
    def is_final(self) -> bool:
        """Tell whether nothing happens any more."""
        return self in FINAL


FINAL = frozenset({Stage.FULFILLED, Stage.PARTLY, Stage.REFUSED, Stage.TAKEN_BACK})


class Owner(StrEnum):
    """Who has to act."""

    INDIVIDUAL = "individual"
    STAFF = "staff"
    REVIEWER = "reviewer"
    SYSTEM = "system"
    OUTSIDE = "outside"
    NOBODY = "nobody"


class Event(StrEnum):
    """What happens to a request."""

    PROVED = "identity-proved"
    NOT_PROVED = "identity-not-proved"
    PLANNED = "planned"
    """It can run by itself once its waiting time is over."""
    PLANNED_FOR_RELEASE = "planned-for-release"
    PLAN_FAILED = "plan-failed"
    """A store could not be looked at, or the plan is blocked."""
    PLAN_REFUSED = "plan-refused"
    """Everything asked for is refused, with reasons."""
    RELEASED = "released"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"
    WAITED = "waited"
    PICKED = "picked"
    """One executor has the lease."""
    LEFT = "left"
    """The lease ran out or was given back; whoever picks it up next goes on."""
    OUTDATED = "outdated"
    """Schema, register or rows are others than the plan was made for."""
    STOPPED = "stopped"
    """A step cannot go on without somebody."""
    RESUMED = "resumed"
    """Whoever owns it says that it can be tried again."""
    CARRIED_OUT = "carried-out"
    """All stores are done; somebody outside has still to answer."""
    CONCLUDED = "concluded"
    CONCLUDED_PARTLY = "concluded-partly"


TRANSITIONS: dict[tuple[Stage, Event], Stage] = {
    (Stage.NEEDS_IDENTITY, Event.PROVED): Stage.NEEDS_PLAN,
    (Stage.NEEDS_IDENTITY, Event.NOT_PROVED): Stage.REFUSED,
    (Stage.NEEDS_IDENTITY, Event.TAKEN_BACK): Stage.TAKEN_BACK,
    (Stage.NEEDS_PLAN, Event.PLANNED): Stage.WAITING,
    (Stage.NEEDS_PLAN, Event.PLANNED_FOR_RELEASE): Stage.NEEDS_RELEASE,
    (Stage.NEEDS_PLAN, Event.PLAN_FAILED): Stage.PARKED,
    (Stage.NEEDS_PLAN, Event.PLAN_REFUSED): Stage.REFUSED,
    (Stage.NEEDS_PLAN, Event.TAKEN_BACK): Stage.TAKEN_BACK,
    (Stage.NEEDS_RELEASE, Event.RELEASED): Stage.WAITING,
    (Stage.NEEDS_RELEASE, Event.DECLINED): Stage.REFUSED,
    (Stage.NEEDS_RELEASE, Event.OUTDATED): Stage.NEEDS_PLAN,
    (Stage.NEEDS_RELEASE, Event.TAKEN_BACK): Stage.TAKEN_BACK,
    (Stage.WAITING, Event.WAITED): Stage.QUEUED,
    (Stage.WAITING, Event.TAKEN_BACK): Stage.TAKEN_BACK,
    (Stage.QUEUED, Event.PICKED): Stage.RUNNING,
    (Stage.QUEUED, Event.TAKEN_BACK): Stage.TAKEN_BACK,
    (Stage.RUNNING, Event.LEFT): Stage.QUEUED,
    (Stage.RUNNING, Event.OUTDATED): Stage.NEEDS_PLAN,
    (Stage.RUNNING, Event.STOPPED): Stage.PARKED,
    (Stage.RUNNING, Event.CARRIED_OUT): Stage.OUTSIDE,
    (Stage.RUNNING, Event.CONCLUDED): Stage.FULFILLED,
    (Stage.RUNNING, Event.CONCLUDED_PARTLY): Stage.PARTLY,
    (Stage.PARKED, Event.RESUMED): Stage.NEEDS_PLAN,
    (Stage.PARKED, Event.CONCLUDED_PARTLY): Stage.PARTLY,
    (Stage.PARKED, Event.DECLINED): Stage.REFUSED,
    (Stage.OUTSIDE, Event.CONCLUDED): Stage.FULFILLED,
    (Stage.OUTSIDE, Event.CONCLUDED_PARTLY): Stage.PARTLY,
}


class WrongStageError(ConflictError):
    """A request cannot do what is asked of it where it stands."""

    code = "rights-wrong-stage"

    def __init__(self, stage: Stage, event: Event) -> None:
        super().__init__(f"a request that is `{stage}` cannot be `{event}`")
        self.stage, self.event = stage, event


def after(stage: Stage, event: Event) -> Stage:
    """Return the stage that an event leads to.

    Raises:
        WrongStageError: It leads nowhere from here.

    """
    found = TRANSITIONS.get((stage, event))
    if found is None:
        raise WrongStageError(stage, event)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Who has to do what.

    Attributes:
        owner: Who.
        action: What, in words.

    """

    owner: Owner
    action: Text


NEXT: dict[Stage, Next] = {
    Stage.NEEDS_IDENTITY: Next(
        owner=Owner.INDIVIDUAL, action=Text("请再次确认身份", "Prove once more that it is you")
    ),
    Stage.NEEDS_PLAN: Next(
        owner=Owner.SYSTEM, action=Text("查找数据并制定方案", "Look up the data and make the plan")
    ),
    Stage.NEEDS_RELEASE: Next(
        owner=Owner.REVIEWER, action=Text("复核方案", "Review the plan, release or decline it")
    ),
    Stage.WAITING: Next(
        owner=Owner.INDIVIDUAL, action=Text("反悔期内可以撤回", "Can be taken back until it begins")
    ),
    Stage.QUEUED: Next(owner=Owner.SYSTEM, action=Text("等待执行", "Waits to be carried out")),
    Stage.RUNNING: Next(owner=Owner.SYSTEM, action=Text("正在执行", "Is being carried out")),
    Stage.PARKED: Next(
        owner=Owner.STAFF, action=Text("排除障碍后继续", "Mend what stands in the way, then go on")
    ),
    Stage.OUTSIDE: Next(
        owner=Owner.OUTSIDE,
        action=Text("等待外部各方或人工任务回执", "Waits for parties outside or work by hand"),
    ),
}

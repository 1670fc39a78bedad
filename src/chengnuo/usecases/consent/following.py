"""Following up withdrawals: what has to be done, and that it was done."""

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.what_follows import FollowKind, FollowState, FollowUp
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Recorded
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.refusals import FollowUpNotDueError, NoSuchFollowUpError
from chengnuo.usecases.consent.taking_in import DONE, WITHDRAWAL
from chengnuo.usecases.evidence.recording import Rows


def follow_ups(
    keeper: ConsentKeeper,
    person: PersonKey | None,
    *,
    due_at: int | None,
    since: int | None = None,
    limit: int,
) -> tuple[FollowUp, ...]:
    """Return what follows from withdrawals, soonest due first.

    Args:
        keeper: The state.
        person: Whose, under all their names; None for everybody's.
        due_at: Only what is open and due then, microseconds since 1970; None for all.
        since: Only what was due from then on and was not called off; None for all.
        limit: At most so many.

    """
    keeper.ready()
    names = None if person is None else keeper.kept(person).names
    return keeper.store.follow_ups(names, due=due_at, since=since, limit=limit)


def acknowledge(
    keeper: ConsentKeeper,
    person: PersonKey,
    withdrawal: int,
    kind: FollowKind,
    *,
    recipient: str,
) -> Recorded:
    """Record that something that follows from a withdrawal was done.

    Raises:
        NoSuchFollowUpError: Nothing of the sort follows, or it was done or called off.
        FollowUpNotDueError: The withdrawal can still be undone.

    """
    with keeper.lock:
        found = next(
            (
                one
                for one in follow_ups(keeper, person, due_at=None, limit=100_000)
                if (one.withdrawal, one.kind, one.recipient) == (withdrawal, kind, recipient)
            ),
            None,
        )
        if found is None or found.state is not FollowState.OPEN:
            raise NoSuchFollowUpError(withdrawal)
        if not found.is_due(keeper.now()):
            raise FollowUpNotDueError(withdrawal)
        draft = keeper.recorder.draft(
            Kind.REQUEST_STATE,
            {
                "request": f"{WITHDRAWAL}{withdrawal}",
                "right": Right.WITHDRAW.value,
                "state": DONE[kind],
            },
            person=PersonKey(found.person),
            rows=Rows(activity=found.item.partition("/")[0], item=found.item, recipient=recipient),
        )
        appended = keeper.record([draft])
    return Recorded(position=appended.first, at=from_us(appended.at))

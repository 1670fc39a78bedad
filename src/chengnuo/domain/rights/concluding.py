"""How a request ends: from what was planned, done and answered to the reply.

Nothing is `fulfilled` while a store is open, stopped, left out or holds a residue, while work by
hand is open, or while a party outside did not confirm; what is refused is named with its reason
(PIPL Art. 50). What a duty of law keeps is named with the duty and its end, and is no hindrance:
what may be deleted is deleted (Art. 47 para. 2).
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.rights.letters import letter_of, remedies
from chengnuo.domain.rights.plan import Kept, Plan, Refusal, RowFate
from chengnuo.domain.rights.reply import Outcome, Reply, StoreResult, StoreState
from chengnuo.domain.rights.request import RightsRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Parties outside.

    Attributes:
        told: Names of those that confirmed.
        not_told: Names of those that did not.

    """

    told: tuple[Text, ...] = ()
    not_told: tuple[Text, ...] = ()


NOBODY_TOLD = Told()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a letter says besides.

    Attributes:
        handler: Name of the handler.
        complaints: Where complaints go, as it is published.
        to_minor: Whether it goes to a minor or a guardian, and so has to be in writing
            (Regulation on the Protection of Minors Online, Art. 34 para. 3).

    """

    handler: Text
    complaints: Text
    to_minor: bool = False


def outcome_of(
    plan: Plan | None, results: tuple[StoreResult, ...], told: Told, *, open_tasks: int
) -> Outcome:
    """Return how a request that was carried out ends."""
    whole = (
        plan is not None
        and not plan.refusals
        and not told.not_told
        and not open_tasks
        and all(result.state is StoreState.DONE and not result.residue for result in results)
    )
    return Outcome.FULFILLED if whole else Outcome.PARTLY


def conclude(  # noqa: PLR0913  all that a reply is made from
    plan: Plan,
    results: tuple[StoreResult, ...],
    told: Told,
    setting: Setting,
    at: datetime,
    *,
    open_tasks: int = 0,
    answer: str = "",
) -> Reply:
    """Return the reply to a request that was carried out.

    Args:
        plan: What was planned.
        results: What was done.
        told: Who outside confirmed.
        setting: What the letter says besides.
        at: When.
        open_tasks: Work by hand that was not done.
        answer: The explanation, where one was asked for, or why it was closed as it is.

    """
    outcome = outcome_of(plan, results, told, open_tasks=open_tasks)
    return _reply(
        plan.request,
        outcome,
        at,
        setting,
        results=results,
        kept=plan.kept,
        refusals=plan.refusals,
        told=told,
        answer=answer,
    )


def refuse(
    request: RightsRequest,
    refusals: tuple[Refusal, ...],
    setting: Setting,
    at: datetime,
    *,
    results: tuple[StoreResult, ...] = (),
) -> Reply:
    """Return the reply to a request that is refused, with the reasons."""
    return _reply(request, Outcome.REFUSED, at, setting, results=results, refusals=refusals)


def is_refused_wholly(plan: Plan) -> bool:
    """Tell whether nothing would be done of what is asked; not while a store is not looked at."""
    return bool(plan.refusals) and not (
        plan.is_blocked
        or plan.outside
        or any(store.by_hand for store in plan.stores)
        or any(step.fate is not RowFate.KEEP for store in plan.stores for step in store.steps)
    )


def _reply(  # noqa: PLR0913  all that a reply is made from
    request: RightsRequest,
    outcome: Outcome,
    at: datetime,
    setting: Setting,
    *,
    results: tuple[StoreResult, ...] = (),
    kept: tuple[Kept, ...] = (),
    refusals: tuple[Refusal, ...] = (),
    told: Told = NOBODY_TOLD,
    answer: str = "",
) -> Reply:
    bare = Reply(
        outcome=outcome,
        at=at,
        stores=results,
        kept=kept,
        refusals=refusals,
        told=told.told,
        not_told=told.not_told,
        remedies=() if outcome is Outcome.FULFILLED else remedies(setting.complaints),
        letter=Text(""),
    )
    letter = letter_of(
        request, bare, handler=setting.handler, to_minor=setting.to_minor, answer=answer
    )
    return Reply(
        outcome=bare.outcome,
        at=bare.at,
        stores=bare.stores,
        kept=bare.kept,
        refusals=bare.refusals,
        told=bare.told,
        not_told=bare.not_told,
        remedies=bare.remedies,
        letter=letter,
    )

"""Every rule that had something to say of a request, held or failed, and not only what decided.

For people who want to see why. It never decides: what failed is what the decision says failed,
and it is held to the decision by generated cases.
"""

from dataclasses import dataclass

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import case_of, needed_items
from chengnuo.domain.decision.checks import CHECKS
from chengnuo.domain.decision.decision import Decision, Ruling
from chengnuo.domain.decision.reference import CONSENT_RULES
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.rules import Rule

_ORDER = {rule: number for number, rule in enumerate(Rule)}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rule and whether it held."""

    ruling: Ruling
    holds: bool


def explained(
    decision: Decision, request: Request, state: State, *, book: Book, at: int
) -> tuple[Weighed, ...]:
    """Return every rule that spoke, in the order in which rules are shown.

    Args:
        decision: The answer to the request about the state at the instant.
        request: What was asked.
        state: What was so about the individual.
        book: Register and law on the civil day of `at`.
        at: Microseconds since 1970.

    """
    by = tuple(Weighed(ruling, decision.permits) for ruling in decision.by)
    activity = book.register.activity_by_id.get(request.activity)
    if decision.permits or activity is None or request.only_deletes:
        return by
    case = case_of(request, activity, state, book, at)
    held = [Ruling(Rule.ACTIVITY, activity.activity)]
    held += [ruling for check in CHECKS for ruling, holds in check(case) if holds]
    failed = {(ruling.rule, ruling.row) for ruling in decision.by}
    held += [
        Ruling(rule, item.id)
        for item in needed_items(case)
        if ((rule := CONSENT_RULES[item.kind]), item.id) not in failed
    ]
    spoken = [*by, *(Weighed(ruling, holds=True) for ruling in held)]
    return tuple(sorted(spoken, key=lambda one: (_ORDER[one.ruling.rule], one.ruling.row)))

"""What is so about each person, as SQL over one row of facts for each, and what holds of them."""

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, or_, true
from sqlalchemy import cast as as_type
from sqlalchemy.sql.selectable import CTE
from sqlalchemy.types import Integer

from chengnuo.domain.consent.setting import PUBLIC_INFORMATION, RESTRICTION, SWITCH
from chengnuo.domain.decision.conditions import (
    AccountIs,
    Condition,
    Conditions,
    IsChild,
    IsOff,
    IsRestricted,
    IsSuppressed,
    Lacks,
    Objects,
    Test,
)
from chengnuo.domain.individual.standing import AccountState
from chengnuo.law.age import AgeBand

Truth = ColumnElement[bool]


class Facts:
    """Turns conditions into SQL."""

    def __init__(
        self,
        conditions: Conditions,
        stands: CTE,
        who: CTE,
        *,
        age: AgeBand,
        account: AccountState,
    ) -> None:
        """Read the columns that `sifting_sql` makes.

        Args:
            conditions: What shall be turned.
            stands: Which acts and settings stand.
            who: What is known from elsewhere.
            age: Said of everybody of whom no birth date is known.
            account: Said of everybody of whom nothing else is known.

        """
        self._conditions = conditions
        self._stands = stands
        self._items = {one.item: number for number, one in enumerate(conditions.wanted)}
        self._settings = {what: number for number, what in enumerate(settings_of(conditions))}
        unknown = conditions.child_if_unknown if age is AgeBand.UNKNOWN else age is AgeBand.UNDER_14
        self._child: Truth = as_type(
            case(
                (who.c.born.is_(None), int(unknown)),
                (who.c.born >= conditions.child_from.isoformat(), 1),
                else_=0,
            ),
            Integer,
        ) == literal(1)
        self._account = case(
            (who.c.active == 1, AccountState.ACTIVE.value),
            (who.c.cancelled == 1, AccountState.CANCELLED.value),
            else_=account.value,
        )

    def holds(self, condition: Condition) -> Truth:
        """Return whether a condition holds of somebody."""
        return and_(true(), *(self._test(test) for test in condition.tests))

    def refusing(self, holding: list[Truth]) -> list[Truth]:
        """Return those that leave no way out, of all in the order of the conditions."""
        some = [
            holds
            for holds, condition in zip(holding, self._conditions.some, strict=True)
            if not condition.asks
        ]
        return [true()] if self._conditions.always else some

    def _test(self, test: Test) -> Truth:
        found: Truth = literal(1) == literal(0)
        match test:
            case AccountIs(state=state):
                found = self._account == state.value
            case IsChild(yes=yes):
                found = self._child if yes else not_(self._child)
            case IsRestricted():
                found = self._is("off", self._settings[RESTRICTION])
            case IsSuppressed():
                pass  # of whom this holds nothing is settled here
            case IsOff(switch=switch, default_on=default_on):
                number = self._settings[SWITCH + switch]
                found = self._is("off", number) if default_on else not_(self._is("on", number))
            case Objects(activity=activity):
                found = self._is("off", self._settings[PUBLIC_INFORMATION + activity])
            case Lacks(item=item, by_guardian=by_guardian, refused=refused):
                number = self._items[item]
                said_no = self._is("no", number)
                usable = self._is("ward" if by_guardian else "own", number)
                found = and_(not_(usable), said_no if refused else not_(said_no))
        return found

    def _is(self, name: str, number: int) -> Truth:
        return func.coalesce(self._stands.c[f"{name}{number}"], 0) == 1


def settings_of(conditions: Conditions) -> list[str]:
    """Return the settings that the conditions speak of."""
    found: list[str] = []
    for test in (test for condition in conditions.some for test in condition.tests):
        match test:
            case IsRestricted():
                found.append(RESTRICTION)
            case IsOff(switch=switch):
                found.append(SWITCH + switch)
            case Objects(activity=activity):
                found.append(PUBLIC_INFORMATION + activity)
            case _:
                pass
    return list(dict.fromkeys(found))


def most(truth: Truth) -> ColumnElement[int]:
    """Return 1 if something holds of any row of a group, else 0."""
    return func.max(case((truth, 1), else_=0))


def any_of(truths: list[Truth]) -> Truth:
    """Return whether one of several holds; of none, none does."""
    return or_(literal(1) == literal(0), *truths)

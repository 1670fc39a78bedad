"""How the hotline answered, month by month, as a fold over what was entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.sorts.hotline import (
    ANSWERED,
    AT,
    BY_PERSON,
    CALL,
    CALLS,
    ENDED,
    LONGEST,
    MEAN,
    MONTH,
    STRIKE,
    WAIT,
)
from chengnuo.law.civil import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineMonth:
    """The calls of one civil month.

    Attributes:
        first: Its first day.
        calls: How many came in.
        answered: How many a person answered.
        mean_wait_s: Average wait, in whole seconds, rounded up; 0 without calls.
        longest_wait_s: Longest wait, in seconds.
        dossier: One of the entries, the newest.

    """

    first: date
    calls: int
    answered: int
    mean_wait_s: int
    longest_wait_s: int
    dossier: str


def hotline_months(dossiers: Iterable[Dossier]) -> tuple[HotlineMonth, ...]:
    """Return the months with calls, the newest first; what was struck out does not count.

    A total of the telephone system stands for its month; of several the one entered last.
    """
    totals, single = dict[date, Dossier](), dict[date, list[Dossier]]()
    for one in sorted(dossiers, key=lambda one: (one.opened_at, one.id)):
        if one.last(STRIKE) is not None:
            continue
        act = one.acts[0]
        if act.what == MONTH:
            totals[date.fromisoformat(str(act.fields[AT]))] = one
        elif act.what == CALL:
            on = civil_date(datetime.fromisoformat(str(act.fields[AT])))
            single.setdefault(on.replace(day=1), []).append(one)
    months = {first: _of_calls(first, some) for first, some in single.items()}
    months |= {first: _of_total(first, one) for first, one in totals.items()}
    return tuple(months[first] for first in sorted(months, reverse=True))


def _of_total(first: date, one: Dossier) -> HotlineMonth:
    act = one.acts[0]
    return HotlineMonth(
        first=first,
        calls=_number(act, CALLS),
        answered=_number(act, ANSWERED),
        mean_wait_s=_number(act, MEAN),
        longest_wait_s=_number(act, LONGEST),
        dossier=one.id,
    )


def _of_calls(first: date, some: list[Dossier]) -> HotlineMonth:
    waits = [_number(one.acts[0], WAIT) for one in some]
    return HotlineMonth(
        first=first,
        calls=len(some),
        answered=sum(one.acts[0].fields[ENDED] == BY_PERSON for one in some),
        mean_wait_s=-(-sum(waits) // len(waits)),
        longest_wait_s=max(waits),
        dossier=some[-1].id,
    )


def _number(act: Act, name: str) -> int:
    value = act.fields[name]
    return value if isinstance(value, int) else 0

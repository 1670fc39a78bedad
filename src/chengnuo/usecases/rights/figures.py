"""Requests about rights over everybody: what the pledge board counts, and which are alike.

A request counts for the board once it was answered within the period, or while it is open past its
last day. Those taken back by the individual count for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengnuo.domain.finding.live import PERIOD_DAYS, LiveRun, run_all
from chengnuo.domain.finding.rights_controls import CONTROLS
from chengnuo.domain.finding.rights_records import RightSeen, RightsRecords
from chengnuo.domain.rights.machine import FINAL, Stage
from chengnuo.domain.rights.request import ReadAsked, RequestId, TransferAsked
from chengnuo.law.civil import civil_date
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.law.working_days import WorkingDays, add_working_days, working_days_between
from chengnuo.ports.rights import Case, RightsStore
from chengnuo.ports.rights_figures import RightsFiguresStore
from chengnuo.usecases.rights.outbox import CONFIRMS_WITHIN

MOST = 2_000
MOST_OF_ONE = 200
"""Open requests of one individual among which those that are alike are counted."""
_OPEN = tuple(stage for stage in Stage if stage not in FINAL)
_FIFTEEN = WorkingDays(15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """That an individual has asked for the same several times.

    Attributes:
        group: The same for all of them.
        others: How many others are open, counted among at most `MOST_OF_ONE`.

    """

    group: tuple[str, str]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsFigures:
    """Counts requests.

    Attributes:
        store: The requests.
        figures: Which closed when.
        calendar: The official calendar.

    """

    store: RightsStore
    figures: RightsFiguresStore
    calendar: WorkingCalendar

    def runs(self, now: datetime) -> tuple[LiveRun, ...]:
        """Run the controls over requests."""
        return run_all(CONTROLS, self.of_period(now))

    def of_period(self, now: datetime) -> RightsRecords:
        """Return what was answered in the period before an instant, and what is overdue."""
        today = civil_date(now)
        ended = self.figures.closed_since(now - timedelta(days=PERIOD_DAYS), limit=MOST + 1)
        late = self.store.queue(_OPEN, due_before=today, limit=MOST + 1)
        opened = self.store.queue(_OPEN, due_before=None, limit=MOST + 1)
        late_15 = self._past_15(opened, today)
        cases = [(self.store.case(request), at) for request, at in ended]
        seen = [self._seen(case, civil_date(at)) for case, at in cases if case is not None]
        told = self.figures.told(now - CONFIRMS_WITHIN, limit=MOST + 1)
        known = {case.request.id for case in late}
        seen += [self._seen(case, None) for case in late]
        seen += [self._seen(case, None) for case in late_15 if case.request.id not in known]
        seen.sort(key=lambda one: one.received, reverse=True)
        return RightsRecords(
            today=today,
            requests=tuple(seen),
            told=told.count,
            unconfirmed=told.unconfirmed,
            too_many=max(map(len, (ended, opened, told.unconfirmed))) > MOST,
        )

    def ages(self, now: datetime) -> dict[int, int]:
        """Return how many open requests have how many working days left.

        All that are past their last day stand under -1.
        """
        today = civil_date(now)
        found: dict[int, int] = {}
        for due, count in self.figures.open_by_due():
            left = -1
            if due >= today:
                left = working_days_between(today, due, self.calendar).days.count
            found[left] = found.get(left, 0) + count
        return found

    def alike(self, requests: Sequence[RequestId]) -> dict[RequestId, Alike]:
        """Return which of some requests have other open ones of the same individual and right."""
        found = self.figures.asked_again(requests, limit=MOST_OF_ONE)
        return {
            request: Alike(group=(person, right), others=count - 1)
            for request, person, right, count in found
            if count > 1
        }

    def _past_15(self, opened: Sequence[Case], today: date) -> tuple[Case, ...]:
        """Return open requests whose fifteen working days are over though they were extended."""
        return tuple(
            case
            for case in opened
            if case.extended and self._within_15(case.request.received) < today
        )

    def _within_15(self, received: datetime) -> date:
        return add_working_days(civil_date(received), _FIFTEEN, self.calendar).on

    def _seen(self, case: Case, closed: date | None) -> RightSeen:
        request = case.request
        changed = [one for one in case.results if one.deleted or one.changed]
        again = [one for one in changed if one.residue is not None]
        return RightSeen(
            request=request.id,
            right=request.right,
            received=civil_date(request.received),
            due=case.due_on,
            within_15=self._within_15(request.received),
            closed=closed,
            copies=int(_handed_out(case)),
            looked_again=len(again),
            not_looked=len(changed) - len(again),
            residue=sum(one.residue or 0 for one in again),
        )


def _handed_out(case: Case) -> bool:
    asked = case.request.asked
    gives = isinstance(asked, TransferAsked) or (
        isinstance(asked, ReadAsked) and bool(asked.formats)
    )
    return gives and case.stage in {Stage.FULFILLED, Stage.PARTLY}

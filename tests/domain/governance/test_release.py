"""The states of a release and its clock."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from chengnuo.domain.governance.release import ReleaseState, ReleaseStateError
from chengnuo.domain.governance.release_clock import DAYS, PRACTICE, clock_of
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.figure import Unit
from chengnuo.law.standing import Standing

AT = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # already the 21st in the mainland
S = ReleaseState
ALLOWED = {
    (S.RECEIVED, S.SUBMITTED),
    (S.RECEIVED, S.INSPECTED),
    (S.RECEIVED, S.WITHDRAWN),
    (S.SUBMITTED, S.INSPECTING),
    (S.SUBMITTED, S.WITHDRAWN),
    (S.INSPECTING, S.INSPECTING),
    (S.INSPECTING, S.INSPECTED),
    (S.INSPECTING, S.FAILED),
    (S.INSPECTING, S.WITHDRAWN),
    (S.INSPECTED, S.SIGNED_OFF),
    (S.INSPECTED, S.SENT_BACK),
    (S.INSPECTED, S.WITHDRAWN),
    (S.FAILED, S.WITHDRAWN),
}


@pytest.mark.parametrize(("state", "wanted"), list(product(S, S)))
def test_a_release_goes_only_where_it_may(state: ReleaseState, wanted: ReleaseState) -> None:
    if (state, wanted) in ALLOWED:
        state.check_next(wanted)
    else:
        with pytest.raises(ReleaseStateError):
            state.check_next(wanted)


def test_what_ended_stays_as_it_is() -> None:
    ended = {one for one in S if not one.is_open}
    assert ended == {S.SIGNED_OFF, S.SENT_BACK, S.WITHDRAWN}


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (AT, 7),
        (datetime(2026, 11, 28, 15, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 28, 16, 0, tzinfo=UTC), -1),
    ],
)
def test_the_clock_counts_civil_days_of_the_mainland(at: datetime, left: int) -> None:
    clock = clock_of(AT)
    assert clock.due == date(2026, 11, 28)
    assert clock.days_left(at) == left
    assert clock.is_overdue(at) is (left < 0)


def test_the_clock_is_the_figure_of_the_catalogue_and_no_law_in_force(
    catalogue: Catalogue,
) -> None:
    figure = catalogue.figure(PRACTICE)
    assert (figure.value, figure.unit) == (DAYS, Unit.CALENDAR_DAYS)
    assert figure.standing is not Standing.LAW

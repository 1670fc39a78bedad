"""When somebody may be asked: a no is remembered, a yes in force is not asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.digest import Digest
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.period import Period
from chengnuo.domain.consent.asking import USUAL_WAIT, AskWhy, asking
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.civil import after
from chengnuo.law.consent_form import ConsentForm

SAID = to_us(datetime(2026, 1, 30, 16, 0, tzinfo=UTC))
HOUR = 3_600_000_000


def said(act: Act) -> ConsentEvent:
    return ConsentEvent(
        position=1,
        at=SAID,
        alias="one",
        item=ConsentItemId("nearby/general"),
        act=act,
        fingerprint=Digest("0" * 64),
        form=ConsentForm.GENERAL,
    )


NO = [said(Act.REFUSE), said(Act.WITHDRAW)]
DAYS_3 = Period(days=3)


@pytest.mark.parametrize("act", NO, ids=["refused", "withdrawn"])
@pytest.mark.parametrize(
    ("wait", "hours", "started", "may", "why"),
    [
        pytest.param(None, 0, False, False, AskWhy.NO_LATELY, id="at once"),
        pytest.param(None, 47, False, False, AskWhy.NO_LATELY, id="within 48 hours"),
        pytest.param(None, 48, False, True, AskWhy.NO_LONG_AGO, id="48 hours later"),
        pytest.param(DAYS_3, 71, False, False, AskWhy.NO_LATELY, id="within the app's wait"),
        pytest.param(DAYS_3, 72, False, True, AskWhy.NO_LONG_AGO, id="after the app's wait"),
        pytest.param(None, 0, True, True, AskWhy.STARTED, id="started it themselves"),
    ],
)
def test_after_a_no(  # noqa: PLR0913, PLR0917  a row of the table
    act: ConsentEvent, wait: Period | None, hours: int, started: bool, may: bool, why: AskWhy
) -> None:
    found = asking(act, in_force=False, started=started, wait=wait, at=SAID + hours * HOUR)
    assert (found.may, found.why) == (may, why)
    assert (found.not_before is not None) is (why is AskWhy.NO_LATELY)


@pytest.mark.parametrize(
    ("act", "in_force", "may", "why"),
    [
        pytest.param(None, False, True, AskWhy.NEVER_ASKED, id="never asked"),
        pytest.param(said(Act.GIVE), True, False, AskWhy.IN_FORCE, id="a yes in force"),
        pytest.param(said(Act.GIVE), False, True, AskWhy.ENDED, id="a yes to another text"),
        pytest.param(said(Act.EXPIRE), False, True, AskWhy.ENDED, id="run out"),
        pytest.param(said(Act.SUPERSEDE), False, True, AskWhy.ENDED, id="text changed, Art. 14"),
        pytest.param(said(Act.HAND_OVER), False, True, AskWhy.ENDED, id="turned fourteen, Art. 31"),
    ],
)
@pytest.mark.parametrize("started", [True, False])
def test_where_nobody_said_no(
    act: ConsentEvent | None, in_force: bool, may: bool, why: AskWhy, started: bool
) -> None:
    found = asking(act, in_force=in_force, started=started, wait=None, at=SAID)
    assert (found.may, found.why, found.not_before) == (may, why, None)


@given(st.integers(0, 2**40), st.booleans())
def test_asking_becomes_allowed_exactly_when_it_was_said_to(later: int, withdrawn: bool) -> None:
    act = NO[withdrawn]
    over = after(SAID, USUAL_WAIT)
    found = asking(act, in_force=False, started=False, wait=None, at=SAID + later)
    assert found.may is (SAID + later >= over)
    assert found.not_before in {None, over}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(Period(hours=48), datetime(2026, 2, 1, 16, 0, tzinfo=UTC), id="hours"),
        # At +08:00 it is midnight of 31 January; February has no such day.
        pytest.param(Period(months=1), datetime(2026, 2, 27, 16, 0, tzinfo=UTC), id="a month"),
        pytest.param(
            Period(months=11, days=1), datetime(2026, 12, 31, 16, 0, tzinfo=UTC), id="both"
        ),
        pytest.param(Period(years=2, weeks=1), datetime(2028, 2, 6, 16, 0, tzinfo=UTC), id="years"),
    ],
)
def test_a_wait_is_counted_by_the_calendar(period: Period, expected: datetime) -> None:
    assert from_us(after(SAID, period)) == expected


@given(st.integers(0, 40), st.integers(0, 60), st.integers(0, 100))
def test_a_longer_wait_never_ends_earlier(months: int, days: int, hours: int) -> None:
    shorter = Period(months=months, days=days, hours=hours + 1)
    longer = Period(months=months, days=days, hours=hours + 2)
    assert after(SAID, shorter) < after(SAID, longer)
    assert after(SAID, shorter) > SAID
    assert from_us(after(SAID, longer)) - from_us(after(SAID, shorter)) == timedelta(hours=1)

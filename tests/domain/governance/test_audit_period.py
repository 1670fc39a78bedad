"""The period of an audit pack: what people write, against a plain count of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.instant import from_us
from chengnuo.domain.governance.audit_period import AuditPeriod, AuditPeriodError, audit_period
from chengnuo.law.civil import civil_date


def days(period: AuditPeriod) -> list[date]:
    count = (period.last - period.first).days + 1
    return [period.first + timedelta(days=number) for number in range(count)]


@given(st.integers(1971, 2199))
def test_a_year_is_its_quarters_and_a_quarter_its_months(year: int) -> None:
    whole = days(audit_period(str(year)))
    quarters = [days(audit_period(f"{year}Q{number}")) for number in (1, 2, 3, 4)]
    months = [days(audit_period(f"{year}-{number:02}")) for number in range(1, 13)]
    assert whole == sum(quarters, []) == sum(months, [])  # noqa: RUF017  twelve lists
    assert {one.year for one in whole} == {year}
    assert [len({one.month for one in quarter}) for quarter in quarters] == [3, 3, 3, 3]


@given(st.dates(date(1971, 1, 1), date(2199, 1, 1)), st.integers(0, 1_099))
def test_two_days_are_both_within_and_no_instant_beside(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    period = audit_period(f"{first}..{last}")
    assert (period.first, period.last, str(period)) == (first, last, f"{first}..{last}")
    assert period.end - period.start + 1 == (more + 1) * 86_400_000_000
    assert civil_date(from_us(period.start)) == first
    assert civil_date(from_us(period.end)) == last


@pytest.mark.parametrize(
    "given",
    [
        "",
        "26Q4",
        "2026Q0",
        "2026q4",
        "2026-1",
        "2026-02-30..2026-03-01",
        "2026-03-02..2026-03-01",
        "2020-01-01..2026-01-01",
        "2026..2027",
        "0000",
        "0001",
        "1969",
        "9999-12",
        "\uff12\uff10\uff12\uff16",
    ],
)
def test_another_form_is_refused(given: str) -> None:
    with pytest.raises(AuditPeriodError) as error:
        audit_period(given)
    assert error.value.code == "audit-period"

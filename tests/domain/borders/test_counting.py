"""People whose information went abroad: planes against a plain recount, however they were cut."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.instant import to_us
from chengnuo.domain.borders.counting import (
    Heads,
    Planes,
    Sent,
    Sort,
    count_year,
    course,
    heads_at,
    merged,
    planes_of,
    reached_on,
)
from chengnuo.domain.borders.recount import recounted
from chengnuo.domain.register.ids import RecipientId
from chengnuo.engines.planes.people import joined_of
from chengnuo.law.transfer_route import TransferRoute

START = datetime(2026, 12, 30, 15, 0, tzinfo=UTC)
SORTS = st.sets(st.sampled_from(Sort), min_size=1).map(frozenset)
SCENES = st.sampled_from(
    (None, None, None, TransferRoute.EXEMPT_CONTRACT, TransferRoute.EXEMPT_TRANSIT)
)
RECORDS = st.lists(
    st.builds(
        Sent,
        ordinal=st.integers(1, 12),
        at=st.integers(0, 72).map(lambda hours: to_us(START + timedelta(hours=hours))),
        recipient=st.sampled_from(("ads", "cloud")).map(RecipientId),
        sorts=SORTS,
        scene=SCENES,
    ),
    max_size=30,
)
SAME = st.dictionaries(st.integers(7, 12), st.integers(1, 6), max_size=4)


def sent(ordinal: int, at: datetime, *sorts: Sort, recipient: str = "ads") -> Sent:
    return Sent(
        ordinal=ordinal,
        at=to_us(at),
        recipient=RecipientId(recipient),
        sorts=frozenset(sorts or (Sort.GENERAL,)),
    )


@given(RECORDS, SAME, st.integers(1, 6), st.randoms(use_true_random=False))
def test_planes_equal_the_recount_however_the_records_were_cut(
    records: list[Sent], same: dict[int, int], hosts: int, random: Random
) -> None:
    shuffled = random.sample(records * 2, k=2 * len(records))
    parts: list[list[Sent]] = [[] for _ in range(hosts)]
    for record in shuffled:
        random.choice(parts).append(record)
    made: list[Planes] = [planes_of(part) for part in parts]
    whole = merged([*made, *made[:2]])
    assert whole == planes_of(records)
    for year in (2026, 2027):
        assert count_year(whole, year, joined_of(same.items())) == recounted(records, year, same)


@given(RECORDS, SAME, st.integers(1, 8), st.sampled_from(Sort))
def test_the_day_of_a_crossing_is_the_first_that_brings_so_many(
    records: list[Sent], same: dict[int, int], limit: int, sort: Sort
) -> None:
    planes, joined = planes_of(records), joined_of(same.items())
    days = sorted({key.day for key in planes if key.day.year == 2027})
    plain = next(
        (
            day
            for day in days
            if recounted(
                [
                    one
                    for one in records
                    if to_us(datetime(day.year, day.month, day.day, 16, tzinfo=UTC)) > one.at
                ],
                2027,
                same,
            ).counted.of(sort)
            >= limit
        ),
        None,
    )
    assert reached_on(planes, 2027, sort, limit, joined) == plain


@given(RECORDS, SAME, st.sampled_from(Sort))
def test_the_course_of_a_year_is_the_recount_of_each_day_and_ends_at_the_count(
    records: list[Sent], same: dict[int, int], sort: Sort
) -> None:
    planes, joined = planes_of(records), joined_of(same.items())
    found = course(planes, 2027, sort, joined)
    for day, people in found:
        end = to_us(datetime(day.year, day.month, day.day, 16, tzinfo=UTC))
        until = [one for one in records if one.at < end]
        assert recounted(until, 2027, same).counted.of(sort) == people
    last = found[-1][1] if found else 0
    assert last == count_year(planes, 2027, joined).counted.of(sort)


def test_a_course_of_many_days_tells_the_ends_of_months() -> None:
    first = datetime(2026, 1, 1, 4, tzinfo=UTC)
    records = [sent(number, first + timedelta(days=number)) for number in range(1, 100)]
    found = course(planes_of(records), 2026, Sort.GENERAL)
    assert [(day.isoformat(), people) for day, people in found] == [
        ("2026-01-31", 30),
        ("2026-02-28", 58),
        ("2026-03-31", 89),
        ("2026-04-10", 99),
    ]


@given(RECORDS, SAME)
def test_people_at_some_recipients_count_once(records: list[Sent], same: dict[int, int]) -> None:
    planes, joined = planes_of(records), joined_of(same.items())
    both = {RecipientId("ads"), RecipientId("cloud")}
    assert heads_at(planes, 2027, both, joined) == count_year(planes, 2027, joined).counted
    only = [one for one in records if one.recipient == "ads"]
    assert heads_at(planes, 2027, {RecipientId("ads")}, joined) == (
        recounted(only, 2027, same).counted
    )


def test_nobody_is_counted_twice_by_splitting() -> None:
    at = datetime(2026, 5, 1, 4, tzinfo=UTC)
    records = [
        sent(1, at, recipient="ads"),
        sent(1, at + timedelta(days=90), recipient="cloud"),
        sent(1, at, Sort.SENSITIVE, recipient="cloud"),
        sent(2, at, recipient="cloud"),
        sent(3, at, recipient="ads"),
    ]
    planes = planes_of(records)
    assert count_year(planes, 2026).counted == Heads(general=3, sensitive=1)
    found = count_year(planes, 2026, joined_of([(3, 2)]))
    assert found.counted == Heads(general=2, sensitive=1)
    by = found.by_recipient
    assert (by[RecipientId("ads")].general, by[RecipientId("cloud")].general) == (2, 2)


def test_what_is_exempt_by_its_occasion_stands_apart_with_its_reason() -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    hr = Sent(
        ordinal=9,
        at=to_us(at),
        recipient=RecipientId("office"),
        sorts=frozenset(Sort),
        scene=TransferRoute.EXEMPT_HR,
    )
    found = count_year(planes_of([hr, sent(1, at)]), 2026)
    assert found.counted == Heads(general=1)
    assert found.apart == {TransferRoute.EXEMPT_HR: Heads(general=1, sensitive=1)}
    assert RecipientId("office") not in found.by_recipient


@pytest.mark.parametrize(
    ("at", "year"),
    [
        pytest.param("2026-12-31T23:59:59.999999+08:00", 2026, id="the last moment of a year"),
        pytest.param("2027-01-01T00:00:00+08:00", 2027, id="the first of the next"),
        pytest.param("2026-12-31T15:59:00+00:00", 2026, id="23:59 at home, told in UTC"),
        pytest.param("2026-12-31T16:00:00+00:00", 2027, id="midnight at home, told in UTC"),
        pytest.param("2026-12-31T11:00:00-05:00", 2027, id="told from New York"),
        pytest.param("2028-02-29T12:00:00+08:00", 2028, id="a leap day"),
    ],
)
def test_a_year_is_the_civil_year_at_home(at: str, year: int) -> None:
    planes = planes_of([sent(1, datetime.fromisoformat(at))])
    assert count_year(planes, year).counted == Heads(general=1)
    for other in (year - 1, year + 1):
        assert count_year(planes, other).counted == Heads()


def test_everybody_is_counted_anew_on_the_first_of_january() -> None:
    late, early = datetime(2026, 12, 31, 15, 59, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC)
    planes = planes_of([sent(one, at) for one in range(1, 100) for at in (late, early)])
    assert [count_year(planes, year).counted.general for year in (2026, 2027)] == [99, 99]
    assert {key.day.isoformat() for key in planes} == {"2026-12-31", "2027-01-01"}

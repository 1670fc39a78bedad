"""The layout of pictures: nothing outside its box, no words on words, scales that hold."""

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.doors.web.plot_kit import COUNTS, FIRST, boxes, gallery, is_well_laid, told

from chengnuo.base.text import Lang
from chengnuo.engines.drawing.plot import (
    Course,
    PlotRow,
    course_plot,
    days_plot,
    rows_plot,
    shares_plot,
)
from chengnuo.engines.drawing.scale import (
    bucketed,
    day_ticks,
    round_ticks,
    short_number,
    wide_of,
)

DAYS = st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=400)
LANGS = st.sampled_from(Lang)


def test_the_gallery_is_well_laid() -> None:
    for drawing in (*gallery(Lang.ZH), *gallery(Lang.EN)):
        for box in boxes(drawing):
            is_well_laid(box)


@given(DAYS, LANGS)
def test_any_days_are_well_laid(counts: list[tuple[int, int, int]], lang: Lang) -> None:
    days = [(FIRST + timedelta(days=at), one) for at, one in enumerate(counts)]
    drawing = days_plot(told("any", lang), days)
    assert (drawing is None) is not any(map(any, counts))
    for box in boxes(drawing):
        is_well_laid(box)
        sorts = {mark.sort for mark in box.marks if mark.sort.startswith("bar")}
        assert sorts == {f"bar-{at}" for at in range(3) if any(one[at] for one in counts)}


@given(
    st.dates(date(1990, 1, 1), date(2200, 1, 1)),
    st.integers(0, 40_000),
    st.lists(COUNTS, min_size=1, max_size=30),
    st.lists(COUNTS, max_size=4),
    LANGS,
)
def test_any_course_is_well_laid(
    start: date, span: int, values: list[int], limits: list[int], lang: Lang
) -> None:
    points = [(span * at / len(values), value) for at, value in enumerate(values)]
    course = Course(
        points=points,
        start=start,
        end=start + timedelta(days=span),
        limits=[(one, f"{one:,}") for one in limits],
        steps=True,
    )
    for box in boxes(course_plot(told("any", lang), course)):
        is_well_laid(box)


@given(st.lists(st.tuples(st.text(max_size=80), COUNTS, COUNTS), min_size=1, max_size=20))
def test_any_rows_are_well_laid(rows: list[tuple[str, int, int]]) -> None:
    made = [
        PlotRow(name=name, counts=(one, other), texts=(f"{one:,}", f"{other:,}"))
        for name, one, other in rows
    ]
    for box in boxes(rows_plot(told("any"), made)):
        is_well_laid(box)


@given(
    st.lists(st.tuples(st.text(max_size=80), COUNTS, COUNTS, COUNTS), max_size=12),
    st.lists(st.text(min_size=1, max_size=60), min_size=3, max_size=3),
)
def test_any_shares_are_well_laid_and_fill_their_bar(
    rows: list[tuple[str, int, int, int]], sorts: list[str]
) -> None:
    made = [
        PlotRow(name=name, counts=tuple(counts), texts=(*(f"{one:,}" for one in counts), "99.9%"))
        for name, *counts in rows
    ]
    for box in boxes(shares_plot(told("any"), made, sorts)):
        is_well_laid(box)
        wide = sum(
            float(one) for mark in box.marks for one in re.findall(r"h([\d.]+)v22", mark.path)
        )
        filled = sum(any(row.counts) for row in made)
        assert abs(wide - filled * (box.width - 2)) <= filled


@given(DAYS, st.integers(1, 120))
def test_days_put_together_add_up_and_leave_none_out(
    counts: list[tuple[int, int, int]], most: int
) -> None:
    days = [(FIRST + timedelta(days=at), one) for at, one in enumerate(counts)]
    found = bucketed(days, most)
    assert len(found) <= most
    assert [sum(one.counts[at] for one in found) for at in range(3)] == [
        sum(one[at] for one in counts) for at in range(3)
    ]
    assert (found[0].start, found[-1].end) == (days[0][0], days[-1][0])
    assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(found))


@given(COUNTS, st.integers(3, 9))
def test_a_scale_reaches_above_its_values_by_equal_steps(top: int, most: int) -> None:
    ticks = round_ticks(top, most)
    assert 2 <= len(ticks) <= most
    assert ticks[0] == 0
    assert ticks[-1] >= top
    assert ticks[-2] < max(top, 1)
    assert len({other - one for one, other in pairwise(ticks)}) == 1


@given(st.dates(date(1950, 1, 1), date(2300, 1, 1)), st.integers(0, 60_000), st.integers(150, 900))
def test_ticks_of_days_lie_within_and_fit_beside_each_other(
    start: date, span: int, room: int
) -> None:
    end = start + timedelta(days=span)
    ticks = day_ticks(start, end, room)
    assert ticks
    assert start <= ticks[0].day
    assert ticks[-1].day <= end
    assert (len(ticks) - 1) * wide_of(ticks[0].text) <= room
    assert len({one.text for one in ticks}) == len(ticks) or span > 300


@given(st.integers(0, 10**14), LANGS)
def test_a_short_number_says_nearly_the_count(count: int, lang: Lang) -> None:
    units = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "T": 10**12, "G": 10**9}
    units |= {"M": 10**6, "k": 10**3, "": 1}
    said = short_number(count, lang)
    number, unit = re.fullmatch(r"([\d.,]+)(\D*)", said).groups()  # type: ignore[union-attr]
    value = float(number.replace(",", "")) * units[unit]
    assert abs(value - count) <= count * 0.01


def test_nothing_is_not_drawn() -> None:
    assert days_plot(told("none"), [(FIRST, (0, 0, 0))]) is None
    assert rows_plot(told("none"), []) is None
    assert rows_plot(told("none"), [PlotRow(name="空", counts=(0,), texts=("0",))]) is None


def test_one_unit_for_what_stands_and_what_hangs() -> None:
    drawing = days_plot(told("one"), [(FIRST, (4, 2, 2))])
    assert drawing is not None
    for box in boxes(drawing):
        high = {
            mark.sort: float(re.search(r"v([\d.]+)", mark.path)[1])  # type: ignore[index]
            for mark in box.marks
            if mark.sort.startswith("bar")
        }
        assert abs(high["bar-0"] - high["bar-1"] - high["bar-2"]) < 0.2

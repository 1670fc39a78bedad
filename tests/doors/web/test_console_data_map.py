"""The data map keeps its words apart and in their box, and says every use and every way out."""

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.doors.web.plot_kit import boxes, is_well_laid, told

from chengnuo.doors.web.console_data_map import (
    MOST_ROWS,
    MapColumn,
    MapRow,
    MapWords,
    data_map,
)
from chengnuo.engines.drawing.parts import Box, Drawing

WORDS = MapWords(takes="用到的信息", uses="用途", goes="去向", other="其他", more="其他 {n} 项")
NAMES = st.text(max_size=90) | st.sampled_from(
    [
        "推荐附近门店",
        "为了推荐您附近的门店并提供到店自提服务以及其他相关的便利" * 2,
        "Ship orders " * 9,
    ]
)


def columns(count: int, key: str, most: int, *, abroad: bool = False) -> list[MapColumn]:
    """Return heads of which the n-th has up to `most` keys."""
    return [
        MapColumn(
            name=f"{key}{at} 名称很长很长很长很长很长很长很长的一组信息"[: 4 + at * 7],
            keys=frozenset(f"{key}{at}.{each}" for each in range(1 + at % most)),
            abroad=abroad,
        )
        for at in range(count)
    ]


def keys(given_columns: Sequence[MapColumn]) -> list[str]:
    return sorted(key for one in given_columns for key in one.keys)


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[MapRow], list[MapColumn], list[MapColumn]]:
    kinds = columns(draw(st.integers(0, 16)), "k", 9)
    home = columns(draw(st.integers(0, 4)), "h", 130)
    away = columns(draw(st.integers(0, 12)), "a", 3, abroad=True)
    some = [st.just(frozenset[str]()), st.just(frozenset[str]())]
    for at, each in enumerate((kinds, (*home, *away))):
        if each:
            some[at] = st.frozensets(st.sampled_from(keys(each)))
    rows = []
    for name in draw(st.lists(NAMES, max_size=30)):
        takes = draw(some[0])
        sensitive = takes if draw(st.booleans()) else frozenset()
        rows.append(MapRow(name=name, takes=takes, sensitive=sensitive, goes=draw(some[1])))
    return rows, kinds, [*home, *away]


def drawn(given_map: tuple[list[MapRow], list[MapColumn], list[MapColumn]]) -> Drawing | None:
    return data_map(told("map"), *given_map, WORDS)


def counts(box: Box) -> int:
    """Return what all stops of a layout say together."""
    return sum(int(one.text) for one in box.labels if one.sort in {"in", "on"})


@given(maps())
def test_any_map_is_well_laid(
    given_map: tuple[list[MapRow], list[MapColumn], list[MapColumn]],
) -> None:
    drawing = drawn(given_map)
    assert (drawing is None) is not bool(given_map[0])
    for box in boxes(drawing):
        is_well_laid(box)


@given(maps())
def test_both_layouts_count_every_use_and_every_way_out(
    given_map: tuple[list[MapRow], list[MapColumn], list[MapColumn]],
) -> None:
    rows = given_map[0][:MOST_ROWS]
    if any(len(one.takes) > 99 or len(one.goes) > 99 for one in rows):
        return
    for box in boxes(data_map(told("map"), rows, *given_map[1:], WORDS)):
        assert counts(box) == sum(len(one.takes) + len(one.goes) for one in rows)


def test_many_items_and_recipients_stay_one_page() -> None:
    kinds = columns(12, "k", 9)
    places = [*columns(4, "h", 15), *columns(6, "a", 3, abroad=True)]
    rows = [
        MapRow(
            name=f"用途 {at} 为您推荐附近的门店和可以自提的商品",
            takes=frozenset(keys(kinds)[at::3]),
            sensitive=frozenset(keys(kinds)[at::9]),
            goes=frozenset(keys(places)[at::5]),
        )
        for at in range(15)
    ]
    drawing = drawn((rows, kinds, places))
    assert drawing is not None
    for box in boxes(drawing):
        is_well_laid(box)
    # One sheet of A4 with its margins is 178 by 261 mm: the wide layout fits on it.
    assert drawing.wide.height / drawing.wide.width <= 261 / 178
    assert drawing.narrow.height <= 3 * 844


def test_what_goes_furthest_stands_last_and_what_is_too_much_stands_together() -> None:
    places = [*columns(1, "h", 1), *columns(1, "a", 1, abroad=True)]
    home, away = (next(iter(one.keys)) for one in places)
    rows = [
        MapRow(name=f"{at} 号", takes=frozenset(), sensitive=frozenset(), goes=frozenset({goes}))
        for at, goes in enumerate([away, *[home] * 30])
    ]
    drawing = drawn((rows, [], places))
    assert drawing is not None
    for box in boxes(drawing):
        names = [one.text for one in box.labels if one.sort == "row"]
        assert len(names) == MOST_ROWS
        assert (names[0], names[-1]) == ("其他 8 项", "0 号")


def test_the_border_stands_before_what_is_abroad_only() -> None:
    row = MapRow(name="一", takes=frozenset(), sensitive=frozenset(), goes=frozenset({"h0.0"}))
    home, away = columns(1, "h", 1), columns(1, "a", 1, abroad=True)
    without, with_it = drawn(([row], [], home)), drawn(([row], [], [*home, *away]))
    assert without is not None
    assert with_it is not None
    assert not any(mark.sort == "limit" for box in boxes(without) for mark in box.marks)
    for box in boxes(with_it):
        (limit,) = (mark.path for mark in box.marks if mark.sort == "limit")
        border = float(re.findall(r"M([\d.]+)", limit)[0])
        heads = [one for one in box.labels if one.down]
        assert heads[0].right < border < heads[1].left


def test_a_stop_at_anything_sensitive_is_full() -> None:
    kinds = columns(1, "k", 1)
    row = MapRow(name="一", takes=kinds[0].keys, sensitive=frozenset(), goes=frozenset())
    full = MapRow(name="一", takes=kinds[0].keys, sensitive=kinds[0].keys, goes=frozenset())
    for one, sort in ((row, "box"), (full, "box-full")):
        drawing = drawn(([one], kinds, []))
        assert drawing is not None
        assert sort in {mark.sort for mark in drawing.wide.marks}

"""Drawings of many shapes, and a page that shows them with the style of the real ones."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from hypothesis import strategies as st

from chengnuo.base.text import Lang
from chengnuo.doors.web import rendering
from chengnuo.doors.web.console_data_map import MapColumn, MapRow, MapWords, data_map
from chengnuo.doors.web.static_files import static_files
from chengnuo.engines.drawing.parts import Box, Drawing, Told
from chengnuo.engines.drawing.plot import (
    Course,
    PlotRow,
    course_plot,
    days_plot,
    rows_plot,
    shares_plot,
)

FIRST = date(2026, 11, 1)
COUNTS = st.integers(0, 10**15)
_INSIDE = 0.1
_MOVE = re.compile(r"[ML](-?[\d.]+) (-?[\d.]+)")


def boxes(drawing: Drawing | None) -> Sequence[Box]:
    return () if drawing is None else (drawing.wide, drawing.narrow)


def is_well_laid(box: Box) -> None:
    """Assert that nothing is outside a box, and no words stand on others."""
    for label in box.labels:
        assert label.left >= -_INSIDE, label
        assert label.right <= box.width + _INSIDE, label
        assert label.top >= -3, label
        assert label.bottom <= box.height, label
    edges = [(one.left, one.right, one.top, one.bottom, one) for one in box.labels]
    for one, other in combinations(edges, 2):
        across = one[0] < other[1] and other[0] < one[1]
        assert not (across and one[2] < other[3] and other[2] < one[3]), (one, other)
    for mark in box.marks:
        assert "nan" not in mark.path
        for x, y in _MOVE.findall(mark.path):
            assert -_INSIDE <= float(x) <= box.width + _INSIDE, mark
            assert -_INSIDE <= float(y) <= box.height + _INSIDE, mark


def told(key: str, lang: Lang = Lang.ZH) -> Told:
    return Told(key=key, title=f"图 {key}", words="1,234；5；6", lang=lang)


def days(count: int) -> list[tuple[date, tuple[int, ...]]]:
    return [(FIRST + timedelta(days=at), (at * 7 % 40, at * 3 % 21, at % 5)) for at in range(count)]


def gallery(lang: Lang = Lang.ZH) -> list[Drawing]:
    """One value, many, huge, long spans, all on one side, lines across, long names."""
    year = date(2026, 12, 31)
    limits = [(100_000, "100,000 · 标准合同或者认证"), (1_000_000, "1,000,000 · 安全评估")]
    climb = [(at * 9.0, at * 2_500) for at in range(38)]
    found = [
        days_plot(told(f"days-{count}", lang), days(count)) for count in (1, 2, 7, 30, 90, 365)
    ]
    found += [
        days_plot(
            told("days-huge", lang),
            [(day, (up * 123_456_789, down * 98_765, last)) for day, (up, down, last) in days(30)],
        ),
        days_plot(told("days-up", lang), [(FIRST, (3, 0, 0))]),
        days_plot(told("days-down", lang), [(FIRST, (0, 0, 9))]),
        days_plot(told("days-lean", lang), [(FIRST, (5_000, 1, 0))]),
        course_plot(
            told("limits", lang),
            Course(
                points=climb,
                start=date(2026, 1, 1),
                end=year,
                limits=limits,
                steps=True,
                until=340.0,
            ),
        ),
        course_plot(
            told("share", lang),
            Course(
                points=[(0, 71.5), (3.2, 80.0), (20.9, 96.2)],
                start=FIRST,
                end=FIRST + timedelta(days=20),
                dotted=True,
                unit="%",
                whole=100,
            ),
        ),
        course_plot(told("one", lang), Course(points=[(0, 5)], start=FIRST, end=FIRST)),
        course_plot(
            told("decades", lang),
            Course(points=[(0, 0), (20_000, 10**15)], start=date(1999, 5, 7), end=date(2054, 2, 9)),
        ),
        rows_plot(
            told("ages", lang),
            [
                PlotRow(name="已逾期", counts=(12,), texts=("12",), sort=0),
                PlotRow(name="今天到期", counts=(0,), texts=("0",), sort=1),
                PlotRow(name="还有 1 至 5 个工作日", counts=(9_876,), texts=("9,876",), sort=1),
            ],
        ),
        shares_plot(
            told("shares", lang),
            [
                PlotRow(name="全部", counts=(10, 3, 1), texts=("10", "3", "1", "71.4%")),
                PlotRow(
                    name="很长的来源" * 20, counts=(0, 99_999, 1), texts=("0", "99,999", "1", "0%")
                ),
            ],
            ["一致", "有使用，未声明", "有声明，未发现使用"],
        ),
        a_map(lang),
        rows_plot(
            told("countries", lang),
            [
                PlotRow(
                    name="一个名字很长很长很长很长很长很长很长很长很长很长的国家或者地区",
                    counts=(123_456_789, 1),
                    texts=("一般 123,456,789 人", "敏感 1 人"),
                ),
                PlotRow(name="SG", counts=(5, 0), texts=("5", "0")),
            ],
        ),
    ]
    return [one for one in found if one is not None]


def a_map(lang: Lang) -> Drawing | None:
    """Return a data map of many purposes, kinds and places, some abroad."""
    kinds = [
        MapColumn(name=f"第 {at} 组个人信息", keys=frozenset({f"k{at}", f"l{at}"}))
        for at in range(15)
    ]
    places = [
        MapColumn(name=f"接收方 {at}", keys=frozenset({f"p{at}"}), abroad=at > 3) for at in range(9)
    ]
    rows = [
        MapRow(
            name="推荐附近的门店和可以自提的商品 " * (1 + at % 3),
            takes=frozenset({f"k{at}", f"l{at}", f"k{at * 7 % 15}"}),
            sensitive=frozenset({f"k{at}"}),
            goes=frozenset({"p0", f"p{at % 9}"}),
        )
        for at in range(15)
    ]
    words = MapWords(takes="用到的信息", uses="用途", goes="去向", other="其他", more="其他 {n} 项")
    return data_map(told("map", lang), rows, kinds, places, words)


def sheet(drawings: list[Drawing], lang: Lang = Lang.ZH) -> str:
    """Return a page that shows drawings as the real pages do."""
    macros = rendering.environment().get_template("plots.html").module
    draw = macros.draw  # type: ignore[attr-defined]  # a macro of the template
    files = static_files()
    style = "\n".join(files[name].content.decode() for name in ("tokens.css", "site.css"))
    shown = "\n".join(str(draw(one)) for one in drawings)
    return (
        f'<!DOCTYPE html><html lang="{"zh-CN" if lang == Lang.ZH else "en"}"><head>'
        f"<title>图</title><style>{style}</style></head><body>"
        f'<main class="frame body">{shown}</main></body></html>'
    )

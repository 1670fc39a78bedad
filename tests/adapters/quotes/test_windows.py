"""Quotes of whole windows come out of files as they come out of a table in memory."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.adapters.quotes.logs import SPEC, arrow, parquet, table

from chengnuo.adapters.quotes.log_files import opened_log
from chengnuo.adapters.quotes.survey import surveyed
from chengnuo.adapters.quotes.windows import whole_windows
from chengnuo.domain.pricing.coding import coded
from chengnuo.domain.pricing.drawing import MODULUS, Draw, draw_of, drawn_in_memory
from chengnuo.domain.pricing.factor_effects import factor_effects, moved_most
from chengnuo.domain.pricing.in_memory import Table


def rows_of(drawn: Table) -> list[tuple[Any, ...]]:
    names = sorted(drawn)
    return sorted(zip(*(drawn[name].tolist() for name in names), strict=True))


def in_files(path: Path, draw: Draw) -> Table:
    with opened_log([str(path)], SPEC) as log:
        return whole_windows(log, coded(SPEC, surveyed(log, SPEC)), draw)


@pytest.mark.parametrize(
    "draw",
    [
        Draw(windows_below=MODULUS, units_below=""),
        Draw(windows_below=MODULUS // 2, units_below=""),
        Draw(windows_below=MODULUS // 2, units_below="8" + "0" * 11),
    ],
    ids=["all", "windows", "units"],
)
def test_files_give_what_memory_gives(tmp_path: Path, draw: Draw) -> None:
    quotes = table(3000)
    found = in_files(parquet(quotes, tmp_path / "log.parquet"), draw)
    plain = drawn_in_memory(SPEC, quotes, draw)
    assert rows_of(found) == rows_of({name: plain[name] for name in found})
    assert 0 < len(found["paid"]) <= 3000


def test_what_cannot_be_used_is_not_drawn(tmp_path: Path) -> None:
    frame = arrow(table(500)).to_pandas()
    frame.loc[0, "paid"] = -3.0
    frame.loc[1, "uid"] = None
    frame.loc[2, "km"] = float("nan")
    frame.to_parquet(tmp_path / "log.parquet")
    found = in_files(tmp_path / "log.parquet", Draw(windows_below=MODULUS, units_below=""))
    assert len(found["paid"]) == 497


def test_items_of_a_window_are_drawn_whole() -> None:
    quotes = table(4000, hours=30)
    draw = draw_of(SPEC, 4000, 30, most=800)
    drawn = drawn_in_memory(SPEC, quotes, draw)
    unit = list(zip(drawn["sku"].tolist(), (drawn["at"] // SPEC.window_s).tolist(), strict=True))
    every = list(zip(quotes["sku"].tolist(), (quotes["at"] // SPEC.window_s).tolist(), strict=True))
    assert 400 < len(unit) < 1300
    assert all(every.count(one) == unit.count(one) for one in set(unit))


@pytest.mark.parametrize(
    ("quotes", "hours", "share"), [(1000, 5, 1.0), (1_000_000, 48, 0.02), (300_000_000, 720, 7e-5)]
)
def test_about_as_many_quotes_are_drawn_as_wanted(quotes: int, hours: int, share: float) -> None:
    draw = draw_of(SPEC, quotes, hours)
    units = int(draw.units_below, 16) / 16**12 if draw.units_below else 1.0
    assert draw.windows_below / MODULUS * units == pytest.approx(share, rel=0.4)


def test_factors_of_a_file_are_those_of_the_table(tmp_path: Path) -> None:
    quotes = table(3000)
    draw = Draw(windows_below=MODULUS, units_below="")
    path = parquet(quotes, tmp_path / "log.parquet")
    with opened_log([str(path)], SPEC) as log:
        by = coded(SPEC, surveyed(log, SPEC))
        found = factor_effects(by, whole_windows(log, by, draw))
    plain = factor_effects(by, quotes)
    assert found.groups == plain.groups
    assert [one.column for one in found.without] == ["zone", "km", "off"]
    for one, other in zip(found.without, plain.without, strict=True):
        assert one.removes == pytest.approx(other.removes, abs=1e-9)
        np.testing.assert_allclose(
            np.array(one.effects, float), np.array(other.effects, float), atol=1e-9
        )
        assert moved_most(found, one) is not None

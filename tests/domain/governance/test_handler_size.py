"""What is heavier or lighter by size: where its line lies, and only where it is in force."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.registers import small_register

from chengnuo.domain.governance.handler_size import (
    DUTIES,
    Meets,
    is_in_force,
    may_be_simplified,
    size_rows,
)
from chengnuo.law.catalogue import Catalogue

TODAY = date(2026, 11, 29)
HANDLER = small_register().handler


def meets(catalogue: Catalogue, people: int | None, today: date = TODAY) -> dict[str, Meets]:
    rows = size_rows(replace(HANDLER, individuals=people), catalogue, today)
    return {row.duty.figure: row.meets for row in rows}


@pytest.mark.parametrize(
    ("people", "figure", "expected"),
    [
        (99_999, "TD-U10", Meets.YES),
        (100_000, "TD-U10", Meets.NO),
        (999_999, "TD-U3", Meets.NO),
        (1_000_000, "TD-U3", Meets.YES),
        (10_000_000, "TD-U2", Meets.NO),
        (10_000_001, "TD-U2", Meets.YES),
        (10_000_000, "TD-U12", Meets.YES),
        pytest.param(10_000_000, "TD-U11", Meets.NOT_IN_FORCE, id="a draft binds nobody"),
        pytest.param(None, "TD-U10", Meets.UNKNOWN, id="unknown is never lighter"),
    ],
)
def test_each_side_of_a_line(
    catalogue: Catalogue, people: int | None, figure: str, expected: Meets
) -> None:
    assert meets(catalogue, people)[figure] is expected


@pytest.mark.parametrize(
    ("today", "lighter"), [(date(2026, 8, 31), False), (date(2026, 9, 1), True)]
)
def test_what_is_lighter_begins_on_its_day(
    catalogue: Catalogue, today: date, lighter: bool
) -> None:
    handler = replace(HANDLER, individuals=4_000)
    assert (may_be_simplified(handler, catalogue, today) is not None) == lighter
    assert is_in_force(catalogue.figure("TD-U10"), today) == lighter


@given(people=st.none() | st.integers(0, 2**40), today=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_nothing_applies_that_is_not_in_force(
    catalogue: Catalogue, people: int | None, today: date
) -> None:
    for row in size_rows(replace(HANDLER, individuals=people), catalogue, today):
        assert not row.applies or (people is not None and is_in_force(row.figure, today))


def test_every_duty_names_figures_of_the_catalogue(catalogue: Catalogue) -> None:
    for duty in DUTIES:
        assert catalogue.figure(duty.figure)
        assert duty.term is None or catalogue.figure(duty.term).value

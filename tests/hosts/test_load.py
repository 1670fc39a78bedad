"""Twice the capacity, as `python -m tests.hosts.load` measures it; aim X7."""

from pathlib import Path

import pytest
from tests.hosts.labs import alone
from tests.hosts.load import pressed


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [30, pytest.param(600, id="ten minutes")])
def test_twice_the_capacity_costs_no_record_and_is_over_when_it_is_over(
    place: Path, seconds: float
) -> None:
    with alone(place, seed=7) as lab:
        found = pressed(lab, seconds=seconds)
    assert found.held, found.rows()
    assert found.statuses["200"] > 0

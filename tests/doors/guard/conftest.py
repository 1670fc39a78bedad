"""A guard over the tea house's real log."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.strategies.told_register import told_register
from tests.usecases.decision.deciding_kit import ASSESSED, Deciding, SetClock
from tests.usecases.evidence.tea_log import tea_log

from chengnuo.law.catalogue import Catalogue


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[Deciding]:
    """A log with nothing in it, and what decides by it."""
    tea = tea_log(tmp_path / "data", catalogue)
    register = told_register(catalogue, instead=ASSESSED)
    tea.serve(register)
    yield Deciding(replace(tea, register=register), SetClock())
    tea.opened.close()

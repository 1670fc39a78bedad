"""A real log for what is recorded about rights, new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.usecases.evidence.tea_log import TeaLog, tea_log

from chengnuo.law.catalogue import Catalogue


@pytest.fixture
def tea(tmp_path: Path, catalogue: Catalogue) -> Iterator[TeaLog]:
    """A log with nothing in it."""
    log = tea_log(tmp_path / "data", catalogue)
    yield log
    log.opened.close()

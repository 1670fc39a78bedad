"""Hosts need PostgreSQL, and a folder that the throwaway account of its server may enter."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture
def programs(tool: Callable[[str], Path]) -> Path:
    """Return the folder of PostgreSQL's programs."""
    return tool("postgresql").parent


@pytest.fixture
def place() -> Iterator[Path]:
    """Return an empty folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="chengnuo-hosts-") as folder:
        yield Path(folder)

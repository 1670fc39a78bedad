"""A large copy is made in flat memory: 300,000 rows, every format, a few megabytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MOST_KIB = 12 << 10
ROOT = Path(__file__).parents[3]


def growth_kib(folder: Path, rows: int) -> int:
    """Return how far the memory of a process grows that makes a copy of so many rows."""
    program = Path(__file__).with_name("memory_process.py")
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, str(program), str(folder), str(rows)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.real
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    assert growth_kib(tmp_path, 20_000) < MOST_KIB


@pytest.mark.slow
def test_three_hundred_thousand_rows_stay_within_a_few_megabytes(tmp_path: Path) -> None:
    assert growth_kib(tmp_path, 300_000) < MOST_KIB

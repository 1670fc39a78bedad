"""U1: how long `import chengnuo` and the command's help take, beside Python that does nothing."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.started import environment

PYTHON = sys.executable
COMMAND = str(Path(sys.executable).with_name("chengnuo"))
BASE = [PYTHON, "-c", "print('nothing')"]


def seconds(command: list[str], expected: str) -> float:
    """Return how long a command takes, its answer checked."""
    since = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, check=True, env=environment()
    )
    taken = time.perf_counter() - since
    assert expected in done.stdout, done.stdout
    return taken


def compared(command: list[str], expected: str, *, rounds: int) -> tuple[float, float]:
    """Return the median of a command and of the base, measured in turns after one warm-up."""
    seconds(command, expected)
    pairs = [(seconds(command, expected), seconds(BASE, "nothing")) for _ in range(rounds)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of U1."""
    rounds = 10 if short else 40
    importing = [PYTHON, "-c", "import chengnuo; print(chengnuo.__doc__)"]
    cases = (
        ("import chengnuo", importing, "Chengnuo", 0.3, "the docstring is printed"),
        ("chengnuo --help", [COMMAND, "--help"], "register", 0.4, "the help names `register`"),
        (
            "chengnuo register check --help",
            [COMMAND, "register", "check", "--help"],
            "--json",
            0.4,
            "the help names `--json`",
        ),
    )
    for name, command, expected, limit, checked in cases:
        ours, base = compared(command, expected, rounds=rounds)
        yield Figure(
            aim="U1",
            name=name,
            ours=ours,
            base=base,
            base_name="python -c print",
            unit="s",
            limit=limit,
            checked=checked,
        )

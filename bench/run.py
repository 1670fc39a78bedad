"""Measure the aims and print the figures: `python -m bench.run [NAME …] [--full] [--markdown]`.

Every `bench/bench_NAME.py` has `measure(*, short)`, which yields figures. A missed aim is printed
as such and is no failure: machines differ. A wrong answer is one.
"""

import argparse
import importlib
import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench.figure import HEAD, Figure

FOLDER = Path(__file__).parent
VERSIONS = ("chengnuo", "click", "litestar", "sqlalchemy", "uvicorn")


def names() -> list[str]:
    """Return the names of all benches."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def figures(wanted: list[str], *, short: bool) -> Iterator[Figure]:
    """Run benches and yield what they measure."""
    for name in wanted:
        sys.stderr.write(f"bench: {name}\n")
        yield from importlib.import_module(f"bench.bench_{name}").measure(short=short)


def circumstances() -> str:
    """Return what the figures depend on: machine, versions, load."""
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    versions = " · ".join(f"{name} {version(name)}" for name in VERSIONS)
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load {load} · "
        f"Python {platform.python_version()} · {versions}"
    )


def table(found: list[Figure], *, markdown: bool) -> str:
    """Return the figures as a table."""
    rows = [HEAD, *(figure.row() for figure in found)]
    if markdown:
        rows.insert(1, ("---",) * len(HEAD))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *names()], help="benches; all if none")
    parser.add_argument("--full", action="store_true", help="the long form")
    parser.add_argument("--markdown", action="store_true", help="print rows for docs/figures.md")
    chosen = parser.parse_args()
    found = list(figures(chosen.names or names(), short=not chosen.full))
    sys.stdout.write(f"{circumstances()}\n{table(found, markdown=chosen.markdown)}\n")


if __name__ == "__main__":
    main()

"""Several hosts, faults by chance, and a check of everything that clients saw.

    python -m tests.hosts.run --minutes 10 --seed 7 [--hosts 3] [--alone] [--fault NAME]
        [--out FILE]

Prints a row for each fault: how often, how long no act was acknowledged and no question answered at
the longest, and how soon after its end acts were acknowledged again; then what clients did, and
every promise that was broken. Exit status 1 if one was. The seed decides faults, their order, and
what clients do; not how long anything takes.
"""

import argparse
import os
import platform
import signal
import sys
import tempfile
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from random import Random
from time import monotonic, sleep

from tests.hosts.checker import Violation, violations
from tests.hosts.history import Operation
from tests.hosts.labs import Lab, alone_on_a_disk, cluster
from tests.hosts.nemesis import ANYWHERE, ON_A_DISK, OVER_A_DATABASE, Fault, Suffered, suffer
from tests.servers.databases import postgresql_programs

_CALM_S = 3.0


def run(lab: Lab, faults: list[Fault], *, seconds: float, seed: int) -> list[Suffered]:
    """Let faults happen for some time, each once before one comes again."""
    chance, until = Random(seed), monotonic() + seconds
    suffered: list[Suffered] = []
    lab.begin()
    sleep(_CALM_S)
    while monotonic() < until or len(suffered) < len(faults):
        for fault in chance.sample(faults, len(faults)):
            if monotonic() > until and len(suffered) >= len(faults):
                break
            sys.stderr.write(f"{fault.name}\n")
            suffered.append(suffer(lab, fault, chance))
    return suffered


def table(suffered: list[Suffered]) -> str:
    """Return a row for each kind of fault."""
    rows = [("fault", "times", "held", "no act for", "no answer for", "acts again after")]
    for name in dict.fromkeys(one.name for one in suffered):
        some = [one for one in suffered if one.name == name]
        figures = (
            max(one.held_s for one in some),
            max(one.acts_s for one in some),
            max(one.answers_s for one in some),
            max(one.back_s for one in some),
        )
        rows.append((name, f"{len(some)}", *(f"{figure:.1f} s" for figure in figures)))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def summary(operations: list[Operation], broken: list[Violation]) -> str:
    """Return what clients did, and what was wrong."""
    counts = Counter((one.kind, one.outcome) for one in operations)
    codes = Counter(one.code for one in operations if one.code)
    lines = [f"{kind} {outcome}: {n}" for (kind, outcome), n in sorted(counts.items())]
    lines += [f"  {n} x {code}" for code, n in codes.most_common()]
    lines.append(f"violations: {len(broken)}")
    lines += [f"  {one.kind}: {one.what}" for one in broken[:50]]
    return "\n".join(lines)


def main() -> int:
    """Run it and print what was found."""
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda _, __: sys.exit(3))  # what stands there is taken away
    faults = [*ANYWHERE, *(ON_A_DISK if given.alone else OVER_A_DATABASE)]
    if given.fault:
        faults = [one for one in faults if one.name in given.fault]
    with tempfile.TemporaryDirectory(prefix="chengnuo-hosts-") as place:
        folder = Path(place)
        with _lab(given, folder) as lab:
            suffered = run(lab, faults, seconds=60 * given.minutes, seed=given.seed)
            found = lab.rest()
            broken = violations(lab.history.operations, found)
            ended = {one.host.name: one.ends for one in lab.nodes.values()}
        load = " ".join(f"{value:.2f}" for value in os.getloadavg())
        where = f"{os.cpu_count()} cores, load {load}, Python {platform.python_version()}"
        sys.stdout.write(f"{where}, seed {given.seed}, {len(found.leaves)} records\n")
        sys.stdout.write(f"{table(suffered)}\n{summary(lab.history.operations, broken)}\n")
        if given.out:
            lab.history.write(
                given.out,
                where=where,
                seed=given.seed,
                suffered=[asdict(one) for one in suffered],
                violations=[asdict(one) for one in broken],
                ended=ended,
                said={name: node.said for name, node in lab.nodes.items()},
            )
    return 1 if broken else 0


def _lab(given: argparse.Namespace, folder: Path) -> AbstractContextManager[Lab]:
    if given.alone:
        return alone_on_a_disk(folder, seed=given.seed)
    programs = postgresql_programs()
    if programs is None:
        sys.exit("PostgreSQL is not installed (Debian package postgresql)")
    names = [f"s{number}" for number in range(1, given.hosts + 1)]
    return cluster(folder, programs, nodes=names, seed=given.seed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hosts.run", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long faults happen")
    parser.add_argument("--seed", type=int, default=7, help="decides faults and clients")
    parser.add_argument("--hosts", type=int, default=3, help="how many hosts serve")
    parser.add_argument("--alone", action="store_true", help="one host with a disk of its own")
    parser.add_argument("--fault", action="append", help="only faults of this name")
    parser.add_argument("--out", type=Path, help="where the whole history goes, as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

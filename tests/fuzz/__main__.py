"""Runs parsers on changed inputs: `python -m tests.fuzz --parser dex --count 200000 --seed 7`."""

import argparse
import sys

from tests.fuzz.running import CORPUS, PARSERS, keep, minimised, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "--parser", choices=sorted(PARSERS), action="append", help="all if left out"
    )
    parser.add_argument("--count", type=int, help="inputs of each parser; its share of a million")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    given = parser.parse_args()
    total = faults = 0
    seconds = 0.0
    for name in given.parser or PARSERS:
        count = given.count or PARSERS[name].weight * 1000

        def tell(at: int, name: str = name) -> None:
            sys.stderr.write(f"\r{name}: {at:,}   ")

        outcome = run(name, range(given.first, given.first + count), given.seed, tell)
        total, seconds = total + outcome.inputs, seconds + outcome.seconds
        faults += len(outcome.faults)
        sys.stderr.write("\r")
        sys.stdout.write(
            f"{name:15} {outcome.inputs:9,} inputs, {outcome.taken:9,} taken,"
            f" {outcome.seconds:6.1f} s, {len(outcome.faults)} faults\n"
        )
        for fault in outcome.faults:
            path = keep(minimised(fault))
            sys.stdout.write(f"    {path.relative_to(CORPUS)}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{total:,} inputs, seed {given.seed}, {seconds:.0f} s, {faults} faults\n")
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main())

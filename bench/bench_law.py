"""The law catalogue: from its compiled copy, and from its files, beside reading without checks."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import yaml
from bench.figure import Figure

from chengnuo.adapters.compiled_copy import yaml_files
from chengnuo.adapters.knowledge import law_folder, load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.law.catalogue import Catalogue

DIGEST_BYTES = 32


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    since = time.perf_counter()
    act()
    return (time.perf_counter() - since) * 1_000


def compared(
    ours: Callable[[], object], base: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return the medians of both, measured in turns after one warm-up."""
    milliseconds(ours)
    milliseconds(base)
    pairs = [(milliseconds(ours), milliseconds(base)) for _ in range(rounds)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the time to load the catalogue, with and without a compiled copy."""
    rounds = 10 if short else 50
    with tempfile.TemporaryDirectory() as place:
        cache = Path(place)

        def warm() -> Catalogue:
            return load_catalogue(read_catalogue, cache_folder=cache)

        def cold() -> Catalogue:
            return load_catalogue(read_catalogue, cache_folder=None)

        assert warm() == warm() == cold()
        body = next(cache.glob("law-*.msgpack")).read_bytes()[DIGEST_BYTES:]
        files = yaml_files(law_folder())
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        cases = (
            ("from the compiled copy", warm, lambda: msgspec.msgpack.decode(body),
             "msgpack into plain dictionaries", 15),
            ("from the files, strictly", cold,
             lambda: [yaml.load(data, Loader=loader) for data in files.values()],  # noqa: S506  # a safe loader
             "the same YAML without checks", 1_000),
        )  # fmt: skip
        for name, ours, base, base_name, limit in cases:
            took, plain = compared(ours, base, rounds)
            yield Figure(
                aim="law",
                name=f"law catalogue {name}",
                ours=took,
                base=plain,
                base_name=base_name,
                unit="ms",
                limit=limit,
                checked="both ways give the same catalogue",
            )

"""E2: a log verified offline by `chengnuo-verify`, on one core, beside the bare hashing of it."""

import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bench.evidence_kit import check_whole, consents, fill, folder, public
from bench.figure import Figure

from chengnuo.engines.merkle.tiles import unpack_bundle

LONG = 10_000_000
LIMIT_S = 10.0
INDIVIDUALS = 100_000
SAMPLE = 500


def bare_hashing(place: Path, count: int) -> float:
    """Return the seconds to hash every leaf and as many nodes, taken from a part of the log."""
    bundles = sorted((place / "tile/entries").rglob("[0-9][0-9][0-9]"))[:SAMPLE]
    node = b"\x01" + bytes(64)
    taken, leaves = 0.0, 0
    for bundle in bundles:
        entries = unpack_bundle(bundle.read_bytes())
        since = time.process_time()
        _ = [sha256(b"\x00" + entry).digest() for entry in entries]
        _ = [sha256(node).digest() for _ in entries]
        taken += time.process_time() - since
        leaves += len(entries)
    return taken * count / leaves


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of E2."""
    count = 200_000 if short else LONG
    with folder() as place:
        fill(place, consents(count, INDIVIDUALS))
        base = bare_hashing(public(place), count)
        for name, quick in (("tree, files and signature (--quick)", True), ("everything", False)):
            found = check_whole(place, count, quick=quick)
            yield Figure(
                aim="E2",
                name=f"verify {count:,} leaves: {name}; {found.rss_bytes / 1e6:.0f} MB resident",
                ours=found.cpu,
                base=base,
                base_name="hashing its leaves and nodes, nothing else",
                unit="s",
                limit=LIMIT_S * count / LONG,
                checked=f"whole, {count:,} leaves",
            )

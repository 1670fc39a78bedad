"""The tree alone: leaf hashes, tiles and root of real leaves, beside `pymerkle`.

`pymerkle` is under the GPL, so it is installed into an environment of its own and runs there as a
process of its own; where it cannot be installed the figure is left out, and why is said.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from statistics import median

from bench.bench_install import environment, install
from bench.figure import Figure

from chengnuo.domain.evidence.leaf import LEAF_VERSION, Leaf, encode_leaf
from chengnuo.engines.merkle.tiles import RightEdge

PEER = Path(__file__).with_name("pymerkle_peer.py")
BATCH = 4_096


def leaves(count: int) -> list[bytes]:
    """Return leaves of real shape."""
    return [
        encode_leaf(
            Leaf(
                "order-delivery",
                None,
                1_790_000_000_000_000 + number,
                "order-delivery/address",
                "consent-given",
                "2026.11",
                f"{number:064x}",
                f"{number * 7:064x}",
                "",
                "r-2026-11-23",
                number + 2,
                f"{number * 5:064x}",
                LEAF_VERSION,
            )
        )
        for number in range(count)
    ]


def ours(entries: list[bytes]) -> tuple[float, str]:
    """Return the processor seconds of our tree, every full tile made, and the root."""
    edge = RightEdge()
    since = time.process_time()
    for start in range(0, len(entries), BATCH):
        hashes = [sha256(b"\x00" + entry).digest() for entry in entries[start : start + BATCH]]
        for _ in edge.extend(b"".join(hashes)):
            pass
    root = edge.root()
    return time.process_time() - since, root.hex()


def peer(python: Path, entries: list[bytes]) -> tuple[float, str, str]:
    """Return the processor seconds of `pymerkle`, its root and its version."""
    data = b"".join([part for entry in entries for part in (len(entry).to_bytes(4, "big"), entry)])
    done = subprocess.run([python, PEER], input=data, capture_output=True, check=True)  # noqa: S603 - our own command
    seconds, root, version = done.stdout.decode().split()
    return float(seconds), root, version


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figure of the tree."""
    entries = leaves(50_000 if short else 1_000_000)
    with tempfile.TemporaryDirectory() as place:
        try:
            folder = environment(Path(place) / "peer")
            install(folder, "pymerkle")
        except (OSError, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"bench: pymerkle is left out: it cannot be installed ({error})\n")
            return
        pairs = [(ours(entries), peer(folder / "bin" / "python", entries)) for _ in range(3)]
    assert len({root for one, two in pairs for root in (one[1], two[1])}) == 1
    took = median(one[0] for one, _ in pairs) / len(entries) * 1e6
    base = median(two[0] for _, two in pairs) / len(entries) * 1e6
    yield Figure(
        aim="E1",
        name=f"Merkle tree and tiles, a leaf of {len(entries):,}",
        ours=took,
        base=base,
        base_name=f"pymerkle {pairs[0][1][2]} in memory",
        unit="µs",
        limit=base / 5,
        checked="the roots are equal",
    )

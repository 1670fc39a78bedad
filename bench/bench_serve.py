"""U2: how long `serve` takes from start to healthy on an empty data folder, and its memory."""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.started import Started, started

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "examples" / "shop" / "register"
COMMAND = str(Path(sys.executable).with_name("chengnuo"))
PEER = [sys.executable, str(ROOT / "bench" / "hello_litestar.py")]


def once(command: list[str]) -> Started:
    """Start a server in an empty folder and stop it again."""
    with tempfile.TemporaryDirectory() as folder, started(command, Path(folder)) as server:
        return server


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of U2."""
    serve = [COMMAND, "serve", "--register", str(REGISTER), "--data", "data"]
    once(serve)
    pairs = [(once(serve), once(PEER)) for _ in range(3 if short else 15)]
    yield Figure(
        aim="U2",
        name="serve: start to healthy, empty data folder",
        ours=statistics.median(ours.seconds for ours, _ in pairs),
        base=statistics.median(peer.seconds for _, peer in pairs),
        base_name="bare Litestar",
        unit="s",
        limit=3,
        checked="/healthz answers 200; SIGTERM stops it",
    )
    yield Figure(
        aim="U2",
        name="serve: resident memory when healthy",
        ours=max(ours.rss_bytes for ours, _ in pairs) / 1e6,
        base=max(peer.rss_bytes for _, peer in pairs) / 1e6,
        base_name="bare Litestar",
        unit="MB",
        limit=150,
        checked="the largest of all rounds",
    )

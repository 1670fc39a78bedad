"""T1: personal information found in text, on one core, beside presidio-analyzer and plain `re`.

Figures are seconds of processor time for a megabyte of UTF-8: the aims in megabytes a second are
their inverse. All ways search the same texts of one seeded generator in the same run.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.text_lines import KINDS, text_of
from tests.engines.text.cues_file import product_cues
from tests.packages_cache import python_with

from chengnuo.engines.jit import can_compile
from chengnuo.engines.text.finding import find_one_by_one
from chengnuo.engines.text.shapes import SHAPES

SHORT, FULL = 1 << 20, 1 << 23
PEER_CHARACTERS = 1 << 15
CHECKED_CHARACTERS = 1 << 15
PEER = Path(__file__).with_name("text_peer.py")
PEER_DISTRIBUTION = "presidio-analyzer==2.2.360"
PURE_MB = {"policy": 50.0, "tickets": 15.0, "logs": 12.0}
FAST_MB = {"policy": 1000.0, "tickets": 150.0, "logs": 150.0}
MASK_MB = 80.0
AIM_MEMORY_MB = 100.0

Told = dict[str, float]


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield time for a megabyte: pure and compiled, find and mask, beside peers."""
    peer = _peer()
    for kind in KINDS:
        with tempfile.TemporaryDirectory(prefix="chengnuo-bench-") as folder:
            yield from _of_kind(kind, SHORT if short else FULL, Path(folder), peer)


def _of_kind(kind: str, characters: int, folder: Path, peer: Path | None) -> Iterator[Figure]:
    whole, part = folder / "text", folder / "part"
    text, few = text_of(kind, characters), text_of(kind, PEER_CHARACTERS)
    whole.write_text(text, encoding="utf-8")
    part.write_text(few, encoding="utf-8")
    size, small = whole.stat().st_size / 1e6, part.stat().st_size / 1e6
    _check(kind)
    plain = (
        _told("-m", "bench.text_plain", str(part))["seconds"] / small,
        "one `re` of our patterns",
    )
    pure = _told("-m", "bench.text_ours", str(whole), "pure")
    checked = f"{pure['count']:.0f} values in {size:.3g} MB, the same as one by one"
    yield _figure(f"{kind}, numpy", pure["find"] / size, plain, PURE_MB[kind], checked)
    every = _told("-m", "bench.text_ours", str(whole), "every")
    found = f"{every['count']:.0f} values, names and addresses among them"
    yield _figure(f"{kind}, every kind", every["find"] / size, plain, PURE_MB[kind], found)
    if peer is not None:
        patterns = folder / "patterns.json"
        pairs = [(shape.kind.name, shape.form.pattern.pattern) for shape in SHAPES]
        patterns.write_text(json.dumps(pairs), encoding="utf-8")
        said = _told(str(PEER), str(part), str(patterns), python=str(peer))
        theirs = (said["seconds"] / small, f"{PEER_DISTRIBUTION}, our patterns")
        yield _figure(f"{kind}, numpy", pure["find"] / size, theirs, PURE_MB[kind], checked)
    if can_compile():
        fast = _told("-m", "bench.text_ours", str(whole), "fast")
        if fast["answer"] != pure["answer"]:
            raise AssertionError(f"compiled and numpy find other values in {kind}")
        yield _figure(f"{kind}, numba", fast["find"] / size, plain, FAST_MB[kind], checked)
        both = fast["both"] / size
        yield _figure(f"{kind}, numba, found and masked", both, plain, MASK_MB, checked)
    yield Figure(
        aim="T1",
        name=f"{kind}, memory of the process without numba, with the text in it",
        ours=pure["megabytes"],
        base=size,
        base_name="the text",
        unit="MB",
        limit=AIM_MEMORY_MB,
        checked=checked,
    )


def _figure(name: str, ours: float, base: tuple[float, str], aim_mb: float, checked: str) -> Figure:
    """Return a figure out of seconds a megabyte."""
    return Figure(
        aim="T1",
        name=f"{name}: {1 / ours:.3g} MB/s",
        ours=ours * 1e3,
        base=base[0] * 1e3,
        base_name=base[1],
        unit="ms a MB",
        limit=1e3 / aim_mb,
        checked=checked,
    )


def _check(kind: str) -> None:
    """Hold the search by tables equal to the plain one, on a part of the text."""
    from_tables = _told("-c", _ASK, kind, str(CHECKED_CHARACTERS))["count"]
    plainly = len(find_one_by_one(text_of(kind, CHECKED_CHARACTERS), product_cues()))
    if from_tables != plainly or (kind != "policy" and not plainly):
        raise AssertionError(f"{from_tables} values by tables in {kind}, {plainly} one by one")


_ASK = """
import json, sys
from bench.text_lines import text_of
from tests.engines.text.cues_file import product_cues
from chengnuo.engines.text.by_tables import search_by_arrays
found = search_by_arrays(text_of(sys.argv[1], int(sys.argv[2])), product_cues())
json.dump({"count": len(found.start)}, sys.stdout)
"""


def _peer() -> Path | None:
    try:
        return python_with(PEER_DISTRIBUTION)
    except (OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"bench: presidio is left out: it cannot be installed ({error})\n")
        return None


def _told(*asked: str, python: str = sys.executable) -> Told:
    ran = subprocess.run([python, *asked], capture_output=True, check=True, text=True)  # noqa: S603
    told: Told = json.loads(ran.stdout)
    return told

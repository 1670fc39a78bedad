"""I1 and I2: facts of a package with 16 MB of code, and what runs before consent.

Beside `androguard` and `dexllm`, each in an environment of its own and in its fastest way to the
same call sites; the sets must be equal. Ours is measured twice, by numpy alone and with numba (the
extra `fast`), which must see the same. A package of 100 MB of code is made of real ones.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.inspect_package import packages, whole_of
from tests.packages_cache import python_with

PEER = Path(__file__).with_name("inspect_peer.py")
LARGE_BYTES = 100_000_000
PEERS = (("androguard", "androguard==4.1.4", 100.0), ("dexllm", "dexllm==0.27.0", 1.0))
CHECKED = "equal call sites"


def _ours(
    mode: str, path: Path, asked: list[str], rounds: int, *, follow: bool
) -> dict[str, object]:
    given = {"path": str(path), "asked": asked, "rounds": rounds, "follow": follow}
    return _told([sys.executable, "-m", "bench.inspect_ours", mode], given)


def _told(command: list[str], given: dict[str, object]) -> dict[str, object]:
    done = subprocess.run(  # noqa: S603 - our own command
        command, input=json.dumps(given), capture_output=True, text=True, check=True, env=os.environ
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _number(told: dict[str, object], key: str) -> float:
    return float(str(told[key]))


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of inspection."""
    rounds = 2 if short else 5
    with tempfile.TemporaryDirectory() as place:
        try:
            found = packages()
        except (OSError, RuntimeError) as error:
            sys.stderr.write(f"bench: inspection is left out: no packages ({error})\n")
            return
        apk, *_ = found
        plain = _ours("numpy", apk, [], rounds, follow=True)
        asked = [str(one) for one in list(plain["asked"])]  # type: ignore[call-overload]
        fast = _ours("fast", apk, asked, rounds, follow=True)
        assert plain["sites"] == fast["sites"]
        assert plain["marks"] == fast["marks"]
        yield from _beside(apk, asked, {"numpy": plain, "[fast]": fast}, rounds)
        for name, one in (("numpy", plain), ("[fast]", fast)):
            facts = _number(one, "facts")
            yield Figure(
                aim="I1",
                name=f"memory for facts of 16 MB of code, {name}",
                ours=_number(one, "rss_mb"),
                base=apk.stat().st_size / 1e6,
                base_name="the package",
                unit="MB",
                limit=300,
                checked=CHECKED,
            )
            yield Figure(
                aim="I2",
                name=f"what runs before consent, after facts, {name}",
                ours=_number(one, "follow"),
                base=facts,
                base_name="facts",
                unit="s",
                limit=0.2,
                checked="the same marks by numpy and numba",
            )
        large = Path(place) / "large.apk"
        size = whole_of(found, large, LARGE_BYTES)
        for mode in ("fast",) if short else ("numpy", "fast"):
            told = _ours(mode, large, asked, rounds, follow=False)
            yield Figure(
                aim="I1",
                name=f"facts of {size / 1e6:.0f} MB of code, {mode}",
                ours=_number(told, "facts"),
                base=_number(fast, "facts"),
                base_name="16 MB of code, [fast]",
                unit="s",
                limit=1.5,
                checked=f"{len(list(told['sites']))} call sites, memory {told['rss_mb']:.0f} MB",  # type: ignore[call-overload]
            )


def _beside(
    apk: Path, asked: list[str], ours: dict[str, dict[str, object]], rounds: int
) -> Iterator[Figure]:
    """Yield our two ways beside each peer that can be installed."""
    for peer, distribution, times in PEERS:
        try:
            python = python_with(distribution)
        except (OSError, subprocess.SubprocessError) as error:
            sys.stderr.write(f"bench: {peer} is left out: it cannot be installed ({error})\n")
            continue
        given = {"path": str(apk), "asked": asked, "rounds": 1 if times > 1 else rounds}
        told = _told([str(python), str(PEER), peer], given)
        for name, one in ours.items():
            assert one["sites"] == told["sites"], peer
            base = _number(told, "seconds")
            yield Figure(
                aim="I1",
                name=f"call sites of {len(asked)} methods in 16 MB of code, {name}",
                ours=_number(one, "facts"),
                base=base,
                base_name=f"{peer} {told['version']}, {told['rss_mb']:.0f} MB",
                unit="s",
                limit=base / times,
                checked=CHECKED,
            )

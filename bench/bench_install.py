"""U3: how many distributions and megabytes the base install is, beside a bare web service."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements"
BARE = ("litestar", "uvicorn")


def uv() -> str:
    """Return the uv that make uses, or the one on the path."""
    named = os.environ.get("UV", "")
    own = ROOT / ".uv" / "bin" / "uv"
    return shutil.which(named) or shutil.which("uv") or str(own)


def install(folder: Path, *arguments: str | Path) -> None:
    """Install into the environment of a folder."""
    python = folder / "bin" / "python"
    words = [uv(), "pip", "install", "--quiet", "--no-compile", "--python", python, *arguments]
    subprocess.run(words, check=True, cwd=ROOT)  # noqa: S603 - our own command


def environment(folder: Path) -> Path:
    """Make an empty environment and return its folder."""
    subprocess.run([uv(), "venv", "--quiet", folder], check=True)  # noqa: S603 - our own command
    return folder


def size(folder: Path) -> tuple[int, float]:
    """Return how many distributions an environment has, and how many megabytes they are."""
    packages = next(folder.glob("lib/python*/site-packages"))
    count = len(list(packages.glob("*.dist-info")))
    files = (path for path in packages.rglob("*") if path.is_file())
    return count, sum(path.stat().st_size for path in files) / 1e6


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of U3; both forms are alike."""
    del short
    with tempfile.TemporaryDirectory() as place:
        ours = environment(Path(place) / "ours")
        install(ours, "--require-hashes", "--requirement", LOCK / "run.txt")
        install(ours, "--no-deps", "--build-constraints", LOCK / "build.txt", ROOT)
        count, megabytes = size(ours)
        helped = subprocess.run(  # noqa: S603 - our own command
            [ours / "bin" / "chengnuo", "--help"], capture_output=True, text=True, check=True
        )
        assert "register" in helped.stdout
        bare = environment(Path(place) / "bare")
        install(bare, "--constraint", LOCK / "run.txt", *BARE)
        bare_count, bare_megabytes = size(bare)
    yield Figure(
        aim="U3",
        name="base install: distributions",
        ours=count,
        base=bare_count,
        base_name="litestar and uvicorn",
        unit="distributions",
        limit=60,
        checked="`chengnuo --help` runs from it",
    )
    yield Figure(
        aim="U3",
        name="base install: size",
        ours=megabytes,
        base=bare_megabytes,
        base_name="litestar and uvicorn",
        unit="MB",
        limit=350,
        checked="`chengnuo --help` runs from it",
    )

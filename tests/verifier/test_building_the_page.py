"""One build writes the page where it lies and where the service gives it out."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVED = Path("src", "chengnuo", "doors", "web", "static", "verify.html")


@pytest.mark.real
def test_one_build_writes_both_copies_the_same_as_they_are_kept(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "verifier", tmp_path / "verifier")
    (tmp_path / SERVED).parent.mkdir(parents=True)
    built = tmp_path / "verifier" / "web" / "verify.html"
    built.unlink()
    subprocess.run(  # noqa: S603  our own program
        [sys.executable, tmp_path / "verifier" / "web" / "build.py"], check=True
    )
    assert built.read_bytes() == (tmp_path / SERVED).read_bytes()
    assert built.read_bytes() == (ROOT / SERVED).read_bytes()

"""The documentation builds without a warning, and no page loads anything from elsewhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT

LOADED = re.compile(
    r"<(?:script|img|iframe|link)[^>]+(?:src|href)=\"?(https?:)?//[^>]*(?:stylesheet|script|\.js|\.css|\.woff)"
)


@pytest.mark.real
def test_the_documentation_builds_strictly_and_stands_alone(tmp_path: Path) -> None:
    shutil.copy(ROOT / "zensical.toml", tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    done = subprocess.run(  # noqa: S603 - our own arguments
        [str(Path(sys.executable).with_name("zensical")), "build", "--strict"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = sorted((tmp_path / "site").rglob("*.html"))
    assert len(built) > len(list((ROOT / "docs").rglob("*.md")))  # and the page for what is missing
    assert [page.name for page in built if LOADED.search(page.read_text(encoding="utf-8"))] == []

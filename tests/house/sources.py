"""The program's sources, as the tests of the house read them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "chengnuo"
PARTS = sorted(
    part.name
    for part in PACKAGE.iterdir()
    if part.suffix == ".py" or (part.is_dir() and part.name != "__pycache__")
)
"""Names of what the package holds: its floors, and modules beside them."""


def modules(part: str = "") -> list[Path]:
    """Return every module of the package, or of one part of it."""
    if part.endswith(".py"):
        return [PACKAGE / part]
    return sorted((PACKAGE / part).rglob("*.py"))


def name_of(path: Path) -> str:
    """Return a path as it is written in messages."""
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def tracked() -> Iterator[Path]:
    """Yield every file that is committed or staged, and still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git the machine has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and not path.is_symlink():
            yield path

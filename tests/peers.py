"""A Python of its own with a library that we are held against and never depend on."""

import subprocess
import sys
from pathlib import Path


def python_with(folder: Path, requirement: str) -> Path:
    """Return the interpreter of a new environment with a library from the registry."""
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603
    install = [str(python), "-m", "pip", "install", "--quiet", requirement]
    subprocess.run(install, check=True)  # noqa: S603
    return python

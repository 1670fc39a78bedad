"""The verifier is a package of its own; its tests find it where it is written."""

import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "verifier" / "src"
sys.path.insert(0, str(SOURCE))

pytest_plugins = ["tests.verifier.asking"]

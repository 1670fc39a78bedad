"""What tests of `chengnuo init` begin with: the answers that docs/first-list.md shows."""

import re
import sys
from pathlib import Path

PROGRAM = [sys.executable, "-m", "chengnuo"]
COMMAND = [*PROGRAM, "init"]
_GUIDE = Path(__file__).parents[3] / "docs" / "first-list.md"


def shown_answers() -> str:
    """Return the file of answers in the guide."""
    found = re.search(r"```toml\n(.*?)```", _GUIDE.read_text("utf-8"), re.DOTALL)
    assert found is not None, "the guide shows no answers"
    return found[1]


ANSWERS = shown_answers()

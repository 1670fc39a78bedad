"""The cues that the product has, read as plain rows."""

from functools import cache
from pathlib import Path

import yaml

from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.kinds import Kind

_FILE = Path(__file__).parents[3] / "src" / "chengnuo" / "knowledge" / "text" / "cues.yaml"


@cache
def rows() -> dict[Kind | None, list[str]]:
    """Return the words of each kind; `None` has those of what is not personal."""
    items = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["items"]
    return {
        None if row["kind"] == "other" else Kind[row["kind"].upper()]: row["words"] for row in items
    }


@cache
def product_cues() -> Cues:
    """Return the cues."""
    return Cues(rows())

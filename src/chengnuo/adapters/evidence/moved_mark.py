"""The mark of a data folder whose database was moved: from then on its own files are history.

The mark is one file, put in place whole and synced while both databases of the folder are locked
for writing. Whoever takes such a lock later finds it.
"""

import json
from pathlib import Path

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.base.errors import ConflictError

NAME = "moved.json"


class DataMovedError(ConflictError):
    """The database of the folder was moved; what lies here is neither read nor written any more.

    Attributes:
        to: Where to, without an account or a password.

    """

    code = "data-moved"

    def __init__(self, to: str) -> None:
        super().__init__(
            f"the database of this data folder was moved to `{to}`; name that as `database`"
        )
        self.to = to


def mark_moved(folder: Path, to: str) -> None:
    """Say in a data folder that its database was moved; durable on return.

    Args:
        folder: The data folder.
        to: Where to, without an account or a password.

    """
    RealFiles().replace(folder / NAME, json.dumps({"to": to}).encode() + b"\n")


def moved_to(folder: Path) -> str:
    """Return where the database of a data folder was moved to; empty if it was not."""
    try:
        text = (folder / NAME).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    try:
        return str(json.loads(text)["to"])
    except (ValueError, KeyError, TypeError):  # whoever changed it did not undo the move
        return "?"


def refuse_moved(folder: Path) -> None:
    """Refuse a data folder whose database was moved.

    Raises:
        DataMovedError: It was.

    """
    if to := moved_to(folder):
        raise DataMovedError(to)

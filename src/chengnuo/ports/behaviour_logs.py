"""Port: logs of what an app did while it ran, in the formats of the tools that record it.

Logs are hostile as packages are: whoever reads them bounds what one record may take, keeps what
could be read of a damaged file, and says what was lost.
"""

from pathlib import Path
from typing import ClassVar, Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.observation.runtime_event import BehaviourLog, LogForm


class NotABehaviourLogError(InvalidInputError):
    """A file is no log of behaviour in a format that is read, or cannot be read at all."""

    code: ClassVar[str] = "not-a-behaviour-log"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"`{name}` is no log of behaviour that can be read: {why}")
        self.name = name
        self.why = why


class BehaviourLogs(Protocol):
    """Reads logs of behaviour."""

    def opened(self, path: Path, form: LogForm | None = None) -> BehaviourLog:
        """Return a log whose events are read as they are asked for.

        Args:
            path: The file.
            form: Its format; None to tell it by the content.

        Raises:
            NotABehaviourLogError: It is none, or cannot be opened.

        """
        ...

"""What recorded runs of an app came to: the logs that were read, and what they show."""

from dataclasses import dataclass

from chengnuo.domain.observation.observation import Observation
from chengnuo.domain.observation.runtime_event import LogForm, Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRead:
    """A log that was read to its end.

    Attributes:
        name: Name of the file.
        sha256: SHA-256 of the file, 64 hex digits.
        size: Its size in bytes.
        form: Its format.
        events: How many events were in it.
        lost: What could not be read, the first of it.
        lost_count: How many parts could not be read.

    """

    name: str
    sha256: str
    size: int
    form: LogForm
    events: int
    lost: tuple[Lost, ...] = ()
    lost_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsSeen:
    """What the logs of one app show.

    Attributes:
        logs: The logs, in the order in which they were given.
        observations: What was seen, in the order of observations.
        left_out: Events of things beyond those that are told apart.

    """

    logs: tuple[LogRead, ...]
    observations: tuple[Observation, ...]
    left_out: int = 0

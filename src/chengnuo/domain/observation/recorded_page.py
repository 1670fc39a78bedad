"""What a recorder saw of a page: layers over it, what closes them, where it jumped.

Lengths are CSS pixels (density-independent pixels of an app's WebView), times milliseconds since
the page began.
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.errors import InvalidInputError

FORMAT, VERSION = "chengnuo-surface", 1


class NotARecordingError(InvalidInputError):
    """A file is no recording of a page."""

    code = "not-a-surface-recording"

    def __init__(self, what: str) -> None:
        super().__init__(f"the file is no recording of a page: {what}")


class JumpBy(StrEnum):
    """What led away from the page."""

    TAP = "tap"
    MOTION = "motion"
    ITSELF = "itself"
    """Nobody did anything: a timer, or loading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the screen."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Something that can be tapped in a layer.

    Attributes:
        text: Its words.
        box: What can be tapped.
        shown_ms: When it could be tapped first.
        reachable: Whether a tap on its middle reaches it: nothing lies over it.

    """

    text: str
    box: Box
    shown_ms: float
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A splash screen or a pop-up.

    Attributes:
        name: How it is known in the page.
        box: What it covers.
        appeared_ms: When.
        closes: What says that it closes or skips it.
        leads: What leads somewhere else.

    """

    name: str
    box: Box
    appeared_ms: float
    closes: tuple[Control, ...] = ()
    leads: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """The page led, or tried to lead, somewhere else.

    Attributes:
        at_ms: When.
        by: What by.
        host: Host it led to; the rest of an address may tell of a person.
        x: Where was tapped; -1 where nothing was.
        y: Likewise.
        acceleration: How strongly the phone was moved, in m/s²; None where it was not measured.
        rotation: By how many degrees; likewise.
        seconds: For how long; likewise.

    """

    at_ms: float
    by: JumpBy
    host: str
    x: float = -1
    y: float = -1
    acceleration: float | None = None
    rotation: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPage:
    """A recording.

    Attributes:
        file: Name of its file as it was given.
        width: Width of the screen.
        height: Height of it.
        watched_ms: For how long it was watched.
        layers: What lay over the page.
        jumps: Where it led.

    """

    file: str
    width: float
    height: float
    watched_ms: float
    layers: tuple[Layer, ...]
    jumps: tuple[Jump, ...]

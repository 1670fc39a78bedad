"""Stacks of Java as the tools write them: one frame a line, or frames joined by arrows.

Read are `at cls.method(File.java:12)`, `cls.method(Unknown Source:5)`, `cls.method(Native Method)`,
the form of R8 `a.b.c.d(r8-map-id-…:7)`, and PrivacySentry's `cls.method() 12`.
"""

import re
from functools import lru_cache
from itertools import islice
from typing import Final

from chengnuo.domain.observation.runtime_event import Frame

MOST_FRAMES: Final = 80
_MOST_TEXT: Final = 400 * MOST_FRAMES
_FRAME: Final = re.compile(
    r"(?:^|[\s←])(?:at\s+)?((?:[\w$]+\.)+[\w$]+|[\w$]{1,3})\.([\w$<>\-]+)\([^()\n]{0,200}\)"
)
_HOOKED: Final = re.compile(r"([\w$.]+)----[^\n]*----(\w[\w$<>]*)\s*$")


def stack_of(text: object) -> tuple[Frame, ...]:
    """Return the frames of a text, or of a list of them, newest first."""
    if isinstance(text, list):
        text = "\n".join(one for one in text[:MOST_FRAMES] if isinstance(one, str))
    return _frames(text[:_MOST_TEXT]) if isinstance(text, str) else ()


def hooked_frame(line: str) -> Frame | None:
    """Return the frame of a line `<class>----<file>----<line>----<method>`."""
    found = _HOOKED.search(line)
    return None if found is None else Frame(class_name=found[1], method=found[2])


@lru_cache(maxsize=1024)
def _frames(text: str) -> tuple[Frame, ...]:
    """Return the frames of a text; calls come from few places, so that most were read before."""
    found = (Frame(class_name=one[1], method=one[2]) for one in _FRAME.finditer(text))
    return tuple(islice(found, MOST_FRAMES))

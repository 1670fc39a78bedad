"""Hegui and alike: lines of the system's log, a call and then its stack."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from chengnuo.adapters.behaviour_logs.stacks import MOST_FRAMES, hooked_frame
from chengnuo.domain.observation.runtime_event import Frame, Lost, RuntimeEvent

CALL: Final = re.compile(r"([\w.]+)调用(\w+)\(\)获取了([^\s：:]{1,40})")
_OVER: Final = re.compile(r"Dump Stack: -+over-+")


def hegui_events(lines: Iterable[tuple[int, str]], lost: list[Lost]) -> Iterator[RuntimeEvent]:
    """Yield the calls; the time of the system's log has no year, and is left out."""
    begun: tuple[int, re.Match[str]] | None = None
    stack: list[Frame] = []
    for number, line in lines:
        found = CALL.search(line)
        if begun is not None and (found is not None or _OVER.search(line)):
            yield _event(*begun, stack)
            begun = None
        if found is not None:
            begun, stack = (number, found), []
        elif begun is not None and len(stack) < MOST_FRAMES:
            frame = hooked_frame(line)
            stack += [] if frame is None else [frame]
    if begun is not None:
        lost.append(Lost(row=begun[0], why="the log ends in the middle of a record"))
        yield _event(*begun, stack)


def _event(number: int, found: re.Match[str], stack: list[Frame]) -> RuntimeEvent:
    return RuntimeEvent(
        row=number,
        label=found[1][:80],
        action=found[3],
        signature=found[2],
        stack=tuple(stack),
    )

"""camille: its workbook, and what it prints while it runs.

A person who runs it marks the consent in the first column. Its time has a month that counts from
0. Whose a call is it tells from a word anywhere in the stack, so that only the stack is believed.
Console lines carry no marker of consent.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from chengnuo.adapters.behaviour_logs.local_times import zero_based_month
from chengnuo.adapters.behaviour_logs.sheets import Sheet
from chengnuo.adapters.behaviour_logs.stacks import MOST_FRAMES, stack_of
from chengnuo.adapters.behaviour_logs.values import KindsIn, kinds_of, names_of
from chengnuo.domain.observation.runtime_event import Lost, RunPhase, RuntimeEvent

FIRST_HEAD: Final = "隐私政策状态"
CONSOLE: Final = "APP行为："
_COLUMNS: Final = 7
_BEFORE: Final = "同意隐私政策前"
_AFTER: Final = "同意隐私政策后"
_LINE: Final = re.compile(
    r"\[\*\] (?P<time>[\d\- :]{8,20})，APP行为：(?P<action>[^、]*)、行为主体：(?P<label>[^、]*)、"
    r"行为描述：(?P<detail>.*?)、传入参数：(?P<arguments>.*)"
)
_END: Final = "--end--"
_VALUE: Final = re.compile(r"[：:].*|\d{4,}.*", re.DOTALL)


def workbook_events(
    sheets: Sequence[Sheet], kinds_in: KindsIn, lost: list[Lost]
) -> Iterator[RuntimeEvent]:
    """Yield the calls of a workbook."""
    for sheet in sheets:
        if not sheet.rows or not sheet.rows[0] or sheet.rows[0][0] != FIRST_HEAD:
            continue
        for number, row in enumerate(sheet.rows[1:], 2):
            if len(row) < _COLUMNS:
                lost.append(Lost(row=number, why="a row with too few columns"))
                continue
            state, time, label, action, detail, arguments, stack = row[:_COLUMNS]
            yield _call_event(
                number,
                _Told(time, label, action, detail, arguments, stack.splitlines()),
                kinds_in,
                phase=_phase(state),
            )


def console_events(
    lines: Iterable[tuple[int, str]], kinds_in: KindsIn, lost: list[Lost]
) -> Iterator[RuntimeEvent]:
    """Yield the calls that were printed."""
    begun: tuple[int, _Told] | None = None
    for number, line in lines:
        found = _LINE.search(line)
        if found is not None or _END in line:
            if begun is not None:
                yield _call_event(*begun, kinds_in)
            begun = None
        if found is not None:
            begun = (number, _told_of(found))
        elif begun is not None and len(begun[1].stack) < MOST_FRAMES:
            begun[1].stack.append(line)
    if begun is not None:
        lost.append(Lost(row=begun[0], why="the log ends in the middle of a record"))
        yield _call_event(*begun, kinds_in)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the tool tells of a call."""

    time: str
    label: str
    action: str
    detail: str
    arguments: str
    stack: list[str] = field(default_factory=list)


def _told_of(found: re.Match[str]) -> _Told:
    time, label, action, detail, arguments = found.group(
        "time", "label", "action", "detail", "arguments"
    )
    return _Told(time, label, action, detail, arguments)


def _call_event(
    row: int, told: _Told, kinds_in: KindsIn, *, phase: RunPhase = RunPhase.UNKNOWN
) -> RuntimeEvent:
    """Return the event of a call; what it gave back stands behind a colon and is left out."""
    return RuntimeEvent(
        row=row,
        at=zero_based_month(told.time),
        phase=phase,
        label=told.label.strip()[:80],
        action=f"{told.action} {_VALUE.sub('', told.detail)}".strip()[:80],
        stack=stack_of(list(told.stack)),
        names=names_of((told.arguments, told.detail)),
        kinds=kinds_of((told.arguments,), kinds_in),
    )


def _phase(state: str) -> RunPhase:
    if state.strip() == _BEFORE:
        return RunPhase.BEFORE_CONSENT
    return RunPhase.AFTER_CONSENT if state.strip() == _AFTER else RunPhase.UNKNOWN

"""PrivacySentry's lines in the log of the system, as `adb logcat` writes them in its formats.

Its tag is `PrivacyOfficer`. A call is `msg : <function>-<words>-<stack>`, with a line for each
frame but the last ended by `<-`; the line `check!!!` says that the call that follows comes before
the policy was shown. Lines of `threadtime`, `time`, `brief` and `tag`, and those of Android Studio,
each have their front; of `long` the front stands on a line of its own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from chengnuo.adapters.behaviour_logs.local_times import any_time
from chengnuo.adapters.behaviour_logs.privacy_sentry import is_marker, sentry_event
from chengnuo.adapters.behaviour_logs.stacks import MOST_FRAMES
from chengnuo.adapters.behaviour_logs.values import KindsIn
from chengnuo.domain.observation.runtime_event import Lost, RunPhase, RuntimeEvent

TAG: Final = "PrivacyOfficer"
_DAY: Final = r"(?P<day>(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2} [0-9:]{8}\.[0-9]{3,6})"
_LONG: Final = re.compile(rf"\[ {_DAY} +(?P<who>[0-9]+: *[0-9]+) [VDIWEF]/(?P<tag>[^ ]+) +\]\s*$")
_FRONTS: Final = (
    _LONG,
    re.compile(rf"{_DAY} +(?P<who>[0-9]+ +[0-9]+) [VDIWEF] (?P<tag>[^:]+?) *: (?P<said>.*)"),
    re.compile(rf"{_DAY} +(?P<who>[0-9]+-[0-9]+) +(?P<tag>[^ ]+) +[\w.:]+ +[VDIWEF]  (?P<said>.*)"),
    re.compile(rf"(?:{_DAY} )?[VDIWEF]/(?P<tag>[^(:]+?) *(?P<who>\( *[0-9]+\))?: (?P<said>.*)"),
)
_SAID: Final = re.compile(r"\s*msg : (.*)")
_CHECK: Final = "check!!!"
_GOES_ON: Final = "<-"
_FIRST_FRAME: Final = re.compile(r"-(?=(?:[\w$]+\.)+[\w$<>]+\([^()]*\))")
_MOST_BEFORE: Final = 1 << 16
_MOST_LINES: Final = MOST_FRAMES + 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the tag: its number, which thread wrote it and when, and what it says."""

    row: int
    who: str
    day: str | None
    said: str


@dataclass(slots=True)
class _Call:
    """A call whose lines are not all read."""

    row: int
    at: int | None
    is_before: bool
    lines: list[str] = field(default_factory=list)

    def is_whole(self) -> bool:
        return not self.lines[-1].rstrip().endswith(_GOES_ON) or len(self.lines) > _MOST_LINES


def sentry_line_events(
    lines: Iterable[tuple[int, str]], kinds_in: KindsIn, lost: list[Lost]
) -> Iterator[RuntimeEvent]:
    """Yield the calls in the order of the log.

    Calls before the row that marks the consent are before it, those after it after it; without one
    only those are before it that the log itself says so of. Times without a year are left out.

    Args:
        lines: The numbered lines of the log.
        kinds_in: Finds kinds of personal information.
        lost: Gets what could not be read.

    """
    waiting: list[RuntimeEvent] = []
    is_after = False
    for call in _calls(lines, lost):
        row = _row(call.lines)
        if row is None:
            lost.append(Lost(row=call.row, why="a record of another form"))
            continue
        if is_marker(row):
            yield from (replace(one, phase=RunPhase.BEFORE_CONSENT) for one in waiting)
            waiting, is_after = [], True
            continue
        known = RunPhase.BEFORE_CONSENT if call.is_before else RunPhase.UNKNOWN
        phase = RunPhase.AFTER_CONSENT if is_after and not call.is_before else known
        event = sentry_event(call.row, call.at, phase, row, kinds_in)
        if is_after:
            yield event
            continue
        waiting.append(event)
        if len(waiting) > _MOST_BEFORE:
            yield waiting.pop(0)
    yield from waiting


def _calls(lines: Iterable[tuple[int, str]], lost: list[Lost]) -> Iterator[_Call]:
    """Yield the calls, those of threads that write at the same time kept apart."""
    begun: dict[str, _Call] = {}
    warned: set[str] = set()
    for one in _said(lines):
        call = begun.get(one.who)
        first = _SAID.match(one.said)
        if _CHECK in one.said:
            warned.add(one.who)
            continue
        if first is not None:
            if call is not None:
                yield call
            call = begun[one.who] = _Call(one.row, any_time(one.day), one.who in warned)
            warned.discard(one.who)
        if call is not None and one.said.strip():
            call.lines.append(one.said if first is None else first[1])
            if call.is_whole():
                yield begun.pop(one.who)
    for call in begun.values():
        lost.append(Lost(row=call.row, why="the log ends in the middle of a record"))
        yield call


def _said(lines: Iterable[tuple[int, str]]) -> Iterator[_Line]:
    """Yield what stands in the lines of the tag, without their fronts."""
    before: re.Match[str] | None = None
    for number, line in lines:
        front = next((found for each in _FRONTS if (found := each.match(line))), None)
        if front is not None and front.re is _LONG:
            before = front
            continue
        told = front or before
        if told is not None and told["tag"].strip() == TAG:
            said = line if front is None else front["said"]
            yield _Line(number, told["who"] or "", told["day"], said)


def _row(lines: list[str]) -> tuple[str, str, str, str] | None:
    """Return a call as a row of the workbook: time, words, function, stack."""
    text = "\n".join(lines)
    split = _FIRST_FRAME.search(text)
    front, stack = (text, "") if split is None else (text[: split.start()], text[split.end() :])
    function, sign, words = front.partition("-")
    return ("", words, function, stack) if sign else None

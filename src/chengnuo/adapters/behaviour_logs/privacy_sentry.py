"""PrivacySentry's workbook: calls with their stacks, and a row that marks the consent.

Rows are sorted by time, since the order in the sheet is not that which its header names. What is
answered from its cache was not read. Rows from before it was set up have two columns swapped.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from chengnuo.adapters.behaviour_logs.local_times import without_year
from chengnuo.adapters.behaviour_logs.sheets import Sheet
from chengnuo.adapters.behaviour_logs.stacks import stack_of
from chengnuo.adapters.behaviour_logs.values import KindsIn, kinds_of, names_of
from chengnuo.domain.observation.runtime_event import Lost, RunPhase, RuntimeEvent

SHEET: Final = "隐私合规"
_MARKER: Final = "点击隐私协议确认"
_CACHED: Final = "命中缓存"
_ARGUMENTS: Final = "--参数:"
_THREAD: Final = re.compile(r"-?\s*线程名[:：].*", re.DOTALL)
_MEMBER: Final = re.compile(r"[A-Za-z_$][\w$]*")
_YEAR: Final = re.compile(r"privacy_result_(\d{2})-\d{2}-\d{2}")


def sentry_events(
    sheets: Sequence[Sheet], name: str, kinds_in: KindsIn, lost: list[Lost]
) -> Iterator[RuntimeEvent]:
    """Yield the calls by time.

    Args:
        sheets: The workbook.
        name: Name of the file, which tells the year.
        kinds_in: Finds kinds of personal information.
        lost: Gets what could not be read.

    """
    said = _YEAR.search(name)
    year = None if said is None else 2000 + int(said[1])
    rows: list[tuple[tuple[int, ...], int, int | None, Sequence[str]]] = []
    for number, row in enumerate(_calls(sheets), 2):
        at, order = without_year(row[0], year) if len(row) >= 4 else (None, None)  # noqa: PLR2004
        if order is None:
            lost.append(Lost(row=number, why="a row without a time"))
        else:
            rows.append((order, -number, at, row))  # the sheet is filled from its end
    rows.sort(key=lambda one: one[:2])
    marked = next((at for at, one in enumerate(rows) if is_marker(one[3])), None)
    for place, (_, number, at, row) in enumerate(rows):
        if is_marker(row):
            continue
        phase = RunPhase.UNKNOWN
        if marked is not None:
            phase = RunPhase.BEFORE_CONSENT if place < marked else RunPhase.AFTER_CONSENT
        yield sentry_event(-number, at, phase, row, kinds_in)


def _calls(sheets: Sequence[Sheet]) -> Iterator[Sequence[str]]:
    found = next((one for one in sheets if one.name == SHEET), None)
    yield from () if found is None else found.rows[1:]


def is_marker(row: Sequence[str]) -> bool:
    """Tell whether a row says that the individual agreed."""
    return _MARKER in {row[1].strip(), _THREAD.sub("", row[2]).strip()}


def sentry_event(
    number: int, at: int | None, phase: RunPhase, row: Sequence[str], kinds_in: KindsIn
) -> RuntimeEvent:
    """Return the call that a row of time, words, function and stack tells of."""
    alias, member = row[1].strip(), _THREAD.sub("", row[2]).strip().rstrip("-")
    if _MEMBER.fullmatch(member) is None and _MEMBER.fullmatch(_THREAD.sub("", alias).rstrip("-")):
        alias, member = member, _THREAD.sub("", alias).rstrip("-")
    words, _, arguments = alias.partition(_ARGUMENTS)
    return RuntimeEvent(
        row=number,
        at=at,
        phase=phase,
        action=words.removeprefix(_CACHED).strip("- ")[:80],
        signature=member if _MEMBER.fullmatch(member) else "",
        stack=stack_of(row[3]),
        names=names_of((arguments,)),
        kinds=kinds_of((arguments,), kinds_in),
        is_cached=words.startswith(_CACHED),
    )

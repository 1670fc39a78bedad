"""AppScan's list of what to watch (关注列表.xlsx): who did what, with the stack; no times.

The list of risks is not read: its program gives every risk the same level.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from chengnuo.adapters.behaviour_logs.sheets import Sheet
from chengnuo.adapters.behaviour_logs.stacks import stack_of
from chengnuo.domain.observation.runtime_event import Lost, RuntimeEvent

SHEET: Final = "关注列表"
_HEADS: Final = ("主体", "操作行为", "堆栈")


def list_events(sheets: Sequence[Sheet], lost: list[Lost]) -> Iterator[RuntimeEvent]:
    """Yield the rows of the list."""
    found = next((one for one in sheets if one.name == SHEET and one.rows), None)
    if found is None:
        return
    heads = list(found.rows[0])
    if any(head not in heads for head in _HEADS):
        lost.append(Lost(row=1, why="the list has other columns"))
        return
    label, action, stack = (heads.index(head) for head in _HEADS)
    for number, row in enumerate(found.rows[1:], 2):
        if len(row) <= max(label, action, stack):
            lost.append(Lost(row=number, why="a row with too few columns"))
            continue
        yield RuntimeEvent(
            row=number,
            label=row[label].strip()[:80],
            action=row[action].partition("：")[0][:80],
            stack=stack_of(row[stack]),
        )

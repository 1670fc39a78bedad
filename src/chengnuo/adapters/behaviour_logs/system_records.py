"""What a system itself records: the App Privacy Report of iOS, and operations of Android's apps."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from chengnuo.adapters.behaviour_logs.json_objects import decoded
from chengnuo.adapters.behaviour_logs.local_times import any_time
from chengnuo.domain.observation.runtime_event import Lost, RuntimeEvent, Sent

APPOP: Final = re.compile(r"^\s*(?:([A-Z][A-Z0-9_]{3,40})\s*[:(]|(Access|Reject):)")
_ACCESS: Final = re.compile(r"Access:\s*\[([a-z]+)-?[a-z,]*\]\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
_BEGINS: Final = frozenset(("intervalBegin", "event"))


def report_events(lines: Iterable[tuple[int, str]], lost: list[Lost]) -> Iterator[RuntimeEvent]:
    """Yield the accesses and hosts of an App Privacy Report, one JSON object a line."""
    for number, line in lines:
        if not line.strip():
            continue
        tree = decoded(line).tree
        if tree is None:
            lost.append(Lost(row=number, why="a line that is no JSON"))
            continue
        if tree.get("type") == "access" and tree.get("kind") in _BEGINS:
            accessor = tree.get("accessor")
            who = accessor.get("identifier", "") if isinstance(accessor, dict) else ""
            yield RuntimeEvent(
                row=number,
                at=any_time(tree.get("timeStamp")),
                label=str(who)[:120],
                action=str(tree.get("category", ""))[:40],
                signs=(str(tree.get("category", ""))[:40],),
            )
        elif tree.get("type") == "networkActivity" and tree.get("domain"):
            yield RuntimeEvent(
                row=number,
                at=any_time(tree.get("firstTimeStamp") or tree.get("timeStamp")),
                label=str(tree.get("bundleID", ""))[:120],
                action="networkActivity",
                sent=Sent(host=str(tree["domain"]).lower()[:255], scheme="tls"),
            )


def operation_events(lines: Iterable[tuple[int, str]]) -> Iterator[RuntimeEvent]:
    """Yield the operations of `dumpsys appops` that were made; refusals are passed over."""
    operation = ""
    for number, line in lines:
        found = APPOP.match(line)
        if found is not None and found[1]:
            operation = found[1]
        made = _ACCESS.search(line)
        if made is not None and operation:
            yield RuntimeEvent(
                row=number,
                at=any_time(made[2]),
                action=operation,
                signs=(operation,),
                in_background=made[1] in {"bg", "cch"},
            )

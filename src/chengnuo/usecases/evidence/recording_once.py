"""Recording an act once, whatever process died in the middle of it.

A row that says what is to be recorded is kept first. Whoever finds it later looks in the log for
the record, from the instant of the row on, and appends it only where it is not there.
"""

from datetime import datetime
from itertools import takewhile

import msgspec

from chengnuo.base.instant import to_us
from chengnuo.ports.evidence_log import Draft, Position
from chengnuo.usecases.evidence.recording import Recorder


def append_once(
    recorder: Recorder, draft: Draft, *, since: datetime, told_by: tuple[str, ...] = ()
) -> Position:
    """Append a record, durably, unless it was recorded; return where it stands.

    Args:
        recorder: Records.
        draft: The record.
        since: Instant from which on it may have been recorded.
        told_by: Members of the payload by which it is told from others; none for the whole of it.

    Raises:
        LogUnavailableError: The disk refused; nothing was recorded.

    """
    first = to_us(since)
    for one in takewhile(lambda each: each.leaf.at >= first, recorder.log.newest()):
        if one.leaf.kind != draft.kind:
            continue
        payload = recorder.payloads.opened(one).payload
        if payload is not None and _told(payload, told_by) == _told(draft.payload, told_by):
            return one.position
    return recorder.log.append([draft]).first


def _told(payload: bytes, members: tuple[str, ...]) -> object:
    if not members:
        return payload
    values = msgspec.json.decode(payload, type=dict[str, object])
    return [values.get(one) for one in members]

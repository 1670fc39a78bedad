"""The part of an audit pack about requests of individuals: which, when, whether in time."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.right_words import RIGHT
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.governance.audit_pack import PackColumn, PackPart, Value
from chengnuo.domain.rights.machine import FINAL, Stage
from chengnuo.domain.rights.stage_words import BY_WORDS, STAGE_WORDS
from chengnuo.law.civil import civil_date
from chengnuo.ports.rights import Case, Line, RightsStore
from chengnuo.usecases.governance.pack_sources import PackPeriod, day

_PAGE = 1_000
_COLUMNS = (
    PackColumn("id", Text("请求编号", "Request"), 2),
    PackColumn("right", Text("权利", "Right"), 2),
    PackColumn("by", Text("由谁提出", "Asked by"), 2),
    PackColumn("surface", Text("从哪里提出", "Where"), 1),
    PackColumn("received", Text("收到日", "Received"), 2),
    PackColumn("days", Text("期限（工作日）", "Working days"), 1),
    PackColumn("due", Text("最后一日", "Last day"), 2),
    PackColumn("extended", Text("曾延长", "Extended"), 1),
    PackColumn("stage", Text("状态（期末）", "State at the end"), 2),
    PackColumn("closed", Text("办结日", "Answered"), 2),
    PackColumn("inTime", Text("按期", "In time"), 1),
    PackColumn("positions", Text("日志位置", "Positions"), 3),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A request as it stood at the end of a period."""

    case: Case
    stage: Stage
    closed: Line | None
    positions: tuple[int, ...]


def rights_part(store: RightsStore, period: PackPeriod) -> PackPart:
    """Return the requests that came in, were answered or were open in the period."""
    rows, positions = list[tuple[Value, ...]](), set[int]()
    for seen in _seen(store, period):
        rows.append(_row(seen, period))
        positions.update(seen.positions)
    rows.sort(key=lambda row: (str(row[4]), str(row[0])))
    left = period.left_out(Kind.REQUEST_STATE, positions)
    beside = (
        Text("", "")
        if not left
        else Text(
            f"另有 {left} 条请求记录不属于这里列出的请求，因此未证明完整。",
            f" {left} records of requests belong to none of these, so completeness is not proved.",
        )
    )
    return PackPart(
        id="05-rights",
        title=Text("个人权利请求与期限", "Requests of individuals and their deadlines"),
        looked=Text(
            "看过全部请求；列出期间内收到、办结或者仍未结的。期限按官方工作日历计算；状态以期末为准。"
            f"不含请求人是谁和请求的内容。{beside.zh}",
            "All requests were looked at; those received, answered or open in the period stand"
            " here, as they were at its end. Working days are of the official calendar. Neither"
            f" who asked nor what was asked in words.{beside.en}",
        ),
        columns=_COLUMNS,
        rows=rows,
        records=tuple(sorted(positions)),
        complete=() if left else (Kind.REQUEST_STATE.value,),
    )


def _seen(store: RightsStore, period: PackPeriod) -> Iterator[_Seen]:
    skip, until = 0, period.until
    while page := store.queue(tuple(Stage), due_before=None, limit=_PAGE, skip=skip):
        skip += len(page)
        for case in page:
            if case.request.received > until:
                continue
            lines = [one for one in store.lines(case.request.id) if one.at <= until]
            stage = lines[-1].stage if lines else case.stage
            closed = next((one for one in lines if one.stage in FINAL), None)
            if closed is not None and closed.at not in period:
                continue
            at = tuple(one.position for one in lines if one.position is not None)
            yield _Seen(case=case, stage=stage, closed=closed, positions=at)


def _row(seen: _Seen, period: PackPeriod) -> tuple[Value, ...]:
    case, closed = seen.case, seen.closed
    ended = civil_date(period.until if closed is None else closed.at)
    return (
        case.request.id,
        RIGHT[case.request.right],
        BY_WORDS[case.request.by],
        case.request.surface,
        day(case.request.received),
        case.days,
        case.due_on.isoformat(),
        bool(case.extended),
        STAGE_WORDS[seen.stage],
        None if closed is None else day(closed.at),
        ended <= case.due_on,
        " ".join(f"#{one}" for one in seen.positions),
    )

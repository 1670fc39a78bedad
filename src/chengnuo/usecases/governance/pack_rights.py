"""The part of an audit pack about requests of individuals: which, when, whether in time."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.right_words import RIGHT
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.governance.audit_pack import PackPart
from chengnuo.domain.rights.machine import FINAL, Stage
from chengnuo.domain.rights.stage_words import BY_WORDS, STAGE_WORDS
from chengnuo.law.civil import civil_date
from chengnuo.ports.rights import Case, Line, RightsStore
from chengnuo.usecases.governance.pack_sources import PackPeriod, day
from chengnuo.usecases.governance.pack_tables import Shown, part_of

_PAGE = 1_000
_SURFACES = {
    "centre": Text("隐私中心", "Privacy centre"),
    "console": Text("控制台", "Console"),
    "api": Text("接口", "API"),
    "drp": Text("数据权利协议", "Data rights protocol"),
    "automatic": Text("自动", "Automatic"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A request as it stood at the end of a period."""

    case: Case
    stage: Stage
    closed: Line | None
    in_time: bool
    positions: tuple[int, ...]


def rights_part(store: RightsStore, period: PackPeriod) -> PackPart:
    """Return the requests that came in, were answered or were open in the period."""
    seen = sorted(
        _seen(store, period), key=lambda one: (one.case.request.received, one.case.request.id)
    )
    return part_of(
        "05-rights",
        Text("个人权利请求与期限", "Requests of individuals and their deadlines"),
        Text(
            "看过全部请求；列出期间内收到、办结或者仍未结的。期限按官方工作日历计算；状态以期末为准。"
            "不含请求人是谁和请求的内容。",
            "All requests were looked at; those received, answered or open in the period stand"
            " here, as they were at its end. Working days are of the official calendar. Neither"
            " who asked nor what was asked in words.",
        ),
        _COLUMNS,
        seen,
        period=period,
        records=(at for one in seen for at in one.positions),
        kinds=(Kind.REQUEST_STATE.value,),
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
            ended = civil_date(until if closed is None else closed.at)
            yield _Seen(
                case=case,
                stage=stage,
                closed=closed,
                in_time=ended <= case.due_on,
                positions=at,
            )


_COLUMNS: tuple[Shown[_Seen], ...] = (
    Shown("id", Text("请求编号", "Request"), 2, lambda one: str(one.case.request.id)),
    Shown("right", Text("权利", "Right"), 2, lambda one: RIGHT[one.case.request.right]),
    Shown("by", Text("由谁提出", "Asked by"), 2, lambda one: BY_WORDS[one.case.request.by]),
    Shown(
        "surface",
        Text("从哪里提出", "Where"),
        1,
        lambda one: _SURFACES.get(one.case.request.surface, one.case.request.surface),
    ),
    Shown("received", Text("收到日", "Received"), 2, lambda one: day(one.case.request.received)),
    Shown("days", Text("期限（工作日）", "Working days"), 1, lambda one: one.case.days),
    Shown("due", Text("最后一日", "Last day"), 2, lambda one: one.case.due_on.isoformat()),
    Shown("extended", Text("曾延长", "Extended"), 1, lambda one: bool(one.case.extended)),
    Shown("stage", Text("状态（期末）", "State at the end"), 2, lambda one: STAGE_WORDS[one.stage]),
    Shown(
        "closed",
        Text("办结日", "Answered"),
        2,
        lambda one: None if one.closed is None else day(one.closed.at),
    ),
    Shown("inTime", Text("按期", "In time"), 1, lambda one: one.in_time),
    Shown(
        "positions",
        Text("日志位置", "Positions"),
        3,
        lambda one: " ".join(f"#{at}" for at in one.positions),
    ),
)

"""Requests about rights as pages show them: one of every stage, plans of every sort of row."""

from datetime import UTC, date, datetime, timedelta

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.plan import (
    Belongs,
    ColumnAction,
    ColumnFate,
    Kept,
    Outside,
    Plan,
    Problem,
    ProblemKind,
    Referrers,
    Refusal,
    RowFate,
    Step,
    StorePlan,
)
from chengnuo.domain.rights.reply import Outcome, Reply, Stopped, StoreResult, StoreState
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    Ground,
    ReadAsked,
    RequestId,
    RightsRequest,
    Scope,
)
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.law.working_days import DueDate
from chengnuo.usecases.rights.seen import (
    FileSeen,
    Happened,
    OutsideSeen,
    OutsideState,
    RequestLine,
    RequestSeen,
    TaskKind,
    TaskSeen,
)

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
SECRET = "Oak Street 0, Nowhere"  # noqa: S105  a value that no page of plans may show
MAIN = Text("主数据库", "Main database")
PHONE = CategoryId("PI-BASIC-PHONE")


def request_of(
    number: int, right: Right = Right.DELETE, *, asked: Asked | None = None, **said: object
) -> RightsRequest:
    """Return a request."""
    given: dict[str, object] = {"by": AskedBy.INDIVIDUAL, "surface": "centre", **said}
    return RightsRequest(
        id=RequestId(f"rq-{'abcdefghijklmnopqrst'[:19]}{'abcdefghijklmnopqrstuvwx'[number]}"),
        right=right,
        person="f" * 64,
        app="jishi-app",
        received=NOW - timedelta(days=2),
        asked=asked or DeletionAsked(ground=Ground.WITHDRAWN),
        **given,  # type: ignore[arg-type]  # fields as given
    )


def plan_of(request: RightsRequest, *, blocked: bool = False) -> Plan:
    """Return a plan with every sort of row, column and problem."""
    kept = Kept(duty="EC-31", until=NOW + timedelta(days=1095))
    steps = (
        Step(table="login_log", group="a", belongs=Belongs.ALONE, rows=1204, fate=RowFate.DELETE),
        Step(
            table="orders",
            group="b",
            belongs=Belongs.REFERENCED,
            rows=12,
            fate=RowFate.CHANGE,
            columns=(
                ColumnAction(column="phone", category=PHONE, fate=ColumnFate.MASK),
                ColumnAction(
                    column="note",
                    category=None,
                    fate=ColumnFate.ANONYMISE,
                    instead_of="delete-row",
                ),
                ColumnAction(column="amount", category=None, fate=ColumnFate.KEEP, kept=kept),
            ),
            referrers=(Referrers(table="main.refunds", columns=("order_id",), mine=1, others=3),),
            why=Text("订单依法保留三年", "Orders are kept for three years by law"),
        ),
        Step(
            table="family_group",
            group="c",
            belongs=Belongs.SHARED,
            rows=1,
            fate=RowFate.KEEP,
            columns=(
                ColumnAction(column="member_a", category=None, fate=ColumnFate.NULL),
                ColumnAction(column="member_b", category=None, fate=ColumnFate.WITHHELD),
            ),
        ),
    )
    problems = (
        Problem(
            kind=ProblemKind.UNDECLARED_COLUMN,
            table="orders",
            column="gift_note",
            blocks=False,
            what=Text("登记簿没有这一列，补登记后再查", "Not declared; declare it and look again"),
        ),
        *(
            (
                Problem(
                    kind=ProblemKind.NOT_NULL,
                    table="login_log",
                    column="ip",
                    blocks=True,
                    what=Text(
                        "这一列必填，不能清空；请改为遮盖",
                        "The column takes no NULL; mask it instead",
                    ),
                ),
            )
            if blocked
            else ()
        ),
    )
    return Plan(
        request=request,
        register="7c1f90ab22e4" + "0" * 52,
        law="2026.11",
        at=NOW - timedelta(days=1),
        stores=(
            StorePlan(store="main", name=MAIN, schema="a" * 64, steps=steps, problems=problems),
            StorePlan(
                store="paper",
                name=Text("纸质回执", "Paper slips"),
                schema="",
                steps=(),
                by_hand=True,
            ),
        ),
        outside=(
            Outside(
                recipient="sentry",
                name=Text("崩溃分析", "Crash reports"),
                kind="delete",
                categories=(PHONE,),
            ),
        ),
        refusals=(
            Refusal(
                code="duty-of-law",
                articles=("PIPL-47",),
                what=Text("交易记录", "Records of orders"),
                why=Text("法律要求继续保存", "Law demands keeping them"),
            ),
        ),
        basis=("PIPL-47", "191-6.4"),
    )


def seen_of(stage: Stage, number: int = 0, **said: object) -> RequestSeen:
    """Return a request that stands somewhere."""
    request = said.pop("request", None) or request_of(number)
    assert isinstance(request, RightsRequest)
    planned = stage not in {Stage.NEEDS_IDENTITY, Stage.NEEDS_PLAN, Stage.TAKEN_BACK}
    given: dict[str, object] = {
        "due": DueDate(on=date(2026, 12, 11), provisional=False, likely=date(2026, 12, 11)),
        "days_left": 14,
        "extended": "",
        "take_back_until": None,
        "timeline": (
            Happened(at=request.received, event=None, stage=stage, by="individual", note=""),
            Happened(
                at=NOW - timedelta(days=1),
                event=Event.PLANNED_FOR_RELEASE,
                stage=stage,
                by="system",
                note="",
            ),
        ),
        "plan": plan_of(request, blocked=stage is Stage.PARKED) if planned else None,
        "results": (),
        "outside": (),
        "tasks": (),
        "files": (),
        "reply": None,
        "stopped": None,
        "like": (),
        **said,
    }
    return RequestSeen(request=request, stage=stage, **given)  # type: ignore[arg-type]  # fields as given


def parked() -> RequestSeen:
    """A request that stands still, overdue, with a task and another like it."""
    request = request_of(1)
    return seen_of(
        Stage.PARKED,
        request=request,
        due=DueDate(on=date(2026, 11, 18), provisional=False, likely=date(2026, 11, 18)),
        days_left=-3,
        like=(request_of(2).id,),
        stopped=Stopped(
            code="not-null",
            what=Text("主数据库不能开始", "The main database cannot be begun"),
            action=Text("把登记簿里的“清空”改为“遮盖”", "Mask the column instead of emptying it"),
        ),
        tasks=(task_of(request),),
    )


def fulfilled() -> RequestSeen:
    """A request that was answered in part."""
    request = request_of(3)
    results = (
        StoreResult(
            store="main",
            name=MAIN,
            state=StoreState.DONE,
            found=1217,
            deleted=1204,
            changed=12,
            kept=1,
            residue=0,
            at=NOW,
        ),
        StoreResult(
            store="paper",
            name=Text("纸质回执", "Paper slips"),
            state=StoreState.STOPPED,
            stopped=Stopped(
                code="unavailable",
                what=Text("连不上", "It does not answer"),
                action=Text("检查网络", "Check the network"),
            ),
        ),
    )
    reply = Reply(
        outcome=Outcome.PARTLY,
        at=NOW,
        stores=results,
        kept=(Kept(duty="EC-31", until=NOW + timedelta(days=1095)),),
        refusals=plan_of(request).refusals,
        told=(Text("崩溃分析", "Crash reports"),),
        not_told=(),
        remedies=(Text("向我们投诉", "Complain to us"),),
        letter=Text("您的请求已经部分办理。", "Your request has been carried out in part."),
    )
    return seen_of(
        Stage.PARTLY,
        request=request,
        extended="数据量大",
        results=results,
        reply=reply,
        outside=(
            OutsideSeen(
                id="n1",
                recipient="sentry",
                name=Text("崩溃分析", "Crash reports"),
                state=OutsideState.ACKNOWLEDGED,
                attempts=2,
                next_at=None,
            ),
        ),
        files=(
            FileSeen(
                part=1,
                name="chengnuo-copy-1.zip",
                size=20480,
                sha256="b" * 64,
                expires=NOW + timedelta(days=14),
            ),
        ),
    )


def correction() -> RequestSeen:
    """A request for correction: its values are personal."""
    changes = (ColumnChange(table="main.address", row="[1]", column="street", value=SECRET),)
    asked = CorrectionAsked(changes=changes, reason=SECRET)
    return seen_of(Stage.NEEDS_RELEASE, request=request_of(4, Right.CORRECT, asked=asked))


def copy() -> RequestSeen:
    """A request for a copy of some of it, made for a close relative, on the last day."""
    asked = ReadAsked(
        scope=Scope(activities=(ActivityId("nearby-stores"),), categories=(PHONE,)),
        formats=("json", "html"),
    )
    request = request_of(5, Right.COPY, asked=asked, by=AskedBy.CLOSE_RELATIVE, surface="console")
    due = DueDate(on=date(2027, 1, 4), provisional=True, likely=date(2027, 1, 6))
    return seen_of(Stage.NEEDS_IDENTITY, request=request, due=due, days_left=0)


def task_of(request: RightsRequest, *, done: bool = False) -> TaskSeen:
    """Return a task of a request."""
    return TaskSeen(
        id=f"{request.id}-paper",
        request=request.id,
        store="main",
        kind=TaskKind.STORE,
        what=Text("销毁纸质回执", "Destroy the paper slips"),
        done_by="staff-of-the-log" if done else "",
        done_at=NOW if done else None,
        note="已粉碎" if done else "",
    )


def every_scene() -> tuple[RequestSeen, ...]:
    """Return one request of every stage, and those with something of their own."""
    plain = tuple(seen_of(stage, 6 + place) for place, stage in enumerate(Stage))
    return (parked(), fulfilled(), correction(), copy(), *plain)


def line_of(seen: RequestSeen) -> RequestLine:
    """Return a request as the queue has it."""
    request = seen.request
    return RequestLine(
        id=request.id,
        right=request.right.value,
        by=request.by,
        stage=seen.stage,
        received=request.received,
        due=seen.due,
        days_left=seen.days_left,
        stopped="" if seen.stopped is None else seen.stopped.code,
    )

"""Requests as doors see them, put together by hand."""

from datetime import UTC, date, datetime, timedelta

from chengnuo.base.text import Text
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.plan import Kept, Refusal
from chengnuo.domain.rights.reply import Outcome, Reply, StoreResult, StoreState
from chengnuo.domain.rights.request import (
    AskedBy,
    DeletionAsked,
    Ground,
    RequestId,
    RightsRequest,
)
from chengnuo.law.rights import Right
from chengnuo.law.working_days import DueDate
from chengnuo.usecases.rights.seen import (
    FileSeen,
    Happened,
    RequestLine,
    RequestSeen,
    TaskKind,
    TaskSeen,
)

AT = datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
ID = RequestId("rq-abcdefghijklmnopqrst")
PERSON = "5e" * 32
REQUEST = RightsRequest(
    id=ID,
    right=Right.DELETE,
    person=PERSON,
    by=AskedBy.INDIVIDUAL,
    app="shop",
    surface="centre",
    received=AT,
    asked=DeletionAsked(ground=Ground.WITHDRAWN),
)
DUE = DueDate(on=date(2026, 12, 18), provisional=False, likely=date(2026, 12, 18))
FILE = FileSeen(part=1, name="copy.zip", size=7, sha256="0" * 64, expires=AT + timedelta(days=7))
TASK = TaskSeen(
    id="task-1",
    request=ID,
    store="paper",
    kind=TaskKind.STORE,
    what=Text("销毁纸质档案", "Destroy the paper files"),
    done_by="",
    done_at=None,
    note="",
)
REFUSAL = Refusal(
    code="kept-by-law",
    articles=("PIPL-47",),
    what=Text("订单", "orders"),
    why=Text("法定保存期未满", "the period set by law is not over"),
)


def seen(  # noqa: PLR0913  one for each thing that can differ
    stage: Stage,
    *,
    request: RightsRequest = REQUEST,
    extended: str = "",
    files: tuple[FileSeen, ...] = (),
    tasks: tuple[TaskSeen, ...] = (),
    event: Event | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> RequestSeen:
    """Return a request at a stage."""
    closed = stage in {Stage.FULFILLED, Stage.PARTLY, Stage.REFUSED}
    result = StoreResult(
        store="shop-db",
        name=Text("商城库", "shop database"),
        state=StoreState.DONE,
        found=3,
        deleted=2,
        kept=1,
        residue=0,
        at=AT,
    )
    return RequestSeen(
        request=request,
        stage=stage,
        due=DUE,
        days_left=15,
        extended=extended,
        take_back_until=None,
        timeline=(Happened(at=AT, event=event, stage=stage, by="ada.chen", note=""),),
        plan=None,
        results=(result,) if closed else (),
        outside=(),
        tasks=tasks,
        files=files,
        reply=Reply(
            outcome=Outcome(stage.value),
            at=AT,
            stores=(result,),
            kept=(Kept(duty="ECL-31", until=AT + timedelta(days=1000)),),
            refusals=refusals,
            told=(),
            not_told=(),
            remedies=(Text("可以投诉", "you can complain"),),
            letter=Text("答复全文", "the whole answer"),
        )
        if closed
        else None,
        stopped=None,
        like=(),
    )


def line(days_left: int, stage: Stage = Stage.QUEUED, request: str = ID) -> RequestLine:
    """Return a request of a queue."""
    return RequestLine(
        id=RequestId(request),
        right="delete",
        by=AskedBy.INDIVIDUAL,
        stage=stage,
        received=AT,
        due=DUE,
        days_left=days_left,
        stopped="",
    )

"""A published board by hand: a row of each status, controls of both sorts, a log that is none."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from chengnuo.base.text import Text
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.public_board import PublicBoard, PublicControl, PublicLog, PublicRow
from chengnuo.law.catalogue import Catalogue

ON = date(2026, 11, 30)
AT = datetime(2026, 11, 30, 2, 5, tzinfo=UTC)
LOG = PublicLog(origin="log.example/shop", size=1234, vkey="log.example/shop+00000000+AA==")
PROOFS = {"duty-1": "proof-duty-1.json"}


def control(number: int, *, count: int | None, position: int | None, outcome: str) -> PublicControl:
    return PublicControl(
        id=f"control-{number}",
        title=Text(f"检查{number}都符合", f"Control {number} holds"),
        looks_at=Text("同意的记录", "records of consent"),
        fails_when=Text("缺少其中一项", "one is missing"),
        how_often=Text("每天", "Every day"),
        over="records",
        outcome=outcome,
        said=Text("逐条核对，全部符合", "each looked at, all as they should be"),
        looked_at=count,
        ran=None if position is None else AT,
        position=position,
    )


def board_of_statuses(catalogue: Catalogue, statuses: Sequence[RowStatus]) -> PublicBoard:
    """Rows of the first duties of the catalogue's sets, standing so."""
    duties = [duty for name in ("duty", "pledge", "action524") for duty in catalogue.in_set(name)]
    controls = (
        control(1, count=120, position=41, outcome="passed"),
        control(2, count=None, position=None, outcome="passed"),
    )
    return PublicBoard(
        handler=Text("示例公司 <甲> & 乙", "Sample <A> & B Ltd"),
        on=ON,
        register="ab" * 32,
        law="2026-11",
        rows=tuple(
            PublicRow(
                duty=duty,
                status=status,
                why=Text("缘由。", "The reason."),
                controls=controls if status is RowStatus.SHOWN else (),
            )
            for duty, status in zip(duties, statuses, strict=False)
        ),
        log=LOG,
    )

"""The controls over requests about rights: answered in time, erased for good, cancelled in time.

Each counts real requests and names them. The times are those of the requests themselves and, for
correction, deletion and cancellation in apps, the fifteen working days of 191号文 6.3, which no
extension moves. A deletion counts once the stores were looked at again (191号文 6.4).
"""

from collections.abc import Callable
from datetime import date

from chengnuo.base.text import Text
from chengnuo.domain.finding.live import Fault, Looked, RecordsControl
from chengnuo.domain.finding.rights_records import RightSeen, RightsRecords
from chengnuo.domain.finding.rule import duties as ids_of_duties
from chengnuo.law.rights import Right

_COPIES = frozenset({Right.ACCESS, Right.COPY, Right.TRANSFER})
_MENDED = frozenset({Right.CORRECT, Right.SUPPLEMENT, Right.DELETE})
_ERASED = frozenset({Right.DELETE, Right.CANCEL_ACCOUNT})
_CANCELLED = frozenset({Right.CANCEL_ACCOUNT})
_REVIEWED = frozenset({Right.REFUSE_AUTOMATED})
_EXPLAINED = frozenset({Right.EXPLAIN_AUTOMATED})


def copies_in_time(records: RightsRecords) -> Looked:
    """Access, copies and transfers are answered by the day that was promised."""
    looked = _in_time(records, _COPIES, lambda one: one.due)
    copies = sum(one.copies for one in records.requests if one.right in _COPIES)
    return _with(looked, Text(f"给出副本 {copies} 份。", f"{copies} copies were handed out."))


def mended_in_time(records: RightsRecords) -> Looked:
    """Corrections and deletions are answered within fifteen working days."""
    return _in_time(records, _MENDED, lambda one: min(one.due, one.within_15))


def cancelled_in_time(records: RightsRecords) -> Looked:
    """Accounts are cancelled within fifteen working days."""
    return _in_time(records, _CANCELLED, lambda one: min(one.due, one.within_15))


def reviews_in_time(records: RightsRecords) -> Looked:
    """Refusals of automated decisions are answered by a person by the day that was promised."""
    return _in_time(records, _REVIEWED, lambda one: one.due)


def explained_in_time(records: RightsRecords) -> Looked:
    """Explanations are given by the day that was promised."""
    return _in_time(records, _EXPLAINED, lambda one: one.due)


def looked_again(records: RightsRecords) -> Looked:
    """What was erased was looked for again in every store, and nothing was left."""
    seen = [
        one
        for one in records.requests
        if one.right in _ERASED and one.closed is not None and one.looked_again + one.not_looked
    ]
    clean = sum(not one.residue and not one.not_looked for one in seen)
    return Looked(
        count=len(seen),
        faults=tuple(
            Fault(
                position=0,
                request=one.request,
                what=Text(
                    f"复查还找到 {one.residue} 行", f"{one.residue} rows were found afterwards"
                ),
            )
            for one in seen
            if one.residue
        ),
        blind=sum(bool(one.not_looked) for one in seen),
        said=Text(
            f"{len(seen)} 件删除了数据，其中 {clean} 件在各存储复查，残留 0 行。",
            f"Of {len(seen)} that erased something, {clean} were looked for again in every store"
            " with nothing left.",
        )
        if seen
        else None,
        newest=seen[0].request if seen else "",
    )


def _in_time(
    records: RightsRecords, rights: frozenset[Right], last_day: Callable[[RightSeen], date]
) -> Looked:
    """Count what was answered, and what is open although its last day is over."""
    seen = [
        one
        for one in records.requests
        if one.right in rights and (one.closed is not None or last_day(one) < records.today)
    ]
    late = [one for one in seen if (one.closed or records.today) > last_day(one)]
    kept = len(seen) - len(late)
    return Looked(
        count=len(seen),
        faults=tuple(
            Fault(position=0, request=one.request, what=_late(one, last_day(one))) for one in late
        ),
        said=Text(
            f"按期答复 {kept}/{len(seen)} 件，最近一件 {seen[0].received.isoformat()} 收到。",
            f"{kept} of {len(seen)} answered in time; the newest came in on"
            f" {seen[0].received.isoformat()}.",
        )
        if seen
        else None,
        newest=seen[0].request if seen else "",
    )


def _late(one: RightSeen, last_day: date) -> Text:
    by = last_day.isoformat()
    if one.closed is None:
        return Text(f"应在 {by} 前答复，还没有答复", f"due by {by} and not answered yet")
    on = one.closed.isoformat()
    return Text(f"应在 {by} 前答复，{on} 才答复", f"due by {by}, answered on {on}")


def _with(looked: Looked, more: Text) -> Looked:
    if looked.said is None:
        return looked
    said = Text(looked.said.zh + more.zh, f"{looked.said.en} {more.en}")
    return Looked(count=looked.count, faults=looked.faults, said=said, newest=looked.newest)


def confirmed(records: RightsRecords) -> Looked:
    """Every party outside that was told to delete, correct or stop has said that it did."""
    return Looked(
        count=records.told,
        faults=tuple(
            Fault(
                position=0,
                request=one,
                what=Text("接收方没有确认已经办理", "a recipient has not confirmed that it did"),
            )
            for one in records.unconfirmed
        ),
    )


CONTROLS: tuple[RecordsControl[RightsRecords], ...] = (
    RecordsControl(
        id="recipients-confirm",
        duties=ids_of_duties("duty-6", "duty-13"),
        whole=frozenset(),
        title=Text(
            "撤回、更正、删除转告接收方后得到确认",
            "Recipients confirm what they were told to stop, correct or delete",
        ),
        looks_at=Text("转告接收方的通知和任务", "Notices to recipients, and tasks to tell them"),
        fails_when=Text("发出七天后仍没有确认", "Not confirmed within seven days"),
        rests_on=ids_of_duties("PIPL-21", "PIPL-47"),
        fix=Text(
            "催办；仍不确认的，在监督卷宗登记并考虑终止提供。",
            "Press it; if it stays silent, enter that in its supervision and think of ending it.",
        ),
        samples=True,
        check=confirmed,
    ),
    RecordsControl(
        id="reviews-answered-in-time",
        duties=ids_of_duties("duty-9"),
        whole=frozenset(),
        title=Text(
            "拒绝仅由机器决定的，由人按期答复", "Refused machine decisions answered in time"
        ),
        looks_at=Text("已答复或已超期的请求", "Requests answered or overdue"),
        fails_when=Text("答复晚于期限，或超期未答复", "An answer is late or is missing"),
        rests_on=ids_of_duties("PIPL-24.3"),
        samples=True,
        check=reviews_in_time,
    ),
    RecordsControl(
        id="automated-explained-in-time",
        duties=ids_of_duties("duty-9"),
        whole=frozenset(),
        title=Text("要求说明自动化决策的，按期答复", "Explanations of decisions given in time"),
        looks_at=Text("已答复或已超期的请求", "Requests answered or overdue"),
        fails_when=Text("答复晚于期限，或超期未答复", "An answer is late or is missing"),
        rests_on=ids_of_duties("PIPL-24.3", "PIPL-48"),
        samples=True,
        check=explained_in_time,
    ),
    RecordsControl(
        id="copies-answered-in-time",
        duties=ids_of_duties("duty-12", "pledge-6"),
        whole=frozenset(ids_of_duties("duty-12")),
        title=Text("查阅、复制、转移按期答复", "Access, copies and transfers answered in time"),
        looks_at=Text("已答复或已超期的请求", "Requests answered or overdue"),
        fails_when=Text("答复晚于期限，或超期未答复", "An answer is late or is missing"),
        rests_on=ids_of_duties("PIPL-45", "PIPL-50"),
        samples=True,
        check=copies_in_time,
    ),
    RecordsControl(
        id="mended-in-time",
        duties=ids_of_duties("duty-13", "pledge-6"),
        whole=frozenset(),
        title=Text(
            "更正、补充、删除在十五个工作日内答复（191号文 6.3）",
            "Corrections and deletions answered within 15 working days (Notice 191, 6.3)",
        ),
        looks_at=Text("已答复或已超期的请求", "Requests answered or overdue"),
        fails_when=Text("超过十五个工作日", "It took over 15 working days"),
        rests_on=ids_of_duties("PIPL-46", "PIPL-47", "191-6.3"),
        samples=True,
        check=mended_in_time,
    ),
    RecordsControl(
        id="erased-and-looked-again",
        duties=ids_of_duties("duty-13", "pledge-7"),
        whole=frozenset(ids_of_duties("duty-13")),
        title=Text(
            "删除后逐个存储复查，没有残留（191号文 6.4）",
            "What was erased was looked for again, and nothing was left (Notice 191, 6.4)",
        ),
        looks_at=Text("删除了数据的请求", "Requests that erased something"),
        fails_when=Text("复查还找到应删的行", "Rows were found that should be gone"),
        rests_on=ids_of_duties("PIPL-47", "191-6.4"),
        samples=True,
        check=looked_again,
    ),
    RecordsControl(
        id="cancelled-in-time",
        duties=ids_of_duties("pledge-7"),
        whole=frozenset(ids_of_duties("pledge-7")),
        title=Text(
            "注销账户在十五个工作日内完成（191号文 6.3）",
            "Accounts cancelled within 15 working days (Notice 191, 6.3)",
        ),
        looks_at=Text("已完成或已超期的注销请求", "Cancellations done or overdue"),
        fails_when=Text("超过十五个工作日", "It took over 15 working days"),
        rests_on=ids_of_duties("191-6.3"),
        samples=True,
        check=cancelled_in_time,
    ),
)

"""Compliance audits: planned, worked through item by item, reported, mended (PIPL Arts. 54, 64).

It is reported once every item of its working papers has a conclusion; what does not conform has a
day by which it is mended, and the audit is closed once all of it is. The audit of minors'
information is filed by the end of January of the next year; an audit that a department ordered is
done by a professional body, and a report on what was mended sent within its working days.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_conclusions import (
    FAULTY,
    ITEM,
    NOT_APPLICABLE,
    OTHER,
    RESULTS,
    open_items,
)
from chengnuo.domain.dossier.audit_items.all_items import ITEMS
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, day, digest, line, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId, FigureId

WORKING, REPORTED, MENDED, CLOSED = "working", "reported", "mended", "closed"
PLAN, REPORT, MEND, FILE, CLOSE = "plan", "report", "mend", "file", "close"
REGULAR, _MINORS, _ORDERED, EXTERNAL = "regular", "minors", "ordered", "external"
_NAMED = 5
"""How many open items a refusal names."""

KINDS = (
    Choice(REGULAR, Text("定期审计", "Regular")),
    Choice(_MINORS, Text("未成年人信息审计", "Of minors' information")),
    Choice(_ORDERED, Text("按要求审计", "Ordered by a department")),
)
BY_WHOM = (
    Choice("internal", Text("内部机构", "Own staff")),
    Choice(EXTERNAL, Text("专业机构", "Professional body")),
)
ITEM_CHOICES = (
    *(Choice(one.id, one.text) for one in ITEMS.values()),
    Choice(OTHER, Text("清单以外的条目", "An item beyond the list")),
)


def _is_ordered(dossier: Dossier) -> bool:
    return dossier.value("kind") == _ORDERED


def _of_minors(dossier: Dossier) -> bool:
    return dossier.value("kind") == _MINORS


def _plan_holds(_: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    if str(fields["period-to"]) < str(fields["period-from"]):
        return Text("审计期间的止早于起。", "the period ends before it begins.")
    if fields["kind"] != _ORDERED:
        return None
    if fields["by-whom"] != EXTERNAL:
        return Text(
            "主管部门要求的审计须委托专业机构进行。",
            "an audit that a department orders is done by a professional body.",
        )
    if "authority" not in fields or "ordered-on" not in fields:
        return Text(
            "请写明哪个部门、哪一天要求审计。", "say which department ordered it, and on which day."
        )
    return None


def _item_holds(_: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    if fields["item"] == OTHER and "duty" not in fields:
        return Text("清单以外的条目请写明依据。", "say what an item beyond the list is held to.")
    if fields["result"] in FAULTY and "due" not in fields:
        return Text(
            "不符合或者部分符合的，请定整改期限。",
            "what does not conform takes a day by which it is mended.",
        )
    if fields["result"] == NOT_APPLICABLE and "due" in fields:
        return Text("不适用的条目没有整改期限。", "what does not apply has nothing to be mended.")
    return None


def _has_no_open_item(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    left = () if dossier is None else open_items(dossier)
    if not left:
        return None
    more_zh, more_en = ("等", " and others") if len(left) > _NAMED else ("", "")
    zh = "、".join(one.text.zh for one in left[:_NAMED])
    en = ", ".join(one.text.en or one.id for one in left[:_NAMED])
    return Text(
        f"还有 {len(left)} 个条目没有结论：{zh}{more_zh}。",
        f"{len(left)} items have no conclusion yet: {en}{more_en}.",
    )


def _may_close(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None:
        return None
    if (_of_minors(dossier) or _is_ordered(dossier)) and dossier.last(FILE) is None:
        return Text("还没有登记报送。", "that it was filed is not entered yet.")
    return None


AUDIT = DossierSort(
    id="audit",
    prefix="au",
    path="audits",
    text=Text("合规审计", "Compliance audit"),
    lead=Text(
        "逐条审计，逐条附证据；报告、整改、报送都有记录。",
        "Item by item, each with its evidence; report, mending and filing are on record.",
    ),
    rests_on=(DutyId("PIPL-54"), DutyId("NDSR-27")),
    title_from="title",
    states=(
        StateSort(id=WORKING, text=Text("审计中", "Being audited")),
        StateSort(id=REPORTED, text=Text("已出报告", "Reported")),
        StateSort(id=MENDED, text=Text("已整改", "Mended")),
        StateSort(id=CLOSED, text=Text("已办结", "Closed"), final=True),
    ),
    acts=(
        ActSort(
            what=PLAN,
            text=Text("开始审计", "Begin an audit"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=WORKING,
            fields=(
                line("title", "名称", "Title"),
                choice("kind", "种类", "Kind", KINDS),
                choice("by-whom", "由谁审计", "Audited by", BY_WHOM),
                line("auditor", "审计机构或者部门", "Body or office"),
                line(
                    "lead",
                    "审计负责人",
                    "Who leads it",
                    hint=Text("写岗位或者编号，不写姓名。", "An office or a number, not a name."),
                    must=False,
                ),
                line("authority", "要求审计的部门", "Department that ordered it", must=False),
                day("ordered-on", "要求的日期", "Ordered on", must=False),
                day("period-from", "审计期间起", "Period from"),
                day("period-to", "审计期间止", "Period to"),
                day("end-by", "完成期限", "To be reported by"),
            ),
            check=_plan_holds,
        ),
        ActSort(
            what=ITEM,
            text=Text("登记审计条目", "Enter an item"),
            by=DESK,
            after=frozenset({WORKING}),
            fields=(
                choice("item", "条目", "Item", ITEM_CHOICES),
                line(
                    "duty",
                    "依据",
                    "Held to",
                    hint=Text(
                        "清单以外的条目必填，如 PIPL-55。",
                        "For an item beyond the list, as PIPL-55.",
                    ),
                    must=False,
                ),
                choice("result", "结论", "Result", RESULTS),
                text(
                    "finding",
                    "情况",
                    "What was found",
                    hint=Text(
                        "不写个人信息；不适用的写明理由。",
                        "No personal information; say why, where it does not apply.",
                    ),
                    private=False,
                ),
                text(
                    "samples",
                    "抽样",
                    "Samples",
                    hint=Text(
                        "看了哪些、怎样抽取、多少，不写个人信息。",
                        "Which, how they were drawn, how many; no personal information.",
                    ),
                    must=False,
                    private=False,
                ),
                line(
                    "evidence",
                    "证据",
                    "Evidence",
                    hint=Text("日志位置、发现编号或者文件名。", "Positions, findings or files."),
                    must=False,
                ),
                digest("file", "证明文件的哈希", "Hash of the evidence"),
                day("due", "整改期限", "To be mended by", must=False),
            ),
            check=_item_holds,
        ),
        ActSort(
            what=REPORT,
            text=Text("出具报告", "Report"),
            by=DESK,
            after=frozenset({WORKING}),
            to=REPORTED,
            fields=(
                text("summary", "结论", "Conclusion", private=False),
                digest("file", "报告文件的哈希", "Hash of the report"),
            ),
            check=_has_no_open_item,
        ),
        ActSort(
            what=MEND,
            text=Text("整改完成", "Mended"),
            by=DESK,
            after=frozenset({REPORTED}),
            to=MENDED,
            fields=(
                day("done-on", "完成日期", "Done on"),
                text("what", "怎样整改", "What was done", private=False),
            ),
        ),
        ActSort(
            what=FILE,
            text=Text("登记报送", "Enter that it was filed"),
            by=DESK,
            after=frozenset({REPORTED, MENDED}),
            fields=(
                line("authority", "报送给谁", "To whom"),
                day("filed-on", "报送日期", "Filed on"),
                line("reference", "回执或者编号", "Receipt or reference", must=False),
            ),
        ),
        ActSort(
            what=CLOSE,
            text=Text("办结", "Close"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({REPORTED, MENDED}),
            to=CLOSED,
            not_by_author_of=frozenset({REPORT}),
            check=_may_close,
        ),
    ),
    clocks=(
        ClockSort(
            id="report",
            text=Text("出具报告", "Report"),
            starts=frozenset({PLAN}),
            stops=frozenset({REPORT}),
            until_field="end-by",
        ),
        ClockSort(
            id="file-minors",
            text=Text("报送未成年人信息审计情况", "File the audit of minors' information"),
            figure=FigureId("TD-A7"),
            starts=frozenset({PLAN}),
            stops=frozenset({FILE}),
            from_field="period-from",
            runs=_of_minors,
        ),
        ClockSort(
            id="file-mended",
            text=Text("报送整改报告", "Send the report on the mending"),
            figure=FigureId("TD-U8"),
            starts=frozenset({MEND}),
            stops=frozenset({FILE}),
            from_field="done-on",
            runs=_is_ordered,
        ),
    ),
)

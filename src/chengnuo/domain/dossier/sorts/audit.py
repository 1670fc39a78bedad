"""Compliance audits: planned, worked through item by item, reported, mended (PIPL Arts. 54, 64).

The audit of minors' information is filed by the end of January of the next year; what an ordered
audit found is mended, and a report on that sent within its working days.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, count, day, digest, line, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId, FigureId

WORKING, REPORTED, MENDED, CLOSED = "working", "reported", "mended", "closed"
PLAN, ITEM, REPORT, MEND, FILE, CLOSE = "plan", "item", "report", "mend", "file", "close"
_MINORS, _ORDERED = "minors", "ordered"

KINDS = (
    Choice("regular", Text("定期审计", "Regular")),
    Choice(_MINORS, Text("未成年人信息审计", "Of minors' information")),
    Choice(_ORDERED, Text("按要求审计", "Ordered by a department")),
)
BY_WHOM = (
    Choice("internal", Text("内部机构", "Own staff")),
    Choice("external", Text("专业机构", "Professional body")),
)
RESULTS = (
    Choice("conforms", Text("符合", "Conforms")),
    Choice("partly", Text("部分符合", "Conforms in part")),
    Choice("does-not", Text("不符合", "Does not conform")),
    Choice("not-applicable", Text("不适用", "Does not apply")),
)


def _is_ordered(dossier: Dossier) -> bool:
    return dossier.value("kind") == _ORDERED


def _of_minors(dossier: Dossier) -> bool:
    return dossier.value("kind") == _MINORS


def _has_items(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.last(ITEM) is None:
        return Text("还没有审计条目。", "no item was audited yet.")
    return None


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
                day("period-from", "审计期间起", "Period from"),
                day("period-to", "审计期间止", "Period to"),
                day("end-by", "完成期限", "To be reported by"),
            ),
        ),
        ActSort(
            what=ITEM,
            text=Text("登记审计条目", "Enter an item"),
            by=DESK,
            after=frozenset({WORKING}),
            fields=(
                line(
                    "duty",
                    "依据的条目",
                    "Item of the law",
                    hint=Text("如 PIPL-55。", "As PIPL-55."),
                ),
                choice("result", "结论", "Result", RESULTS),
                text("finding", "情况", "What was found", private=False),
                line(
                    "evidence",
                    "证据",
                    "Evidence",
                    hint=Text("日志位置、发现编号或者文件名。", "Positions, findings or files."),
                    must=False,
                ),
            ),
        ),
        ActSort(
            what=REPORT,
            text=Text("出具报告", "Report"),
            by=DESK,
            after=frozenset({WORKING}),
            to=REPORTED,
            fields=(
                text("summary", "结论", "Conclusion", private=False),
                count("open-items", "需要整改的条目数", "Items to be mended"),
                digest("file", "报告文件的哈希", "Hash of the report"),
            ),
            check=_has_items,
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

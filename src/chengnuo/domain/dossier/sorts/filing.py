"""Something has to be filed with an authority because a line was crossed.

The service opens one by itself when a count reaches the line, staff where only they can know. The
deadline runs from the day on which the line was crossed.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice
from chengnuo.domain.dossier.making import choice, count, day, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId, FigureId

DUE, FILED, NOT_DUE = "due", "filed", "not-due"
OPEN, FILE, RULE_OUT = "open", "file", "rule-out"
OFFICER, FACES, ROUTE = "officer", "faces", "route"
CONTRACT, EXTENSION = "standard-contract", "route-extension"

WHAT = (
    Choice(OFFICER, Text("个人信息保护负责人", "Person in charge of protection")),
    Choice(FACES, Text("人脸识别技术应用", "Use of face recognition")),
    Choice(ROUTE, Text("出境路径", "Route of provision abroad")),
    Choice(CONTRACT, Text("出境标准合同备案", "Standard contract of provision abroad")),
    Choice(EXTENSION, Text("出境路径延期或续办", "Extension of a route abroad")),
    Choice("other", Text("其他", "Other")),
)


def _is_officer(dossier: Dossier) -> bool:
    return dossier.value("kind") == OFFICER


def _is_faces(dossier: Dossier) -> bool:
    return dossier.value("kind") == FACES


def _has_day(dossier: Dossier) -> bool:
    return dossier.value("due-by") is not None


def _is_contract(dossier: Dossier) -> bool:
    return dossier.value("kind") == CONTRACT


FILING = DossierSort(
    id="filing",
    prefix="fl",
    path="filings",
    text=Text("备案与报送", "Filing"),
    lead=Text(
        "人数达到法定的线，就要在期限内报送。",
        "Once a count reaches a line of the law, it is filed within the term.",
    ),
    rests_on=(DutyId("PIPL-52"), DutyId("PIPL-38")),
    title_from="kind",
    states=(
        StateSort(id=DUE, text=Text("待报送", "To be filed")),
        StateSort(id=FILED, text=Text("已报送", "Filed"), final=True),
        StateSort(id=NOT_DUE, text=Text("核实不需要", "Found not to be due"), final=True),
    ),
    acts=(
        ActSort(
            what=OPEN,
            text=Text("登记待报送事项", "Enter what has to be filed"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=DUE,
            fields=(
                choice("kind", "报送什么", "What", WHAT),
                day(
                    "crossed-on", "起算的日期（达到线、生效）", "Counted from: line reached, effect"
                ),
                count("persons", "人数", "How many people", must=False),
                line("why", "为什么", "Why", must=False),
                row("recipient", "recipients", "接收方", "Recipient", must=False),
                day("due-by", "最迟日期（法律没有期限时自定）", "By when, if no term", must=False),
            ),
        ),
        ActSort(
            what=FILE,
            text=Text("登记报送", "Enter that it was filed"),
            by=DESK,
            after=frozenset({DUE}),
            to=FILED,
            fields=(
                line("authority", "报送给谁", "To whom"),
                day("filed-on", "报送日期", "Filed on"),
                line("reference", "回执或者编号", "Receipt or reference"),
            ),
        ),
        ActSort(
            what=RULE_OUT,
            text=Text("核实不需要报送", "It need not be filed"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({DUE}),
            to=NOT_DUE,
            not_by_author_of=frozenset({OPEN}),
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
    ),
    clocks=(
        ClockSort(
            id="officer",
            text=Text("报送负责人信息", "File the person in charge"),
            figure=FigureId("TD-U4"),
            starts=frozenset({OPEN}),
            stops=frozenset({FILE, RULE_OUT}),
            from_field="crossed-on",
            runs=_is_officer,
        ),
        ClockSort(
            id="faces",
            text=Text("人脸识别备案", "File the use of face recognition"),
            figure=FigureId("TD-F2"),
            starts=frozenset({OPEN}),
            stops=frozenset({FILE, RULE_OUT}),
            from_field="crossed-on",
            runs=_is_faces,
        ),
        ClockSort(
            id="contract",
            text=Text("标准合同备案", "File the standard contract"),
            figure=FigureId("TD-D9"),
            starts=frozenset({OPEN}),
            stops=frozenset({FILE, RULE_OUT}),
            from_field="crossed-on",
            runs=_is_contract,
        ),
        ClockSort(
            id="due-by",
            text=Text("办妥", "Have it done"),
            starts=frozenset({OPEN}),
            stops=frozenset({FILE, RULE_OUT}),
            until_field="due-by",
            runs=_has_day,
        ),
    ),
)

"""Something that was found wrong and is to be mended by a day, looked at by a second person.

An audit opens one for each item that does not conform; staff open others. Who mended it does not
accept it.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.making import day, digest, line, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

MENDING, DONE, ACCEPTED, DROPPED = "mending", "done", "accepted", "dropped"
OPEN, DO, ACCEPT, RETURN, EXTEND, DROP = "open", "do", "accept", "return", "extend", "drop"

_DUE = day("due", "整改期限", "To be mended by")
_REASONS = text("reasons", "理由", "Reasons", private=False)

REMEDY = DossierSort(
    id="remedy",
    prefix="rm",
    path="remedies",
    text=Text("整改事项", "Remedy"),
    lead=Text(
        "每个不符合项都有整改期限；改好以后由另一人复核。",
        "Each thing found wrong has a day by which it is mended; a second person accepts it.",
    ),
    rests_on=(DutyId("PIPL-54"), DutyId("PIPL-64")),
    title_from="title",
    states=(
        StateSort(id=MENDING, text=Text("整改中", "Being mended")),
        StateSort(id=DONE, text=Text("已整改，待复核", "Mended, to be looked at")),
        StateSort(id=ACCEPTED, text=Text("复核通过", "Accepted"), final=True),
        StateSort(id=DROPPED, text=Text("不再需要", "No longer needed"), final=True),
    ),
    acts=(
        ActSort(
            what=OPEN,
            text=Text("登记整改事项", "Enter what has to be mended"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=MENDING,
            fields=(
                line("title", "事项", "What"),
                line("source", "来源卷宗", "Dossier it comes from", must=False),
                line("item", "审计条目或者检查发现", "Item of the audit, or finding", must=False),
                text("what", "哪里不符合", "What is wrong", private=False),
                _DUE,
            ),
        ),
        ActSort(
            what=DO,
            text=Text("整改完成", "Mended"),
            by=DESK,
            after=frozenset({MENDING}),
            to=DONE,
            fields=(
                day("done-on", "完成日期", "Done on"),
                text("done", "怎样整改", "What was done", private=False),
                digest("file", "证明文件的哈希", "Hash of the evidence"),
            ),
        ),
        ActSort(
            what=ACCEPT,
            text=Text("复核通过", "Accept"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({DONE}),
            to=ACCEPTED,
            not_by_author_of=frozenset({DO}),
        ),
        ActSort(
            what=RETURN,
            text=Text("退回重改", "Return"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({DONE}),
            to=MENDING,
            fields=(_REASONS, _DUE),
        ),
        ActSort(
            what=EXTEND,
            text=Text("延长期限", "Give more time"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({MENDING}),
            fields=(_DUE, _REASONS),
        ),
        ActSort(
            what=DROP,
            text=Text("不再需要整改", "It need not be mended"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({MENDING}),
            to=DROPPED,
            not_by_author_of=frozenset({OPEN}),
            fields=(_REASONS,),
        ),
    ),
    clocks=(
        ClockSort(
            id="mend",
            text=Text("整改", "Mend it"),
            starts=frozenset({OPEN, RETURN, EXTEND}),
            stops=frozenset({DO, DROP}),
            until_field="due",
        ),
    ),
)

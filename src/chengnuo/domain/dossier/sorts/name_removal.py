"""Taking a name down from what was published, once its individual withdrew (PIPL Arts. 15, 25, 47).

The service opens it by itself when consent to publication is withdrawn; what was printed or copied
by others cannot be taken back, and that is said in it.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.making import day, line, row
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import (
    NOT_OPENED,
    ActSort,
    ClockSort,
    Concerns,
    DossierSort,
    StateSort,
)
from chengnuo.law.ids import DutyId

BEGIN, REMOVED, NONE_SHOWN = "begin", "removed", "none-shown"
OPEN, DONE, NOT_NEEDED = "to-remove", "removed", "none-shown"

NAME_REMOVAL = DossierSort(
    id="name-removal",
    prefix="nr",
    path="name-removals",
    text=Text("撤下公开的姓名", "Names to take down"),
    lead=Text(
        "本人撤回公开的同意后，从名单、评论等处撤下。",
        "After consent to publication was withdrawn, off the lists and comments.",
    ),
    rests_on=(DutyId("PIPL-15"), DutyId("PIPL-25"), DutyId("PIPL-47")),
    concerns=Concerns.ONE,
    title_from="activity",
    states=(
        StateSort(id=OPEN, text=Text("待撤下", "To take down")),
        StateSort(id=DONE, text=Text("已撤下", "Taken down"), final=True),
        StateSort(id=NOT_NEEDED, text=Text("没有公开过", "Was not published"), final=True),
    ),
    acts=(
        ActSort(
            what=BEGIN,
            text=Text("登记撤下", "Enter"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=OPEN,
            shown=True,
            fields=(
                row("activity", "activities", "由哪项活动公开", "Published by", must=False),
                day("by", "最迟撤下日期", "To be taken down by"),
            ),
        ),
        ActSort(
            what=REMOVED,
            text=Text("已经撤下", "Taken down"),
            by=DESK | {Party.SERVICE},
            after=frozenset({OPEN}),
            to=DONE,
            shown=True,
            fields=(
                day("done-on", "撤下日期", "Taken down on"),
                line("where", "从哪里撤下", "Where from"),
                line("left", "撤不回的部分", "What cannot be taken back", must=False),
            ),
        ),
        ActSort(
            what=NONE_SHOWN,
            text=Text("没有公开过，或者撤回已取消", "Was not published, or it was undone"),
            by=DESK,
            after=frozenset({OPEN}),
            to=NOT_NEEDED,
            shown=True,
            fields=(line("reason", "怎样核实", "How that was seen"),),
        ),
    ),
    clocks=(
        ClockSort(
            id="remove",
            text=Text("撤下", "Take down"),
            starts=frozenset({BEGIN}),
            stops=frozenset({REMOVED, NONE_SHOWN}),
            until_field="by",
        ),
    ),
)

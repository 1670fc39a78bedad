"""Staff who need a minor's information ask first (Regulation on Minors Online Art. 36).

Somebody else approves, for a while, and what was done under it is said afterwards. It stands in
the minor's own chain.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.making import day, row, text
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

ASKED, GRANTED, REFUSED, USED, LAPSED = "asked", "granted", "refused", "used", "lapsed"
ASK, GRANT, REFUSE, USE, LAPSE = "ask", "grant", "refuse", "use", "lapse"

MINORS_ACCESS = DossierSort(
    id="minors-access",
    prefix="ma",
    path="minors-access",
    text=Text("访问未成年人信息", "Access to a minor's information"),
    lead=Text(
        "先申请，由他人批准，用后写明；未成年人和监护人看得到。",
        "Asked for, approved by somebody else, told afterwards; the minor and the guardian see it.",
    ),
    rests_on=(DutyId("MINOR-36"),),
    concerns=Concerns.ONE,
    title_from="activity",
    states=(
        StateSort(id=ASKED, text=Text("待批准", "Waits for approval")),
        StateSort(id=GRANTED, text=Text("已批准", "Approved")),
        StateSort(id=REFUSED, text=Text("未批准", "Refused"), final=True),
        StateSort(id=USED, text=Text("已使用", "Used"), final=True),
        StateSort(id=LAPSED, text=Text("已失效", "Lapsed"), final=True),
    ),
    acts=(
        ActSort(
            what=ASK,
            text=Text("申请访问", "Ask for access"),
            by=DESK,
            after=frozenset({NOT_OPENED}),
            to=ASKED,
            shown=True,
            fields=(
                row("activity", "activities", "为哪项活动", "For which activity"),
                text("reason", "为什么必须访问", "Why it is necessary", private=False),
                day("until", "用到哪天", "Until when"),
            ),
        ),
        ActSort(
            what=GRANT,
            text=Text("批准", "Approve"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({ASKED}),
            to=GRANTED,
            shown=True,
            not_by_author_of=frozenset({ASK}),
            fields=(day("until", "批准到哪天", "Approved until"),),
        ),
        ActSort(
            what=REFUSE,
            text=Text("不批准", "Refuse"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({ASKED}),
            to=REFUSED,
            not_by_author_of=frozenset({ASK}),
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
        ActSort(
            what=USE,
            text=Text("登记使用情况", "Enter what was done"),
            by=DESK,
            after=frozenset({GRANTED}),
            to=USED,
            shown=True,
            fields=(text("done", "看了什么、做了什么", "What was seen and done", private=False),),
        ),
        ActSort(
            what=LAPSE,
            text=Text("未使用，失效", "Not used; it lapses"),
            by=DESK | {Party.SERVICE},
            after=frozenset({ASKED, GRANTED}),
            to=LAPSED,
        ),
    ),
    clocks=(
        ClockSort(
            id="use",
            text=Text("登记使用情况", "Enter what was done"),
            starts=frozenset({GRANT}),
            stops=frozenset({USE, LAPSE}),
            until_field="until",
        ),
    ),
)

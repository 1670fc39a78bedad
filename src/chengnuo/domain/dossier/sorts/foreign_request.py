"""A foreign authority asks for information kept in the mainland (PIPL Art. 41).

Nothing is provided before the competent authority of the mainland has approved it. The way to
providing leads through the approval, and there is no other.
"""

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.making import count, day, digest, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

BLOCKED, ASKED, MAY, PROVIDED, REFUSED = (
    "blocked",
    "approval-asked",
    "approved",
    "provided",
    "refused",
)
RECEIVE, SEEK, APPROVED, PROVIDE, REFUSE = "receive", "seek", "enter-approval", "provide", "refuse"

FOREIGN_REQUEST = DossierSort(
    id="foreign-request",
    prefix="fr",
    path="foreign-requests",
    text=Text("境外机构调取", "Request of a foreign authority"),
    lead=Text(
        "未经主管机关批准，不得提供。",
        "Nothing is provided without the approval of the competent authority.",
    ),
    rests_on=(DutyId("PIPL-41"),),
    title_from="authority",
    kept=Period(years=3),
    states=(
        StateSort(id=BLOCKED, text=Text("已阻止", "Blocked")),
        StateSort(id=ASKED, text=Text("已报请批准，仍阻止", "Approval asked for; still blocked")),
        StateSort(id=MAY, text=Text("已获批准", "Approved")),
        StateSort(id=PROVIDED, text=Text("已提供", "Provided"), final=True),
        StateSort(id=REFUSED, text=Text("不予提供", "Refused"), final=True),
    ),
    acts=(
        ActSort(
            what=RECEIVE,
            text=Text("登记调取要求", "Enter a request"),
            by=DESK,
            after=frozenset({NOT_OPENED}),
            to=BLOCKED,
            fields=(
                line("authority", "境外机构", "Foreign authority"),
                line("country", "国家或者地区", "Country or region"),
                day("received-on", "收到日期", "Received on"),
                text("wanted", "要求提供什么", "What is wanted"),
                row("activities", "activities", "涉及的活动", "Activities", many=True, must=False),
            ),
        ),
        ActSort(
            what=SEEK,
            text=Text("登记报请批准", "Enter that approval was asked for"),
            by=DESK,
            after=frozenset({BLOCKED}),
            to=ASKED,
            fields=(
                line("competent", "主管机关", "Competent authority"),
                day("asked-on", "报请日期", "Asked on"),
            ),
        ),
        ActSort(
            what=APPROVED,
            text=Text("登记批准文件", "Enter the approval"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({ASKED}),
            to=MAY,
            not_by_author_of=frozenset({SEEK}),
            fields=(
                line("reference", "批准文号", "Number of the approval"),
                day("approved-on", "批准日期", "Approved on"),
                digest("file", "批准文件的哈希", "Hash of the approval"),
                text("scope", "批准的范围", "What is approved", private=False),
            ),
        ),
        ActSort(
            what=PROVIDE,
            text=Text("登记提供", "Enter what was provided"),
            by=DESK,
            after=frozenset({MAY}),
            to=PROVIDED,
            fields=(
                count("persons", "涉及人数", "How many people"),
                day("provided-on", "提供日期", "Provided on"),
                digest("file", "所提供文件的哈希", "Hash of what was provided"),
            ),
        ),
        ActSort(
            what=REFUSE,
            text=Text("不予提供", "Refuse"),
            by=DESK,
            after=frozenset({BLOCKED, ASKED, MAY}),
            to=REFUSED,
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
    ),
)

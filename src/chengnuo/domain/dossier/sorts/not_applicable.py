"""A row of the pledge board that somebody declares not to apply: why, by whom, until when.

One person declares and another approves, once there are two. It is looked at again by the day set;
after that day the row stands as its controls say. A control that fails is stronger than what is
declared: the row stays failing, and says that it was declared not to apply.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import Choice
from chengnuo.domain.dossier.making import choice, day, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

PROPOSED, IN_FORCE, DECLINED, ENDED = "proposed", "in-force", "declined", "ended"
DECLARE, APPROVE, DECLINE, RENEW, APPLIES = "declare", "approve", "decline", "renew", "applies"


def _row(wanted: str, zh: str, en: str) -> Choice:
    number = wanted.rpartition("-")[2]
    return Choice(wanted, Text(f"{zh} {number}", f"{en} {number}"))


ROWS = (
    *(_row(f"duty-{number}", "产品义务", "Duty") for number in range(1, 17)),
    *(_row(f"pledge-{number}", "自律承诺", "Pledge") for number in range(1, 11)),
    *(
        _row(f"action524-{number}", "服务感知提升行动", "Service action")
        for number in ("5.1", "5.2", "5.3", "5.4", "5.5")
    ),
    *(
        _row(f"action524-{number}", "服务感知提升行动", "Service action")
        for number in ("2.1", "2.2", "4.1", "4.2", "4.3", "4.4")
    ),
    Choice("precheck-1", Text("上架前检测", "Detection before listing")),
    Choice("also-1", Text("不登录也能看的内容", "Content without an account")),
    Choice("also-2", Text("人脸识别", "Face recognition")),
    Choice("also-3", Text("不隐蔽收集使用", "Nothing covert")),
)
"""The rows of the board, in their order."""

_REASONS = text(
    "reasons",
    "理由",
    "Reasons",
    private=False,
    hint=Text(
        "写明为什么不适用。公布承诺板时，理由一并公布；不要写个人信息。",
        "Why it does not apply. They are published with the board; no personal information.",
    ),
)
_UNTIL = day(
    "until",
    "最迟何时复核",
    "To be looked at again by",
    hint=Text("最长一年；写得更晚，也只算一年。", "A year at most; a later day counts as a year."),
)

ROW_NOT_APPLICABLE = DossierSort(
    id="not-applicable",
    prefix="na",
    path="not-applicable",
    text=Text("不适用的登记", "Row declared not to apply"),
    lead=Text(
        "承诺板的一行不适用于本企业：写明理由和复核期限，由另一人批准。",
        "A row of the pledge board does not apply here: with reasons and a day to look again, "
        "approved by somebody else.",
    ),
    rests_on=(DutyId("PIPL-9"), DutyId("PIPL-69")),
    title_from="row",
    states=(
        StateSort(id=PROPOSED, text=Text("待批准", "To be approved")),
        StateSort(id=IN_FORCE, text=Text("不适用", "Does not apply")),
        StateSort(id=DECLINED, text=Text("未批准", "Not approved"), final=True),
        StateSort(id=ENDED, text=Text("重新适用", "Applies again"), final=True),
    ),
    acts=(
        ActSort(
            what=DECLARE,
            text=Text("登记为不适用", "Declare not to apply"),
            by=DESK,
            after=frozenset({NOT_OPENED}),
            to=PROPOSED,
            fields=(choice("row", "承诺板的哪一行", "Row of the board", ROWS), _REASONS, _UNTIL),
            hint=Text(
                "批准之后才生效。有控制不通过的，仍按不通过显示，并注明登记过不适用。",
                "It takes effect once approved. While a control fails, the row stays failing, and "
                "says that it was declared not to apply.",
            ),
        ),
        ActSort(
            what=APPROVE,
            text=Text("批准", "Approve"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({PROPOSED}),
            to=IN_FORCE,
            not_by_author_of=frozenset({DECLARE}),
        ),
        ActSort(
            what=DECLINE,
            text=Text("不批准", "Do not approve"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({PROPOSED}),
            to=DECLINED,
            fields=(_REASONS,),
        ),
        ActSort(
            what=RENEW,
            text=Text("复核后仍不适用", "Looked again: still does not apply"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({IN_FORCE}),
            to=IN_FORCE,
            not_by_author_of=frozenset({DECLARE}),
            fields=(_REASONS, _UNTIL),
        ),
        ActSort(
            what=APPLIES,
            text=Text("又适用了", "Applies again"),
            by=DESK,
            after=frozenset({PROPOSED, IN_FORCE}),
            to=ENDED,
            fields=(_REASONS,),
        ),
    ),
    clocks=(
        ClockSort(
            id="review",
            text=Text("复核", "Look again"),
            starts=frozenset({DECLARE, RENEW}),
            stops=frozenset({DECLINE, APPLIES}),
            until_field="until",
        ),
    ),
)

"""Controls that no program can observe: somebody looks, and says what was found, dated.

All of the 2021 action (`action524-*`) that no register shows: what an app's surface does, and for
telecom operators tariffs, gigabit offers, services across regions and number portability. Where one
does not apply, that is said with a reason and a date. What a program of the operator measured, as
`chengnuo surface speeds` or `surface page` do, it enters by itself.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import Choice
from chengnuo.domain.dossier.making import choice, day, digest, line, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

OPEN, SHOWN, FAILING, NOT_APPLICABLE, ENDED = (
    "not-shown",
    "shown",
    "failing",
    "not-applicable",
    "ended",
)
BEGIN, LOOK_GOOD, LOOK_BAD, NOT_OURS, END = "begin", "found-good", "found-bad", "not-ours", "end"
MEASURED_GOOD, MEASURED_BAD = "measured-good", "measured-bad"

ITEMS = (
    Choice("tariffs", Text("资费公示", "Tariffs are shown")),
    Choice("gigabit", Text("千兆宣传", "Gigabit offers are not overstated")),
    Choice("across-regions", Text("跨区域服务", "Service across regions")),
    Choice("portability", Text("携号转网", "Number portability")),
    Choice("cloud-speed", Text("网盘速率公平", "Fair speed of cloud storage")),
    Choice("splash", Text("开屏和弹窗", "Splash screens and pop-ups")),
    Choice("permission-purpose", Text("同步告知权限用途", "Purpose told as permissions are asked")),
    Choice("policy-summary", Text("隐私政策摘要", "Summary of the policy")),
    Choice("menus", Text("二级菜单中的双清单", "Both lists in the second-level menu")),
    Choice("responsibility-chain", Text("关键责任链", "Responsibility chain")),
    Choice("anonymous-content", Text("无须账号即可浏览", "Content without an account")),
    Choice("face", Text("人脸识别", "Face recognition")),
    Choice("covert", Text("隐蔽收集使用", "Covert collection and use")),
    Choice("other", Text("其他", "Other")),
)

_LOOKED = frozenset({OPEN, SHOWN, FAILING})

RECORDED_CONTROL = DossierSort(
    id="recorded-control",
    prefix="rc",
    path="recorded-controls",
    text=Text("人工核查", "Recorded control"),
    lead=Text(
        "程序看不到的，由人核查，注明日期和结果；不适用的写明理由。",
        "What no program can see, people look at, with date and result; or why it does not apply.",
    ),
    rests_on=(
        DutyId("action524-5.1"),
        DutyId("action524-5.2"),
        DutyId("action524-5.4"),
        DutyId("action524-5.5"),
        DutyId("action524-4.1"),
        DutyId("action524-4.2"),
    ),
    title_from="item",
    states=(
        StateSort(id=OPEN, text=Text("未证明", "Not shown")),
        StateSort(id=SHOWN, text=Text("符合", "Found as it should be")),
        StateSort(id=FAILING, text=Text("不符合", "Failing")),
        StateSort(id=NOT_APPLICABLE, text=Text("不适用", "Does not apply"), final=True),
        StateSort(id=ENDED, text=Text("已停止核查", "Ended"), final=True),
    ),
    acts=(
        ActSort(
            what=BEGIN,
            text=Text("登记核查事项", "Enter a control"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=OPEN,
            fields=(
                choice("item", "核查什么", "What is looked at", ITEMS),
                line("owner", "负责岗位", "Office in charge"),
                day("first-due", "首次核查的期限", "To be looked at by"),
            ),
        ),
        ActSort(
            what=LOOK_GOOD,
            text=Text("核查符合", "Looked at: as it should be"),
            by=DESK,
            after=_LOOKED,
            to=SHOWN,
            fields=(
                day("done-on", "核查日期", "Looked at on"),
                text("evidence", "怎样核查、看到什么", "How, and what was seen", private=False),
                digest("file", "证明文件的哈希", "Hash of the evidence"),
                day("next-due", "下次核查的期限", "To be looked at again by"),
            ),
        ),
        ActSort(
            what=LOOK_BAD,
            text=Text("核查不符合", "Looked at: not as it should be"),
            by=DESK,
            after=_LOOKED,
            to=FAILING,
            fields=(
                day("done-on", "核查日期", "Looked at on"),
                text("evidence", "看到什么", "What was seen", private=False),
                day("next-due", "改正的期限", "To be mended by"),
            ),
        ),
        *(
            ActSort(
                what=what,
                text=words,
                by=frozenset({Party.SERVICE}),
                after=_LOOKED,
                to=state,
                fields=(
                    day("done-on", "测量日期", "Measured on"),
                    line("evidence", "怎样测量、结果如何", "How, and with what result"),
                    digest("file", "报告的哈希", "Hash of the report"),
                    day("next-due", "下次测量的期限", "To be measured again by"),
                ),
            )
            for what, words, state in (
                (MEASURED_GOOD, Text("程序测得符合", "Measured: as it should be"), SHOWN),
                (MEASURED_BAD, Text("程序测得不符合", "Measured: not as it should be"), FAILING),
            )
        ),
        ActSort(
            what=NOT_OURS,
            text=Text("不适用", "Does not apply"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({OPEN}),
            to=NOT_APPLICABLE,
            not_by_author_of=frozenset({BEGIN}),
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
        ActSort(
            what="applies-again",
            text=Text("又适用了", "Applies again"),
            by=DESK,
            after=frozenset({NOT_APPLICABLE, ENDED}),
            to=OPEN,
            fields=(
                line("reason", "什么变了", "What has changed"),
                day("first-due", "首次核查的期限", "To be looked at by"),
            ),
        ),
        ActSort(
            what=END,
            text=Text("停止核查", "End"),
            by=frozenset({Party.REVIEWER}),
            after=_LOOKED,
            to=ENDED,
            not_by_author_of=frozenset({BEGIN}),
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
    ),
    clocks=(
        ClockSort(
            id="first",
            text=Text("首次核查", "First look"),
            starts=frozenset({BEGIN, "applies-again"}),
            stops=frozenset({LOOK_GOOD, LOOK_BAD, MEASURED_GOOD, MEASURED_BAD, NOT_OURS, END}),
            until_field="first-due",
        ),
        ClockSort(
            id="next",
            text=Text("再次核查", "Next look"),
            starts=frozenset({LOOK_GOOD, LOOK_BAD, MEASURED_GOOD, MEASURED_BAD}),
            stops=frozenset({END}),
            until_field="next-due",
        ),
    ),
)

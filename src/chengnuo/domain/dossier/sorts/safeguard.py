"""The operator's own security measures, each with dated evidence (PIPL Art. 51; pledge item 10).

A measure counts as shown while its newest evidence is not past the day by which it is shown again.
Without evidence it is not shown, whatever is declared. What the service observed itself and what
somebody recorded are acts of their own, so that the one is never taken for the other.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, count, day, digest, line, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

NOT_SHOWN, SHOWN, FAILING, RETIRED = "not-shown", "shown", "failing", "retired"
DECLARE, SHOW, FAIL, RETIRE = "declare", "show", "fail", "retire"
OBSERVE, OBSERVE_FAULT = "observe", "observe-fault"
OBSERVED = frozenset({OBSERVE, OBSERVE_FAULT})
"""Acts of the service itself, of nobody who shows a key."""
RULES, CLASSIFICATION, ENCRYPTION = "rules", "classification", "encryption"
DE_IDENTIFICATION, ACCESS, TRAINING, DRILL = "de-identification", "access", "training", "drill"

MEASURES = (
    Choice(RULES, Text("内部管理制度和操作规程", "Internal rules and procedures")),
    Choice(CLASSIFICATION, Text("个人信息分类管理", "Classification of personal information")),
    Choice(ENCRYPTION, Text("加密", "Encryption")),
    Choice(DE_IDENTIFICATION, Text("去标识化", "De-identification")),
    Choice(ACCESS, Text("操作权限及其复核", "Access rights and their review")),
    Choice(TRAINING, Text("安全教育和培训", "Security training")),
    Choice(DRILL, Text("应急预案和演练", "Incident plan and drills")),
    Choice("logging", Text("日志留存", "Keeping of logs")),
    Choice("backup", Text("备份与恢复", "Backup and recovery")),
    Choice("vulnerability", Text("漏洞管理", "Handling of vulnerabilities")),
    Choice("other", Text("其他", "Other")),
)
"""What PIPL Art. 51 lists, and what goes with it."""
_ANY = frozenset({NOT_SHOWN, SHOWN, FAILING})


def _training_is_on_file(dossier: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.value("measure") != TRAINING:
        return None
    if "who" in fields and "file" in fields:
        return None
    return Text(
        "培训要写明谁参加，并附签到或者课件等证明文件的哈希。",
        "training names who took part, and the hash of a file that shows it.",
    )


_OBSERVED_FIELDS = (
    day("done-on", "日期", "Done on"),
    text("evidence", "看到了什么", "What was seen", private=False),
    count("looked-at", "看了几项", "How many things were looked at"),
    digest("seen", "观察结果的哈希", "Hash of what was seen"),
)

SAFEGUARD = DossierSort(
    id="safeguard",
    prefix="sg",
    path="safeguards",
    text=Text("安全措施", "Safeguard"),
    lead=Text(
        "每项措施都要有注明日期的证据，到期要再次证明；没有证据就显示“未证明”。",
        "Each has dated evidence that falls due again; without evidence it is not shown.",
    ),
    rests_on=(DutyId("PIPL-51"), DutyId("pledge-10")),
    title_from="measure",
    states=(
        StateSort(id=NOT_SHOWN, text=Text("未证明", "Not shown")),
        StateSort(id=SHOWN, text=Text("已证明", "Shown")),
        StateSort(id=FAILING, text=Text("不符合", "Failing")),
        StateSort(id=RETIRED, text=Text("已停用", "Retired"), final=True),
    ),
    acts=(
        ActSort(
            what=DECLARE,
            text=Text("登记措施", "Declare a measure"),
            by=DESK,
            after=frozenset({NOT_OPENED}),
            to=NOT_SHOWN,
            fields=(
                choice("measure", "哪一类", "Of which kind", MEASURES),
                text("what", "具体做什么", "What is done", private=False),
                line("owner", "负责岗位", "Office in charge"),
                day("first-due", "首次证明的期限", "To be shown by"),
            ),
        ),
        ActSort(
            what=SHOW,
            text=Text("登记证据", "Enter evidence"),
            by=DESK,
            after=_ANY,
            to=SHOWN,
            fields=(
                day("done-on", "日期", "Done on"),
                line(
                    "who",
                    "谁参加或者谁执行",
                    "Who took part, or did it",
                    hint=Text("写部门、岗位和人数，不写姓名。", "Offices and numbers, no names."),
                    must=False,
                ),
                text(
                    "evidence",
                    "做了什么、结果怎样",
                    "What was done, with what result",
                    private=False,
                ),
                digest("file", "证明文件的哈希", "Hash of the evidence"),
                day("next-due", "下次证明的期限", "To be shown again by"),
            ),
            check=_training_is_on_file,
        ),
        ActSort(
            what=OBSERVE,
            text=Text("系统观察：符合", "Observed by the service: in order"),
            by=frozenset({Party.SERVICE}),
            after=_ANY,
            to=SHOWN,
            fields=(*_OBSERVED_FIELDS, day("next-due", "下次证明的期限", "To be shown again by")),
        ),
        ActSort(
            what=OBSERVE_FAULT,
            text=Text("系统观察：不符合", "Observed by the service: not in order"),
            by=frozenset({Party.SERVICE}),
            after=_ANY,
            to=FAILING,
            fields=_OBSERVED_FIELDS,
        ),
        ActSort(
            what=FAIL,
            text=Text("登记失效", "Enter that it failed"),
            by=DESK | {Party.SERVICE},
            after=_ANY,
            to=FAILING,
            fields=(text("what", "怎样失效", "How it failed", private=False),),
        ),
        ActSort(
            what=RETIRE,
            text=Text("停用", "Retire"),
            by=frozenset({Party.REVIEWER}),
            after=_ANY,
            to=RETIRED,
            not_by_author_of=frozenset({DECLARE}),
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
    ),
    clocks=(
        ClockSort(
            id="first",
            text=Text("首次证明", "First evidence"),
            starts=frozenset({DECLARE}),
            stops=frozenset({SHOW, OBSERVE, RETIRE}),
            until_field="first-due",
        ),
        ClockSort(
            id="next",
            text=Text("再次证明", "Evidence anew"),
            starts=frozenset({SHOW, OBSERVE}),
            stops=frozenset({RETIRE}),
            until_field="next-due",
            from_field="done-on",
        ),
    ),
)

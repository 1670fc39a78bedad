"""A recipient under agreement: instructed, checked, and what it had returned or deleted at the end.

For an entrusted party PIPL Art. 21, for joint handlers Art. 20, for a handler of its own Art. 23. A
recipient answers over its own channel, or staff take its answer down.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, day, digest, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

RUNNING, ENDING, ENDED = "running", "ending", "ended"
BEGIN, CHECK, END, CERTIFY, CONCLUDE = "begin", "check", "end", "certify", "conclude"
INSTRUCT, ACKNOWLEDGE = "instruct", "acknowledge"
ASK_SUB, CONSENT_SUB, REFUSE_SUB = "ask-sub-entrusting", "agree-sub-entrusting", "refuse-sub"

RESULTS = (
    Choice("in-order", Text("符合约定", "As agreed")),
    Choice("mend", Text("需要改正", "Has to be mended")),
    Choice("breach", Text("违反约定", "In breach")),
)
FATES = (
    Choice("deleted", Text("已删除", "Deleted")),
    Choice("returned", Text("已返还", "Returned")),
    Choice("returned-and-deleted", Text("返还后删除", "Returned, then deleted")),
)


def _was_asked(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    asked = None if dossier is None else dossier.last(ASK_SUB, CONSENT_SUB, REFUSE_SUB)
    if asked is None or asked.what != ASK_SUB:
        return Text("没有待答复的转委托申请。", "no request to entrust others waits for an answer.")
    return None


def _is_certified(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.last(CERTIFY) is None:
        return Text(
            "还没有返还或者删除的证明（个人信息保护法第二十一条）。",
            "there is no certificate that it was returned or deleted (PIPL Art. 21).",
        )
    return None


SUPERVISION = DossierSort(
    id="supervision",
    prefix="sv",
    path="supervision",
    text=Text("接收方监督", "Supervision of a recipient"),
    lead=Text(
        "指示、检查、转委托、终止后的返还或者删除，每一步都有记录。",
        "Instructions, checks, sub-entrusting, return or deletion at the end, each on record.",
    ),
    rests_on=(DutyId("PIPL-20"), DutyId("PIPL-21"), DutyId("PIPL-23"), DutyId("NDSR-12")),
    title_from="recipient",
    states=(
        StateSort(id=RUNNING, text=Text("合作中", "Running")),
        StateSort(
            id=ENDING, text=Text("终止中，等待返还或者删除", "Ending; return or deletion due")
        ),
        StateSort(id=ENDED, text=Text("已终止", "Ended"), final=True),
    ),
    acts=(
        ActSort(
            what=BEGIN,
            text=Text("开始监督", "Begin"),
            by=DESK,
            after=frozenset({NOT_OPENED}),
            to=RUNNING,
            fields=(
                row("recipient", "recipients", "接收方", "Recipient"),
                row("agreement", "agreements", "协议", "Agreement", must=False),
                day("next-check", "下次检查", "Next check by"),
            ),
        ),
        ActSort(
            what=INSTRUCT,
            text=Text("下达指示", "Instruct"),
            by=DESK,
            after=frozenset({RUNNING, ENDING}),
            shown=True,
            fields=(
                text("instruction", "指示", "Instruction", private=False),
                day("answer-by", "确认期限", "To be acknowledged by"),
            ),
        ),
        ActSort(
            what=ACKNOWLEDGE,
            text=Text("确认指示", "Acknowledge the instruction"),
            by=DESK | {Party.PARTNER},
            after=frozenset({RUNNING, ENDING}),
            shown=True,
            fields=(line("note", "说明", "Note", must=False),),
        ),
        ActSort(
            what=CHECK,
            text=Text("登记检查", "Enter a check"),
            by=DESK,
            after=frozenset({RUNNING, ENDING}),
            fields=(
                day("done-on", "检查日期", "Done on"),
                choice("result", "结果", "Result", RESULTS),
                text("findings", "情况", "What was found", private=False),
                day("next-check", "下次检查", "Next check by"),
                digest("report", "报告文件的哈希", "Hash of the report"),
            ),
        ),
        ActSort(
            what=ASK_SUB,
            text=Text("申请转委托", "Ask to entrust somebody else"),
            by=DESK | {Party.PARTNER},
            after=frozenset({RUNNING}),
            shown=True,
            fields=(
                line("sub-recipient", "转委托给谁", "To whom"),
                text("purpose", "做什么", "What for", private=False),
                day("wanted-from", "希望从哪天开始", "From when on"),
            ),
        ),
        ActSort(
            what=CONSENT_SUB,
            text=Text("同意转委托", "Agree to it"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({RUNNING}),
            shown=True,
            not_by_author_of=frozenset({ASK_SUB}),
            fields=(text("conditions", "条件", "Conditions", must=False, private=False),),
            check=_was_asked,
        ),
        ActSort(
            what=REFUSE_SUB,
            text=Text("不同意转委托", "Do not agree to it"),
            by=DESK,
            after=frozenset({RUNNING}),
            shown=True,
            fields=(text("reasons", "理由", "Reasons", private=False),),
            check=_was_asked,
        ),
        ActSort(
            what=END,
            text=Text("终止合作", "End it"),
            by=DESK,
            after=frozenset({RUNNING}),
            to=ENDING,
            shown=True,
            fields=(
                line("reason", "原因", "Why"),
                day("return-by", "返还或者删除的期限", "Return or deletion by"),
            ),
        ),
        ActSort(
            what=CERTIFY,
            text=Text("提交返还或者删除的证明", "Hand in the certificate"),
            by=DESK | {Party.PARTNER},
            after=frozenset({ENDING}),
            shown=True,
            fields=(
                choice("fate", "怎样处理的", "What became of it", FATES),
                day("done-on", "完成日期", "Done on"),
                text("certificate", "证明内容", "What is certified", private=False),
                digest("file", "证明文件的哈希", "Hash of the certificate"),
            ),
        ),
        ActSort(
            what=CONCLUDE,
            text=Text("核对并结束", "Check and conclude"),
            by=DESK,
            after=frozenset({ENDING}),
            to=ENDED,
            check=_is_certified,
        ),
    ),
    clocks=(
        ClockSort(
            id="check",
            text=Text("检查", "Check"),
            starts=frozenset({BEGIN, CHECK}),
            stops=frozenset({END}),
            until_field="next-check",
        ),
        ClockSort(
            id="acknowledge",
            text=Text("接收方确认指示", "Acknowledgement of the instruction"),
            starts=frozenset({INSTRUCT}),
            stops=frozenset({ACKNOWLEDGE, CONCLUDE}),
            until_field="answer-by",
        ),
        ClockSort(
            id="sub-entrusting",
            text=Text("答复转委托申请", "Answer on entrusting somebody else"),
            starts=frozenset({ASK_SUB}),
            stops=frozenset({CONSENT_SUB, REFUSE_SUB, END}),
            until_field="wanted-from",
        ),
        ClockSort(
            id="return",
            text=Text("返还或者删除", "Return or deletion"),
            starts=frozenset({END}),
            stops=frozenset({CERTIFY}),
            until_field="return-by",
        ),
    ),
)

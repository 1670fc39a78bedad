"""What a receipt says in words: names of the acts, values of a payload, what it does not show."""

import json
from collections.abc import Mapping, Sequence

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import short
from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.evidence.forms import Form
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.schemas import schema_of

KIND_WORDS: dict[Kind, Text] = {
    Kind.REGISTER_PUBLISHED: Text("登记簿版本生效", "Register version in force"),
    Kind.PUBLICATION: Text("公布或公开", "Publication"),
    Kind.CONFIGURATION: Text("配置变更", "Configuration changed"),
    Kind.KEY_ROTATED: Text("密钥更换", "Key changed"),
    Kind.STAFF_SIGN_IN: Text("工作人员登录", "Staff sign-in"),
    Kind.NOTICE_SHOWN: Text("告知", "Notice shown"),
    Kind.CONSENT_GIVEN: Text("同意", "Consent given"),
    Kind.CONSENT_REFUSED: Text("不同意", "Consent refused"),
    Kind.CONSENT_WITHDRAWN: Text("撤回同意", "Consent withdrawn"),
    Kind.CONSENT_ENDED: Text("同意终止", "Consent ended"),
    Kind.SWITCH_SET: Text("开关设置", "Switch set"),
    Kind.GUARDIANSHIP: Text("监护关系", "Guardian relation"),
    Kind.ALIASES_MERGED: Text("账号合并", "Accounts merged"),
    Kind.DECISION: Text("处理判断", "Decision whether to process"),
    Kind.PROVISION: Text("向他人提供", "Provision to a recipient"),
    Kind.EXPORT: Text("导出", "Export"),
    Kind.DELETION: Text("删除", "Deletion"),
    Kind.CORRECTION: Text("更正", "Correction"),
    Kind.REQUEST_STATE: Text("权利请求进展", "State of a rights request"),
    Kind.IDENTITY_CHECK: Text("身份核验", "Identity check"),
    Kind.OPERATOR_READ: Text("工作人员查看", "Read by staff"),
    Kind.PRICE_QUOTED: Text("报价", "Price quoted"),
    Kind.AUTOMATED_DECISION: Text("自动化决策", "Automated decision-making"),
    Kind.INSPECTION_RESULT: Text("检测结果", "Inspection result"),
    Kind.ATTESTATION: Text("声明", "Attestation"),
    Kind.COMPLAINT: Text("投诉", "Complaint"),
    Kind.INCIDENT: Text("安全事件", "Incident"),
    Kind.DOSSIER_ACT: Text("卷宗事项", "Act in a dossier"),
    Kind.CONTROL_RUN: Text("控制运行", "Run of a control"),
    Kind.CHECKPOINT_SEEN: Text("见证其他日志", "Checkpoint of another log seen"),
}
"""What each kind of record is called, in the order of `Kind`."""

SHOWS: tuple[Text, ...] = (
    Text(
        "这条记录在检查点所列的日志之中，处于所列位置；日志不能在不被发现的情况下改掉或者抽走它。",
        "The record stands in the log of the checkpoint, at the index given; the log cannot change"
        " or drop it without being found out.",
    ),
    Text(
        "“记录内容”与当时写入的内容一字不差，不需要任何密钥即可核对。",
        "What is shown as its content is what was recorded, to the letter; no key is needed to"
        " check that.",
    ),
    Text(
        "它是所列链标识的那条链中的第几条；同一个人的凭证都写明同一个链标识。",
        "Which record it is of the chain with the tag given; all receipts of one person name the"
        " same tag.",
    ),
)
"""What every receipt shows."""

NOT_SHOWN: tuple[Text, ...] = (
    Text(
        "链标识属于谁：它只由写明它的凭证彼此印证，日志中没有姓名。",
        "Whose the tag is, beyond the receipts that name it; the log holds no names.",
    ),
    Text(
        "处理者是否照此办理，以及在其系统之外发生的事。",
        "Whether the handler acts accordingly, and what happens outside its systems.",
    ),
    Text(
        "处理者的时钟是否准确，除非时间戳机构或者见证方见过检查点。",
        "That the handler's clock was right, except as far as a time-stamping authority or a"
        " witness has seen a checkpoint.",
    ),
    Text("从未被记录的事。", "What was never recorded."),
)
"""What no receipt and no evidence file shows."""

NOT_SHOWN_AFTERWARDS = Text(
    "之后是否又有变化（例如撤回）；请索取完整性证明或者证据文件。",
    "Whether something changed afterwards, as a withdrawal; ask for a proof of completeness or an"
    " evidence file.",
)

NOT_SHOWN_OF_CONSENT = Text(
    "屏幕上实际显示的样子，以及按下按钮的是不是本人；所列哈希只说明记录所指的告知文本。",
    "How the screen really looked, and who pressed the button; the hash says which text the"
    " record names.",
)

HOW_TO_VERIFY = Text(
    "运行 chengnuo-verify 并给出本文件；不需要联网，也不需要处理者配合。"
    "加上 --key 和处理者公布的公钥，可以排除另造的日志。",
    "Run chengnuo-verify on this file; it needs no network and no help of the handler. With --key"
    " and the key that the handler has published, a log made up for the occasion is ruled out.",
)

_YES, _NO = Text("是", "yes"), Text("否", "no")


def instant_text(us: int) -> str:
    """Return an instant in RFC 3339 with microseconds and `Z`.

    >>> instant_text(1_764_313_000_000_001)
    '2025-11-28T06:56:40.000001Z'

    """
    return f"{from_us(us):%Y-%m-%dT%H:%M:%S.%f}Z"


def payload_facts(
    kind: Kind, payload: Mapping[str, Tree], *, personal: bool
) -> tuple[tuple[Text, Text], ...]:
    """Return the fields of a payload as labels and values, in the order of the schema.

    A field that the newest schema does not know keeps its own name as label.
    """
    schema = schema_of(kind, personal=personal)
    known = {field.name: field for field in schema.fields} if schema is not None else {}
    found = [
        (field.label, _in_words(payload[name], field.form))
        for name, field in known.items()
        if name in payload
    ]
    for name, value in payload.items():
        if name not in known and name != "v":
            found.append((Text(name, name), _in_words(value, Form.OBJECT)))
    return tuple(found)


_MOST_OBJECTS = 8
"""How many objects of a list are said; all of them stand in the file itself."""


def _object_in_words(value: Tree) -> str:
    """Return the values of a flat object; a hash by its first digits."""
    if not isinstance(value, Mapping):
        return str(value)
    return " ".join(
        short(one) if isinstance(one, str) and len(one) == _HEX_DIGITS else str(one)
        for one in value.values()
    )


_HEX_DIGITS = 64


def _in_words(value: Tree, form: Form) -> Text:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, str):
        return Text(value, value)
    if form in {Form.IDS, Form.TEXTS} and isinstance(value, Sequence):
        said = [str(one) for one in value]
        return Text("、".join(said) or "—", ", ".join(said) or "—")
    if form is Form.OBJECTS and isinstance(value, Sequence):
        said = [_object_in_words(one) for one in value[:_MOST_OBJECTS]]
        left = len(value) - len(said)
        rest = Text(f"……另有 {left} 项", f"… and {left} more") if left else None
        zh, en = (
            "；".join([*said, *([rest.zh] if rest else [])]),
            "; ".join([*said, *([rest.en or ""] if rest else [])]),
        )
        return Text(zh or "—", en or "—")
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Text(written, written)

"""What each kind of record says: the fields of its payload, versioned.

A schema never changes; a new version stands beside the old one, and old records go on being read by
theirs. A kind that may concern one individual or none can say different things in the two cases.
The labels are what pages and receipts show beside a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.evidence.forms import Form, fits
from chengnuo.domain.evidence.kinds import Kind


class PayloadRefusedError(InvalidInputError):
    """A payload is not what its kind says; the message names the field, never the value."""

    code = "payload-refused"

    def __init__(self, kind: Kind, field: str, expected: str) -> None:
        super().__init__(f"`{field}` of a `{kind}` record is wrong or missing; expected {expected}")
        self.kind = kind
        self.field = field
        self.expected = expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a payload."""

    name: str
    form: Form
    label: Text
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The fields of one kind in one version.

    Attributes:
        version: Stands in the payload as `v`.
        fields: In the order in which they are shown.

    """

    version: int
    fields: tuple[Field, ...]


def _must(name: str, form: Form, zh: str, en: str) -> Field:
    return Field(name=name, form=form, label=Text(zh, en))


def _may(name: str, form: Form, zh: str, en: str) -> Field:
    return Field(name=name, form=form, label=Text(zh, en), required=False)


_BY = _must("by", Form.ID, "由谁操作", "By whom")
_SINGLE = _must("single_person", Form.FLAG, "单人操作", "Single person")
_REASON = _must("reason", Form.TEXT, "理由", "Reason")
_BATCH = (
    _must("count", Form.COUNT, "批次中的人数", "Individuals in the batch"),
    _must("root", Form.DIGEST, "逐条结果的根哈希", "Root over the outcomes"),
)
_CONSENT = (
    _must("form", Form.ID, "同意方式", "Form of consent"),
    _must("fingerprint", Form.DIGEST, "事项指纹", "Fingerprint of the matter"),
    _must("notice", Form.DIGEST, "告知文本的哈希", "Hash of the notice text"),
    _must("lang", Form.ID, "告知语言", "Language of the notice"),
    _must("surface", Form.ID, "界面", "Surface"),
    _must("steps", Form.COUNT, "操作步数", "Steps"),
    _may("guardian", Form.OBJECT, "监护人", "Guardian"),
    _may("expires", Form.INSTANT, "到期", "Expires"),
    _may("reason", Form.ID, "缘由", "Why"),
    _may("prompt", Form.ID, "所答的询问", "Prompt answered"),
)
_DOSSIER = (
    _must("dossier", Form.ID, "卷宗编号", "Dossier"),
    _must("sort", Form.ID, "卷宗种类", "Sort of dossier"),
    _must("number", Form.COUNT, "第几项", "Number of the act"),
    _must("what", Form.ID, "做了什么", "What was done"),
    _must("state", Form.ID, "状态", "State"),
    _must("party", Form.ID, "由哪一方", "In which part"),
    _may("by", Form.ID, "由谁操作", "By whom"),
    _SINGLE,
    _must("said", Form.OBJECT, "写明的内容", "What was said"),
    _must("digest", Form.DIGEST, "全部内容的哈希", "Hash over all that was said"),
)
"""An act in a dossier (`domain/dossier`); what is private of it is in the digest alone."""


def _v1(*fields: Field) -> Schema:
    return Schema(version=1, fields=fields)


def _v2(*fields: Field) -> Schema:
    return Schema(version=2, fields=fields)


OF_NOBODY: dict[Kind, Schema] = {
    Kind.REGISTER_PUBLISHED: _v1(
        _must("version", Form.DIGEST, "登记簿版本", "Register version"),
        _must("position", Form.COUNT, "第几个版本", "Number of the version"),
        _BY,
        _may("note", Form.TEXT, "说明", "Note"),
    ),
    Kind.PUBLICATION: _v1(
        _must("version", Form.DIGEST, "登记簿版本", "Register version"),
        _must("files", Form.OBJECTS, "公布的文件", "Published files"),
        _BY,
        _SINGLE,
    ),
    Kind.CONFIGURATION: _v1(
        _must("what", Form.ID, "变更事项", "What changed"),
        _may("account", Form.ID, "账户", "Account"),
        _may("detail", Form.TEXT, "详情", "Detail"),
        _BY,
        _SINGLE,
    ),
    Kind.KEY_ROTATED: _v1(
        _must("key", Form.ID, "哪种密钥", "Which key"),
        _must("old", Form.TEXT, "旧公钥", "Old public key"),
        _must("new", Form.TEXT, "新公钥", "New public key"),
        _BY,
    ),
    Kind.STAFF_SIGN_IN: _v1(
        _must("act", Form.ID, "动作", "Act"),
        _must("account", Form.ID, "账户", "Account"),
        _must("role", Form.ID, "角色", "Role"),
    ),
    Kind.DECISION: _v1(
        *_BATCH, _may("permitted", Form.COUNT, "允许的人数", "Individuals permitted")
    ),
    Kind.PROVISION: _v1(
        *_BATCH,
        _must("categories", Form.IDS, "信息种类", "Categories"),
        _must("purpose", Form.TEXT, "目的", "Purpose"),
        _must("method", Form.TEXT, "方式", "Method"),
    ),
    Kind.EXPORT: _v1(
        _must("scope", Form.TEXT, "范围", "Scope"),
        _must("sha256", Form.DIGEST, "文件哈希", "Hash of the file"),
        _BY,
        _SINGLE,
        _REASON,
    ),
    Kind.DELETION: _v1(
        *_BATCH,
        _must("ground", Form.ID, "依据", "Ground"),
        _must("stores", Form.IDS, "数据库", "Stores"),
    ),
    Kind.OPERATOR_READ: _v1(_must("what", Form.TEXT, "查看内容", "What was read"), _BY, _REASON),
    Kind.PRICE_QUOTED: _v1(*_BATCH),
    Kind.INSPECTION_RESULT: _v1(
        _must("subject", Form.DIGEST, "被检对象的哈希", "Hash of what was inspected"),
        _must("tool", Form.TEXT, "工具与版本", "Tool and version"),
        _must("verdict", Form.ID, "结论", "Verdict"),
        _must("findings", Form.COUNT, "发现数", "Findings"),
    ),
    Kind.ATTESTATION: _v1(
        _must("statement", Form.DIGEST, "声明的哈希", "Hash of the statement"),
        _must("signer", Form.TEXT, "签署公钥", "Signing key"),
        _BY,
    ),
    Kind.COMPLAINT: _v2(*_DOSSIER),
    Kind.INCIDENT: _v2(*_DOSSIER),
    Kind.DOSSIER_ACT: _v1(*_DOSSIER),
    Kind.CONTROL_RUN: _v1(
        _must("control", Form.ID, "控制", "Control"),
        _must("outcome", Form.ID, "结论", "Outcome"),
        _must("looked_at", Form.COUNT, "看了多少项", "Things looked at"),
        _must("wrong", Form.COUNT, "不符合的有多少项", "Things found wrong"),
        _must("digest", Form.DIGEST, "所看内容的哈希", "Hash of what was looked at"),
        _may("faults", Form.OBJECTS, "哪些不符合", "What is wrong"),
        _may("why", Form.OBJECT, "说明", "Why"),
        _may("newest", Form.ID, "所看的最新一项", "The newest looked at"),
        _may("rows", Form.OBJECTS, "承诺板各行的状态", "Rows of the board"),
        _may("controls", Form.OBJECTS, "各项检查怎样结束", "How each control ended"),
    ),
    Kind.CHECKPOINT_SEEN: _v1(
        _must("log", Form.TEXT, "日志名称", "Log"),
        _must("size", Form.COUNT, "记录数", "Records"),
        _must("root", Form.DIGEST, "根哈希", "Root"),
        _must("note", Form.OBJECT, "检查点原文", "Checkpoint as signed"),
    ),
}
"""Payloads of records about no one individual; open to whoever may read the log's entries."""

OF_ONE: dict[Kind, Schema] = {
    Kind.PUBLICATION: _v1(
        _must("categories", Form.IDS, "信息种类", "Categories"),
        _must("place", Form.TEXT, "公开位置", "Where"),
        _must("masks", Form.IDS, "遮盖方式", "Masks"),
    ),
    Kind.NOTICE_SHOWN: _v1(
        _must("notice", Form.DIGEST, "告知文本的哈希", "Hash of the notice text"),
        _must("lang", Form.ID, "告知语言", "Language of the notice"),
        _must("surface", Form.ID, "界面", "Surface"),
    ),
    Kind.CONSENT_GIVEN: _v1(*_CONSENT),
    Kind.CONSENT_REFUSED: _v1(*_CONSENT),
    Kind.CONSENT_WITHDRAWN: _v1(*_CONSENT),
    Kind.CONSENT_ENDED: _v1(
        _must("form", Form.ID, "同意方式", "Form of consent"),
        _must("fingerprint", Form.DIGEST, "事项指纹", "Fingerprint of the matter"),
        _must("reason", Form.ID, "缘由", "Why"),
        _may("consent", Form.COUNT, "所终止的同意记录", "Record of the consent that ends"),
    ),
    Kind.SWITCH_SET: _v1(
        _must("switch", Form.ID, "开关", "Switch"),
        _must("on", Form.FLAG, "是否打开", "On"),
        _must("surface", Form.ID, "界面", "Surface"),
    ),
    Kind.GUARDIANSHIP: _v1(
        _must("state", Form.ID, "状态", "State"),
        _must("by", Form.ID, "由谁说明", "Who says so"),
        _may("who", Form.ID, "哪一位监护人", "Which guardian"),
        _may("relation", Form.ID, "与孩子的关系", "Relation to the child"),
        _may("method", Form.ID, "怎样核实", "How it was made sure of"),
        _may("reason", Form.ID, "缘由", "Why"),
    ),
    Kind.ALIASES_MERGED: _v1(_must("method", Form.ID, "合并方式", "How they were found to be one")),
    Kind.DECISION: _v2(
        _must("outcome", Form.ID, "结论", "Outcome"),
        _must("rules", Form.IDS, "决定性规则", "Rules that decided"),
        _may("failed", Form.IDS, "未满足的规则", "Rules that failed"),
        _may("consents", Form.IDS, "所依据的同意记录", "Consent records it rests on"),
        _may("request", Form.OBJECT, "所问", "What was asked"),
        _may("state", Form.OBJECT, "当时的状态", "What was so"),
        _may("asked_at", Form.INSTANT, "所问时刻", "Instant asked about"),
        _may("seen", Form.COUNT, "已计入的记录数", "Records taken into account"),
        _may("answer", Form.DIGEST, "完整答复的哈希", "Hash of the whole answer"),
        _may("edition", Form.COUNT, "判断规则的版次", "Edition of the rules"),
    ),
    Kind.PROVISION: _v2(
        _must("categories", Form.IDS, "信息种类", "Categories"),
        _must("purpose", Form.TEXT, "目的", "Purpose"),
        _must("method", Form.TEXT, "方式", "Method"),
        _may("country", Form.ID, "国家或地区", "Country or region"),
        _may("route", Form.ID, "出境路径", "Transfer route"),
        _may("sorts", Form.IDS, "计入的信息类别", "Counted as"),
    ),
    Kind.EXPORT: _v1(
        _must("scope", Form.TEXT, "范围", "Scope"),
        _must("format", Form.ID, "格式", "Format"),
        _must("sha256", Form.DIGEST, "文件哈希", "Hash of the file"),
        _BY,
        _REASON,
    ),
    Kind.DELETION: _v1(
        _must("ground", Form.ID, "依据", "Ground"),
        _must("stores", Form.IDS, "数据库", "Stores"),
        _may("found", Form.COUNT, "找到的行数", "Rows found"),
        _may("changed", Form.COUNT, "处理的行数", "Rows changed"),
        _may("residue", Form.COUNT, "残留行数", "Residue"),
        _may("kept", Form.OBJECTS, "依法保留", "Kept under duty"),
        _may("by_hand", Form.IDS, "留给人工办理", "Left to a person"),
    ),
    Kind.CORRECTION: _v1(
        _must("categories", Form.IDS, "信息种类", "Categories"),
        _must("stores", Form.IDS, "数据库", "Stores"),
        _may("changed", Form.COUNT, "处理的行数", "Rows changed"),
    ),
    Kind.REQUEST_STATE: _v1(
        _must("request", Form.ID, "请求编号", "Request"),
        _must("right", Form.ID, "权利", "Right"),
        _must("state", Form.ID, "状态", "State"),
        _may("due", Form.ID, "答复期限", "Due"),
        _may("reason", Form.TEXT, "理由", "Reason"),
    ),
    Kind.IDENTITY_CHECK: _v1(
        _must("method", Form.ID, "核验方式", "Method"),
        _must("passed", Form.FLAG, "是否通过", "Passed"),
        _may("request", Form.ID, "请求编号", "Request"),
    ),
    Kind.OPERATOR_READ: _v1(_must("what", Form.TEXT, "查看内容", "What was read"), _BY, _REASON),
    Kind.PRICE_QUOTED: _v1(
        _must("offer", Form.ID, "商品或服务", "Offer"),
        _must("price_fen", Form.COUNT, "价格（分）", "Price (fen)"),
        _must("inputs", Form.DIGEST, "定价输入的哈希", "Hash of the inputs"),
        _may("grounds", Form.IDS, "优惠或加价依据", "Grounds"),
    ),
    Kind.AUTOMATED_DECISION: _v2(
        _must("decision", Form.ID, "决定编号", "Decision"),
        _must("model", Form.ID, "模型", "Model"),
        _must("version", Form.ID, "模型版本", "Version of the model"),
        _must("outcome", Form.ID, "结论", "Outcome"),
        _must("variant", Form.ID, "是否个性化", "Variant"),
        _must("alone", Form.FLAG, "是否仅由机器决定", "Decided by machine alone"),
        _must("major", Form.FLAG, "是否有重大影响", "Major effect"),
        _must("off", Form.FLAG, "当时开关是否关闭", "Switch was off"),
        _must("decided_at", Form.INSTANT, "决定时刻", "Decided at"),
        _must("inputs", Form.OBJECTS, "输入", "Inputs"),
        _must("reasons", Form.OBJECTS, "按重要程度排列的因素", "What counted, most first"),
    ),
    Kind.COMPLAINT: _v2(*_DOSSIER),
    Kind.INCIDENT: _v2(*_DOSSIER),
    Kind.DOSSIER_ACT: _v1(*_DOSSIER),
}
"""Payloads of records about one individual; sealed under that individual's key."""


def schema_of(kind: Kind, *, personal: bool) -> Schema | None:
    """Return the newest schema of a kind, or None where the kind is not used so."""
    return (OF_ONE if personal else OF_NOBODY).get(kind)


def payload_bytes(kind: Kind, values: Mapping[str, Tree], *, personal: bool) -> bytes:
    """Return the canonical JSON of a payload, checked against the newest schema of its kind.

    Args:
        kind: The kind.
        values: The fields; `v` is added.
        personal: Whether the record concerns one individual.

    Raises:
        PayloadRefusedError: A field is missing, unknown, or has a wrong form.
        NotCanonicalError: A value has no canonical JSON.

    """
    schema = schema_of(kind, personal=personal)
    if schema is None:
        raise PayloadRefusedError(kind, "person", "another kind")
    known = {field.name: field for field in schema.fields}
    for name in values:
        if name not in known:
            raise PayloadRefusedError(kind, name[:60], "no such field")
    for field in schema.fields:
        if field.name in values:
            if not fits(values[field.name], field.form):
                raise PayloadRefusedError(kind, field.name, field.form.value)
        elif field.required:
            raise PayloadRefusedError(kind, field.name, field.form.value)
    return canonical_json({**values, "v": schema.version})

"""Why a key of fideslang has no place in a register, key by key.

Whatever a manifest says under these keys is noted as lost with the reason here; any other key
that nobody spoke of gets the general one.
"""

from chengnuo.base.text import Text

_STRUCTURE = Text(
    "数据库自身的结构，由连接器读取", "structure of the database, which a connector reads there"
)
_TRAVERSAL = Text(
    "Fides 执行请求的顺序与方式；登记簿由引用关系推出",
    "how Fides carries out requests; here it follows from the references",
)
_INTERNAL = Text("Fides 的内部管理信息", "administration within Fides")
_COOKIES = Text(
    "登记簿以“Cookie 等网络标识”这一信息种类体现",
    "a register says this by the category of cookies and web identifiers",
)
_GDPR = Text("GDPR 的概念，个人信息保护法没有对应", "a notion of the GDPR without a counterpart")
_ASSESSMENT = Text(
    "请另建一行影响评估（时间、情形、结论）", "make a row for the assessment: when, why, outcome"
)
_ROUTE = Text(
    "GDPR 的出境基础不等于第三十八条的路径，请在接收方写明",
    "a basis of the GDPR is no route of PIPL Art. 38; say it at the recipient",
)
_PEOPLE = Text(
    "登记簿不按人群分类，只区分未成年人", "a register tells apart minors only, not kinds of people"
)
_POLICY = Text(
    "策略在 Fides 中评估；登记簿以自带规则检查",
    "a policy is evaluated by Fides; a register is checked by its own rules",
)
_TAXONOMY = Text(
    "自定义分类法只用于换算；登记簿使用自带的种类目录",
    "a custom taxonomy serves to translate; the register has its own catalogue",
)
_INHERITED = Text("只用于自身没有种类的字段", "counts only for what has no category of its own")
_FLOW = Text("流动的类型由接收方或存储体现", "shown by the recipient or store itself")
_RULES = Text("处理规则由登记簿生成", "the processing rules are derived from the register")
_DESCRIPTION = Text("说明性文字，登记簿另有更具体的字段", "prose, for which there are fields")

WHY_LOST: dict[str, Text] = {
    **dict.fromkeys(("primary_key", "data_type", "length", "return_all_elements"), _STRUCTURE),
    **dict.fromkeys(("after", "erase_after", "skip_processing", "partitioning"), _TRAVERSAL),
    **dict.fromkeys(("custom_request_field", "namespace", "redact", "configuration"), _TRAVERSAL),
    **dict.fromkeys(("organization_fides_key", "tags", "administrating_department"), _INTERNAL),
    **dict.fromkeys(("resource_id", "endpoint_address", "endpoint_port", "vendor_id"), _INTERNAL),
    **dict.fromkeys(("previous_vendor_id", "vendor_deleted_date", "fidesctl_meta"), _INTERNAL),
    **dict.fromkeys(("system_type", "version_added", "is_default", "replaced_by"), _INTERNAL),
    **dict.fromkeys(("cookie_max_age_seconds", "uses_cookies", "cookie_refresh"), _COOKIES),
    **dict.fromkeys(("uses_non_cookie_access", "cookies"), _COOKIES),
    **dict.fromkeys(("flexible_legal_basis_for_processing", "features"), _GDPR),
    **dict.fromkeys(("special_category_legal_basis", "legal_basis_for_profiling"), _GDPR),
    **dict.fromkeys(("legitimate_interest_disclosure_url", "reason_for_exemption"), _GDPR),
    **dict.fromkeys(("exempt_from_privacy_regulations", "processes_personal_data"), _GDPR),
    **dict.fromkeys(("impact_assessment_location", "dpa_location", "dpa_progress"), _ASSESSMENT),
    "requires_data_protection_assessments": _ASSESSMENT,
    **dict.fromkeys(("does_international_transfers", "legal_basis_for_transfers"), _ROUTE),
    **dict.fromkeys(("data_subjects", "rights", "automated_decisions_or_profiling"), _PEOPLE),
    "policy": _POLICY,
    **dict.fromkeys(("data_category", "data_use"), _TAXONOMY),
    "data_subject": _PEOPLE,
    "data_categories": _INHERITED,
    "type": _FLOW,
    **dict.fromkeys(("privacy_policy", "data_uses", "data_purposes"), _RULES),
    "description": _DESCRIPTION,
}
"""Reasons by key; the kind of resource counts first, then the nearest key."""

"""What is offered for a place that is still empty: words that often fit, to choose or to change."""

from chengnuo.base.text import Text
from chengnuo.domain.register.blanks import Blank, BlankKind
from chengnuo.domain.register.row_remark import root_of

_PERIODS = (
    (Text("P30D", "P30D"), Text("30 天", "30 days")),
    (Text("P6M", "P6M"), Text("6 个月", "6 months")),
    (Text("P1Y", "P1Y"), Text("1 年", "1 year")),
    (Text("P3Y", "P3Y"), Text("3 年", "3 years")),
)
_WORDS: dict[str, tuple[Text, ...]] = {
    "detail": (Text("这一类信息的全部内容", "Everything of this category"),),
    "if_refused": (
        Text(
            "不提供不影响其他功能的使用",
            "Nothing else depends on it",
        ),
        Text(
            "不能使用这一项功能，其他功能不受影响",
            "This one function cannot be used; everything else goes on",
        ),
    ),
    "if_withdrawn": (
        Text(
            "不再提供这一项功能，其他功能不受影响；已收集的随即删除",
            "This function stops, everything else goes on; what was collected is deleted",
        ),
    ),
    "why": (
        Text("到期自动删除，不再另作他用", "Deleted at the end, used for nothing else"),
        Text("账号注销之前需要用它提供服务", "Needed for the service until the account is gone"),
    ),
    "scene": (
        Text("首次启动并同意之后", "After the first start and the consent"),
        Text("使用这一项功能时", "When this function is used"),
    ),
    "impact": (
        Text(
            "泄露后可能被用于识别身份或骚扰；已限制访问并加密保存",
            "If leaked it could identify or harass people; access is limited and it is encrypted",
        ),
    ),
    "age_check": (
        Text(
            "注册时请用户确认已满十四周岁",
            "People confirm at sign-up that they are fourteen or older",
        ),
    ),
    "unknown_age": (
        Text(
            "发现不满十四周岁的，停止处理并删除",
            "When found to be under fourteen, handling stops and the data is deleted",
        ),
    ),
    "security": (
        Text("传输与存储均加密，按岗位授权访问，操作留痕", "Encrypted; access by role, logged"),
    ),
    "incident_plan": (
        Text(
            "立即补救，并通知主管部门和受影响的个人",
            "Mend at once; tell the competent department and the people affected",
        ),
    ),
}


def offers_for(blank: Blank) -> tuple[tuple[Text, Text | None], ...]:
    """Return words that often fit a blank, each with what it means where it is a code."""
    if blank.kind is BlankKind.PERIOD:
        return _PERIODS
    last = root_of(blank.path.rsplit(".", 1)[-1])
    return tuple((one, None) for one in _WORDS.get(last, ()))

"""The rights of individuals, as they are called and what each is for (PIPL chapter IV)."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import fill
from chengnuo.law.rights import Right

RIGHT: dict[Right, Text] = {
    Right.KNOW: Text("知情", "Know"),
    Right.DECIDE: Text("决定", "Decide"),
    Right.RESTRICT: Text("限制处理", "Restrict"),
    Right.REFUSE: Text("拒绝处理", "Refuse"),
    Right.ACCESS: Text("查阅", "Access"),
    Right.COPY: Text("复制", "Copy"),
    Right.TRANSFER: Text("转移至您指定的处理者", "Transfer to a handler you name"),
    Right.CORRECT: Text("更正", "Correct"),
    Right.SUPPLEMENT: Text("补充", "Supplement"),
    Right.DELETE: Text("删除", "Delete"),
    Right.WITHDRAW: Text("撤回同意", "Withdraw consent"),
    Right.CANCEL_ACCOUNT: Text("注销账户", "Cancel the account"),
    Right.EXPLAIN_RULES: Text("要求解释说明规则", "Have the rules explained"),
    Right.CLOSE_RELATIVE: Text("近亲属代逝者行使", "Act for a deceased close relative"),
    Right.EXPLAIN_AUTOMATED: Text("要求说明自动化决策", "Have an automated decision explained"),
    Right.REFUSE_AUTOMATED: Text(
        "拒绝仅由自动化决策作出的决定", "Refuse a decision made by automation alone"
    ),
}
"""Names of the rights, in the order of the law."""

ARTICLE: dict[Right, str] = {
    Right.KNOW: "44",
    Right.DECIDE: "44",
    Right.RESTRICT: "44",
    Right.REFUSE: "44",
    Right.ACCESS: "45",
    Right.COPY: "45",
    Right.TRANSFER: "45",
    Right.CORRECT: "46",
    Right.SUPPLEMENT: "46",
    Right.DELETE: "47",
    Right.WITHDRAW: "15",
    Right.CANCEL_ACCOUNT: "47",
    Right.EXPLAIN_RULES: "48",
    Right.CLOSE_RELATIVE: "49",
    Right.EXPLAIN_AUTOMATED: "24",
    Right.REFUSE_AUTOMATED: "24",
}
"""The article of the PIPL that each right rests on."""


def deadline_in_words(working_days: int) -> Text:
    """Return the promised time to an answer."""
    if working_days == 0:
        return Text("即时办理", "at once")
    days = "working day" if working_days == 1 else "working days"
    return fill("{n} 个工作日内答复", "answered within {n} {days}", n=working_days, days=days)


def in_corners(path: Text) -> Text:
    """Return a way inside the app between the marks that such ways stand in."""
    return fill("「{path}」", "“{path}”", path=path)

"""What complaints are about, how they come in, how they end, and what their forms offer."""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import Choice
from chengnuo.domain.dossier.sort import StepWhen

CAUSES = (
    Choice("no-consent", Text("未经同意收集或者使用", "Collected or used without consent")),
    Choice("too-much", Text("超出必要范围", "More than is necessary")),
    Choice("forced", Text("不同意就不让用", "No service without consent")),
    Choice("withdrawal", Text("撤回同意不起作用", "Withdrawal had no effect")),
    Choice("rights", Text("查阅、更正、删除没有办好", "Access, correction or deletion not done")),
    Choice("account", Text("账号注销有障碍", "Account cannot be cancelled")),
    Choice("third-party", Text("提供给了别人", "Given to somebody else")),
    Choice("abroad", Text("传到了境外", "Sent abroad")),
    Choice("advertising", Text("个性化推送和广告", "Personalised content and advertising")),
    Choice("price", Text("价格因人而异", "Prices that differ from person to person")),
    Choice("minor", Text("未成年人", "Minors")),
    Choice("leak", Text("泄露、公开或者骚扰", "Leak, publication or harassment")),
    Choice("splash", Text("开屏和弹窗", "Splash screens and pop-ups")),
    Choice("other", Text("其他", "Something else")),
)
"""What complaints are about; recurring ones of an activity raise a finding."""

CHANNELS = (
    Choice("hotline", Text("客服热线", "Hotline")),
    Choice("e-mail", Text("电子邮件", "E-mail")),
    Choice("letter", Text("信函", "Letter")),
    Choice("visit", Text("当面", "In person")),
    Choice("authority", Text("监管部门转办", "Passed on by an authority")),
    Choice("other", Text("其他", "Other")),
)

OUTCOMES = (
    Choice("upheld", Text("投诉成立", "Upheld")),
    Choice("partly", Text("部分成立", "Upheld in part")),
    Choice("not-upheld", Text("不成立", "Not upheld")),
)

TO_AUTHORITY, TO_COURT = "authority", "court"
REMEDIES = (
    Choice(
        TO_AUTHORITY,
        Text(
            "向履行个人信息保护职责的部门投诉、举报（第六十五条）",
            "Complain to the authorities for personal information protection (Art. 65)",
        ),
    ),
    Choice(
        TO_COURT,
        Text(
            "向人民法院提起诉讼（第五十条、第六十九条）",
            "Bring the matter before a people's court (Arts. 50, 69)",
        ),
    ),
    Choice("objection", Text("在这里提出异议，由另一人复查", "Object here; somebody else looks")),
)
"""The ways that remain after an answer; the first two are told in each (PIPL Arts. 50, 65, 69)."""

CONTENT = (
    Choice("satisfied", Text("满意", "Satisfied")),
    Choice("partly", Text("一般", "Neither")),
    Choice("not-satisfied", Text("不满意", "Not satisfied")),
)

STEPS = (
    Choice(StepWhen.HALF.value, Text("期限过半仍无人受理", "Half of the time over, not taken up")),
    Choice(StepWhen.LAST_DAY.value, Text("只剩最后一天", "The last day has begun")),
    Choice(StepWhen.OVERDUE.value, Text("已过期限", "Overdue")),
)

TO_REVIEWER, TO_OFFICER, TO_HEAD = "reviewer", "officer", "head"
OFFICES = (
    Choice(TO_REVIEWER, Text("复核人员", "Reviewer")),
    Choice(TO_OFFICER, Text("个人信息保护负责人", "Person in charge of protection")),
    Choice(TO_HEAD, Text("单位主要负责人", "Head of the organization")),
)
"""Who looks next, from one step to the next."""

CAUSE_WORDS: Mapping[str, tuple[str, ...]] = {
    "no-consent": ("未经同意", "没同意", "没有同意", "擅自", "偷偷", "without consent"),
    "too-much": ("没必要", "不必要", "过度", "无关", "要那么多", "unnecessary", "too much"),
    "forced": ("不同意就", "不让用", "用不了", "强制授权", "必须同意", "forced"),
    "withdrawal": ("撤回", "取消授权", "关了还", "关闭后", "withdr"),
    "rights": ("查阅", "更正", "删除", "复制", "导出", "改不了", "delete", "correct", "access"),
    "account": ("注销", "销户", "close my account", "cancel"),
    "third-party": ("第三方", "给了别人", "共享", "合作方", "shared", "third part"),
    "abroad": ("境外", "国外", "海外", "overseas", "abroad"),
    "advertising": ("广告", "推送", "个性化", "推荐", "advert", "personali"),
    "price": ("价格", "杀熟", "更贵", "涨价", "老用户", "price"),
    "minor": ("孩子", "未成年", "小孩", "儿童", "child", "minor"),
    "leak": ("泄露", "骚扰", "诈骗", "陌生电话", "给我打", "公开了", "leak", "spam"),
    "splash": ("开屏", "弹窗", "关不掉", "摇一摇", "跳转", "pop-up", "splash"),
}
"""Words by which each cause is known; a yardstick of ours, for a suggestion alone."""

"""What a protection officer asks of whoever makes an SDK (26号文 14, 15; PIPL Arts. 17, 21, 23).

Answers are about a product, not about people, so they stand in the log as they were given.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import Choice, FieldSort
from chengnuo.domain.dossier.making import choice, flag, line, text

STARTS = (
    Choice("after-consent", Text("由应用在同意后启动", "Started by the app, after consent")),
    Choice("at-app-start", Text("应用启动时", "When the app starts")),
    Choice("by-itself", Text("自行启动或者被其他应用唤起", "By itself, or woken by other apps")),
)
UPDATES = (
    Choice("none", Text("不更新代码或者规则", "Neither code nor rules are changed")),
    Choice("rules", Text("只更新配置、规则", "Settings and rules only")),
    Choice("code", Text("下发并运行代码", "Code is sent and run")),
)
SETTINGS = (
    Choice("each", Text("每项收集都可以单独关闭", "Each thing collected can be turned off")),
    Choice("some", Text("部分可以关闭", "Some of it can")),
    Choice("none", Text("不能关闭", "Nothing can")),
)
MINORS = (
    Choice("not-collected", Text("不处理不满十四周岁的信息", "Nothing of children under fourteen")),
    Choice("mode", Text("提供未成年人模式", "There is a mode for minors")),
    Choice("same", Text("与成年人相同", "As for adults")),
)


def _words(  # noqa: PLR0913  what a question is
    name: str, zh: str, en: str, hint_zh: str, hint_en: str, *, must: bool = True
) -> FieldSort:
    return text(name, zh, en, hint=Text(hint_zh, hint_en), must=must, private=False)


QUESTIONS: tuple[FieldSort, ...] = (
    _words(
        "purposes",
        "处理目的",
        "Purposes",
        "逐项写功能和目的；用于自身目的的单独写明。",
        "Function by function; say apart what serves your own ends.",
    ),
    _words(
        "kinds",
        "个人信息种类",
        "Kinds of personal information",
        "每种写字段、频率、是否必需。",
        "Of each: the fields, how often, whether it cannot work without.",
    ),
    _words(
        "asked-permissions",
        "系统权限",
        "System permissions",
        "权限名和用途；没有写“无”。",
        "Each name and what it is for; “none” if none.",
    ),
    choice("starts", "初始化时机", "When it starts", STARTS),
    choice("updates", "热更新", "Updates without a release", UPDATES),
    choice("switches", "收集可否配置", "Whether collecting can be configured", SETTINGS),
    _words(
        "own-sdks",
        "内含的其他 SDK",
        "SDKs inside it",
        "名称、版本、提供者；没有写“无”。",
        "Name, version, maker; “none” if none.",
    ),
    _words(
        "hosts",
        "通信域名和地址",
        "Hosts it talks to",
        "全部列出，境外的注明国家或者地区。",
        "All of them; of those abroad, the country.",
    ),
    line("kept-in", "存储地点", "Where it is kept", hint=Text("国家和城市", "Country and city")),
    flag("goes-abroad", "是否出境或者可从境外访问", "Goes abroad, or can be seen from there"),
    line("kept-for", "保存期限和删除方式", "For how long, and how it is deleted"),
    _words(
        "rights-channel",
        "个人行使权利的渠道",
        "How people exercise their rights",
        "地址、时限；撤回和删除怎样通知到你方。",
        "Where and by when; how you are told of a withdrawal or a deletion.",
    ),
    choice("minors", "未成年人", "Minors", MINORS),
    _words(
        "others",
        "转委托或者再提供",
        "Who else gets it",
        "名称、目的、所在地；没有写“无”。",
        "Name, purpose and place; “none” if none.",
    ),
    _words(
        "security",
        "安全措施和认证",
        "Safeguards and certificates",
        "加密、访问控制、渗透测试、认证编号。",
        "Encryption, who may see it, tests, numbers of certificates.",
        must=False,
    ),
    line(
        "incident-contact",
        "事件联络人（岗位和电话）",
        "Whom to call in an incident (office, number)",
    ),
)
"""In the order in which they are asked."""

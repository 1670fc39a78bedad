"""Where and how long information is kept, and how it is used by automated decisions and sensors."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.consent_facts import DEFAULT_SECURITY
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Table,
    bullets,
    cell,
    line,
    lines,
    paragraph,
)
from chengnuo.domain.disclosure.method_words import retention_in_words
from chengnuo.domain.disclosure.right_words import in_corners
from chengnuo.domain.disclosure.rules_section import Section
from chengnuo.domain.disclosure.saying import both, fill, joined_texts, sentences
from chengnuo.domain.disclosure.watching_words import captures, faces, public_images
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.automated import AutomatedDecisionMaking, AutomatedKind
from chengnuo.domain.register.decision_model import DecisionModel
from chengnuo.domain.register.governance import Switch

STORAGE = Text("我们如何存储和保护您的个人信息", "Where and how long we keep it, and how safely")
AUTOMATED = Text("我们如何使用自动化决策和传感器", "Automated decisions and sensors")

KIND: dict[AutomatedKind, Text] = {
    AutomatedKind.RECOMMENDATION: Text("内容和商品推荐", "recommendation"),
    AutomatedKind.RANKING: Text("排序", "ranking"),
    AutomatedKind.ADVERTISING: Text("个性化广告", "advertising"),
    AutomatedKind.PUSH: Text("信息推送", "push messages"),
    AutomatedKind.PRICING: Text("价格和优惠", "prices and offers"),
    AutomatedKind.RISK_CONTROL: Text("风险控制", "risk control"),
    AutomatedKind.CREDIT: Text("信用评估", "credit"),
    AutomatedKind.MODERATION: Text("内容审核", "moderation"),
    AutomatedKind.DISPATCH: Text("任务调度", "dispatch"),
}


def storage(declared: Declared) -> Section:
    """Return place, period and security (PIPL Arts. 17(2), 19, 40, 51, 57; NDSR Art. 21(3))."""
    handler = declared.handler
    places: list[Line] = []
    for store in declared.stores:
        place = country_in_words(store.country)
        if store.region is not None:
            place = fill(
                "{place}（{region}）", "{place} ({region})", place=place, region=both(store.region)
            )
        places.append(
            line(fill("{name}：{place}", "{name}: {place}", name=both(store.name), place=place))
        )
    blocks: list[Block] = [Heading(2, "storage-place", Text("存储地点", "Where"))]
    if places:
        blocks.append(bullets(places))
    else:
        blocks.append(
            paragraph(
                Text(
                    "各项处理活动均未使用服务器存储您的个人信息。",
                    "No activity keeps your personal information on a server.",
                )
            )
        )
    blocks.append(Heading(2, "storage-period", Text("保存期限", "How long")))
    blocks.append(
        paragraph(
            Text(
                "我们只在实现目的所必要的最短时间内保存您的个人信息。期限届满的，我们删除或者匿名化；"
                "法律、行政法规规定的保存期限未届满，或者删除在技术上难以实现的，"
                "我们停止除存储和采取必要的安全保护措施之外的处理。",
                "No longer than the purpose needs. When a period ends, information is deleted or "
                "anonymised; where a law sets a longer one, or deleting is technically hard, we "
                "do nothing with it but store it and keep it safe.",
            )
        )
    )
    if declared.activities:
        blocks.append(
            Table(
                Text("各场景的保存期限", "Periods by purpose"),
                (
                    Column(Text("目的", "Purpose"), 4),
                    Column(Text("保存期限和到期处理", "Period and what follows"), 4),
                    Column(Text("确定期限的理由", "Why so long"), 4),
                ),
                tuple(_period_row(activity) for activity in declared.activities),
            )
        )
    blocks.append(Heading(2, "security", Text("安全保护", "Security")))
    security = DEFAULT_SECURITY if handler.security is None else both(handler.security)
    blocks.append(paragraph(security))
    plan = handler.incident_plan
    blocks.append(
        paragraph(
            both(plan)
            if plan is not None
            else Text(
                "发生或者可能发生个人信息泄露、篡改、丢失的，我们立即采取补救措施，"
                "并依法通知履行个人信息保护职责的部门和受影响的个人。",
                "If information is or may have been leaked, altered or lost, we act at once and "
                "tell the competent department and those affected as the law asks.",
            )
        )
    )
    return Section("storage", STORAGE, tuple(blocks))


def _period_row(activity: ProcessingActivity) -> tuple[Cell, ...]:
    why = activity.retention.why
    return (
        cell(both(activity.purpose)),
        cell(retention_in_words(activity.retention)),
        cell(both(why)) if why is not None else cell(_SHORTEST),
    )


_SHORTEST = Text("实现目的所必要的最短时间", "the shortest that the purpose needs")


def automated(declared: Declared) -> Section:
    """Return automated decisions with their switches (PIPL Art. 24), and the use of sensors."""
    blocks: list[Block] = []
    deciding = [
        (activity, activity.automated)
        for activity in declared.activities
        if activity.automated is not None
    ]
    if deciding:
        blocks.append(Heading(2, "automated", Text("自动化决策", "Automated decision-making")))
        blocks.append(paragraph(_FAIR))
        for activity, decision in deciding:
            blocks.append(Heading(3, f"automated-{activity.activity}", both(activity.purpose)))
            blocks.append(
                bullets(
                    [
                        *automated_lines(declared, decision),
                        *map(_model_line, declared.register.models_of(activity.activity)),
                    ]
                )
            )
    if declared.switches:
        blocks.append(Heading(2, "switches", Text("个性化开关", "Switches")))
        blocks.append(
            Table(
                Text("您可以关闭的个性化功能", "What you can turn off"),
                (
                    Column(Text("开关", "Switch"), 2),
                    Column(Text("路径", "Where"), 4),
                    Column(Text("默认状态", "At first"), 1),
                    Column(Text("关闭后", "Turned off"), 4),
                ),
                tuple(_switch_row(switch) for switch in declared.switches),
            )
        )
    watching = [*captures(declared), *faces(declared), *public_images(declared)]
    if watching:
        title = Text("麦克风、相机等传感器和人脸识别", "Sensors and face recognition")
        blocks.append(Heading(2, "sensors", title))
        blocks.append(bullets(watching))
    return Section("use", AUTOMATED, tuple(blocks))


_FAIR = Text(
    "我们利用个人信息进行自动化决策的，保证决策的透明度和结果公平、公正，"
    "不对个人在交易价格等交易条件上实行不合理的差别待遇。"
    "通过自动化决策作出对您权益有重大影响的决定的，您有权要求我们说明，"
    "并有权拒绝仅通过自动化决策的方式作出决定。",
    "Automated decisions are open and fair, and nobody is treated unreasonably differently in "
    "prices or other terms. Where one has a major effect on your rights and interests, you can "
    "have it explained and refuse a decision made by automation alone.",
)


def automated_lines(declared: Declared, decision: AutomatedDecisionMaking) -> list[Line]:
    """Return what people are told of one automated decision."""
    found = [
        line(fill("用于：{x}", "Used for: {x}", x=KIND[decision.kind])),
        line(
            fill(
                "考虑因素：{x}",
                "It looks at: {x}",
                x=joined_texts((both(each) for each in decision.factors), "；", "; "),
            )
        ),
    ]
    if decision.explanation is not None:
        found.append(
            line(fill("如何决定：{x}", "How it decides: {x}", x=both(decision.explanation)))
        )
    found.append(line(_terms(decision)))
    if decision.major_effect:
        review = decision.human_review
        found.append(
            line(
                fill(
                    "对您的权益有重大影响；{x}",
                    "It has a major effect on your rights and interests; {x}",
                    x=both(review) if review is not None else _REVIEW,
                )
            )
        )
    elif decision.human_review is not None:
        found.append(
            line(fill("人工复核：{x}", "Human review: {x}", x=both(decision.human_review)))
        )
    switch = (
        None
        if decision.off_switch is None
        else declared.register.switch_by_id.get(decision.off_switch)
    )
    if switch is not None:
        found.append(
            line(
                fill(
                    "如何关闭：在{path}关闭“{name}”。{effect}",
                    "To turn it off: “{name}” under {path}. {effect}",
                    path=in_corners(both(switch.path)),
                    name=both(switch.name),
                    effect=both(switch.effect),
                )
            )
        )
    return found


def _model_line(model: DecisionModel) -> Line:
    """Return a model's purpose, main mechanism and filing (算法推荐管理规定 16, 24)."""
    said = [both(model.name)]
    if model.filing is not None:
        said.append(
            fill("算法备案编号：{x}", "Filing number of the algorithm: {x}", x=model.filing)
        )
    if model.explanation is not None:
        said.append(both(model.explanation))
    return line(fill("模型或者规则：{x}", "Model or rule: {x}", x=sentences(said)))


_REVIEW = Text(
    "您可以要求说明和人工复核，并拒绝仅由自动化决策作出的决定",
    "you can have it explained and looked at by a person, and refuse automation alone",
)


def _terms(decision: AutomatedDecisionMaking) -> Text:
    if not decision.sets_terms:
        said = Text("不影响价格等交易条件", "It does not touch prices or other terms")
    else:
        said = Text(
            "会影响价格或者其他交易条件，但不因人而异地实行不合理的差别待遇",
            "It touches prices or other terms, without unreasonable difference between people",
        )
    if decision.fairness is None:
        return said
    return sentences((said, both(decision.fairness)))


def _switch_row(switch: Switch) -> tuple[Cell, ...]:
    state = Text("开启", "on") if switch.default_on else Text("关闭", "off")
    effect = [both(switch.effect)]
    if switch.clears_labels and "标签" not in switch.effect.zh:
        effect.append(Text("可以同时删除标签。", "Labels can be deleted there."))
    return (
        cell(both(switch.name)),
        cell(in_corners(both(switch.path))),
        cell(state),
        lines(effect),
    )

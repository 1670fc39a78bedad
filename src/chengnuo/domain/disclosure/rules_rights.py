"""The rights of individuals with their ways, minors, changes, and whom to turn to."""

from chengnuo.base.text import Text
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
    paragraph,
    strong,
)
from chengnuo.domain.disclosure.method_words import keep_in_words
from chengnuo.domain.disclosure.minors_handling import ages_in_words
from chengnuo.domain.disclosure.recipient_words import contact_lines
from chengnuo.domain.disclosure.right_words import RIGHT, deadline_in_words, in_corners
from chengnuo.domain.disclosure.rules_section import Section
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.app import Cancellation, MinorsAudience, RightPath
from chengnuo.domain.register.governance import NoticeKind
from chengnuo.domain.register.scalars import Keep

RIGHTS = Text("您的权利和行使方式", "Your rights and how to use them")
MINORS = Text("我们如何保护未成年人的个人信息", "Minors")
CHANGES = Text("规则的变更", "Changes to these rules")
CONTACT = Text("如何联系我们和投诉", "How to reach us and to complain")


def rights(declared: Declared) -> Section:
    """Return each right with its way and deadline (PIPL Arts. 15, 24, 44 to 50; NDSR Art. 21)."""
    app = declared.app
    ways = {way.right: way for way in app.rights}
    written = [ways[right] for right in RIGHT if right in ways]
    blocks: list[Block] = [
        paragraph(
            Text(
                "您对您的个人信息的处理享有知情权、决定权，有权限制或者拒绝我们处理；"
                "有权查阅、复制、转移、更正、补充、删除您的个人信息，撤回同意，要求我们解释说明本规则。",
                "You have the right to know and to decide, to restrict or refuse handling, to see, "
                "copy, transfer, correct, supplement and delete your information, to withdraw "
                "consent, and to have these rules explained.",
            )
        )
    ]
    if written:
        blocks.append(
            Table(
                Text("权利、路径和期限", "Rights, ways and deadlines"),
                (
                    Column(Text("权利", "Right"), 3),
                    Column(Text("路径", "Where"), 5),
                    Column(Text("答复期限", "Answer"), 3),
                    Column(Text("条件", "Conditions"), 4),
                ),
                tuple(_right_row(way) for way in written),
            )
        )
    missing = [right for right in RIGHT if right not in ways]
    if missing:
        blocks.append(paragraph(_other_rights(declared, [RIGHT[right] for right in missing])))
    blocks.extend(_withdrawal())
    blocks.extend(_cancellation(app.cancellation))
    blocks.append(
        Heading(2, "refusal", Text("请求的核验、拒绝和救济", "Checks, refusals, remedies"))
    )
    blocks.append(
        bullets(
            [
                Text(
                    "为保障安全，我们可能核验您的身份，只核验必要的信息，核验所得不作他用。",
                    "We may check that it is you, with the least that is needed and for nothing "
                    "else.",
                ),
                Text(
                    "我们拒绝您的请求的，会说明理由，并告知您投诉、起诉的途径。",
                    "If we refuse, we say why, and how to complain or sue.",
                ),
                Text(
                    "自然人死亡的，其近亲属为了自身的合法、正当利益，可以对死者的相关个人信息行使查阅、"
                    "复制、更正、删除等权利；死者生前另有安排的除外。",
                    "Close relatives may, for their own lawful and proper interests, see, copy, "
                    "correct and delete information of the deceased, unless the deceased "
                    "arranged otherwise.",
                ),
            ]
        )
    )
    return Section("rights", RIGHTS, tuple(blocks))


def _right_row(way: RightPath) -> tuple[Cell, ...]:
    return (
        cell(strong(RIGHT[way.right])),
        cell(in_corners(both(way.path))),
        cell(deadline_in_words(way.working_days)),
        cell(both(way.conditions)) if way.conditions is not None else (),
    )


def _other_rights(declared: Declared, names: list[Text]) -> Text:
    complaints = declared.handler.complaints
    ways = joined_texts(contact_lines(declared.handler.contacts), "；", "; ")
    return fill(
        "{names}，请通过{path}或者以下方式提出，我们在 {n} 个工作日内答复：{ways}。",
        "For these, write to us under {path} or as follows; we answer within {n} working days: "
        "{names}. {ways}",
        names=joined_texts(names),
        path=in_corners(both(complaints.path)),
        n=complaints.working_days,
        ways=ways,
    )


def _withdrawal() -> list[Block]:
    return [
        Heading(2, "withdrawal", Text("撤回同意", "Withdrawing consent")),
        paragraph(
            Text(
                "您可以随时撤回同意，我们提供便捷的撤回方式。撤回后，我们停止以该同意为依据的处理，"
                "并删除相应的个人信息；撤回不影响撤回前已经进行的处理的效力，"
                "也不影响您使用与该同意无关的功能。",
                "You can withdraw consent at any time, and easily. We then stop what rested on it "
                "and delete the information. What was done before stays lawful, and functions "
                "that do not rest on it go on.",
            )
        ),
    ]


def _cancellation(cancellation: Cancellation | None) -> list[Block]:
    if cancellation is None:
        return []
    items: list[Line] = []
    if cancellation.conditions:
        conditions = joined_texts((both(each) for each in cancellation.conditions), "；", "; ")
        items.append(line(fill("注销条件：{x}", "Conditions: {x}", x=conditions)))
    else:
        items.append(line(Text("注销账户不设条件。", "There are no conditions.")))
    if cancellation.cooling_off is not None:
        items.append(
            line(
                fill(
                    "冷静期：{x}，期间您可以改变主意",
                    "Cooling-off: {x}, in which you can change your mind",
                    x=keep_in_words(Keep(cancellation.cooling_off)),
                )
            )
        )
    items.append(
        line(
            Text(
                "注销账户后，我们删除或者匿名化您的个人信息，法律、行政法规另有规定的除外。",
                "Afterwards your information is deleted or anonymised, unless a law or regulation "
                "says otherwise.",
            )
        )
    )
    return [
        Heading(2, "cancellation", Text("注销账户", "Cancelling the account")),
        bullets(items),
    ]


def minors(declared: Declared) -> Section:
    """Return how minors are protected; the special rules are a document of their own."""
    app = declared.app
    audience = app.audience
    said: list[Block] = [paragraph(both(own.body)) for own in declared.own_words(NoticeKind.MINORS)]
    if audience.minors_under_14 is MinorsAudience.NOT_INTENDED:
        said.append(
            paragraph(
                Text(
                    "本应用不以不满十四周岁的未成年人为服务对象。发现在未取得监护人同意的情况下"
                    "收集了其个人信息的，我们会尽快删除。",
                    "This app is not meant for children under fourteen. If we find that we hold "
                    "information of one without a guardian's consent, we delete it soon.",
                )
            )
        )
    else:
        path = app.access.minors_rules_path
        said.append(
            paragraph(
                fill(
                    "处理不满十四周岁未成年人的个人信息，须取得其父母或者其他监护人的同意，"
                    "并适用专门的儿童个人信息处理规则{path}。",
                    "Information of children under fourteen needs the consent of a parent or "
                    "another guardian and follows special rules{path}.",
                    path=Text("", "")
                    if path is None
                    else Text(
                        f"（见{in_corners(both(path)).zh}）", f" ({in_corners(both(path)).en})"
                    ),
                )
            )
        )
    said.extend(map(paragraph, ages_in_words(audience)))
    return Section("minors", MINORS, tuple(said))


def changes(declared: Declared) -> Section:
    """Return how changes are told and when consent is asked again (PIPL Arts. 14, 17)."""
    said: list[Block] = [
        paragraph(
            Text(
                "处理目的、处理方式或者处理的个人信息种类变更的，我们重新取得您的同意，只就变更的部分询问；"
                "其他变更以显著方式告知。变更前的版本和变更说明可以在归档中查阅。",
                "When purpose, method or categories change, we ask for your consent again, but "
                "only for what changed; other changes are told where you will notice them. Earlier "
                "versions and what changed stay in the archive.",
            )
        )
    ]
    said.extend(paragraph(both(own.body)) for own in declared.own_words(NoticeKind.CHANGES))
    return Section("changes", CHANGES, tuple(said))


def contact(declared: Declared) -> Section:
    """Return contacts, the complaint way with its deadline, and remedies (PIPL Arts. 50, 65)."""
    handler = declared.handler
    complaints = handler.complaints
    items: list[Line] = [
        line(
            fill(
                "应用内投诉：{path}，{n} 个工作日内答复",
                "Complaints in the app: {path}, answered within {n} working days",
                path=in_corners(both(complaints.path)),
                n=complaints.working_days,
            )
        )
    ]
    for who, contacts in (
        (Text("投诉渠道", "Complaints"), complaints.contacts),
        (Text("联系我们", "Contact"), handler.contacts),
    ):
        ways = joined_texts(contact_lines(contacts), "；", "; ")
        if ways.zh:
            items.append(line(fill("{who}：{ways}", "{who}: {ways}", who=who, ways=ways)))
    said: list[Block] = [bullets(items)]
    own = declared.own_words(NoticeKind.DISPUTES)
    if own:
        said.extend(paragraph(both(each.body)) for each in own)
    else:
        said.append(
            paragraph(
                Text(
                    "您对我们的处理有异议的，可以向我们投诉，可以向履行个人信息保护职责的部门投诉、举报，"
                    "也可以依法向人民法院提起诉讼。",
                    "If you disagree with us, you can complain to us, turn to the competent "
                    "department, or sue in a people's court.",
                )
            )
        )
    return Section("contact", CONTACT, tuple(said))

"""What must be known before one matter is decided, label by label.

What, what for and how (PIPL Art. 17); why it is necessary and what it means (Art. 30); who gets
it, with name, contact, purpose, method and categories (Art. 23); abroad, also how rights are
exercised there (Art. 39); where and how long; how to withdraw (Art. 15), and that refusing does
no harm (Art. 16).
"""

from collections.abc import Iterable

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.document import Line, Part, joined, line
from chengnuo.domain.disclosure.joint_words import TOGETHER, joint_handlers, joint_lines
from chengnuo.domain.disclosure.method_words import (
    keep_in_words,
    method_in_words,
    operations_in_words,
    retention_in_words,
)
from chengnuo.domain.disclosure.recipient_words import (
    ROUTE,
    recipient_contact,
    recipient_method,
    recipient_name,
)
from chengnuo.domain.disclosure.right_words import in_corners
from chengnuo.domain.disclosure.saying import both, fill, joined_texts, same
from chengnuo.domain.disclosure.sensitive_words import DEFAULT_EFFECT, why_purpose
from chengnuo.domain.register.consent_items import MatterKind
from chengnuo.domain.register.publication import PublicDisclosure
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.rights import Right

_BETWEEN = Text("；", "; ")
_MENDING = {Right.CORRECT, Right.SUPPLEMENT, Right.DELETE}
DEFAULT_SECURITY = Text(
    "我们依法采取与风险相适应的安全技术措施和管理措施。",
    "Technical and organisational safeguards that match the risk, as the law asks.",
)
_ANYWAY = Text("不影响其他功能的使用。", "Everything else works as before.")
_DEFAULT_WITHDRAWN = Text(
    "撤回后我们停止本事项的处理；撤回前已经进行的处理不受影响。",
    "After that we stop this handling; what was done before stays lawful.",
)

WHAT = Text("具体内容", "What exactly")
PURPOSE = Text("目的", "What for")
METHOD = Text("方式", "How")
WHY = Text("为什么必要", "Why it is necessary")
EFFECT = Text("对您权益的影响", "What it means for you")
EFFECT_ON_CHILD = Text("对孩子权益的影响", "What it means for the child")
SECURITY = Text("安全措施", "How it is kept safe")
COMPLAIN = Text("投诉、举报", "How to complain")
CORRECT = Text("更正和删除", "How to correct and delete")
WHO = Text("谁会取得", "Who gets it")
WHERE = Text("存放和去向", "Where it is kept and goes")
HOW_LONG = Text("保存期限", "For how long")
WITHDRAW = Text("如何撤回", "How to withdraw")
REFUSE = Text("如果不同意", "If you do not agree")
EXERCISE = Text("向境外接收方行使权利", "Your rights against the recipient abroad")


def consent_facts(matter: Matter) -> tuple[tuple[Text, tuple[Line, ...]], ...]:
    """Return what must be known, in the order of the papers."""
    of_child = matter.item.kind is MatterKind.MINORS
    found = [
        (WHAT, (joined((matter.declared.item_span(one) for one in matter.items), _BETWEEN),)),
        (PURPOSE, (line(_what_for(matter)),)),
        (METHOD, _each(_how(matter))),
        (WHY, _each(_why(matter))),
        (EFFECT_ON_CHILD if of_child else EFFECT, _each(_effects(matter))),
    ]
    recipient = matter.recipient
    if recipient is not None:
        found.append((WHO, _each(_who(matter, recipient))))
    found.extend(
        (TOGETHER, joint_lines(matter.declared, one))
        for one in joint_handlers(matter.declared, matter.activity)
    )
    found.append((WHERE, _each(_where(matter))))
    if recipient is not None and recipient.is_overseas:
        found.append((EXERCISE, _each(_exercise(matter, recipient))))
    if of_child:
        found.extend(_for_guardians(matter))
    found.extend(
        [
            (HOW_LONG, (line(_how_long(matter)),)),
            (WITHDRAW, _each(_how_to_withdraw(matter))),
            (REFUSE, _each(_if_refused(matter))),
        ]
    )
    return tuple(found)


def _for_guardians(matter: Matter) -> list[tuple[Text, tuple[Line, ...]]]:
    """Return what a guardian is told besides (rules on children's information, Art. 10)."""
    declared = matter.declared
    handler = declared.handler
    ways = [both(way.path) for way in declared.app.rights if way.right in _MENDING]
    if not ways:
        ways.append(both(declared.app.access.rules_path))
    mend = joined_texts(map(in_corners, dict.fromkeys(ways)))
    complain = fill(
        "{path}，{n} 个工作日内答复；也可以向履行个人信息保护职责的部门投诉、举报。",
        "{path}, answered within {n} working days; or to the competent department.",
        path=in_corners(both(handler.complaints.path)),
        n=handler.complaints.working_days,
    )
    security = DEFAULT_SECURITY if handler.security is None else both(handler.security)
    return [
        (SECURITY, (line(security),)),
        (CORRECT, (line(mend),)),
        (COMPLAIN, (line(complain),)),
    ]


def _what_for(matter: Matter) -> Text:
    image = matter.activity.public_image
    if matter.item.kind is MatterKind.PUBLIC_IMAGE and image and image.other_use:
        return both(image.other_use)
    return fill(
        "{purpose}（{scene}）",
        "{purpose} ({scene})",
        purpose=matter.purpose,
        scene=both(matter.activity.scene),
    )


def _how(matter: Matter) -> list[Text]:
    method = matter.activity.method
    found = [method_in_words(method)]
    found.append(fill("处理环节：{x}", "what is done: {x}", x=operations_in_words(method)))
    if method.description is not None:
        found.append(both(method.description))
    return found


def _why(matter: Matter) -> list[Text]:
    given = [both(one.why_necessary) for one in matter.items if one.why_necessary is not None]
    disclosure = matter.activity.disclosure
    if matter.item.kind is MatterKind.PUBLICATION and disclosure is not None:
        given.insert(0, both(disclosure.why))
    if not given:
        given.append(why_purpose(matter.activity))
    return list(dict.fromkeys(given))


def _effects(matter: Matter) -> list[Text]:
    given = [both(one.impact) for one in matter.items if one.impact is not None]
    disclosure = matter.activity.disclosure
    if matter.item.kind is MatterKind.PUBLICATION and disclosure is not None:
        given.append(_shown(matter, disclosure))
    if not given:
        given.append(DEFAULT_EFFECT)
    return list(dict.fromkeys(given))


def _shown(matter: Matter, disclosure: PublicDisclosure) -> Text:
    masks = joined_texts(
        (
            fill(
                "{name}：{rule}",
                "{name}: {rule}",
                name=matter.declared.name_of(mask.category),
                rule=both(mask.rule),
            )
            for mask in disclosure.masks
        ),
        "；",
        "; ",
    )
    shown = fill(
        "任何人都可以在{where}看到，公开期限为 {period}",
        "Anybody can see it in {where}, for {period}",
        where=both(disclosure.where),
        period=keep_in_words(disclosure.shown_for),
    )
    if not masks.zh:
        return shown
    return fill(
        "{shown}；展示时脱敏（{masks}）", "{shown}, masked ({masks})", shown=shown, masks=masks
    )


def _who(matter: Matter, recipient: Recipient) -> list[Text]:
    handler = matter.declared.handler
    return [
        fill("名称：{x}", "Name: {x}", x=recipient_name(recipient)),
        fill("联系方式：{x}", "Contact: {x}", x=recipient_contact(recipient, handler)),
        fill("处理目的：{x}", "Purpose: {x}", x=both(recipient.purpose)),
        fill("处理方式：{x}", "Method: {x}", x=recipient_method(recipient)),
        fill("个人信息种类：{x}", "Categories: {x}", x=matter.names()),
    ]


def _where(matter: Matter) -> list[Text]:
    found: list[Text] = []
    if matter.recipient is not None:
        country = country_in_words(matter.recipient.country)
        found.append(fill("接收方所在地：{x}", "The recipient is in: {x}", x=country))
    names = dict.fromkeys(table.partition(".")[0] for table in matter.activity.stores)
    for store in matter.declared.stores:
        if store.store in names:
            place = country_in_words(store.country)
            if store.region is not None:
                place = fill(
                    "{place}（{region}）",
                    "{place} ({region})",
                    place=place,
                    region=both(store.region),
                )
            found.append(fill("我们的存储地点：{x}", "We keep it in: {x}", x=place))
    if not found:
        found.append(Text("存储地点见个人信息处理规则。", "As the processing rules say."))
    return list(dict.fromkeys(found))


def _exercise(matter: Matter, recipient: Recipient) -> list[Text]:
    border = recipient.cross_border
    found: list[Text] = []
    if border is not None and border.rights is not None:
        found.append(both(border.rights))
    else:
        contact = recipient_contact(recipient, matter.declared.handler)
        found.append(
            fill(
                "您可以直接联系接收方（{contact}），也可以向我们提出，由我们转达并督促办理。",
                "Turn to the recipient ({contact}) or to us; we pass it on and see it done.",
                contact=contact,
            )
        )
    if border is not None:
        route = fill("出境的依据：{x}", "It rests on: {x}", x=ROUTE[border.route])
        if border.reference is not None:
            route = fill("{x}（编号 {n}）", "{x} (no. {n})", x=route, n=same(border.reference))
        found.append(route)
        if border.safeguards is not None:
            found.append(both(border.safeguards))
    return found


def _how_long(matter: Matter) -> Text:
    disclosure = matter.activity.disclosure
    if matter.item.kind is MatterKind.PUBLICATION and disclosure is not None:
        return fill(
            "公开 {shown}；{kept}",
            "public for {shown}; {kept}",
            shown=keep_in_words(disclosure.shown_for),
            kept=retention_in_words(matter.activity.retention),
        )
    return retention_in_words(matter.activity.retention)


def _how_to_withdraw(matter: Matter) -> list[Text]:
    ways = [way for way in matter.declared.app.rights if way.right is Right.WITHDRAW]
    effect = if_withdrawn(matter)
    if ways:
        path = in_corners(both(ways[0].path))
        return [fill("随时在{path}撤回。", "At any time under {path}.", path=path), effect]
    return [
        fill(
            "随时通过{path}或者本规则所列联系方式撤回。",
            "At any time under {path}, or through the contacts in the rules.",
            path=in_corners(both(matter.declared.app.access.rules_path)),
        ),
        effect,
    ]


def if_withdrawn(matter: Matter) -> Text:
    """Return what a withdrawal means, in a sentence: as the register says, else as the law."""
    withdrawn = matter.activity.if_withdrawn
    return _DEFAULT_WITHDRAWN if withdrawn is None else both(withdrawn)


def _if_refused(matter: Matter) -> list[Text]:
    given = [both(one.if_refused) for one in matter.items if one.if_refused is not None]
    return [*dict.fromkeys(given), _ANYWAY] if given else [_ANYWAY]


def _each(parts: Iterable[Part]) -> tuple[Line, ...]:
    return tuple(line(part) for part in parts)

"""The opening of the processing rules: who we are, and the summary."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Line,
    bullets,
    joined,
    line,
    paragraph,
    sensitive,
)
from chengnuo.domain.disclosure.recipient_words import contact_lines
from chengnuo.domain.disclosure.right_words import in_corners
from chengnuo.domain.disclosure.rules_section import Section
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.app import Service
from chengnuo.domain.register.handler import MAINLAND
from chengnuo.domain.register.recipient import RecipientRole

WHO = Text("我们是谁", "Who we are")
SUMMARY = Text("摘要", "Summary")
_BETWEEN = Text("；", "; ")


def who_we_are(declared: Declared) -> Section:
    """Return name, address and contacts of the handler (PIPL Arts. 17(1), 52, 53)."""
    handler = declared.handler
    items: list[Line] = [
        line(fill("个人信息处理者：{x}", "Personal information handler: {x}", x=both(handler.name)))
    ]
    if handler.credit_code is not None:
        items.append(
            line(
                fill(
                    "统一社会信用代码：{x}",
                    "Unified social credit code: {x}",
                    x=handler.credit_code,
                )
            )
        )
    items.append(line(fill("注册地址：{x}", "Registered address: {x}", x=both(handler.address))))
    items.extend(line(way) for way in contact_lines(handler.contacts))
    officer = handler.protection_officer
    if officer is not None:
        ways = joined_texts(contact_lines(officer.contacts), "；", "; ")
        items.append(
            line(
                fill("{title}（{ways}）", "{title} ({ways})", title=both(officer.title), ways=ways)
            )
        )
    agency = handler.representative
    if agency is not None:
        ways = joined_texts(contact_lines(agency.contacts), "；", "; ")
        items.append(
            line(
                fill(
                    "境内专门机构或者指定代表：{name}，{ways}",
                    "Agency or representative in the mainland: {name}, {ways}",
                    name=both(agency.name),
                    ways=ways,
                )
            )
        )
    return Section("who", WHO, (bullets(items),))


def summary(declared: Declared) -> Section:
    """Return what matters most, in a few lines that can be read in a minute."""
    basic = [service for service in declared.services if service.basic]
    extended = [service for service in declared.services if not service.basic]
    items: list[Line] = []
    if basic:
        items.append(_services_line(_BASIC, basic))
    if extended:
        items.append(_services_line(_EXTENDED, extended))
    items.append(_sensitive_line(declared))
    items.extend(_shared_lines(declared))
    items.append(_rights_line(declared))
    blocks: tuple[Block, ...] = (
        paragraph(
            Text(
                "以下是本规则的要点，完整内容见后文各部分。",
                "The main points; the parts below say all of it.",
            )
        ),
        bullets(items),
    )
    return Section("summary", SUMMARY, blocks)


_BASIC = Text(
    "基本功能（{names}）只处理实现该功能必要的个人信息；您可以拒绝非必要的部分，基本功能照常使用。",
    "Basic services ({names}) handle only what they need; you can refuse the rest and go on "
    "using them.",
)
_EXTENDED = Text(
    "扩展功能（{names}）中以同意为依据的处理，由您自行决定；不同意或者撤回同意，不影响基本功能。",
    "In extended services ({names}) whatever rests on consent is yours to decide; the basic ones "
    "work without it.",
)


def _services_line(pattern: Text, services: list[Service]) -> Line:
    names = joined_texts((both(service.name) for service in services), "；", "; ")
    return line(fill(pattern.zh, str(pattern.en), names=names))


def _sensitive_line(declared: Declared) -> Line:
    marked = dict.fromkeys(
        item.category
        for activity in declared.activities
        for item in activity.items
        if declared.is_sensitive(item)
    )
    if not marked:
        return line(
            Text("我们不处理敏感个人信息。", "We handle no sensitive personal information.")
        )
    shown = joined((sensitive(declared.name_of(category)) for category in marked), _BETWEEN)
    return (
        *line(
            Text("我们会处理的敏感个人信息有：", "Sensitive personal information that we handle: ")
        ),
        *shown,
        *line(
            Text(
                "。我们仅在具有特定目的和充分必要性时处理；依法须取得您单独同意的，另行征得您的单独同意。",
                ". Only for specific purposes that truly need it and, where the law asks for it, "
                "with your separate consent.",
            )
        ),
    )


def _shared_lines(declared: Declared) -> list[Line]:
    recipients = declared.recipients
    if not recipients:
        return [
            line(
                Text(
                    "我们不向任何第三方提供您的个人信息。",
                    "Nobody else gets your personal information.",
                )
            )
        ]
    entrusted = sum(one.role is RecipientRole.ENTRUSTED for one in recipients)
    others = len(recipients) - entrusted
    path = in_corners(both(declared.app.access.sharing_list_path))
    found = [
        line(
            fill(
                "共有 {n} 个第三方会取得您的部分个人信息，其中受托人 {e} 个，"
                "其他处理者和共同处理者 {o} 个；逐一列明于{path}。",
                "{n} third parties get some of your information: {e} entrusted parties, and {o} "
                "other or joint handlers. Each is listed under {path}.",
                n=len(recipients),
                e=entrusted,
                o=others,
                path=path,
            )
        )
    ]
    abroad = [both(one.name) for one in recipients if one.is_overseas]
    if abroad:
        found.append(
            line(
                fill(
                    "向境外提供的接收方有：{names}；须取得您单独同意的，未经同意不出境。",
                    "Recipients abroad: {names}. Where your separate consent is due, nothing "
                    "leaves without it.",
                    names=joined_texts(abroad),
                )
            )
        )
    elif all(store.country == MAINLAND for store in declared.stores):
        found.append(
            line(
                Text(
                    "您的个人信息不向境外提供。",
                    "Your personal information does not leave the mainland.",
                )
            )
        )
    return found


def _rights_line(declared: Declared) -> Line:
    complaints = declared.handler.complaints
    return line(
        fill(
            "您可以查阅、复制、更正、补充、删除您的个人信息，撤回同意，注销账户；"
            "投诉请走{path}，我们在 {n} 个工作日内答复。",
            "You can see, copy, correct, supplement and delete your information, withdraw "
            "consent and cancel your account. Complaints go to {path}; we answer within {n} "
            "working days.",
            path=in_corners(both(complaints.path)),
            n=complaints.working_days,
        )
    )

"""Who else gets information: entrusted, joint, other handlers, abroad, and the public."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Heading,
    Span,
    Table,
    bullets,
    cell,
    lines,
    link,
    paragraph,
    strong,
)
from chengnuo.domain.disclosure.joint_words import shared_out
from chengnuo.domain.disclosure.recipient_words import (
    CHANNEL,
    recipient_contact,
    recipient_method,
    recipient_name,
)
from chengnuo.domain.disclosure.right_words import in_corners
from chengnuo.domain.disclosure.rules_beyond import abroad, categories_line, made_public
from chengnuo.domain.disclosure.rules_section import Section
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.recipient import Recipient, RecipientRole

SHARING = Text(
    "我们如何委托处理、提供、共享和公开您的个人信息", "Who else gets your personal information"
)
_BETWEEN = Text("；", "; ")
_RULES = Text("其个人信息处理规则", "its processing rules")
_ROLE_TITLE = {
    RecipientRole.ENTRUSTED: Text("委托处理", "Entrusted parties"),
    RecipientRole.JOINT: Text("共同处理", "Joint handlers"),
    RecipientRole.PROVISION: Text("向其他个人信息处理者提供", "Other handlers"),
}
_CAPTION = {
    RecipientRole.ENTRUSTED: Text("受托人", "Who is entrusted"),
    RecipientRole.JOINT: Text("共同处理者", "Who handles jointly with us"),
    RecipientRole.PROVISION: Text("接收方", "Who receives"),
}
_ROLE_WORDS = {
    RecipientRole.ENTRUSTED: Text(
        "受托人按照我们的要求处理您的个人信息，不得超出约定的目的和方式，"
        "未经我们同意不得转委托；委托结束后返还或者删除。我们监督其处理活动。",
        "They act on our instructions only, may not entrust others without our consent, and "
        "return or delete the information at the end. We supervise them.",
    ),
    RecipientRole.JOINT: Text(
        "我们与下列处理者共同决定处理目的和处理方式。您可以向其中任何一方行使权利；"
        "共同处理侵害您的权益造成损害的，各方依法承担连带责任。",
        "We decide purpose and method together with them. You can turn to any of us; we are "
        "jointly and severally liable, as the law says, for harm to you.",
    ),
    RecipientRole.PROVISION: Text(
        "下列接收方自行决定处理目的和处理方式。提供前，我们告知您接收方的名称、联系方式、处理目的、"
        "处理方式和个人信息种类，并取得您的单独同意；依法无须取得同意的除外。"
        "接收方变更原先的处理目的、处理方式的，应当重新取得您的同意。",
        "They decide purpose and method themselves. We tell you beforehand who they are, how to "
        "reach them, what for, how and which categories, and ask for your separate consent unless "
        "the law needs none. If they change purpose or method, they ask you again.",
    ),
}
_TRANSFER = Text(
    "我们因合并、分立、解散、被宣告破产等原因需要转移个人信息的，会向您告知接收方的名称或者姓名和联系方式。"
    "接收方继续履行个人信息处理者的义务；变更原先的处理目的、处理方式的，应当重新取得您的同意。",
    "If personal information has to pass on because of a merger, division, dissolution or "
    "bankruptcy, we tell you who receives it and how to reach them. They take over the duties of "
    "a handler, and ask for your consent again if they change purpose or method.",
)


def sharing(declared: Declared) -> Section:
    """Return entrusted, joint and other handlers, abroad, public disclosure and transfer."""
    blocks: list[Block] = [
        paragraph(
            fill(
                "按第三方列明的完整清单见{path}。",
                "The full list by third party is under {path}.",
                path=in_corners(both(declared.app.access.sharing_list_path)),
            )
        )
    ]
    for role, title in _ROLE_TITLE.items():
        blocks.append(Heading(2, f"sharing-{role}", title))
        recipients = [one for one in declared.recipients if one.role is role]
        if not recipients:
            blocks.append(paragraph(_NONE_OF[role]))
            continue
        blocks.append(paragraph(_ROLE_WORDS[role]))
        blocks.append(_recipients_table(declared, _CAPTION[role], recipients))
        if role is RecipientRole.JOINT:
            blocks.extend(_agreed(declared, recipients))
    blocks.extend(abroad(declared))
    blocks.extend(made_public(declared))
    blocks.append(
        Heading(2, "transfer", Text("因合并、分立等转移", "Mergers, divisions and the like"))
    )
    blocks.append(paragraph(_TRANSFER))
    return Section("sharing", SHARING, tuple(blocks))


_NONE_OF = {
    RecipientRole.ENTRUSTED: Text(
        "我们不委托他人处理您的个人信息。", "We entrust nobody with your personal information."
    ),
    RecipientRole.JOINT: Text(
        "我们不与他人共同处理您的个人信息。", "We handle nothing jointly with others."
    ),
    RecipientRole.PROVISION: Text(
        "我们不向其他个人信息处理者提供您的个人信息。",
        "We give no personal information to other handlers.",
    ),
}
_COLUMNS = (
    Column(Text("接收方", "Recipient"), 3),
    Column(Text("个人信息种类", "Categories"), 3),
    Column(Text("目的", "Purpose"), 3),
    Column(Text("方式", "Method"), 3),
    Column(Text("联系方式和规则", "Contact and rules"), 3),
)


def _recipients_table(declared: Declared, title: Text, recipients: list[Recipient]) -> Table:
    rows = tuple(_recipient_row(declared, recipient) for recipient in recipients)
    return Table(title, _COLUMNS, rows)


def _recipient_row(declared: Declared, recipient: Recipient) -> tuple[Cell, ...]:
    how = [CHANNEL[recipient.channel], recipient_method(recipient)]
    if recipient.sub_recipients:
        subs = joined_texts(both(each) for each in recipient.sub_recipients)
        how.append(fill("其使用的其他方：{x}", "It uses: {x}", x=subs))
    reach: list[Text | Span] = [recipient_contact(recipient, declared.handler)]
    if recipient.rules_url is not None:
        reach.append(link(_RULES, recipient.rules_url))
    return (
        cell(strong(recipient_name(recipient))),
        (categories_line(declared, recipient),),
        cell(both(recipient.purpose)),
        lines(how),
        lines(reach),
    )


def _agreed(declared: Declared, recipients: list[Recipient]) -> list[Block]:
    """Return who does what in joint handling, where the agreement says (PIPL Art. 20)."""
    found: list[Block] = []
    for recipient in recipients:
        items = list(shared_out(declared, recipient))
        if items:
            found.append(
                paragraph(
                    fill(
                        "与{name}约定的各自权利和义务：",
                        "Who does what with {name}:",
                        name=both(recipient.name),
                    )
                )
            )
            found.append(bullets(items))
    return found

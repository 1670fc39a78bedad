"""Who gets information, and how, in words that people read."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.handler import Contacts, Handler
from chengnuo.domain.register.recipient import Channel, DutyBearer, Recipient, RecipientRole
from chengnuo.law.transfer_route import TransferRoute

ROLE: dict[RecipientRole, Text] = {
    RecipientRole.ENTRUSTED: Text("委托处理", "entrusted processing"),
    RecipientRole.JOINT: Text("共同处理", "joint processing"),
    RecipientRole.PROVISION: Text("向其他处理者提供", "provision to another handler"),
}
CHANNEL: dict[Channel, Text] = {
    Channel.SDK: Text("SDK 在本机收集并传输", "collected on the device and sent by its SDK"),
    Channel.API: Text("后端接口传输", "sent through a server interface"),
    Channel.PAGE: Text("跳转至对方页面，由您在其页面提供", "given by you on its own page"),
    Channel.FILE: Text("加密文件传输", "sent as a file"),
    Channel.REMOTE_ACCESS: Text("远程访问", "remote access"),
    Channel.OFFLINE: Text("线下交付", "handed over offline"),
}
_OWN_METHOD: dict[RecipientRole, Text] = {
    RecipientRole.ENTRUSTED: Text(
        "按照我们的委托和约定处理，不用于其自身目的",
        "handled as we have instructed, and for no purpose of its own",
    ),
    RecipientRole.JOINT: Text(
        "由我们与其共同决定的方式处理", "handled in the way that we decide together"
    ),
    RecipientRole.PROVISION: Text(
        "按照其个人信息处理规则处理", "handled under its own processing rules"
    ),
}
ROUTE: dict[TransferRoute, Text] = {
    TransferRoute.ASSESSMENT: Text(
        "通过数据出境安全评估", "security assessment by the cyberspace authority"
    ),
    TransferRoute.CERTIFICATION: Text(
        "通过个人信息保护认证", "certification of the protection of personal information"
    ),
    TransferRoute.STANDARD_CONTRACT: Text(
        "订立个人信息出境标准合同并备案", "the filed standard contract"
    ),
    TransferRoute.EXEMPT_VOLUME: Text(
        "未达到申报或者备案的人数标准", "below the head-count at which a route is due"
    ),
    TransferRoute.EXEMPT_CONTRACT: Text(
        "为订立、履行您作为一方当事人的合同确需提供", "needed for a contract with you"
    ),
    TransferRoute.EXEMPT_HR: Text(
        "依法实施跨境人力资源管理确需提供", "needed for cross-border human resources management"
    ),
    TransferRoute.EXEMPT_EMERGENCY: Text(
        "紧急情况下为保护生命健康和财产安全确需提供",
        "needed to protect life, health or property in an emergency",
    ),
    TransferRoute.EXEMPT_TRANSIT: Text(
        "在境外收集产生、仅传输至境内处理后提供，未引入境内个人信息",
        "collected abroad and only passing through",
    ),
    TransferRoute.EXEMPT_FREE_ZONE: Text(
        "属于自由贸易试验区负面清单之外的数据",
        "outside the negative list of its free trade zone",
    ),
}
BEARER: dict[DutyBearer, Text] = {
    DutyBearer.HANDLER: Text("我们", "we"),
    DutyBearer.RECIPIENT: Text("对方", "the other party"),
    DutyBearer.BOTH: Text("双方", "both"),
}


def contact_lines(contacts: Contacts) -> tuple[Text, ...]:
    """Return the channels of contacts, one a line."""
    found: list[Text] = []
    if contacts.phone:
        found.append(fill("电话：{x}", "Telephone: {x}", x=contacts.phone))
    if contacts.email:
        found.append(fill("电子邮箱：{x}", "E-mail: {x}", x=contacts.email))
    if contacts.url:
        found.append(fill("网址：{x}", "Page: {x}", x=contacts.url))
    if contacts.post is not None:
        found.append(fill("通信地址：{x}", "Post: {x}", x=both(contacts.post)))
    return tuple(found)


def recipient_contact(recipient: Recipient, handler: Handler) -> Text:
    """Return how individuals reach a recipient (PIPL Art. 23); never empty.

    Where the register has no contact, its rules are named, and else we pass a message on.
    """
    if recipient.contact is not None:
        return both(recipient.contact)
    if recipient.rules_url is not None:
        return Text("见其个人信息处理规则所载联系方式", "as its own processing rules say")
    ways = joined_texts(contact_lines(handler.contacts), "；", "; ")
    if not ways.zh:
        return Text("通过我们转达", "through us")
    return fill("通过我们转达（{ways}）", "through us ({ways})", ways=ways)


def recipient_method(recipient: Recipient) -> Text:
    """Return how a recipient handles what it gets (PIPL Art. 23); never empty."""
    return _OWN_METHOD[recipient.role] if recipient.method is None else both(recipient.method)


def recipient_name(recipient: Recipient) -> Text:
    """Return the name that people know, with the company behind it where it differs."""
    name, company = both(recipient.name), both(recipient.company)
    if name == company:
        return name
    return fill("{name}（{company}）", "{name} ({company})", name=name, company=company)


def place_of(recipient: Recipient) -> Text:
    """Return where the information goes (PIPL Art. 39)."""
    if not recipient.is_overseas:
        return Text("境内，不出境", "stays in the mainland")
    country = country_in_words(recipient.country)
    return fill("出境：{country}", "goes abroad: {country}", country=country)

"""Who answers for what along the way of an app to its user (26号文 13 to 16; PIPL Arts. 20 to 23).

Derived from the register alone: the app's operator, the stores that hand the app out, the system it
runs on, every SDK in it and every other recipient. What each answers for is the law's; what each
gets, and how to reach it, is the register's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Heading,
    Table,
    cell,
    lines,
    link,
    paragraph,
    strong,
)
from chengnuo.domain.disclosure.recipient_words import contact_lines, recipient_contact
from chengnuo.domain.disclosure.saying import both, fill, joined_texts, same
from chengnuo.domain.register.permission_words import permissions_by_words
from chengnuo.domain.register.recipient import Channel, Recipient, RecipientRole
from chengnuo.law.ids import DutyId


class ChainPart(StrEnum):
    """A part in the chain, in the order in which it is shown."""

    STORE = "store"
    OPERATOR = "operator"
    SYSTEM = "system"
    SDK = "sdk"
    ENTRUSTED = "entrusted"
    JOINT = "joint"
    PROVISION = "provision"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """Somebody who answers for something.

    Attributes:
        part: In which part.
        name: Name that people know.
        company: Full name of the legal entity; None for what is no party.
        role: Its role in law beside the part; None where the part says it.
        gets: What it gets; empty where that does not apply.
        contact: How people reach it; None where the register does not say.
        rules_url: Address of its rules or of its page of the app.
        recipient: Id of the recipient in the register; empty for the others.

    """

    part: ChainPart
    name: Text
    company: Text | None
    role: Text | None = None
    gets: Text | None = None
    contact: Text | None = None
    rules_url: str | None = None
    recipient: str = ""


PART_WORDS: dict[ChainPart, Text] = {
    ChainPart.STORE: Text("应用分发平台", "App store or platform"),
    ChainPart.OPERATOR: Text("应用运营者", "Operator of the app"),
    ChainPart.SYSTEM: Text("终端和操作系统", "Device and system"),
    ChainPart.SDK: Text("SDK 提供者", "Provider of an SDK"),
    ChainPart.ENTRUSTED: Text("受托人", "Entrusted party"),
    ChainPart.JOINT: Text("共同处理者", "Joint handler"),
    ChainPart.PROVISION: Text("其他个人信息处理者", "Another handler"),
}
PART_DUTIES: dict[ChainPart, DutyId] = {
    ChainPart.STORE: DutyId("26-13"),
    ChainPart.OPERATOR: DutyId("26-14"),
    ChainPart.SYSTEM: DutyId("26-16"),
    ChainPart.SDK: DutyId("26-15"),
    ChainPart.ENTRUSTED: DutyId("PIPL-21"),
    ChainPart.JOINT: DutyId("PIPL-20"),
    ChainPart.PROVISION: DutyId("PIPL-23"),
}
PART_ANSWERS: dict[ChainPart, tuple[Text, ...]] = {
    ChainPart.STORE: (
        Text(
            "上架前核验开发者和应用的真实信息", "Checks who the developer is and what the app does"
        ),
        Text(
            "处置违规应用，受理对应用的投诉", "Acts on apps that break the rules; takes complaints"
        ),
    ),
    ChainPart.OPERATOR: (
        Text(
            "决定处理目的和方式，告知并取得同意", "Decides purpose and method; tells and asks you"
        ),
        Text("答复您的请求和投诉", "Answers your requests and complaints"),
        Text("审查、列明并持续监督所用的 SDK", "Vets, lists and watches the SDKs it uses"),
    ),
    ChainPart.SYSTEM: (
        Text("由系统弹窗向您申请权限，并记录使用", "Asks you for permissions and logs their use"),
        Text("您可以随时在系统设置中关闭权限", "You can turn each off in the system's settings"),
    ),
    ChainPart.SDK: (
        Text("公开其信息、规则和版本", "Publishes who it is, its rules and versions"),
        Text("功能可以分开启用，收集可以配置", "Lets functions and collecting be configured"),
    ),
    ChainPart.ENTRUSTED: (
        Text("按照我们的委托处理，不得超出约定", "Handles as instructed and within what is agreed"),
        Text("结束后返还或者删除", "Returns or deletes it at the end"),
    ),
    ChainPart.JOINT: (
        Text("与我们共同决定，您可以向任何一方主张权利", "Decides with us; you may turn to either"),
        Text("造成损害的，与我们承担连带责任", "Is jointly and severally liable with us"),
    ),
    ChainPart.PROVISION: (
        Text("自行决定处理目的和方式，自行对您负责", "Decides by itself and answers to you itself"),
    ),
}
_OF_ROLE = {
    RecipientRole.ENTRUSTED: ChainPart.ENTRUSTED,
    RecipientRole.JOINT: ChainPart.JOINT,
    RecipientRole.PROVISION: ChainPart.PROVISION,
}
TITLE = Text("责任链", "Who answers for what")
_LEAD = Text(
    "应用、SDK、应用商店和终端各自负责的事项。任何一环出了问题，您都可以先找我们。",
    "What the app, its SDKs, the app stores and the device each answer for. Whatever goes wrong, "
    "you can turn to us first.",
)
_EMPTY = Text(
    "本应用不收集个人信息，没有其他方从本应用取得个人信息。",
    "This app collects no personal information; nobody else gets any from it.",
)
PARTIES = Text("每一环是谁", "Who is who")
_DUTY_COLUMNS = (
    Column(Text("环节", "Part"), 2),
    Column(Text("负责什么", "Answers for"), 6),
    Column(Text("有几方", "How many"), 1),
)
_PARTY_COLUMNS = (
    Column(Text("名称", "Name"), 3),
    Column(Text("环节", "Part"), 2),
    Column(Text("取得的个人信息", "What it gets"), 4),
    Column(Text("联系方式和规则", "Contact and rules"), 3),
)
_RULES = Text("查看", "open")


def responsibility_chain(declared: Declared) -> tuple[ChainLink, ...]:
    """Return who answers for what in an app, by part, each part in the order of the register."""
    order = list(ChainPart)
    return tuple(sorted(_links(declared), key=lambda one: order.index(one.part)))


def responsibility_document(declared: Declared) -> Document:
    """Return the chain as a document with one table."""
    links = responsibility_chain(declared)
    parts = tuple(dict.fromkeys(one.part for one in links))
    lead = paragraph(_LEAD if declared.activities else _EMPTY)
    duties = tuple(_duties(part, links) for part in parts)
    blocks: tuple[Block, ...] = (
        lead,
        Heading(1, "duties", TITLE),
        Table(TITLE, _DUTY_COLUMNS, duties),
        Heading(1, "parties", PARTIES),
        Table(PARTIES, _PARTY_COLUMNS, tuple(map(_party, links))),
    )
    return Document(
        id=DocumentKind.RESPONSIBILITY.value,
        kind=DocumentKind.RESPONSIBILITY,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=blocks,
    )


def _links(declared: Declared) -> Iterator[ChainLink]:
    handler = declared.handler
    for store in declared.app.distributors:
        yield ChainLink(
            part=ChainPart.STORE,
            name=both(store.name),
            company=both(store.company),
            contact=None if store.contact is None else both(store.contact),
            rules_url=store.url,
        )
    ways = joined_texts(contact_lines(handler.contacts), "；", "; ")
    yield ChainLink(
        part=ChainPart.OPERATOR,
        name=both(handler.name),
        company=both(handler.name),
        contact=ways if ways.zh else None,
    )
    asked = (name for one in declared.activities for name in permissions_by_words(one.permissions))
    words = tuple(dict.fromkeys(asked))
    if words:
        yield ChainLink(
            part=ChainPart.SYSTEM,
            name=fill("{n} 类系统权限", "{n} system permissions", n=len(words)),
            company=None,
            gets=joined_texts(words, "、", ", "),
        )
    for recipient in declared.recipients:
        yield _recipient(declared, recipient)


def _recipient(declared: Declared, recipient: Recipient) -> ChainLink:
    role = _OF_ROLE[recipient.role]
    is_sdk = recipient.sdk is not None or recipient.channel is Channel.SDK
    return ChainLink(
        part=ChainPart.SDK if is_sdk else role,
        role=PART_WORDS[role] if is_sdk else None,
        name=both(recipient.name),
        company=both(recipient.company),
        gets=joined_texts((declared.name_of(one) for one in recipient.categories), "、", ", "),
        contact=recipient_contact(recipient, declared.handler),
        rules_url=recipient.rules_url,
        recipient=recipient.recipient,
    )


def _duties(part: ChainPart, links: tuple[ChainLink, ...]) -> tuple[Cell, ...]:
    how_many = sum(one.part is part for one in links)
    return (
        cell(strong(PART_WORDS[part])),
        lines(PART_ANSWERS[part]),
        cell(same(str(how_many))),
    )


def _party(one: ChainLink) -> tuple[Cell, ...]:
    reach = [] if one.contact is None else [one.contact]
    return (
        lines((strong(one.name), *(() if one.company in {None, one.name} else (one.company,)))),
        lines((PART_WORDS[one.part],) if one.role is None else (PART_WORDS[one.part], one.role)),
        () if one.gets is None else cell(one.gets),
        lines((*reach, link(_RULES, one.rules_url)) if one.rules_url else reach),
    )

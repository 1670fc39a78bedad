"""List 2: the personal information shared with third parties, by recipient.

The columns are those of the 524 action (item 2.2); the seven that it and PIPL Art. 23 ask for
are always filled. A third party is whoever gets information: an SDK, an entrusted party, a joint
handler, another handler, and whoever runs a store for us.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Heading,
    Span,
    Table,
    bullets,
    cell,
    joined,
    lines,
    link,
    paragraph,
    sensitive,
    strong,
)
from chengnuo.domain.disclosure.head import SENSITIVE_MARK
from chengnuo.domain.disclosure.joint_words import joint_lines
from chengnuo.domain.disclosure.recipient_words import (
    CHANNEL,
    ROLE,
    place_of,
    recipient_contact,
    recipient_method,
    recipient_name,
)
from chengnuo.domain.disclosure.saying import both, fill, joined_texts, same
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.permission_words import permissions_by_words
from chengnuo.domain.register.recipient import Channel, Recipient, RecipientRole
from chengnuo.law.ids import CategoryId

DUTY = "action524-2.2"
TITLE = Text("与第三方共享个人信息清单", "Personal information shared with third parties")
_LEAD = Text(
    "本清单列出从本应用取得个人信息的第三方，包括内嵌 SDK 的提供者、受托人、"
    "共同处理者和其他个人信息处理者。"
    "点击链接可以查看第三方自己的个人信息处理规则。",
    "Who gets personal information from this app: providers of SDKs, entrusted parties, joint "
    "handlers and other handlers. The links lead to their own processing rules.",
)
_EMPTY = Text(
    "本应用不与第三方共享个人信息。", "This app shares no personal information with third parties."
)
SDK = Text("第三方 SDK", "Third-party SDKs")
OTHERS = Text("其他第三方", "Other third parties")
_JOINT = Text("与共同处理者的分工", "Who does what with joint handlers")
_RULES = Text("查看规则", "its rules")
_BETWEEN = Text("；", "; ")
_WEIGHTS = {
    "info_kind": 3,
    "purpose": 3,
    "scene": 3,
    "share_mode": 2,
    "recipient_name": 3,
    "recipient_contact": 2,
    "processing_method": 3,
    "policy_url": 2,
    "permission": 2,
    "sdk_version": 2,
    "overseas": 2,
    "role": 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingRow:
    """What one recipient gets in one scene.

    Attributes:
        recipient: The recipient.
        activity: Activity in which it gets the information; None if it runs a store.
        role: Entrusted, joint or a handler of its own.
        is_sdk: Whether it gets the information through an SDK.
        name: Its name, with the company behind it.
        sdk: Name of the SDK, where there is one.
        versions: Versions of the SDK.
        categories: What it gets, in the order of the activity.
        sensitive: Which of these are sensitive personal information.
        purpose: What it uses them for.
        scene: When it gets them.
        share_mode: How they reach it.
        method: How it handles them.
        contact: How individuals reach it.
        rules_url: Address of its processing rules, where the register has one.
        permissions: System permissions asked for in that scene, and what for.
        place: Whether and to which country the information goes abroad.
        is_overseas: Whether it leaves the mainland.

    """

    recipient: RecipientId
    activity: ActivityId | None
    role: RecipientRole
    is_sdk: bool
    name: Text
    sdk: str | None
    versions: tuple[str, ...]
    categories: tuple[CategoryId, ...]
    sensitive: frozenset[CategoryId]
    purpose: Text
    scene: Text
    share_mode: Text
    method: Text
    contact: Text
    rules_url: str | None
    permissions: tuple[Text, ...]
    place: Text
    is_overseas: bool


def sharing_list(declared: Declared) -> tuple[SharingRow, ...]:
    """Return the rows of list 2: SDKs first, then by recipient in the order of the register."""
    found = [row for one in declared.recipients for row in _rows(declared, one)]
    return tuple(sorted(found, key=lambda row: not row.is_sdk))


def sharing_document(declared: Declared) -> Document:
    """Return list 2 as a document: SDKs, then other third parties."""
    rows = sharing_list(declared)
    blocks: list[Block] = [paragraph(_LEAD if rows else _EMPTY)]
    if any(row.sensitive for row in rows):
        blocks.append(paragraph(SENSITIVE_MARK))
    for title, anchor, is_sdk in ((SDK, "sdk", True), (OTHERS, "others", False)):
        group = tuple(row for row in rows if row.is_sdk is is_sdk)
        if group:
            blocks.append(Heading(1, anchor, title))
            blocks.append(_table(declared, title, group))
    blocks.extend(_joint(declared, rows))
    return Document(
        id=DocumentKind.SHARING_LIST.value,
        kind=DocumentKind.SHARING_LIST,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=tuple(blocks),
    )


def _joint(declared: Declared, rows: tuple[SharingRow, ...]) -> Iterator[Block]:
    """Yield, for each joint handler of the list, who does what and where to turn (PIPL Art. 20)."""
    listed = dict.fromkeys(row.recipient for row in rows if row.role is RecipientRole.JOINT)
    if listed:
        yield Heading(1, "joint", _JOINT)
    for name in listed:
        recipient = declared.register.recipient_by_id[name]
        yield paragraph(strong(recipient_name(recipient)))
        yield bullets(joint_lines(declared, recipient)[1:])


def _rows(declared: Declared, recipient: Recipient) -> Iterator[SharingRow]:
    for activity in declared.activities_with(recipient):
        items = declared.provided(activity, recipient)
        words = permissions_by_words(activity.permissions)
        yield _row(
            declared,
            recipient,
            activity=activity.activity,
            categories=tuple(item.category for item in items),
            marked=frozenset(item.category for item in items if declared.is_sensitive(item)),
            scene=both(activity.scene),
            permissions=tuple(
                fill(
                    "{x}（用于{purpose}）",
                    "{x} ({purpose})",
                    x=each,
                    purpose=both(activity.purpose),
                )
                for each in words
            ),
        )
    for store in declared.stores:
        if store.operated_by == recipient.recipient:
            yield _row(
                declared,
                recipient,
                activity=None,
                categories=recipient.categories,
                marked=frozenset(
                    each for each in recipient.categories if declared.category_span(each).sensitive
                ),
                scene=fill("运行“{x}”时", "running “{x}”", x=both(store.name)),
                permissions=(),
            )


def _row(  # noqa: PLR0913  what differs between an activity and a store
    declared: Declared,
    recipient: Recipient,
    *,
    activity: ActivityId | None,
    categories: tuple[CategoryId, ...],
    marked: frozenset[CategoryId],
    scene: Text,
    permissions: tuple[Text, ...],
) -> SharingRow:
    sdk = recipient.sdk
    return SharingRow(
        recipient=recipient.recipient,
        activity=activity,
        role=recipient.role,
        is_sdk=sdk is not None or recipient.channel is Channel.SDK,
        name=recipient_name(recipient),
        sdk=None if sdk is None else sdk.name,
        versions=() if sdk is None else sdk.versions,
        categories=categories,
        sensitive=marked,
        purpose=both(recipient.purpose),
        scene=scene,
        share_mode=CHANNEL[recipient.channel],
        method=recipient_method(recipient),
        contact=recipient_contact(recipient, declared.handler),
        rules_url=recipient.rules_url,
        permissions=permissions,
        place=place_of(recipient),
        is_overseas=recipient.is_overseas,
    )


def _table(declared: Declared, title: Text, rows: tuple[SharingRow, ...]) -> Table:
    keys = [column for column in declared.catalogue.duty(DUTY).columns if column.key in _WEIGHTS]
    # Who gets it comes first: the row is named by its first cell, and people look for a name.
    keys.sort(key=lambda column: column.key != "recipient_name")
    together: dict[tuple[RecipientId, tuple[CategoryId, ...]], list[SharingRow]] = {}
    for row in rows:
        together.setdefault((row.recipient, row.categories), []).append(row)
    filled = [_cells(each, declared) for each in together.values()]
    kept = [
        column for column in keys if column.required or any(cells[column.key] for cells in filled)
    ]
    return Table(
        fill("{title}：{n} 项", "{title}: {n}", title=title, n=len(filled)),
        tuple(Column(both(column.text), _WEIGHTS[column.key]) for column in kept),
        tuple(tuple(cells[column.key] for column in kept) for cells in filled),
    )


def _cells(rows: list[SharingRow], declared: Declared) -> dict[str, Cell]:
    """Return the cells of rows that differ in scene and permissions only."""
    row = rows[0]
    names: list[Text] = [row.name]
    if row.sdk is not None and row.sdk not in row.name.zh:
        names.append(same(f"SDK: {row.sdk}"))
    shared: list[Span] = []
    for category in row.categories:
        name = declared.name_of(category)
        shared.append(sensitive(name) if category in row.sensitive else Span(name))
    versions = joined_texts(same(version) for version in row.versions)
    return {
        "info_kind": (joined(shared, _BETWEEN),) if shared else (),
        "purpose": cell(row.purpose),
        "scene": lines(dict.fromkeys(each.scene for each in rows)),
        "share_mode": cell(row.share_mode),
        "recipient_name": lines(names),
        "recipient_contact": cell(row.contact),
        "processing_method": cell(row.method),
        "policy_url": cell(link(_RULES, row.rules_url)) if row.rules_url else (),
        "permission": lines(dict.fromkeys(x for each in rows for x in each.permissions)),
        "sdk_version": cell(versions) if row.versions else (),
        "overseas": cell(row.place),
        "role": cell(ROLE[row.role]),
    }

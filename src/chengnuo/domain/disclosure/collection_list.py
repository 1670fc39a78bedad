"""List 1: the personal information that the app, its SDKs included, has collected.

The columns are those of the 524 action (item 2.1): category, purpose and scene are always
filled; the others are what regulation and practice add. Counts belong to one individual: they
stand beside the rows in the privacy centre, for whoever has come in.
"""

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
    Table,
    cell,
    lines,
    paragraph,
    sensitive,
)
from chengnuo.domain.disclosure.head import SENSITIVE_MARK
from chengnuo.domain.disclosure.method_words import method_in_words, retention_in_words
from chengnuo.domain.disclosure.saying import both, fill, joined_texts, same
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.ids import ActivityId, ServiceId
from chengnuo.domain.register.permission_words import permissions_by_words
from chengnuo.domain.register.recipient import Channel
from chengnuo.law.ids import CategoryId, GroupId

DUTY = "action524-2.1"
TITLE = Text("已收集个人信息清单", "Personal information collected")
_LEAD = Text(
    "本清单列出本应用及内嵌 SDK 收集的个人信息，按信息类别分组。每项均写明收集的目的、场景和方式。",
    "What this app and the SDKs in it collect, grouped by kind, with the purpose, the scene and "
    "the way of collecting each.",
)
_EMPTY = Text("本应用不收集个人信息。", "This app collects no personal information.")
_YES = Text("敏感", "sensitive")
_NO = Text("一般", "not sensitive")
_NECESSARY = Text("必要", "necessary")
_OPTIONAL = Text("非必要，可以拒绝", "optional, may be refused")

# Columns that are filled from the register; the catalogue names them, and may know more.
_WEIGHTS = {
    "info_kind": 3,
    "purpose": 3,
    "scene": 3,
    "method": 3,
    "collector": 2,
    "sensitive": 1,
    "necessity": 3,
    "permission": 2,
    "retention": 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRow:
    """One category collected for one purpose.

    Attributes:
        activity: Activity that collects it.
        service: Service that the activity belongs to.
        category: Category of the catalogue.
        group: Group of categories.
        name: What it is called, with the fields that it comes to.
        purpose: What for.
        scene: When.
        method: How.
        collectors: Who collects: the app, and each SDK that gets the category.
        is_sensitive: Whether it is sensitive personal information.
        necessary: Whether the function cannot run without it.
        if_refused: What happens without it, where the register says.
        permissions: System permissions asked for, as people call them.
        retention: How long it is kept, and what then.

    """

    activity: ActivityId
    service: ServiceId
    category: CategoryId
    group: GroupId
    name: Text
    purpose: Text
    scene: Text
    method: Text
    collectors: tuple[Text, ...]
    is_sensitive: bool
    necessary: bool
    if_refused: Text | None
    permissions: tuple[Text, ...]
    retention: Text


def collection_list(declared: Declared) -> tuple[CollectionRow, ...]:
    """Return the rows of list 1, by group in the order of the catalogue, then by category."""
    places = {category: place for place, category in enumerate(declared.catalogue.categories)}
    groups = {group: place for place, group in enumerate(declared.catalogue.groups)}
    found = [
        _row(declared, activity, item)
        for activity in declared.activities
        for item in activity.items
    ]
    return tuple(sorted(found, key=lambda row: (groups[row.group], places[row.category])))


def collection_document(declared: Declared) -> Document:
    """Return list 1 as a document: one table a group, each with the same columns."""
    rows = collection_list(declared)
    blocks: list[Block] = [paragraph(_LEAD if rows else _EMPTY)]
    if any(row.is_sensitive for row in rows):
        blocks.append(paragraph(SENSITIVE_MARK))
    columns = tuple(
        Column(both(column.text), _WEIGHTS[column.key])
        for column in declared.catalogue.duty(DUTY).columns
        if column.key in _WEIGHTS
    )
    for group in dict.fromkeys(row.group for row in rows):
        name = both(declared.catalogue.groups[group].text)
        blocks.append(Heading(1, f"group-{group.lower()}", name))
        cells = tuple(_cells(row, declared) for row in rows if row.group == group)
        caption = fill("{name}：{n} 项", "{name}: {n}", name=name, n=len(cells))
        blocks.append(Table(caption, columns, cells))
    return Document(
        id=DocumentKind.COLLECTION_LIST.value,
        kind=DocumentKind.COLLECTION_LIST,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=tuple(blocks),
    )


def _row(declared: Declared, activity: ProcessingActivity, item: PIItem) -> CollectionRow:
    return CollectionRow(
        activity=activity.activity,
        service=activity.service,
        category=item.category,
        group=declared.category(item.category).group,
        name=declared.item_name(item),
        purpose=both(activity.purpose),
        scene=both(activity.scene),
        method=method_in_words(activity.method),
        collectors=tuple(_collectors(declared, activity, item)),
        is_sensitive=declared.is_sensitive(item),
        necessary=item.necessary,
        if_refused=None if item.if_refused is None else both(item.if_refused),
        permissions=tuple(permissions_by_words(activity.permissions)),
        retention=retention_in_words(activity.retention),
    )


def _collectors(declared: Declared, activity: ProcessingActivity, item: PIItem) -> list[Text]:
    found = [both(declared.app.name)]
    for recipient in declared.register.recipients_of(activity):
        if recipient.channel is Channel.SDK and item.category in recipient.categories:
            name = both(recipient.name) if recipient.sdk is None else same(recipient.sdk.name)
            found.append(fill("{name} SDK", "{name} SDK", name=name))
    return found


def _cells(row: CollectionRow, declared: Declared) -> tuple[Cell, ...]:
    necessity = _NECESSARY if row.necessary else _OPTIONAL
    if row.if_refused is not None:
        refused = fill("不提供时：{x}", "without it: {x}", x=row.if_refused)
        necessity_cell = lines([necessity, refused])
    else:
        necessity_cell = cell(necessity)
    permissions = joined_texts(row.permissions)
    filled: dict[str, Cell] = {
        "info_kind": cell(sensitive(row.name) if row.is_sensitive else row.name),
        "purpose": cell(row.purpose),
        "scene": cell(row.scene),
        "method": cell(row.method),
        "collector": lines(row.collectors),
        "sensitive": cell(_YES if row.is_sensitive else _NO),
        "necessity": necessity_cell,
        "permission": cell(permissions) if row.permissions else (),
        "retention": cell(row.retention),
    }
    return tuple(
        filled[column.key]
        for column in declared.catalogue.duty(DUTY).columns
        if column.key in filled
    )

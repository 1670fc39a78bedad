"""What is collected, service by service and scene by scene, and the permissions asked for.

Each activity says everything that PIPL Arts. 17 and 30 ask for at one place: scene, categories
(sensitive ones marked), method, basis, what refusing means, why a sensitive item is needed and
what it means for the individual, how long it is kept.
"""

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Part,
    Span,
    Table,
    bullets,
    cell,
    code,
    joined,
    line,
    lines,
    paragraph,
    strong,
)
from chengnuo.domain.disclosure.head import SENSITIVE_MARK
from chengnuo.domain.disclosure.method_words import (
    basis_in_words,
    method_in_words,
    operations_in_words,
    retention_in_words,
)
from chengnuo.domain.disclosure.rules_section import Section, sub_heading
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.disclosure.sensitive_words import effect_of, why_necessary
from chengnuo.domain.register.activity import MinorsRule, PIItem, ProcessingActivity
from chengnuo.domain.register.app import Service, TransferSpeeds
from chengnuo.domain.register.consent_items import consent_items_of
from chengnuo.domain.register.permission_words import AskedPermission, permissions_by_words
from chengnuo.law.consent_form import ConsentForm

COLLECTION = Text("我们如何收集和使用您的个人信息", "What we collect, and for what")
PERMISSIONS = Text("我们申请的系统权限", "System permissions that we ask for")
_BETWEEN = Text("；", "; ")
_BASIC = Text("基本功能", "basic")
_EXTENDED = Text("扩展功能", "extended")
_NO_ACCOUNT = Text("无须登录即可使用。", "No account is needed.")


def collection(declared: Declared) -> Section:
    """Return what is collected by scene, basic services first."""
    if not declared.activities:
        return Section(
            "collection",
            COLLECTION,
            (paragraph(Text("我们不处理个人信息。", "We handle no personal information.")),),
        )
    blocks: list[Block] = [
        paragraph(
            Text(
                "我们按功能说明每个场景下处理哪些个人信息、为什么处理、怎样处理、保存多久。",
                "By service and scene: which information, what for, how, and for how long.",
            )
        ),
        paragraph(SENSITIVE_MARK),
    ]
    for number, service in enumerate(declared.services, 1):
        blocks.extend(_service(declared, number, service))
    return Section("collection", COLLECTION, tuple(blocks))


def _service(declared: Declared, number: int, service: Service) -> list[Block]:
    mark = _BASIC if service.basic else _EXTENDED
    title = fill("{name}（{mark}）", "{name} ({mark})", name=both(service.name), mark=mark)
    blocks: list[Block] = [sub_heading(f"service-{service.service}", number, title)]
    if not service.requires_account:
        blocks.append(paragraph(_NO_ACCOUNT))
    elif service.account_reason is not None:
        blocks.append(
            paragraph(
                fill(
                    "须登录后使用：{why}",
                    "An account is needed: {why}",
                    why=both(service.account_reason),
                )
            )
        )
    if service.speeds is not None:
        blocks.append(bullets(_speed_lines(service.speeds)))
    for activity in declared.activities_of(service):
        blocks.append(Heading(3, f"activity-{activity.activity}", both(activity.purpose)))
        blocks.append(bullets(activity_lines(declared, activity)))
    return blocks


def _speed_lines(speeds: TransferSpeeds) -> list[Line]:
    """Return how fast free and paid accounts are at least, and why they differ (292号文 5.5)."""
    said = Text("上传 {up} kbit/s，下载 {down} kbit/s", "up {up} kbit/s, down {down} kbit/s")
    tiers = (
        (Text("免费账户最低速率", "Free accounts, at least"), speeds.free_up, speeds.free_down),
        (Text("付费账户最低速率", "Paid accounts, at least"), speeds.paid_up, speeds.paid_down),
    )
    found = [
        _labelled(label, fill(said.zh, said.in_lang(Lang.EN), up=up, down=down))
        for label, up, down in tiers
    ]
    found.append(_labelled(Text("速率说明", "About these speeds"), both(speeds.speed_reason)))
    return found


def activity_lines(declared: Declared, activity: ProcessingActivity) -> list[Line]:
    """Return everything that people are told of one activity, a line for each matter."""
    found = [
        _labelled(Text("场景", "When"), both(activity.scene)),
        _labelled(
            Text("个人信息", "Information"),
            *joined((declared.item_span(item) for item in activity.items), _BETWEEN),
        ),
        _labelled(Text("处理方式", "How"), *line(_method(activity))),
        _labelled(Text("合法性基础", "Legal basis"), *line(_basis(declared, activity))),
    ]
    found.extend(_necessity_lines(declared, activity))
    found.extend(_sensitive_lines(declared, activity))
    words = list(permissions_by_words(activity.permissions))
    if words:
        found.append(_labelled(Text("系统权限", "Permissions"), joined_texts(words)))
    found.append(_labelled(Text("保存期限", "Kept"), *line(_kept(activity))))
    if activity.if_withdrawn is not None:
        found.append(_labelled(Text("撤回后", "After withdrawal"), both(activity.if_withdrawn)))
    return found


def _labelled(label: Text, *parts: Part) -> Line:
    return line(strong(fill("{x}：", "{x}: ", x=label)), *parts)


def _method(activity: ProcessingActivity) -> Text:
    method = activity.method
    said = fill(
        "{how}；处理环节包括{what}",
        "{how}; what is done: {what}",
        how=method_in_words(method),
        what=operations_in_words(method),
    )
    if method.description is None:
        return said
    return fill("{a}。{b}", "{a}. {b}", a=said, b=both(method.description))


def _basis(declared: Declared, activity: ProcessingActivity) -> Text:
    basis = basis_in_words(activity)
    asked = consent_items_of(activity, declared.register, declared.catalogue)
    forms = dict.fromkeys(_ALSO[item.form] for item in asked if item.form in _ALSO)
    if not forms:
        return basis
    words = joined_texts(forms, "；", "; ")
    return fill("{basis}；{forms}", "{basis}; {forms}", basis=basis, forms=words)


_ALSO = {
    ConsentForm.ONE_TIME: Text("每次使用时征得同意", "asked for each time"),
    ConsentForm.SEPARATE: Text(
        "其中依法须单独同意的，另行单独征得", "partly your separate consent"
    ),
    ConsentForm.WRITTEN: Text("须取得您的书面同意", "your consent in writing"),
    ConsentForm.GUARDIAN: Text(
        "不满十四周岁的，须取得监护人同意", "under fourteen, a guardian's consent"
    ),
}


def _necessity_lines(declared: Declared, activity: ProcessingActivity) -> list[Line]:
    optional = [item for item in activity.items if not item.necessary]
    needed = [item for item in activity.items if item.necessary]
    found: list[Line] = []
    if needed:
        names = _names(declared, needed)
        parts: list[Part] = [*joined(names, _BETWEEN)]
        refused = _refusals(needed)
        parts.append(Text("；" + refused.zh, "; " + str(refused.en)) if refused else _NEEDED)
        found.append(_labelled(Text("必要信息", "Necessary"), *parts))
    gathered: dict[Text | None, list[PIItem]] = {}
    for item in optional:
        key = None if item.if_refused is None else both(item.if_refused)
        gathered.setdefault(key, []).append(item)
    for refused_text, items in gathered.items():
        parts = [*joined(_names(declared, items), _BETWEEN)]
        if refused_text is not None:
            parts.append(fill("；不提供时：{x}", "; without it: {x}", x=refused_text))
        found.append(_labelled(Text("可以拒绝", "May be refused"), *parts))
    return found


_NEEDED = Text(
    "；不提供则无法使用本功能，不影响其他功能",
    "; without it this function does not work, the others do",
)


def _refusals(items: list[PIItem]) -> Text | None:
    given = dict.fromkeys(both(item.if_refused) for item in items if item.if_refused is not None)
    if not given:
        return None
    return fill("不提供时：{x}", "without it: {x}", x=joined_texts(given, "；", "; "))


def _names(declared: Declared, items: list[PIItem]) -> list[Span]:
    return [declared.category_span(item.category, (item,)) for item in items]


def _sensitive_lines(declared: Declared, activity: ProcessingActivity) -> list[Line]:
    """Return why each sensitive item is needed, and what it means (PIPL Art. 30)."""
    found: list[Line] = []
    for item in activity.items:
        if not declared.is_sensitive(item):
            continue
        found.append(
            line(
                declared.category_span(item.category, (item,)),
                strong(Text("的必要性：", ", why it is necessary: ")),
                why_necessary(item, activity),
                strong(Text("；对您权益的影响：", "; what it means for you: ")),
                effect_of(item),
            )
        )
    return found


def _kept(activity: ProcessingActivity) -> Text:
    kept = retention_in_words(activity.retention)
    if activity.retention.why is None:
        return kept
    return fill("{kept}（{why}）", "{kept} ({why})", kept=kept, why=both(activity.retention.why))


def permissions(declared: Declared) -> Section:
    """Return the permissions asked for, each with what for and when (191号文 2.3)."""
    found: dict[Text, list[tuple[ProcessingActivity, tuple[AskedPermission, ...]]]] = {}
    for activity in declared.activities:
        for words, asked in permissions_by_words(activity.permissions).items():
            found.setdefault(words, []).append((activity, asked))
    if not found:
        return Section(
            "permissions",
            PERMISSIONS,
            (paragraph(Text("我们不申请系统权限。", "We ask for no system permission.")),),
        )
    rows = tuple(_permission_row(words, uses) for words, uses in found.items())
    return Section(
        "permissions",
        PERMISSIONS,
        (
            paragraph(
                Text(
                    "权限只在您使用对应功能时逐项申请，申请时同步说明目的。拒绝授权只影响对应功能；"
                    "您可以随时在系统设置中关闭。",
                    "Each is asked for when you use what needs it, and we say why at that moment. "
                    "Refusing touches that function only, and you can turn any of them off in the "
                    "settings of the system.",
                )
            ),
            Table(PERMISSIONS, _PERMISSION_COLUMNS, rows),
        ),
    )


_PERMISSION_COLUMNS = (
    Column(Text("权限", "Permission"), 2),
    Column(Text("用于", "What for"), 4),
    Column(Text("何时申请", "When it is asked for"), 4),
    Column(Text("系统名称", "Name in the system"), 3),
)


def _permission_row(
    words: Text, uses: list[tuple[ProcessingActivity, tuple[AskedPermission, ...]]]
) -> tuple[Cell, ...]:
    names = dict.fromkeys(f"{each.platform}: {each.name}" for _, asked in uses for each in asked)
    return (
        cell(words),
        lines(dict.fromkeys(both(activity.purpose) for activity, _ in uses)),
        lines(dict.fromkeys(both(activity.scene) for activity, _ in uses)),
        lines(code(name) for name in names),
    )


def handles_children(activity: ProcessingActivity) -> bool:
    """Tell whether an activity handles information of children under fourteen (PIPL Art. 31)."""
    return activity.minors_under_14 is MinorsRule.GUARDIAN_CONSENT

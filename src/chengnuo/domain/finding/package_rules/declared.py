"""Rules about what is read or asked for beside what the register declares, both ways.

What is used and not declared offends (191号文 2.1, 3.9). What is declared and not seen is a note:
code does not tell everything. What the code of a declared SDK reads is held against its own row,
not here.
"""

from collections.abc import Iterable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_drift import categories, is_asked_for, permissions
from chengnuo.domain.finding.package_look import PackageLook, recipient_row
from chengnuo.domain.finding.package_report import DriftRow, Side
from chengnuo.domain.finding.package_rule import PackageRule, package_hit, whose_all
from chengnuo.domain.finding.package_words import short_name
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.observation import Observation
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.ids import CategoryId


def _on(side: Side, rows: Iterable[DriftRow], look: PackageLook) -> Iterator[DriftRow]:
    """Yield the rows on one side; none without a register."""
    return (one for one in rows if one.side is side and look.register is not None)


def _category_not_registered(look: PackageLook) -> Iterator[Hit]:
    for row in _on(Side.USED_NOT_DECLARED, categories(look), look):
        seen = [one for one in look.observed(row.observations) if not look.listed.of(one.owner)]
        if not seen:
            continue
        yield package_hit(
            _closest(look, seen),
            row.what,
            seen,
            field="items",
            value=row.what,
            category=look.words.category(CategoryId(row.what)),
            owner=whose_all(look, seen),
            call=seen[0].detail("calls") or seen[0].what,
        )


def _closest(look: PackageLook, seen: Iterable[Observation]) -> RowRef:
    """Return the row to mend: the activity that asks for the permission, the SDK, or the app."""
    for one in seen:
        for name in one.permissions:
            if name in look.declared_permissions:
                return look.declared_permissions[name][0]
    for one in seen:
        for recipient in look.registered.of(one.owner):
            return recipient_row(recipient.recipient)
    return look.app_row


def _category_not_seen(look: PackageLook) -> Iterator[Hit]:
    for row in _on(Side.DECLARED_NOT_USED, categories(look), look):
        name = look.words.category(CategoryId(row.what))
        yield package_hit(row.rows[0], row.what, field="items", value=row.what, category=name)


def _permission_not_registered(look: PackageLook) -> Iterator[Hit]:
    for row in _on(Side.USED_NOT_DECLARED, permissions(look), look):
        yield package_hit(
            look.app_row,
            row.what,
            look.observed(row.observations),
            field="permissions.android",
            value=short_name(row.what),
            purpose=_purpose(look, row.what),
        )


def _permission_not_asked(look: PackageLook) -> Iterator[Hit]:
    for row in _on(Side.DECLARED_NOT_USED, permissions(look), look):
        yield package_hit(
            row.rows[0], row.what, field="permissions.android", value=short_name(row.what)
        )


def _purpose(look: PackageLook, name: str) -> Text:
    known = look.words.permission(name)
    return Text("用途不明", "purpose unknown") if known is None else known.purpose


def _never_used(look: PackageLook) -> Iterator[Hit]:
    for name, asked in look.permissions.items():
        if asked[0].detail("unused") and is_asked_for(look.words.permission(name)):
            yield package_hit(
                look.app_row,
                name,
                asked,
                value=short_name(name),
                purpose=_purpose(look, name),
            )


def _other_name(look: PackageLook) -> Iterator[Hit]:
    name = look.inspection.package.app_id
    declared = None if look.app is None else look.app.platforms.android
    if name and declared is not None and declared != name:
        yield package_hit(
            look.app_row, "app-id", field="platforms.android", value=name, declared=declared
        )


RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="category-not-registered",
        duties=duties("191-2.1", "191-3.9", "PIPL-17", "action524-2.1", "164-1"),
        severity=Severity.HIGH,
        title=Text("读取的信息未登记", "Information read but not registered"),
        message=Text(
            "{owner}可以读取{category}（{call}），{row} 和其他登记项都没有列出它。",
            "{owner} can read {category} ({call}), which neither {row} nor any other row lists.",
        ),
        fix=Text(
            "确有需要的，在相应处理活动的 `items` 登记并告知；不需要的，去掉这一调用。",
            "If it is needed, list it among the items of the activity and tell people; if not, "
            "remove the call.",
        ),
        check=_category_not_registered,
    ),
    PackageRule(
        id="category-not-seen",
        duties=duties("191-2.1", "PIPL-17"),
        severity=Severity.NOTE,
        title=Text("登记的信息未见读取", "Registered information not seen to be read"),
        message=Text(
            "{row} 登记从设备取得{category}，安装包里没有看到读取它的代码。",
            "{row} takes {category} from the device, but no code in the package was seen to read "
            "it.",
        ),
        fix=Text(
            "核对是否已不再收集；是则从登记和公示中删去。",
            "Check whether it is still collected; if not, take it out of the register and lists.",
        ),
        check=_category_not_seen,
    ),
    PackageRule(
        id="permission-not-registered",
        duties=duties("191-2.1", "191-2.3", "26-10", "action524-5.3"),
        severity=Severity.HIGH,
        title=Text("申请的权限未登记", "Permission asked for but not registered"),
        message=Text(
            "安装包声明权限 `{value}`（{purpose}），{row} 没有任何处理活动登记它。",
            "The package asks for `{value}` ({purpose}); no processing activity of {row} "
            "registers it.",
        ),
        fix=Text(
            "不需要就从清单移除，包括 SDK 合并进来的；需要就写进相应活动的 `permissions.android`。",
            "Drop it from the manifest, also where an SDK brought it in; or write it under "
            "`permissions.android` of the activity.",
        ),
        check=_permission_not_registered,
    ),
    PackageRule(
        id="permission-registered-not-asked",
        duties=duties("action524-5.3", "191-2.1"),
        severity=Severity.NOTE,
        title=Text("登记的权限未申请", "Registered permission not asked for"),
        message=Text(
            "{row} 登记了权限 `{value}`，安装包没有声明它。",
            "{row} registers `{value}`, but the package does not ask for it.",
        ),
        fix=Text("核对后从登记中删去。", "Check, and take it out of the register."),
        check=_permission_not_asked,
    ),
    PackageRule(
        id="permission-never-used",
        duties=duties("191-4.1", "PIPL-6", "337-7", "26-10"),
        severity=Severity.MEDIUM,
        title=Text("申请了权限却未见使用", "Permission asked for and never used"),
        message=Text(
            "安装包声明权限 `{value}`（{purpose}），没有看到需要它的调用。",
            "The package asks for `{value}` ({purpose}), but no call that needs it was seen.",
        ),
        fix=Text(
            '从清单移除；由 SDK 合并进来的用 tools:node="remove" 去掉。',
            'Drop it from the manifest; use tools:node="remove" where an SDK brought it in.',
        ),
        check=_never_used,
    ),
    PackageRule(
        id="package-name-differs",
        duties=duties("26-1", "191-2.1"),
        severity=Severity.LOW,
        title=Text("包名与登记不符", "Package name differs from the register"),
        message=Text(
            "安装包的包名是 `{value}`，{row} 登记的是 `{declared}`。",
            "The package is named `{value}`; {row} names `{declared}`.",
        ),
        fix=Text(
            "确认检查的是这个应用的安装包，或改正登记。",
            "Make sure that this is the app's package, or correct the register.",
        ),
        check=_other_name,
    ),
)

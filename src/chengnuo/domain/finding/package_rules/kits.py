"""Rules about the SDKs in a package beside the list of what is shared with third parties.

The list has a row for each SDK that gets personal information (524行动 2.2; 191号文 2.1); libraries
that get none need no row. An SDK that was not seen may be there under other names.
"""

from collections.abc import Iterable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_drift import is_expected, sdks
from chengnuo.domain.finding.package_look import PackageLook, by_owner, owner_key, recipient_row
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.finding.package_rule import PackageCheck, PackageRule, package_hit, whose
from chengnuo.domain.finding.package_words import joined
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.inspection import Presence, SdkSeen
from chengnuo.domain.observation.observation import Observation, Owner, OwnerKind
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.ids import CategoryId

_COMMA = Text("、", ", ")
_RUNNING = frozenset({Presence.BEFORE_CONSENT, Presence.CALLED})


def _not_listed(presence: frozenset[Presence]) -> PackageCheck:
    def check(look: PackageLook) -> Iterator[Hit]:
        if look.register is None:
            return
        apart = {one.what: one for one in sdks(look) if one.side is Side.USED_NOT_DECLARED}
        for kit in look.kits:
            if kit.owner.id not in apart or kit.presence not in presence:
                continue
            known = look.words.sdk(kit.owner)
            yield package_hit(
                look.row_of(kit.owner),
                owner_key(kit.owner),
                look.observed(apart[kit.owner.id].observations) or _readings(look, kit.owner),
                value=kit.signs[0] if kit.signs else kit.owner.id,
                recipient=look.recipient_id(kit.owner),
                name=whose(look, kit.owner),
                company=Text("提供方不明", "vendor unknown") if known is None else known.company,
                presence=kit.presence.text,
            )

    return check


def _readings(look: PackageLook, owner: Owner) -> tuple[Observation, ...]:
    return tuple(one for one in look.readings if one.owner == owner)


def _listed_not_seen(look: PackageLook) -> Iterator[Hit]:
    if look.register is None:
        return
    for row in sdks(look):
        if row.side is Side.DECLARED_NOT_USED:
            name = whose(look, Owner(kind=OwnerKind.SDK, id=row.what))
            yield package_hit(row.rows[0], row.what, field="sdk", value=row.what, name=name)


def _fewer_categories(look: PackageLook) -> Iterator[Hit]:
    for owner, readings in by_owner(look.readings).items():
        recipients = look.listed.of(owner)
        if not recipients:
            continue
        declared = {each for one in recipients for each in one.categories}
        beyond = [one for one in readings if declared.isdisjoint(one.categories)]
        for category in sorted({one.categories[0] for one in beyond}):
            seen = [one for one in beyond if one.categories[0] == category]
            yield package_hit(
                recipient_row(recipients[0].recipient),
                f"{owner_key(owner)} {category}",
                seen,
                field="categories",
                value=seen[0].detail("calls") or seen[0].what,
                recipient=recipients[0].recipient,
                name=whose(look, owner),
                category=look.words.category(category),
            )


def _known_to_read_more(look: PackageLook) -> Iterator[Hit]:
    for kit, recipient in _matched(look):
        known = look.words.sdk(kit.owner)
        if known is None or kit.owner.also or kit.presence is Presence.STUB:
            continue
        seen = {each for one in _readings(look, kit.owner) for each in one.categories}
        more = [
            one
            for one in known.touched.categories
            if one not in recipient.categories and one not in seen
        ]
        if more:
            yield package_hit(
                recipient_row(recipient.recipient),
                owner_key(kit.owner),
                field="categories",
                value=kit.owner.id,
                recipient=recipient.recipient,
                name=whose(look, kit.owner),
                categories=_named(look, more),
            )


def _version_differs(look: PackageLook) -> Iterator[Hit]:
    for kit, recipient in _matched(look):
        versions = () if recipient.sdk is None else recipient.sdk.versions
        if kit.version and versions and not any(kit.version in one.split() for one in versions):
            yield package_hit(
                recipient_row(recipient.recipient),
                owner_key(kit.owner),
                field="sdk.versions",
                value=kit.version,
                recipient=recipient.recipient,
                name=whose(look, kit.owner),
                declared=_COMMA.zh.join(versions),
            )


def _matched(look: PackageLook) -> Iterator[tuple[SdkSeen, Recipient]]:
    """Yield the kits that a listed recipient stands for, with the first of them."""
    for kit in look.kits:
        for recipient in look.listed.of(kit.owner)[:1]:
            if is_expected(look, recipient):
                yield kit, recipient


def _named(look: PackageLook, categories: Iterable[CategoryId]) -> Text:
    return joined((look.words.category(one) for one in categories), _COMMA)


_LIST = duties("action524-2.2", "191-2.1", "PIPL-23", "NDSR-21", "26-14")

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="sdk-not-listed",
        duties=_LIST,
        severity=Severity.HIGH,
        title=Text("SDK 不在第三方共享清单", "SDK missing from the list of third parties"),
        message=Text(
            "安装包里有 {name}（{company}，{presence}），{row} 的第三方共享清单没有它。",
            "The package holds {name} ({company}, {presence}), which is not in the list of third "
            "parties of {row}.",
        ),
        fix=Text(
            "在 `recipients` 登记它，并写进用到它的处理活动；不用就移除。",
            "Register it under `recipients` and name it in the activities that use it, or remove "
            "it.",
        ),
        check=_not_listed(_RUNNING),
    ),
    PackageRule(
        id="sdk-present-not-listed",
        duties=_LIST,
        severity=Severity.NOTE,
        title=Text("清单外的 SDK 仅在包内", "Unlisted SDK that nothing calls"),
        message=Text(
            "安装包里有 {name}（{company}），没有看到调用它的入口，{row} 的清单也没有它。",
            "The package holds {name} ({company}); nothing was seen to call it, and it is not in "
            "the list of {row}.",
        ),
        fix=Text("不用就从安装包移除；用就登记。", "Remove it, or register it if it is used."),
        check=_not_listed(frozenset({Presence.PRESENT})),
    ),
    PackageRule(
        id="sdk-listed-not-seen",
        duties=duties("action524-2.2", "191-2.1"),
        severity=Severity.NOTE,
        title=Text("清单中的 SDK 未在包内发现", "Listed SDK not found in the package"),
        message=Text(
            "{row} 登记了 {name}，安装包里没有认出它（可能已移除，或名称被混淆）。",
            "{row} names {name}, which was not recognised in the package: it may be gone, or its "
            "names may be.",
        ),
        fix=Text("已移除的，从登记和清单中删去。", "If it is gone, take it out of the register."),
        check=_listed_not_seen,
    ),
    PackageRule(
        id="sdk-reads-more-than-registered",
        duties=duties("191-2.1", "PIPL-23", "action524-2.2", "337-3"),
        severity=Severity.HIGH,
        title=Text("SDK 读取的信息多于登记", "SDK reads more than registered"),
        message=Text(
            "{name}的代码可以读取{category}（{value}），{row} 没有登记这一类。",
            "Code of {name} can read {category} ({value}), which {row} does not list.",
        ),
        fix=Text(
            "用 SDK 的开关关闭这一读取；确有需要的补进 `categories` 并告知。",
            "Switch the reading off in the SDK, or add it to `categories` and tell people.",
        ),
        check=_fewer_categories,
    ),
    PackageRule(
        id="sdk-known-to-read-more",
        duties=duties("191-2.1", "26-14", "pledge-9"),
        severity=Severity.NOTE,
        title=Text("SDK 通常还读取其他信息", "SDK known to read more than registered"),
        message=Text(
            "据公开资料，{name}通常还读取{categories}，{row} 没有登记；本次没有看到相应代码。",
            "As is publicly known, {name} also reads {categories}, which {row} does not list; no "
            "such code was seen here.",
        ),
        fix=Text(
            "对照厂商文档核对所用版本和开关。",
            "Check the version and its switches with the vendor.",
        ),
        check=_known_to_read_more,
    ),
    PackageRule(
        id="sdk-version-differs",
        duties=duties("26-14", "action524-4.4"),
        severity=Severity.LOW,
        title=Text("SDK 版本与登记不符", "SDK version differs from the register"),
        message=Text(
            "安装包里的 {name} 是 {value} 版，{row} 登记的是 {declared}。",
            "The package holds {name} {value}; {row} names {declared}.",
        ),
        fix=Text("按在用的版本重新审查并更新登记。", "Vet the version in use, and register it."),
        check=_version_differs,
    ),
)

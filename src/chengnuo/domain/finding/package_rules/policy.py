"""Rules about what code can do beside what the text of the privacy policy names (191号文 2.1).

Words are looked up, nothing is understood: that no word was found is a hint to read the text.
"""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_drift import (
    gets_information,
    is_notable,
    kits_at,
    known_abroad,
)
from chengnuo.domain.finding.package_look import PackageLook, owner_key
from chengnuo.domain.finding.package_policy import Naming
from chengnuo.domain.finding.package_rule import (
    PackageCheck,
    PackageRule,
    package_hit,
    whose,
    whose_all,
)
from chengnuo.domain.finding.package_words import short_name
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.inspection import Presence
from chengnuo.domain.observation.observation import Subject

_RUNNING = frozenset({Presence.BEFORE_CONSENT, Presence.CALLED})


def _sdk(naming: Naming) -> PackageCheck:
    def check(look: PackageLook) -> Iterator[Hit]:
        if look.policy is None:
            return
        for kit in look.kits:
            if kit.presence not in _RUNNING or not gets_information(look, kit.owner):
                continue
            names = (
                look.policy.naming(Subject.SDK, one) for one in (kit.owner.id, *kit.owner.also)
            )
            if min(names, key=_SUREST.index) is naming:
                yield package_hit(
                    look.row_of(kit.owner),
                    owner_key(kit.owner),
                    look.seen(Subject.SDK, kit.owner.id),
                    value=kit.owner.id,
                    recipient=look.recipient_id(kit.owner),
                    name=whose(look, kit.owner),
                    file=look.policy.file,
                )

    return check


_SUREST = tuple(Naming)


def _categories(look: PackageLook) -> Iterator[Hit]:
    if look.policy is None:
        return
    for category, readings in look.by_category(look.readings).items():
        each = {name for one in readings for name in one.categories}
        if all(look.policy.naming(Subject.INFORMATION, one) is Naming.NOT_FOUND for one in each):
            yield package_hit(
                look.app_row,
                category,
                readings,
                value=category,
                category=look.words.category(category),
                owner=whose_all(look, readings),
                file=look.policy.file,
            )


def _permissions(look: PackageLook) -> Iterator[Hit]:
    if look.policy is None:
        return
    for name, asked in look.permissions.items():
        if not is_notable(look.words.permission(name)):
            continue
        if look.policy.naming(Subject.PERMISSION, name) is Naming.NOT_FOUND:
            yield package_hit(
                look.app_row, name, asked, value=short_name(name), file=look.policy.file
            )


def _hosts(look: PackageLook) -> Iterator[Hit]:
    if look.policy is None:
        return
    for known, seen in known_abroad(look):
        host = seen[0].what
        names = {look.policy.naming(Subject.HOST, host)}
        names.update(look.policy.naming(Subject.SDK, one) for one in kits_at(look, known, host))
        if names == {Naming.NOT_FOUND}:
            yield package_hit(
                look.app_row,
                host,
                seen,
                value=host,
                operator=known.operator,
                country=known.country,
                file=look.policy.file,
            )


_NAMED = duties("191-2.1", "PIPL-17", "26-9", "action524-5.3")

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="policy-lacks-sdk",
        duties=duties("191-2.1", "action524-2.2", "PIPL-23", "26-14"),
        severity=Severity.MEDIUM,
        title=Text("隐私政策没有提到 SDK", "Policy does not name an SDK"),
        message=Text(
            "安装包里运行 {name}，{file} 中没有找到它的名称。",
            "{name} runs in the package, but its name was not found in {file}.",
        ),
        fix=Text(
            "写明 SDK 名称、提供方、目的、信息种类和规则链接。",
            "Name the SDK, its vendor, purpose, categories and a link to its rules.",
        ),
        check=_sdk(Naming.NOT_FOUND),
    ),
    PackageRule(
        id="policy-names-company-only",
        duties=duties("191-2.1", "action524-2.2"),
        severity=Severity.LOW,
        title=Text("隐私政策只提到公司", "Policy names the company only"),
        message=Text(
            "{file} 只提到 {name} 的公司或品牌，没有写是哪个 SDK。",
            "{file} names the company or brand of {name}, but not the SDK.",
        ),
        fix=Text("逐个写明 SDK。", "Name each SDK."),
        check=_sdk(Naming.COMPANY_ONLY),
    ),
    PackageRule(
        id="policy-lacks-category",
        duties=_NAMED,
        severity=Severity.MEDIUM,
        title=Text("隐私政策没有提到读取的信息", "Policy does not name what is read"),
        message=Text(
            "{owner}可以读取{category}，{file} 中没有找到这一类信息。",
            "{owner} can read {category}, but {file} was not found to name it.",
        ),
        fix=Text(
            "写明它的目的、方式和范围，或去掉这一读取。",
            "Tell why and how it is handled, or remove the reading.",
        ),
        check=_categories,
    ),
    PackageRule(
        id="policy-lacks-permission",
        duties=duties("191-2.1", "191-2.3", "action524-5.3", "26-10"),
        severity=Severity.LOW,
        title=Text("隐私政策没有提到权限", "Policy does not name a permission"),
        message=Text(
            "安装包声明权限 `{value}`，{file} 中没有找到它或它的通称。",
            "The package asks for `{value}`, but neither it nor its common name was found in "
            "{file}.",
        ),
        fix=Text("写明权限和用途，或移除权限。", "Name it and what it is for, or drop it."),
        check=_permissions,
    ),
    PackageRule(
        id="policy-lacks-host-abroad",
        duties=duties("PIPL-39", "PIPL-38", "191-2.1"),
        severity=Severity.LOW,
        title=Text("隐私政策没有提到境外服务", "Policy does not name a service abroad"),
        message=Text(
            "安装包里有境外域名 {value}（{operator}，{country}），{file} 没有提到它或它的运营方。",
            "The package names {value} ({operator}, {country}), which was not found in {file}.",
        ),
        fix=Text(
            "传输个人信息的，写明境外接收方并取得单独同意。",
            "If personal information is sent there, name the overseas recipient and get separate "
            "consent.",
        ),
        check=_hosts,
    ),
)

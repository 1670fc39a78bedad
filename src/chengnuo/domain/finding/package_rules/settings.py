"""Rules about settings of the package that take a protection from people (PIPL Arts. 9, 51).

The law asks for technical measures that fit the risk and names no API level and no signature
scheme; what rests on practice alone is shown as practice.
"""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_rule import (
    PackageCheck,
    PackageRule,
    one_each,
    package_hit,
)
from chengnuo.domain.finding.package_words import joined
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.observation import Confidence, Observation, Subject
from chengnuo.domain.observation.seen import PROTECTIONS, ComponentSeen, SettingSeen
from chengnuo.law.ids import CategoryId

_COMMA = Text("、", ", ")
_FIRST_NAMED = 3


def _set(what: SettingSeen) -> PackageCheck:
    """Return a check for a setting of the package: one finding, wherever it is said."""

    def check(look: PackageLook) -> Iterator[Hit]:
        seen = [
            one for one in look.seen(Subject.SETTING, what) if one.confidence is not Confidence.LOW
        ]
        if seen:
            value = ", ".join(filter(None, map(_told, seen))) or seen[0].place.file
            yield package_hit(look.app_row, what, seen, value=value)

    return check


def _told(one: Observation) -> str:
    return one.detail("domain") or one.detail("target")


def _in_code(what: SettingSeen) -> PackageCheck:
    """Return a check for a choice of code: one finding for each owner."""

    def check(look: PackageLook) -> Iterator[Hit]:
        seen = look.seen(Subject.SETTING, what)
        yield from one_each(
            look,
            (one for one in seen if one.confidence is not Confidence.LOW),
            value=lambda one: one.detail("host") or one.place.class_name or one.place.file,
        )

    return check


def _backup(*, is_said: bool) -> PackageCheck:
    """Return a check for backups of sensitive information, allowed in words or by silence."""

    def check(look: PackageLook) -> Iterator[Hit]:
        seen = [
            one
            for one in look.seen(Subject.SETTING, SettingSeen.ALLOW_BACKUP)
            if not one.detail("rules") and (one.detail("by") != "default") is is_said
        ]
        sensitive = _sensitive(look)
        if seen and sensitive:
            yield package_hit(
                look.app_row,
                SettingSeen.ALLOW_BACKUP,
                seen,
                value=seen[0].place.file,
                categories=joined(map(look.words.category, sensitive[:_FIRST_NAMED]), _COMMA),
            )

    return check


def _sensitive(look: PackageLook) -> list[CategoryId]:
    """Return the sensitive categories that are read or declared, those that are read first."""
    handled = (*look.by_category(look.readings), *look.declared_categories)
    return [
        one
        for one in dict.fromkeys(handled)
        if (known := look.catalogue.categories.get(one)) is not None and known.is_sensitive
    ]


def _old_target(look: PackageLook) -> Iterator[Hit]:
    seen = look.seen(Subject.SETTING, SettingSeen.TARGET_SDK_OLD)
    target = look.inspection.package.target_sdk
    missing = (text for level, text in PROTECTIONS.items() if target < level)
    if seen:
        yield package_hit(
            look.app_row,
            SettingSeen.TARGET_SDK_OLD,
            seen,
            value=target,
            missing=joined(missing, _COMMA),
        )


def _exported(look: PackageLook) -> Iterator[Hit]:
    yield from one_each(
        look,
        look.seen(Subject.COMPONENT, ComponentSeen.EXPORTED),
        key=lambda one: one.detail("kind"),
    )


_SAFE = duties("PIPL-51", "PIPL-9", "pledge-10", "NDSR-9")
_PRACTICE = duties("action524-4.4")

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="clear-text-allowed",
        duties=_SAFE,
        severity=Severity.MEDIUM,
        title=Text("允许明文传输", "Clear text allowed"),
        message=Text(
            "安装包允许不加密的网络传输（{value}），个人信息可能在途中被读取或改动。",
            "The package allows traffic without encryption ({value}); information may be read or "
            "changed on its way.",
        ),
        fix=Text(
            "在网络安全配置中禁止明文；确有例外的只列出域名。",
            "Forbid clear text in the network security configuration; name single domains if some "
            "need it.",
        ),
        check=_set(SettingSeen.CLEAR_TEXT_TRAFFIC),
    ),
    PackageRule(
        id="clear-text-address-used",
        duties=_SAFE,
        severity=Severity.HIGH,
        title=Text("使用不加密的网址", "Address without encryption used"),
        message=Text(
            "{owner}可以打开不加密的网址（{value}），共 {count} 处。",
            "{owner} can open addresses without encryption ({value}); places: {count}.",
        ),
        fix=Text("改用 https。", "Use https."),
        check=_in_code(SettingSeen.CLEAR_TEXT_ADDRESS),
    ),
    PackageRule(
        id="certificates-not-checked",
        duties=_SAFE,
        severity=Severity.HIGH,
        title=Text("接受任何证书", "Any certificate accepted"),
        message=Text(
            "{owner}的证书检查接受任何证书（{value}），加密传输可以被他人冒充。",
            "{owner} accepts any certificate ({value}), so that anybody can pose as the server.",
        ),
        fix=Text(
            "删去自定义的证书检查，用系统默认的。", "Drop the check of its own; use the system's."
        ),
        check=_in_code(SettingSeen.TRUST_ALL_CERTIFICATES),
    ),
    PackageRule(
        id="host-names-not-checked",
        duties=_SAFE,
        severity=Severity.HIGH,
        title=Text("不核对服务器名称", "Names of servers not checked"),
        message=Text(
            "{owner}不核对服务器名称（{value}），加密传输可以被他人冒充。",
            "{owner} does not check names of servers ({value}), so that anybody can pose as one.",
        ),
        fix=Text("用系统默认的名称核对。", "Use the system's check of host names."),
        check=_in_code(SettingSeen.TRUST_ALL_HOSTS),
    ),
    PackageRule(
        id="added-certificates-trusted",
        duties=_SAFE,
        severity=Severity.LOW,
        title=Text("信任手机上自行安装的证书", "Certificates added by hand trusted"),
        message=Text(
            "安装包信任手机上自行安装的证书（{value}），加密传输可以被中间人读取。",
            "The package trusts certificates that somebody added to the phone ({value}).",
        ),
        fix=Text("只在调试配置中信任它们。", "Trust them in the configuration for debugging only."),
        check=_set(SettingSeen.ADDED_CERTIFICATES),
    ),
    PackageRule(
        id="package-debuggable",
        duties=_SAFE,
        severity=Severity.HIGH,
        title=Text("发布的安装包可被调试", "Package can be debugged"),
        message=Text(
            "安装包可被调试（{value}），接上电脑就能读取应用内的数据。",
            "The package can be debugged ({value}); whoever connects the phone can read the app's "
            "data.",
        ),
        fix=Text("用发布配置构建。", "Build it for release."),
        check=_set(SettingSeen.DEBUGGABLE),
    ),
    PackageRule(
        id="backup-with-sensitive-information",
        duties=_SAFE,
        severity=Severity.MEDIUM,
        title=Text("备份可能带走敏感个人信息", "Backups may hold sensitive information"),
        message=Text(
            "系统备份可以带走应用数据，没有排除规则；应用处理敏感个人信息（{categories}）。",
            "Backups of the system may take the app's data, with no rules that leave anything out; "
            "the app handles sensitive information ({categories}).",
        ),
        fix=Text(
            "关闭 `allowBackup`，或用备份规则排除存有敏感信息的文件。",
            "Set `allowBackup` to false, or leave such files out by backup rules.",
        ),
        check=_backup(is_said=True),
    ),
    PackageRule(
        id="backup-not-ruled-out",
        duties=_SAFE,
        severity=Severity.NOTE,
        title=Text("没有关闭系统备份", "Backups not ruled out"),
        message=Text(
            "清单没有写 `allowBackup`（{value}），系统默认允许备份；"
            "应用处理敏感个人信息（{categories}）。",
            "The manifest says nothing of `allowBackup` ({value}), so that the system allows "
            "backups; the app handles sensitive information ({categories}).",
        ),
        fix=Text(
            "写明 `allowBackup` 为 false，或给出备份规则。", "Set it to false, or give rules."
        ),
        check=_backup(is_said=False),
    ),
    PackageRule(
        id="component-exported",
        duties=_SAFE,
        severity=Severity.LOW,
        title=Text("组件对其他应用开放", "Part open to other apps"),
        message=Text(
            "{owner}有 {count} 个 {each} 组件（如 {value}）可被其他应用启动或读取，没有权限保护。",
            "{owner} has parts of kind {each} that any other app may start or read from (such as "
            "{value}); how many: {count}.",
        ),
        fix=Text(
            "不需要就设 `exported` 为 false；需要就加签名级权限，并检查传入的内容。",
            "Set `exported` to false, or protect it by a permission of level signature and check "
            "what comes in.",
        ),
        check=_exported,
    ),
    PackageRule(
        id="target-sdk-old",
        duties=_PRACTICE,
        severity=Severity.LOW,
        title=Text("目标系统版本过低", "Made for an old version of the system"),
        message=Text(
            "目标 API 级别是 {value}，因此没有这些保护：{missing}。"
            "法规没有规定具体数字，此为实践。",
            "The target API level is {value}, so that these protections are missing: {missing}. "
            "No law names a figure; this is practice.",
        ),
        fix=Text("提高 `targetSdkVersion`。", "Raise `targetSdkVersion`."),
        check=_old_target,
    ),
    PackageRule(
        id="signature-v1-only",
        duties=_PRACTICE,
        severity=Severity.LOW,
        title=Text("只有 v1 签名", "Signed by scheme v1 only"),
        message=Text(
            "安装包只有 v1 签名（{value}），签名之外的部分可被改动而不被发现。此为实践，不是法条。",
            "The package is signed by scheme v1 only ({value}); parts outside it may be changed "
            "unseen. This is practice, not law.",
        ),
        fix=Text("加上 v2 或更高的签名。", "Sign it by scheme v2 or later too."),
        check=_set(SettingSeen.SIGNATURE_V1_ONLY),
    ),
)

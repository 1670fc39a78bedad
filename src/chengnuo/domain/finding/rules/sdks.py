"""Rules about SDKs and their waivers (pledge item 9; 191号文 3.1, 5.1)."""

from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, hit
from chengnuo.domain.register.recipient import (
    SDK,
    Channel,
    Recipient,
    SdkStart,
    VettingResult,
)


def _recipients(facts: Facts) -> tuple[Recipient, ...]:
    return facts.register.recipients


def _sdk(wrong: Callable[[SDK], bool]) -> Callable[[Recipient], bool]:
    return lambda recipient: recipient.sdk is not None and wrong(recipient.sdk)


def _name(recipient: Recipient) -> object:
    return recipient.sdk.name if recipient.sdk is not None else recipient.name


def _vetting_over(facts: Facts) -> Iterator[Hit]:
    for recipient in facts.register.recipients:
        vetting = recipient.vetting
        if recipient.sdk is not None and vetting is not None and vetting.until < facts.today:
            yield hit(recipient, "vetting.until", vetting.until, name=recipient.sdk.name)


def _waiver_for_unknown_rule(facts: Facts) -> Iterator[Hit]:
    for waiver in facts.register.sdk_waivers:
        if waiver.rule not in facts.rule_ids:
            yield hit(waiver, "rule", waiver.rule, recipient=waiver.recipient)


def _waiver_without_sdk(facts: Facts) -> Iterator[Hit]:
    for waiver in facts.register.sdk_waivers:
        if facts.register.recipient_by_id[waiver.recipient].sdk is None:
            yield hit(waiver, "recipient", waiver.recipient)


def _waiver_over_before_granted(facts: Facts) -> Iterator[Hit]:
    for waiver in facts.register.sdk_waivers:
        if waiver.expires < waiver.granted:
            yield hit(waiver, "expires", waiver.expires, granted=waiver.granted)


RULES: tuple[Rule, ...] = (
    Rule(
        id="sdk-starts-before-consent",
        duties=duties("191-3.1", "191-5.1", "164-1", "337-3"),
        severity=Severity.CRITICAL,
        title=Text("SDK 在同意前启动", "SDK started before consent"),
        message=Text(
            "{row} 的 SDK“{value}”在应用启动时就初始化（`starts: at-app-start`），"
            "早于个人作出选择。",
            "SDK {value} of {row} is started with the app (`starts: at-app-start`), before people "
            "have chosen.",
        ),
        fix=Text(
            "改为同意后初始化，或用它的延迟初始化接口，再写 `starts: after-consent`。",
            "Start it after consent, or by its own delayed start, and write `after-consent`.",
        ),
        check=each_row(
            _recipients, "sdk.starts", _sdk(lambda sdk: sdk.starts is SdkStart.AT_APP_START), _name
        ),
    ),
    Rule(
        id="sdk-without-vetting",
        duties=duties("pledge-9", "26-14", "action524-4.4"),
        severity=Severity.HIGH,
        title=Text("SDK 未经审查", "SDK not vetted"),
        message=Text(
            "{row} 的 SDK“{value}”没有审查记录（`vetting`）。",
            "SDK {value} of {row} has no record of vetting.",
        ),
        fix=Text(
            "接入前审查它收集什么、传给谁、规则是否相符，再写 `vetting`。",
            "Check what it collects, whom it tells and whether its rules fit; then write it down.",
        ),
        check=each_row(
            _recipients,
            "vetting",
            lambda recipient: recipient.sdk is not None and recipient.vetting is None,
            _name,
        ),
    ),
    Rule(
        id="sdk-vetting-expired",
        duties=duties("pledge-9", "26-14"),
        severity=Severity.MEDIUM,
        title=Text("SDK 审查已过期", "SDK vetting expired"),
        message=Text(
            "{row} 的 SDK“{name}”的审查只到 {value}。",
            "The vetting of SDK {name} of {row} counted until {value}.",
        ),
        fix=Text("按当前版本重新审查。", "Vet the version in use again."),
        check=_vetting_over,
    ),
    Rule(
        id="sdk-vetting-rejected",
        duties=duties("pledge-9", "26-14"),
        severity=Severity.CRITICAL,
        title=Text("审查未通过的 SDK 仍在用", "Rejected SDK in use"),
        message=Text(
            "{row} 的 SDK“{value}”审查未通过，却仍登记在用。",
            "SDK {value} of {row} was rejected but is still registered as in use.",
        ),
        fix=Text("移除或替换它。", "Remove or replace it."),
        check=each_row(
            _recipients,
            "vetting.result",
            lambda recipient: (
                recipient.sdk is not None
                and recipient.vetting is not None
                and recipient.vetting.result is VettingResult.REJECTED
            ),
            _name,
        ),
    ),
    Rule(
        id="sdk-without-rules-link",
        duties=duties("action524-2.2", "191-2.1", "26-14"),
        severity=Severity.MEDIUM,
        title=Text("没有 SDK 的规则链接", "No link to the SDK's rules"),
        message=Text(
            "{row} 的 SDK“{value}”没有写它的处理规则地址（`rules_url`）。",
            "SDK {value} of {row} has no link to its processing rules.",
        ),
        fix=Text("写它官方公布的规则地址。", "Give the address its vendor publishes."),
        check=each_row(
            _recipients,
            "rules_url",
            lambda recipient: recipient.sdk is not None and recipient.rules_url is None,
            _name,
        ),
    ),
    Rule(
        id="sdk-without-version",
        duties=duties("action524-4.4", "26-14"),
        severity=Severity.LOW,
        title=Text("未登记 SDK 版本", "SDK version not registered"),
        message=Text(
            "{row} 的 SDK“{value}”没有写在用的版本；审查的是哪一版无从对应。",
            "SDK {value} of {row} has no version; which one was vetted is unclear.",
        ),
        fix=Text("在 `sdk.versions` 写各平台版本。", "Write the versions per platform."),
        check=each_row(_recipients, "sdk.versions", _sdk(lambda sdk: not sdk.versions), _name),
    ),
    Rule(
        id="sdk-without-packages",
        duties=duties("26-14"),
        severity=Severity.NOTE,
        title=Text("未登记 SDK 包名", "SDK packages not registered"),
        message=Text(
            "{row} 的 SDK“{value}”没有写代码包名，检查安装包时认不出它。",
            "SDK {value} of {row} has no code packages; an inspection will not know it.",
        ),
        fix=Text("在 `sdk.packages` 写包名前缀。", "Write their prefixes under `sdk.packages`."),
        check=each_row(_recipients, "sdk.packages", _sdk(lambda sdk: not sdk.packages), _name),
    ),
    Rule(
        id="sdk-channel-without-sdk",
        duties=duties("191-2.1", "action524-2.2"),
        severity=Severity.MEDIUM,
        title=Text("以 SDK 共享，却没有写是哪个", "SDK channel without the SDK"),
        message=Text(
            "{row}（{value}）的共享方式是 SDK，却没有 `sdk` 一段。",
            "{row} ({value}) gets information through an SDK that is not described.",
        ),
        fix=Text("补上 `sdk`：名称、版本、包名、何时启动。", "Add `sdk`: name, versions, start."),
        check=each_row(
            _recipients,
            "channel",
            lambda recipient: recipient.channel is Channel.SDK and recipient.sdk is None,
            _name,
        ),
    ),
    Rule(
        id="waiver-for-unknown-rule",
        duties=duties("pledge-9"),
        severity=Severity.MEDIUM,
        title=Text("豁免的规则不存在", "Waiver of a rule that is not there"),
        message=Text(
            "{row} 豁免的规则 `{value}` 不存在，豁免不起作用。",
            "{row} waives `{value}`, which is no rule; it has no effect.",
        ),
        fix=Text("照检查结果里的规则标识填写。", "Copy the rule's id from a finding."),
        check=_waiver_for_unknown_rule,
    ),
    Rule(
        id="waiver-without-sdk",
        duties=duties("pledge-9"),
        severity=Severity.MEDIUM,
        title=Text("豁免的对象不是 SDK", "Waiver for what is no SDK"),
        message=Text(
            "{row} 针对接收方 `{value}`，但它不是 SDK，豁免不起作用。",
            "{row} is for recipient `{value}`, which has no SDK; it has no effect.",
        ),
        fix=Text("只对 SDK 给豁免。", "Grant waivers for SDKs only."),
        check=_waiver_without_sdk,
    ),
    Rule(
        id="waiver-over-before-granted",
        duties=duties("pledge-9"),
        severity=Severity.LOW,
        title=Text("豁免未生效已到期", "Waiver over before it was granted"),
        message=Text(
            "{row} 的到期日 {value} 早于批准日 {granted}。",
            "{row} expires on {value}, before it was granted on {granted}.",
        ),
        fix=Text("改正日期。", "Correct the dates."),
        check=_waiver_over_before_granted,
    ),
)

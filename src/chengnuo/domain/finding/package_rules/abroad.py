"""Rules about what may leave the mainland without being declared (PIPL Arts. 38, 39).

A hint, never a proof: a host run abroad may have an edge in the mainland, and may get nothing of
people.
"""

from collections.abc import Iterator, Mapping

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_drift import known_abroad, recipients_at
from chengnuo.domain.finding.package_look import PackageLook, owner_key, recipient_row
from chengnuo.domain.finding.package_rule import (
    PackageCheck,
    PackageRule,
    package_hit,
    whose,
    whose_all,
)
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.host_catalogue import KnownHost
from chengnuo.domain.observation.inspection import Presence
from chengnuo.domain.observation.observation import Observation


def _undeclared(look: PackageLook) -> Mapping[KnownHost, tuple[Observation, ...]]:
    """Return what was seen of hosts abroad without an overseas recipient, by their domain."""
    found: dict[KnownHost, tuple[Observation, ...]] = {}
    for known, seen in known_abroad(look):
        if not any(one.is_overseas for one in recipients_at(look, known, seen)):
            found[known] = (*found.get(known, ()), *seen)
    return found


def _hosts(*, is_opened: bool) -> PackageCheck:
    """Return a check for domains that code opens, or only names."""

    def check(look: PackageLook) -> Iterator[Hit]:
        if look.register is None:
            return
        for known, seen in _undeclared(look).items():
            if any(one.detail("use") == "opened" for one in seen) is not is_opened:
                continue
            recipients = recipients_at(look, known, seen)
            yield package_hit(
                recipient_row(recipients[0].recipient) if recipients else look.app_row,
                known.domain,
                seen,
                field="country" if recipients else "",
                value=seen[0].what,
                recipient=recipients[0].recipient if recipients else None,
                operator=known.operator,
                country=known.country,
                owner=whose_all(look, seen),
            )

    return check


def _kits(look: PackageLook) -> Iterator[Hit]:
    for kit in look.kits:
        known = look.words.sdk(kit.owner)
        if known is None or not known.is_overseas or kit.presence is Presence.STUB:
            continue
        recipients = look.listed.of(kit.owner)
        if recipients and not any(one.is_overseas for one in recipients):
            yield package_hit(
                recipient_row(recipients[0].recipient),
                owner_key(kit.owner),
                field="country",
                value=known.country,
                recipient=recipients[0].recipient,
                name=whose(look, kit.owner),
                company=known.company,
            )


_ABROAD = duties("PIPL-38", "PIPL-39", "XB-2024", "duty-15")

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="host-abroad-not-registered",
        duties=_ABROAD,
        severity=Severity.MEDIUM,
        title=Text("境外域名没有出境登记", "Host abroad without a registered recipient"),
        message=Text(
            "{owner}可以连接 {value}（{operator}，{country}），{row} 没有相应的出境登记；"
            "是否传输个人信息须在运行中确认。",
            "{owner} can connect to {value} ({operator}, {country}), but {row} registers no "
            "provision abroad for it; only running it shows whether personal information is sent.",
        ),
        fix=Text(
            "传输个人信息的，登记境外接收方、告知并取得单独同意；不传输的，在评估中写明。",
            "If personal information is sent, register the overseas recipient, tell people and get "
            "separate consent; if not, say so in the assessment.",
        ),
        check=_hosts(is_opened=True),
    ),
    PackageRule(
        id="host-abroad-named",
        duties=_ABROAD,
        severity=Severity.NOTE,
        title=Text("代码中写有境外域名", "Host abroad named in code"),
        message=Text(
            "{owner}写有 {value}（{operator}，{country}），{row} 没有相应的出境登记；"
            "没有看到连接它的代码。",
            "{owner} names {value} ({operator}, {country}), but {row} registers no provision "
            "abroad for it; no code was seen to connect to it.",
        ),
        fix=Text(
            "核对是否连接它；是则按出境登记。", "Check whether it is used; if so, register it."
        ),
        check=_hosts(is_opened=False),
    ),
    PackageRule(
        id="overseas-sdk-registered-as-domestic",
        duties=_ABROAD,
        severity=Severity.MEDIUM,
        title=Text("境外 SDK 登记为境内", "Overseas SDK registered as domestic"),
        message=Text(
            "{name}由 {company}（{value}）在境外运营，{row} 登记的国家是境内。",
            "{name} is run from abroad by {company} ({value}); {row} names the mainland as its "
            "country.",
        ),
        fix=Text(
            "核对数据所在地；在境外的，改 `country` 并补上 `cross_border`。",
            "Check where the information goes; if abroad, set `country` and add `cross_border`.",
        ),
        check=_kits,
    ),
)

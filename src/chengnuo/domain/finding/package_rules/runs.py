"""Rules about what a recorded run shows to leave the phone, beside the register.

A run proves what happened in it and nothing of what did not. Kinds of personal information are
told by their form and the names beside them; the values are kept nowhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook, recipient_row
from chengnuo.domain.finding.package_rule import (
    PackageCheck,
    PackageRule,
    package_hit,
    whose,
)
from chengnuo.domain.finding.package_words import joined
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Observer,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.law.ids import CategoryId

_COMMA = Text("、", ", ")
_PLAIN = frozenset({"http", "ws"})


def _spoken_to(look: PackageLook) -> Mapping[str, tuple[Observation, ...]]:
    """Return what a run shows of each host that was spoken to, by host."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for one in look.of(Subject.HOST):
        if one.observer is Observer.RUNTIME and one.confidence is not Confidence.LOW:
            found[one.what].append(one)
    return {host: tuple(found[host]) for host in sorted(found)}


def _kits(look: PackageLook, seen: tuple[Observation, ...]) -> tuple[Owner, ...]:
    """Return the kits that a host is of; none where it is nobody's that is known."""
    callers = {one.owner for one in seen if one.owner.kind is OwnerKind.SDK}
    claim = look.knowledge.sdks.by_host(seen[0].what)
    ids = () if claim is None or claim.weak else claim.sdks
    return tuple(sorted(callers)) or tuple(Owner(kind=OwnerKind.SDK, id=each) for each in ids)


def _not_listed(look: PackageLook) -> Iterator[Hit]:
    if look.register is None:
        return
    for host, seen in _spoken_to(look).items():
        kits = _kits(look, seen)
        if kits and not any(look.listed.of(each) for each in kits):
            yield package_hit(
                look.row_of(kits[0]),
                host,
                seen,
                value=host,
                recipient=look.recipient_id(kits[0]),
                name=whose(look, kits[0]),
            )


def _not_declared(look: PackageLook) -> Iterator[Hit]:
    if look.register is None:
        return
    for host, seen in _spoken_to(look).items():
        for category in _sent(seen):
            if category not in look.declared_categories:
                yield package_hit(
                    look.app_row,
                    f"{host} {category}",
                    [one for one in seen if category in one.categories],
                    field="items",
                    value=host,
                    category=look.words.category(category),
                )


def _hosts_where(is_wrong: Callable[[Observation], bool]) -> PackageCheck:
    """Return a check for hosts that got information in a way that is wrong."""

    def check(look: PackageLook) -> Iterator[Hit]:
        for host, every in _spoken_to(look).items():
            seen = tuple(one for one in every if one.categories and is_wrong(one))
            if not seen:
                continue
            recipients = [each for kit in _kits(look, seen) for each in look.listed.of(kit)]
            yield package_hit(
                recipient_row(recipients[0].recipient) if recipients else look.app_row,
                host,
                seen,
                value=host,
                categories=_named(look, _sent(seen)),
            )

    return check


def _is_before(one: Observation) -> bool:
    return one.moment is Moment.SEEN_BEFORE_CONSENT


def _is_plain(one: Observation) -> bool:
    return not _PLAIN.isdisjoint(one.detail("schemes").split())


def _sent(seen: tuple[Observation, ...]) -> tuple[CategoryId, ...]:
    return tuple(dict.fromkeys(category for one in seen for category in one.categories))


def _named(look: PackageLook, categories: tuple[CategoryId, ...]) -> Text:
    return joined((look.words.category(each) for each in categories), _COMMA)


RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="seen-sent-before-consent",
        duties=duties("PIPL-14", "PIPL-13", "191-3.1", "164-1"),
        severity=Severity.CRITICAL,
        title=Text("运行中看到同意之前发送个人信息", "Information seen to be sent before consent"),
        message=Text(
            "运行记录显示：个人同意之前向 {value} 发送了{categories}。",
            "The record of a run shows that {categories} went to {value} before consent.",
        ),
        fix=Text("推迟到同意之后再连接。", "Connect to it after consent."),
        check=_hosts_where(_is_before),
    ),
    PackageRule(
        id="seen-sent-not-registered",
        duties=duties("191-2.1", "PIPL-17", "action524-2.1", "164-1"),
        severity=Severity.HIGH,
        title=Text("发送的信息未登记", "Information sent but not registered"),
        message=Text(
            "运行记录显示：向 {value} 发送了{category}，没有登记项列出它。",
            "The record of a run shows that {category} went to {value}; no row lists it.",
        ),
        fix=Text(
            "确有需要的，在相应处理活动的 `items` 登记并告知；不需要的，不再发送。",
            "If it is needed, list it among the items of the activity and tell people; if not, "
            "send it no longer.",
        ),
        check=_not_declared,
    ),
    PackageRule(
        id="seen-recipient-not-registered",
        duties=duties("191-2.1", "action524-2.2", "PIPL-23"),
        severity=Severity.HIGH,
        title=Text("连接的接收方未登记", "Recipient seen but not registered"),
        message=Text(
            "运行记录显示：连接了 {value}，它属于{name}，没有处理活动把它列为接收方。",
            "The record of a run shows a connection to {value} of {name}, which no processing "
            "activity names as a recipient.",
        ),
        fix=Text(
            "确有需要的，登记接收方并告知；不需要的，移除这个 SDK。",
            "If it is needed, register the recipient and tell people; if not, remove the SDK.",
        ),
        check=_not_listed,
    ),
    PackageRule(
        id="seen-sent-in-clear-text",
        duties=duties("PIPL-51"),
        severity=Severity.HIGH,
        title=Text("明文发送个人信息", "Information sent without encryption"),
        message=Text(
            "运行记录显示：没有加密就向 {value} 发送了{categories}。",
            "The record of a run shows that {categories} went to {value} without encryption.",
        ),
        fix=Text("改用 HTTPS。", "Use HTTPS."),
        check=_hosts_where(_is_plain),
    ),
)

"""Rules about what can run before the individual has agreed (PIPL Arts. 13, 14; 191号文 3.1).

Code of an SDK counts as the app's (191号文 2.1), so who brings it about decides only what to mend.
Where a thing is read for certain on one way and under a condition on another, the certain one
tells both.
"""

from collections.abc import Iterator
from enum import Enum, auto

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook, by_owner, owner_key
from chengnuo.domain.finding.package_rule import (
    PackageCheck,
    PackageRule,
    one_each,
    package_hit,
    whose,
    whose_all,
)
from chengnuo.domain.finding.package_words import joined
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.consent_gates import ConsentGate
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Observation,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.law.ids import CategoryId

_CALLED = Text("由应用自身代码调用", "called by the app's own code")
_BY_ITSELF = Text("由系统自动启动的组件带起", "brought about by a part that the system starts")
_ONE_AFTER_ANOTHER = Text("；", "; ")
_MOVE_OWN = Text("把这一调用推迟到同意之后", "Move the call behind consent")
_MOVE_SDK = Text("把它的初始化推迟到同意之后", "Move its initialisation behind consent")
_SEPARATE = Text(
    "从合并后的清单中移除它自动启动的组件，同意之后再手动初始化",
    "Take the part that starts by itself out of the merged manifest, and start it after consent",
)


class _Code(Enum):
    """Whose code reads, as far as rules tell them apart."""

    APP = auto()
    """The app's own, or code whose names are gone."""
    SDK = auto()
    LIBRARY = auto()
    """A library that no catalogue names."""


_CODES = {OwnerKind.SDK: _Code.SDK, OwnerKind.LIBRARY: _Code.LIBRARY}


def _reads(moment: Moment, *codes: _Code) -> PackageCheck:
    """Return a check for what such code reads, at this moment at the surest."""

    def check(look: PackageLook) -> Iterator[Hit]:
        early = (one for one in look.readings if one.moment.is_before_consent)
        for owner, readings in by_owner(early).items():
            if _CODES.get(owner.kind, _Code.APP) not in codes:
                continue
            for category, each in look.by_category(readings).items():
                if min((one.moment for one in each), key=lambda one: one.rank) is moment:
                    yield _hit(look, owner, category, each)

    return check


def _support_reads(look: PackageLook) -> Iterator[Hit]:
    for owner, readings in by_owner(look.support_readings).items():
        for category, each in look.by_category(readings).items():
            yield _hit(look, owner, category, each)


def _hit(
    look: PackageLook, owner: Owner, category: CategoryId, readings: tuple[Observation, ...]
) -> Hit:
    return package_hit(
        look.row_of(owner),
        f"{owner_key(owner)} {category}",
        readings,
        value=_call(readings[0]),
        recipient=look.recipient_id(owner),
        owner=whose(look, owner),
        category=look.words.category(category),
        by=_CALLED if readings[0].caused_by == OWN else _BY_ITSELF,
        how=_how(look, owner, readings),
    )


def _how(look: PackageLook, owner: Owner, readings: tuple[Observation, ...]) -> Text:
    """Return what to do: the SDK's own way of waiting for consent, where one is known."""
    if owner.kind is not OwnerKind.SDK:
        return _MOVE_OWN
    gates = _gates(look, owner, readings)
    by_itself = all(one.caused_by != OWN for one in readings)
    steps = [_SEPARATE] if by_itself else []
    steps += [_without_stop(gate.fix) for gate in gates]
    return joined(steps or (_MOVE_SDK,), _ONE_AFTER_ANOTHER)


def _gates(
    look: PackageLook, owner: Owner, readings: tuple[Observation, ...]
) -> tuple[ConsentGate, ...]:
    """Return how an SDK is held back: the parts of it on the way, else the first that is known."""
    mine = [one for one in look.knowledge.gates.gates.values() if one.sdk == owner.id]
    steps = {
        f"{step.class_name}->{step.method.partition('(')[0]}"
        for one in readings
        for step in one.path
    }
    on_the_way = tuple(one for one in mine if not steps.isdisjoint(map(_dotted, one.starts)))
    return on_the_way or tuple(mine[:1])


def _dotted(call: str) -> str:
    class_name, _, member = call.partition("->")
    return f"{class_name.removeprefix('L').removesuffix(';').replace('/', '.')}->{member}"


def _without_stop(text: Text) -> Text:
    return Text(text.zh.rstrip("。"), None if text.en is None else text.en.rstrip("."))


def _weak(look: PackageLook) -> Iterator[Hit]:
    yield from one_each(
        look,
        (
            one
            for one in look.of(Subject.INFORMATION)
            if one.confidence is Confidence.LOW and one.moment.is_before_consent
        ),
        value=_call,
    )


def _asks(look: PackageLook) -> Iterator[Hit]:
    seen = look.seen(Subject.BEHAVIOUR, Behaviour.REQUEST_PERMISSION)
    yield from one_each(look, (one for one in seen if one.moment.is_before_consent))


def _told(look: PackageLook) -> Iterator[Hit]:
    """Yield the SDKs that are told of consent before anybody can have given it."""
    told = [
        one
        for one in look.seen(Subject.BEHAVIOUR, Behaviour.CONSENT_GATE)
        if one.detail("gate-call") == "allows" and one.moment.is_before_consent
    ]
    for sdk in sorted({one.detail("sdk") for one in told}):
        kit = Owner(kind=OwnerKind.SDK, id=sdk)
        mine = [one for one in told if one.detail("sdk") == sdk]
        yield package_hit(
            look.row_of(kit),
            owner_key(kit),
            mine,
            value=_call(mine[0]),
            recipient=look.recipient_id(kit),
            owner=whose_all(look, mine),
            name=whose(look, kit),
        )


def _call(one: Observation) -> str:
    return one.detail("calls") or one.what


_BEFORE = duties("PIPL-14", "PIPL-13", "191-3.1", "164-1", "337-1")
_BEFORE_BY_SDK = duties("PIPL-14", "PIPL-13", "191-3.1", "191-2.1", "164-1", "337-3", "26-14")
_OWN_FIX = Text("{how}。", "{how}.")

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="seen-read-before-consent",
        duties=_BEFORE_BY_SDK,
        severity=Severity.CRITICAL,
        title=Text("运行中看到同意之前读取个人信息", "Information seen to be read before consent"),
        message=Text(
            "运行记录显示：{owner}在个人同意之前读取了{category}（{value}）。",
            "The record of a run shows that {owner} read {category} before consent ({value}).",
        ),
        fix=_OWN_FIX,
        check=_reads(Moment.SEEN_BEFORE_CONSENT, *_Code),
    ),
    PackageRule(
        id="own-code-reads-before-consent",
        duties=_BEFORE,
        severity=Severity.CRITICAL,
        title=Text("同意之前读取个人信息", "Information read before consent"),
        message=Text(
            "{owner}可以在个人同意之前读取{category}（{value}），首次启动必经。",
            "{owner} can read {category} before consent ({value}), on every first start.",
        ),
        fix=_OWN_FIX,
        check=_reads(Moment.CERTAIN, _Code.APP, _Code.LIBRARY),
    ),
    PackageRule(
        id="own-code-may-read-before-consent",
        duties=_BEFORE,
        severity=Severity.HIGH,
        title=Text(
            "特定条件下同意之前读取个人信息", "Information read before consent under a condition"
        ),
        message=Text(
            "{owner}可以在个人同意之前读取{category}（{value}），取决于与同意无关的条件。",
            "{owner} can read {category} before consent ({value}), under a condition that has "
            "nothing to do with consent.",
        ),
        fix=_OWN_FIX,
        check=_reads(Moment.CONDITIONAL, _Code.APP),
    ),
    PackageRule(
        id="sdk-reads-before-consent",
        duties=_BEFORE_BY_SDK,
        severity=Severity.CRITICAL,
        title=Text("SDK 在同意之前读取个人信息", "SDK reads information before consent"),
        message=Text(
            "{owner}可以在个人同意之前读取{category}（{value}），{by}，首次启动必经。",
            "{owner} can read {category} before consent ({value}), {by}, on every first start.",
        ),
        fix=_OWN_FIX,
        check=_reads(Moment.CERTAIN, _Code.SDK),
    ),
    PackageRule(
        id="sdk-may-read-before-consent",
        duties=_BEFORE_BY_SDK,
        severity=Severity.HIGH,
        title=Text(
            "SDK 在特定条件下同意之前读取个人信息",
            "SDK reads information before consent under a condition",
        ),
        message=Text(
            "{owner}可以在个人同意之前读取{category}（{value}），{by}，取决于与同意无关的条件。",
            "{owner} can read {category} before consent ({value}), {by}, under a condition "
            "that has nothing to do with consent.",
        ),
        fix=_OWN_FIX,
        check=_reads(Moment.CONDITIONAL, _Code.SDK),
    ),
    PackageRule(
        id="library-may-read-before-consent",
        duties=_BEFORE,
        severity=Severity.MEDIUM,
        title=Text(
            "代码库在特定条件下同意之前读取个人信息",
            "Library reads information before consent under a condition",
        ),
        message=Text(
            "{owner}可以在个人同意之前读取{category}（{value}），取决于与同意无关的条件。",
            "{owner} can read {category} before consent ({value}), under a condition that has "
            "nothing to do with consent.",
        ),
        fix=_OWN_FIX,
        check=_reads(Moment.CONDITIONAL, _Code.LIBRARY),
    ),
    PackageRule(
        id="support-library-may-read-before-consent",
        duties=_BEFORE,
        severity=Severity.NOTE,
        title=Text("支持库含可读取个人信息的代码", "Support library could read information"),
        message=Text(
            "{owner}含有可在同意之前读取{category}的代码（{value}），"
            "一般只在应用要求并已取得权限时执行。",
            "{owner} has code that could read {category} before consent ({value}); as a rule it "
            "runs only when the app asks for it and holds the permission.",
        ),
        fix=Text(
            "核对应用没有在同意之前触发它，如自动夜间模式。",
            "Check that the app does not set it off before consent, as by automatic night mode.",
        ),
        check=_support_reads,
    ),
    PackageRule(
        id="permission-asked-before-consent",
        duties=duties("191-3.1", "PIPL-14", "26-10", "164-5"),
        severity=Severity.HIGH,
        title=Text("同意之前弹出权限申请", "Permission asked for before consent"),
        message=Text(
            "{owner}可以在个人同意之前向系统申请权限（{value}）。",
            "{owner} can ask for a permission before consent ({value}).",
        ),
        fix=Text(
            "同意之后、用到相应功能时再申请，并同步说明用途。",
            "Ask after consent, when the function is used, and tell why at the same time.",
        ),
        check=_asks,
    ),
    PackageRule(
        id="device-traits-before-consent",
        duties=duties("191-3.1", "PIPL-4"),
        severity=Severity.NOTE,
        title=Text("同意之前读取设备特征", "Traits of the device read before consent"),
        message=Text(
            "{owner}可以在个人同意之前读取设备特征（如 {value}）；单独一项不足以识别个人，"
            "多项组合可能构成设备指纹。",
            "{owner} can read traits of the device before consent (such as {value}); one of them "
            "tells nobody, many together may be a fingerprint.",
        ),
        fix=Text(
            "核对它们是否被上传或组合使用；是则推迟到同意之后。",
            "Check whether they are sent or combined; if so, move them behind consent.",
        ),
        check=_weak,
    ),
    PackageRule(
        id="sdk-told-of-consent-too-early",
        duties=duties("PIPL-14", "191-3.1", "191-3.4", "26-14"),
        severity=Severity.HIGH,
        title=Text("同意之前就告诉 SDK 已同意", "SDK told of consent before consent"),
        message=Text(
            "{owner}可以在个人同意之前告诉{name}已取得同意（{value}）。",
            "{owner} can tell {name} of consent before anybody has agreed ({value}).",
        ),
        fix=Text(
            "只在个人同意之后、按其选择传入。",
            "Tell it after consent, and what people have chosen.",
        ),
        check=_told,
    ),
)

"""Rules about minimum scope: nothing beyond what the function needs (PIPL Art. 6)."""

from collections import Counter
from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, Word, duties, each_row, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.method import Provider, Trigger
from chengnuo.domain.register.scalars import Per
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_ASKED_OF_PEOPLE = frozenset({Provider.INDIVIDUAL, Provider.DEVICE})
_OF_THE_LAW = frozenset({LegalBasis.STATUTORY_DUTY, LegalBasis.EMERGENCY, LegalBasis.OTHER_LAW})
_LOCATION = frozenset(
    {CategoryId("PI-LOC-PRECISE"), CategoryId("PI-LOC-COARSE"), CategoryId("PI-LOC-TRACK")}
)


def _activities(facts: Facts) -> tuple[ProcessingActivity, ...]:
    return facts.register.activities


def _beyond_necessary_list(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        service = facts.service_of(activity)
        app_type = facts.app_type_of(service.service)
        if not service.basic or app_type is None or app_type.none_needed:
            continue
        if activity.basis in _OF_THE_LAW or activity.method.provided_by not in _ASKED_OF_PEOPLE:
            continue
        listed = app_type.necessary_categories()
        for index, item in enumerate(activity.items):
            if item.necessary and item.category not in listed:
                yield hit(
                    activity,
                    f"items[{index}].necessary",
                    item.category,
                    key=item.category,
                    name=facts.catalogue.category(item.category).text,
                    type=app_type.text,
                )


def _none_needed(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for service in facts.required_by.get(activity.activity, ()):
            app_type = facts.app_type_of(service.service)
            if not service.basic or app_type is None or not app_type.none_needed:
                continue
            if activity.basis in _OF_THE_LAW or activity.method.provided_by not in _ASKED_OF_PEOPLE:
                continue
            for index, item in enumerate(activity.items):
                if item.necessary:
                    where = f"items[{index}].necessary"
                    key = f"{item.category} {service.service}"
                    words: dict[str, Word] = {"service": service.service, "type": app_type.text}
                    yield hit(activity, where, item.category, key=key, words=words)


def _forced_for_own_ends(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if not activity.purpose_kind.never_necessary or activity.basis in _OF_THE_LAW:
            continue
        for index, item in enumerate(activity.items):
            if item.necessary and activity.activity in facts.required_by:
                where = f"items[{index}].necessary"
                kind = activity.purpose_kind
                yield hit(activity, where, item.category, key=item.category, kind=kind)


def _no_effect_of_refusing(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, item in enumerate(activity.items):
            if not item.necessary and item.if_refused is None:
                yield hit(activity, f"items[{index}].if_refused", item.category, key=item.category)


def _listed_twice(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        times = Counter(activity.categories)
        for category, count in times.items():
            if count > 1:
                yield hit(activity, "items", category, key=category, count=count)


def _background_location(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if not activity.method.background:
            continue
        for index, item in enumerate(activity.items):
            if item.category in _LOCATION and not item.necessary:
                yield hit(activity, f"items[{index}]", item.category, key=item.category)


def _every_second(activity: ProcessingActivity) -> bool:
    often = activity.method.at_most
    return (
        often is not None
        and often.per is Per.SECOND
        and activity.method.provided_by is Provider.DEVICE
    )


RULES: tuple[Rule, ...] = (
    Rule(
        id="beyond-necessary-list",
        duties=duties("NPI-R2", "191-4.1", "191-4.2", "pledge-2", "duty-4"),
        severity=Severity.HIGH,
        title=Text("超出必要个人信息范围", "Beyond the necessary list"),
        message=Text(
            "{row} 属于“{type}”的基本功能，却把范围之外的“{name}”（`{value}`）标为必要。",
            "{row} belongs to the basic function of type {type} but marks {name} (`{value}`), "
            "which is not on its list, as necessary.",
        ),
        fix=Text(
            "改为 `necessary: false` 并写 `if_refused`，或移到扩展服务。",
            "Write `necessary: false` with `if_refused`, or move it to an extended service.",
        ),
        check=_beyond_necessary_list,
    ),
    Rule(
        id="none-needed-type-collects",
        duties=duties("NPI-R2", "191-4.2", "PIPL-16", "duty-4"),
        severity=Severity.HIGH,
        title=Text("无须个人信息的类型却要求提供", "Type that needs nothing demands something"),
        message=Text(
            "“{type}”无须个人信息即可使用基本功能，服务 `{service}` 却要经过 {row}，"
            "后者必须有 `{value}`。",
            "Type {type} works without personal information, but service `{service}` goes through "
            "{row}, which demands `{value}`.",
        ),
        fix=Text(
            "把该项改为可拒绝，或不让基本服务依赖这项活动。",
            "Make the item optional, or do not let the basic service require the activity.",
        ),
        check=_none_needed,
    ),
    Rule(
        id="forced-for-own-ends",
        duties=duties("191-4.5", "26-8", "PIPL-16", "duty-4"),
        severity=Severity.CRITICAL,
        title=Text("为自己的目的强制收集", "Forced for the handler's own ends"),
        message=Text(
            "服务依赖 {row}，它的目的是 `{kind}`，却把 `{value}` 标为必要；不得仅以此为由强制。",
            "A service requires {row}, which serves `{kind}` and marks `{value}` as necessary; "
            "nobody may be forced for this alone.",
        ),
        fix=Text(
            "改为 `necessary: false`，并从服务的 `requires` 中去掉。",
            "Write `necessary: false`, and take the activity off the service's path.",
        ),
        check=_forced_for_own_ends,
    ),
    Rule(
        id="optional-without-effect-of-refusing",
        duties=duties("PIPL-16", "191-4.2", "duty-4"),
        severity=Severity.MEDIUM,
        title=Text("未说明拒绝后怎样", "Effect of refusing not stated"),
        message=Text(
            "{row} 的 `{value}` 可以拒绝，却没有写拒绝后怎样（`if_refused`）。",
            "{row} lets people refuse `{value}` but does not say what then (`if_refused`).",
        ),
        fix=Text(
            "用一句话写明不提供时功能怎样继续，例如“可手动选择城市”。",
            "Say in one sentence how the function goes on without it.",
        ),
        check=_no_effect_of_refusing,
    ),
    Rule(
        id="category-listed-twice",
        duties=duties("191-2.1"),
        severity=Severity.LOW,
        title=Text("同一种类写了多次", "Category listed more than once"),
        message=Text(
            "{row} 把 `{value}` 写了 {count} 次，必要与否无法判断。",
            "{row} lists `{value}` {count} times; whether it is necessary is unclear.",
        ),
        fix=Text(
            "合并为一项；用途不同的拆成两项处理活动。",
            "Make it one item; split the activity where the purposes differ.",
        ),
        check=_listed_twice,
    ),
    Rule(
        id="continuous-without-limit",
        duties=duties("191-4.4", "164-2"),
        severity=Severity.MEDIUM,
        title=Text("持续收集没有频次上限", "Continuous collection without a limit"),
        message=Text(
            "{row} 持续收集，却没有写最高频次（`method.at_most`）。",
            "{row} collects continuously but names no limit (`method.at_most`).",
        ),
        fix=Text(
            "按功能的实际需要写上限，如 `1 per minute`，并在代码里做到。",
            "Write the limit that the function needs, and keep it.",
        ),
        check=each_row(
            _activities,
            "method.at_most",
            lambda activity: (
                activity.method.trigger is Trigger.CONTINUOUS and activity.method.at_most is None
            ),
        ),
    ),
    Rule(
        id="collected-every-second",
        duties=duties("191-4.4", "164-2", "337-2"),
        severity=Severity.LOW,
        title=Text("收集频次以秒计", "Collected by the second"),
        message=Text(
            "{row} 的收集频次为 `{value}`；以秒计的频次很少是功能所需。",
            "{row} collects `{value}`; few functions need it by the second.",
        ),
        fix=Text("降到功能真正需要的频次。", "Lower it to what the function needs."),
        check=each_row(
            _activities, "method.at_most", _every_second, lambda activity: activity.method.at_most
        ),
    ),
    Rule(
        id="background-without-reason",
        duties=duties("164-2", "191-4.4", "pledge-5"),
        severity=Severity.MEDIUM,
        title=Text("后台收集没有说明", "Background collection not explained"),
        message=Text(
            "{row} 在后台进行（`background: true`），却没有说明为什么、怎样进行。",
            "{row} goes on in the background but does not say why and how.",
        ),
        fix=Text(
            "在 `method.description` 说明，或改为只在前台进行。",
            "Explain it under `method.description`, or do it only on screen.",
        ),
        check=each_row(
            _activities,
            "method.background",
            lambda activity: activity.method.background and activity.method.description is None,
        ),
    ),
    Rule(
        id="background-location-not-necessary",
        duties=duties("164-2", "PIPL-6", "pledge-5"),
        severity=Severity.HIGH,
        title=Text("非必要的后台定位", "Background location that is not necessary"),
        message=Text(
            "{row} 在后台获取位置 `{value}`，而它并不是功能所必需。",
            "{row} takes location `{value}` in the background although it is not necessary.",
        ),
        fix=Text(
            "只在使用中定位，或说明为何没有后台位置功能就无法实现。",
            "Locate only while the function is used, or show that it cannot run otherwise.",
        ),
        check=_background_location,
    ),
)

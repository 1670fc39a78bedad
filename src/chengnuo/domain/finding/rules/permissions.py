"""Rules about system permissions: each explained by what the activity handles."""

from collections.abc import Iterator, Mapping

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.method import Provider
from chengnuo.law.ids import CategoryId

_GRANTED_SILENTLY = frozenset({"INTERNET", "ACCESS_NETWORK_STATE", "ACCESS_WIFI_STATE", "NFC"})
"""Permissions that nobody is asked for and nearly every app has."""

_GIVING_NOTHING = frozenset(
    {
        "FOREGROUND_SERVICE",
        "POST_NOTIFICATIONS",
        "RECEIVE_BOOT_COMPLETED",
        "SCHEDULE_EXACT_ALARM",
        "VIBRATE",
        "WAKE_LOCK",
    }
)
"""Permissions by which no personal information is got."""

_ONLY_BY_PERMISSION: Mapping[CategoryId, frozenset[str]] = {
    CategoryId("PI-LOC-PRECISE"): frozenset({"ACCESS_FINE_LOCATION"}),
    CategoryId("PI-LOC-TRACK"): frozenset({"ACCESS_FINE_LOCATION", "ACCESS_BACKGROUND_LOCATION"}),
    CategoryId("PI-COMM-AUDIO"): frozenset({"RECORD_AUDIO", "CAPTURE_AUDIO_OUTPUT"}),
    CategoryId("PI-COMM-CALLLOG"): frozenset({"READ_CALL_LOG", "READ_PHONE_STATE"}),
    CategoryId("PI-CONTACTS-CALENDAR"): frozenset({"READ_CALENDAR", "WRITE_CALENDAR"}),
}
"""What a device gives only with one of these permissions; pickers give the rest without."""


def _yields(facts: Facts) -> Mapping[str, frozenset[CategoryId]]:
    """The categories that each Android permission can give."""
    found: dict[str, set[CategoryId]] = {}
    for category in facts.catalogue.categories.values():
        for permission in category.android_permissions:
            found.setdefault(permission, set()).add(category.id)
    return {permission: frozenset(categories) for permission, categories in found.items()}


def _named(activity: ProcessingActivity) -> Iterator[tuple[str, str]]:
    for index, permission in enumerate(activity.permissions.android):
        yield f"permissions.android[{index}]", permission.removeprefix("android.permission.")


def _without_item(facts: Facts) -> Iterator[Hit]:
    yields = _yields(facts)
    for activity in facts.register.activities:
        handled = frozenset(activity.categories)
        for where, permission in _named(activity):
            given = yields.get(permission)
            if given and permission not in _GRANTED_SILENTLY and not given & handled:
                yield hit(activity, where, permission, key=permission)


def _unknown(facts: Facts) -> Iterator[Hit]:
    yields = _yields(facts)
    for activity in facts.register.activities:
        for where, permission in _named(activity):
            if permission not in yields and permission not in _GIVING_NOTHING:
                yield hit(activity, where, permission, key=permission)


def _not_declared(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.method.provided_by is not Provider.DEVICE:
            continue
        if facts.app_of(activity).platforms.android is None:
            continue
        named = {permission for _, permission in _named(activity)}
        for index, item in enumerate(activity.items):
            needed = _ONLY_BY_PERMISSION.get(item.category, frozenset())
            if needed and not needed & named:
                where = f"items[{index}].category"
                permission = min(needed)
                yield hit(activity, where, item.category, key=item.category, permission=permission)


RULES: tuple[Rule, ...] = (
    Rule(
        id="permission-without-item",
        duties=duties("191-4.1", "337-7", "26-10", "action524-5.3"),
        severity=Severity.HIGH,
        title=Text("权限与所处理的信息无关", "Permission that no item explains"),
        message=Text(
            "{row} 申请权限 `{value}`，但它处理的个人信息没有一项要靠这个权限取得。",
            "{row} asks for `{value}`, but none of its items comes from that permission.",
        ),
        fix=Text(
            "不需要就去掉权限；需要就在 `items` 里写明由它取得的信息。",
            "Drop the permission, or list the item that comes from it.",
        ),
        check=_without_item,
    ),
    Rule(
        id="permission-not-declared",
        duties=duties("191-2.3", "action524-5.3"),
        severity=Severity.LOW,
        title=Text("取得信息所需的权限未登记", "Permission for an item not registered"),
        message=Text(
            "{row} 从设备取得 `{value}`，却没有登记所需的权限（如 `{permission}`）。",
            "{row} takes `{value}` from the device but registers no permission for it, such as "
            "`{permission}`.",
        ),
        fix=Text("在 `permissions.android` 写明。", "Write it under `permissions.android`."),
        check=_not_declared,
    ),
    Rule(
        id="permission-unknown",
        duties=duties("action524-5.3"),
        severity=Severity.NOTE,
        title=Text("目录中没有的权限", "Permission that the catalogue does not know"),
        message=Text(
            "{row} 申请权限 `{value}`；目录没有说明它能取得什么，请自行核对。",
            "{row} asks for `{value}`; the catalogue does not say what it gives.",
        ),
        fix=Text(
            "核对拼写，并确认它不会带来未登记的信息。",
            "Check the spelling, and that it brings nothing unregistered.",
        ),
        check=_unknown,
    ),
)

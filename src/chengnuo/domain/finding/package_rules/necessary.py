"""Rules about what a basic function may ask for (必要个人信息范围规定; 191号文 4.1, 4.2).

Necessary is what the list of the app's common type names. A start-up that reads more reads it from
everybody who opens the app, for whatever function; so does an activity that a basic service of the
register cannot run without.
"""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook, activity_row
from chengnuo.domain.finding.package_rule import PackageRule, package_hit, whose_all
from chengnuo.domain.finding.package_words import joined, short_name
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_OR = Text("、", ", ")


def _necessary(look: PackageLook) -> frozenset[CategoryId]:
    return frozenset(category for one in look.app_types for category in one.necessary_categories())


def _types(look: PackageLook) -> Text:
    return joined((one.text for one in look.app_types), _OR)


def _beyond(look: PackageLook) -> Iterator[Hit]:
    if not look.app_types:
        return
    necessary, required = _necessary(look), _required(look)
    for category, readings in look.by_category(look.readings).items():
        if any(not necessary.isdisjoint(one.categories) for one in readings):
            continue
        early = [one for one in readings if one.moment.is_before_consent]
        row = required.get(category)
        if row is None and not early:
            continue
        yield package_hit(
            row or look.app_row,
            category,
            early or readings,
            value=category,
            category=look.words.category(category),
            owner=whose_all(look, early or readings),
            types=_types(look),
        )


def _required(look: PackageLook) -> dict[CategoryId, RowRef]:
    """Return the activities on consent without which a basic service of a common type cannot run.

    By what they handle.
    """
    if look.register is None:
        return {}
    needed = {
        activity
        for service in look.register.services
        if service.basic and service.app_type is not None and look.app is not None
        if service.app == look.app.app
        for requirement in service.requires
        for activity in requirement.any_of
    }
    return {
        category: activity_row(one)
        for one in reversed(look.activities)
        if one.activity in needed and one.basis is LegalBasis.CONSENT
        for category in one.categories
    }


def _permissions(look: PackageLook) -> Iterator[Hit]:
    if not look.app_types:
        return
    necessary = _necessary(look)
    ids = {one.id for one in look.app_types}
    for name, asked in look.permissions.items():
        known = look.words.permission(name)
        if known is None or not known.asks or not ids.isdisjoint(known.app_types):
            continue
        opened = (*known.touched.categories, *known.touched.maybe)
        if opened and necessary.isdisjoint(opened):
            yield package_hit(
                look.app_row,
                name,
                asked,
                value=short_name(name),
                purpose=known.purpose,
                types=_types(look),
            )


RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="beyond-necessary-at-start",
        duties=duties("NPI-R2", "191-4.1", "191-4.2", "PIPL-6", "duty-4"),
        severity=Severity.HIGH,
        title=Text("基本功能读取非必要信息", "Basic function reads what is not necessary"),
        message=Text(
            "{owner}读取{category}，使用基本功能就会执行到；"
            "{types}应用的必要个人信息没有这一类（{row}）。",
            "{owner} reads {category} wherever the basic function is used; it is not among the "
            "necessary information of apps of type {types} ({row}).",
        ),
        fix=Text(
            "移到相应的扩展功能里，由个人选择使用时再读取。",
            "Move it into the function that needs it, when people choose to use that.",
        ),
        check=_beyond,
    ),
    PackageRule(
        id="permission-beyond-app-type",
        duties=duties("191-4.1", "337-7", "26-10", "NPI-R2"),
        severity=Severity.NOTE,
        title=Text("权限超出应用类型常见需要", "Permission beyond the app type's usual needs"),
        message=Text(
            "安装包声明权限 `{value}`（{purpose}），{row}（{types}）的基本功能通常不需要它。",
            "The package asks for `{value}` ({purpose}), which the basic function of {row} "
            "({types}) does not need as a rule.",
        ),
        fix=Text(
            "确认是扩展功能所需，用到时再申请，拒绝后基本功能仍可用。",
            "Make sure that a further function needs it, ask then, and let the basic function work "
            "without.",
        ),
        check=_permissions,
    ),
)

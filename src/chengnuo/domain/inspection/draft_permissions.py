"""Which activity of a draft explains a permission, and which permissions none explains.

Only what was seen explains one: own code first, then kits, then other code. Permissions that nobody
is asked for and no store restricts are left out.
"""

from collections.abc import Iterable, Iterator, Mapping

from chengnuo.base.text import Text
from chengnuo.domain.finding.package_drift import is_notable
from chengnuo.domain.finding.package_look import PackageLook, full_name
from chengnuo.domain.inspection.draft_groups import BASIC, Group
from chengnuo.domain.inspection.draft_seen import source
from chengnuo.domain.observation.permission_catalogue import Permission


def permission_remarks(look: PackageLook, permissions: Iterable[str]) -> Iterator[Text]:
    """Yield what each permission is for, by the catalogue."""
    for name in permissions:
        row = look.words.permission(name)
        if row is not None:
            yield source(
                Text(
                    f"申请权限 {row.id}：{row.purpose.zh}",
                    f"asks for permission {row.id}: {row.purpose.en}",
                )
            )


def permissions_by_activity(
    look: PackageLook, groups: tuple[Group, ...]
) -> Mapping[str, tuple[str, ...]]:
    """Return the notable permissions that groups explain, by the id of the group, in full names."""
    own = [one for one in groups if one.service == BASIC]
    kits = [one for one in groups if one.recipients]
    other = [one for one in groups if one.service != BASIC and not one.recipients]
    found: dict[str, list[str]] = {}
    for name in sorted(look.permissions):
        row = look.words.permission(name)
        if row is not None and is_notable(row):
            tried = (_fitting(look, each, row) for each in (own, kits, other))
            fitting: tuple[str, ...] = next(filter(None, tried), ())
            for one in fitting:
                found.setdefault(one, []).append(name)
    return {group: tuple(names) for group, names in found.items()}


def _fitting(look: PackageLook, groups: Iterable[Group], permission: Permission) -> tuple[str, ...]:
    """Return the groups in which something was read that a permission opens."""
    short = permission.name.removeprefix("android.permission.")
    opened = {
        one.id for one in look.catalogue.categories.values() if short in one.android_permissions
    }
    opened.update(permission.touched.categories)
    return tuple(
        group.id
        for group in groups
        if not opened.isdisjoint(group.readings)
        or any(
            permission.name in one.permissions for each in group.readings.values() for one in each
        )
    )


def left_over(look: PackageLook, explained: Iterable[str]) -> tuple[str, ...]:
    """Return the notable permissions that no activity explains, by full name.

    Args:
        look: What was seen.
        explained: Those that an activity explains, as a register writes them.

    """
    named = {full_name(one) for one in explained}
    return tuple(
        name
        for name in sorted(look.permissions)
        if name not in named and is_notable(look.words.permission(name))
    )

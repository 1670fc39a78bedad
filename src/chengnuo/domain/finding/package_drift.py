"""How far a package and a register are apart, both ways.

Counted are categories of personal information, permissions by which something is got, SDKs, and
hosts abroad. What is declared and not seen is no fault by itself: code does not tell everything.
Only what a device gives is looked for in code; what people type in or third parties send is not.
"""

from collections.abc import Iterable, Iterator

from chengnuo.domain.finding.declared_sdks import names_of, overlap, plain_names
from chengnuo.domain.finding.package_look import PackageLook, activity_row, recipient_row
from chengnuo.domain.finding.package_report import Drift, DriftRow, Side
from chengnuo.domain.observation.host_catalogue import HostKind, KnownHost
from chengnuo.domain.observation.inspection import Presence
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.domain.observation.permission_catalogue import (
    GrantRoute,
    Permission,
    ProtectionLevel,
)
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.method import Provider
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.ids import CategoryId

_SIDES = tuple(Side)
_ASKED_FOR = frozenset({GrantRoute.SPECIAL, GrantRoute.RESTRICTED})
_GETTING_NOTHING = frozenset({HostKind.CERTIFICATE})
"""What hosts are for to which nothing of people is sent."""


def drift_of(look: PackageLook) -> Drift | None:
    """Return how far a package and a register are apart; None without a register."""
    if look.register is None:
        return None
    rows = (*categories(look), *permissions(look), *sdks(look), *hosts_abroad(look))
    return drift_of_rows(rows)


def drift_of_rows(rows: Iterable[DriftRow]) -> Drift:
    """Return rows as one value, in their order."""
    return Drift(rows=tuple(sorted(rows, key=_order)))


def categories(look: PackageLook) -> Iterator[DriftRow]:
    """Yield the categories that code can read, and those that are declared to be."""
    read = look.by_category(look.readings)
    for category, readings in read.items():
        rows = look.declared_categories.get(category, ())
        yield used(Subject.INFORMATION, category, rows, readings)
    for category, rows in _expected(look).items():
        if category not in read and look.is_whole_app:
            yield not_used(Subject.INFORMATION, category, *rows)


def permissions(look: PackageLook) -> Iterator[DriftRow]:
    """Yield the permissions that are asked for, and those that are declared to be."""
    for name, asked in look.permissions.items():
        rows = look.declared_permissions.get(name, ())
        if rows or is_notable(look.words.permission(name)):
            yield used(Subject.PERMISSION, name, rows, asked)
    for name, rows in look.declared_permissions.items():
        if name not in look.permissions and look.is_whole_app:
            yield not_used(Subject.PERMISSION, name, *rows)


def sdks(look: PackageLook) -> Iterator[DriftRow]:
    """Yield the SDKs in the package that get information, and those that are listed."""
    found: set[str] = set()
    for kit in look.kits:
        recipients = look.listed.of(kit.owner)
        found.update(one.recipient for one in recipients)
        if kit.presence is not Presence.STUB and (recipients or gets_information(look, kit.owner)):
            seen = look.seen(Subject.SDK, kit.owner.id)
            rows = tuple(recipient_row(one.recipient) for one in recipients)
            yield used(Subject.SDK, kit.owner.id, rows, seen)
    classes = {one.place.class_name for one in look.inspection.observations}
    for one in look.recipients:
        is_seen = any(look.listed.holds_class(one, name) for name in classes)
        if one.recipient not in found and not is_seen and is_expected(look, one):
            what = min(look.listed.ids(one))
            yield not_used(Subject.SDK, what, recipient_row(one.recipient))


def hosts_abroad(look: PackageLook) -> Iterator[DriftRow]:
    """Yield the hosts abroad that the package names, with the overseas recipients they are of."""
    for known, seen in known_abroad(look):
        abroad = (one for one in recipients_at(look, known, seen) if one.is_overseas)
        rows = tuple(recipient_row(one.recipient) for one in abroad)
        yield used(Subject.HOST, seen[0].what, rows, seen)


def known_abroad(look: PackageLook) -> Iterator[tuple[KnownHost, tuple[Observation, ...]]]:
    """Yield what was seen of each host that is known to be abroad, sorted by host.

    Hosts that are named in passing, and hosts to which nothing of people is sent, are left out.
    """
    hosts = {one.what for one in look.of(Subject.HOST) if one.confidence is not Confidence.LOW}
    for host in sorted(hosts):
        known = look.words.host(host)
        if known is not None and known.is_overseas and known.kind not in _GETTING_NOTHING:
            yield known, look.seen(Subject.HOST, host)


def recipients_at(
    look: PackageLook, known: KnownHost, seen: tuple[Observation, ...]
) -> tuple[Recipient, ...]:
    """Return the recipients that a host is of: by its SDK, the code's owner, or its operator."""
    owners = [
        *(Owner(kind=OwnerKind.SDK, id=one) for one in kits_at(look, known, seen[0].what)),
        *(one.owner for one in seen),
    ]
    found = {one.recipient: one for owner in owners for one in look.listed.of(owner)}
    operator = plain_names((known.operator,))
    for one in look.recipients:
        if overlap(operator, names_of(one)):
            found.setdefault(one.recipient, one)
    return tuple(found.values())


def kits_at(look: PackageLook, known: KnownHost, host: str) -> tuple[str, ...]:
    """Return the ids of the SDKs that a host is known to be of."""
    claim = look.knowledge.sdks.by_host(host)
    if known.sdk:
        return (known.sdk,)
    return () if claim is None or claim.weak else claim.sdks


def is_asked_for(permission: Permission | None) -> bool:
    """Tell whether somebody has to grant a permission, or a store has to allow it."""
    if permission is None or permission.level is ProtectionLevel.SIGNATURE:
        return False
    special = permission.level is ProtectionLevel.SPECIAL or permission.route in _ASKED_FOR
    return permission.asks or special


def is_notable(permission: Permission | None) -> bool:
    """Tell whether a permission is to be declared: it is asked for, and opens information."""
    if permission is None or not is_asked_for(permission):
        return False
    return bool(permission.touched.categories or permission.touched.maybe)


def gets_information(look: PackageLook, owner: Owner) -> bool:
    """Tell whether an SDK gets information of people: it reads some here, or as a rule."""
    row = look.words.sdk(owner)
    return (row is not None and bool(row.touched.categories)) or any(
        one.owner == owner for one in look.readings
    )


def is_expected(look: PackageLook, recipient: Recipient) -> bool:
    """Tell whether an SDK of a recipient would be seen in an Android package if it were there."""
    if recipient.sdk is None or not look.is_whole_app or not look.listed.ids(recipient):
        return False
    versions = [one.casefold() for one in recipient.sdk.versions]
    return not versions or any("android" in one or one[:1].isdigit() for one in versions)


def readable_categories(look: PackageLook) -> frozenset[CategoryId]:
    """Return the categories that a call is known to read, so that code could show them."""
    return frozenset(
        category
        for api in look.knowledge.apis.apis.values()
        if api.touched.alone
        for category in api.touched.categories
    )


def _expected(look: PackageLook) -> dict[CategoryId, tuple[RowRef, ...]]:
    """The categories that activities take from the device and a call is known to read."""
    readable = readable_categories(look)
    found: dict[CategoryId, list[RowRef]] = {}
    for activity in look.activities:
        if activity.method.provided_by is Provider.DEVICE:
            for category in dict.fromkeys(activity.categories):
                if category in readable:
                    found.setdefault(category, []).append(activity_row(activity))
    return {category: tuple(rows) for category, rows in found.items()}


def used(
    subject: Subject, what: str, rows: tuple[RowRef, ...], seen: Iterable[Observation]
) -> DriftRow:
    """Return the row of a thing that was seen: agreed where a row declares it."""
    return DriftRow(
        subject=subject,
        what=what,
        side=Side.AGREED if rows else Side.USED_NOT_DECLARED,
        rows=rows,
        observations=tuple(dict.fromkeys(one.id for one in seen)),
    )


def not_used(subject: Subject, what: str, *rows: RowRef) -> DriftRow:
    """Return the row of a thing that is declared and was not seen."""
    return DriftRow(subject=subject, what=what, side=Side.DECLARED_NOT_USED, rows=rows)


def _order(row: DriftRow) -> tuple[str, int, str]:
    return (row.subject, _SIDES.index(row.side), row.what)

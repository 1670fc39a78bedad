"""Permissions that an app asks for, what of its code uses them, and calls that lack theirs.

Who asked for a permission is not told by a merged manifest; where only kits use it, it is taken
to be theirs. That nothing uses a permission is said only where the knowledge names its uses and
the code can be read, and where at most a library has calls, to which nothing leads; of a permission
that the catalogue does not know it is never said.
"""

from collections.abc import Iterator, Mapping, Sequence

from chengnuo.domain.inspection.manifest import UsedPermission
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.packing import is_packed
from chengnuo.domain.inspection.permission_uses import Use, family, known_uses, may_use, uses
from chengnuo.domain.inspection.purposes_told import PurposesTold
from chengnuo.domain.inspection.remark import manifest_place, remark, remark_at
from chengnuo.domain.inspection.shells import is_shell
from chengnuo.domain.inspection.unseen_calls import loading
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    OwnerKind,
    Subject,
)
from chengnuo.domain.observation.permission_catalogue import ProtectionLevel
from chengnuo.domain.observation.seen import ActSeen
from chengnuo.engines.program.marks import Mark
from chengnuo.engines.program.sites import Site

BACKGROUND_LOCATION = "android.permission.ACCESS_BACKGROUND_LOCATION"
_NATIVE = frozenset(
    f"android.permission.{one}"
    for one in (
        "CAMERA",
        "INTERNET",
        "MANAGE_EXTERNAL_STORAGE",
        "READ_EXTERNAL_STORAGE",
        "RECORD_AUDIO",
        "WRITE_EXTERNAL_STORAGE",
    )
)
"""What native code can use by itself, past any call of the catalogue."""
_GRANTED = frozenset({ProtectionLevel.DANGEROUS, ProtectionLevel.SPECIAL})
"""What the individual grants; of the others too many uses are in no catalogue."""
_SOMETIMES = (
    "AccountManager.",
    "ExifInterface.",
    "File.",
    "SensorManager.",
    "SmsMessage.",
    "SpeechRecognizer.",
    "TelephonyManager.getCallState",
    "TelephonyManager.listen",
    "TelephonyManager.registerTelephonyCallback",
    "WebChromeClient.",
    "media.ExifInterface.",
    "net.Uri",
)
"""Calls that need a permission for some of what they may be asked for only."""
_CODE = (".apk", ".dex", ".jar")
_MOST_NAMED = 8


def permissions(opened: Opened) -> Iterator[Observation]:
    """Yield every permission asked for, then the calls that need one which is not."""
    manifest = opened.manifest
    if manifest is None:
        return
    found = tuple(uses(opened))
    known = known_uses(opened)
    hidden = is_packed(opened) or is_shell(opened) or _has_other_code(opened)
    purposes = PurposesTold(opened, hidden)
    for one in _once(manifest.permissions):
        using = [use for use in found if any(name in use.permissions for name in family(one.name))]
        is_told = not hidden and _is_told(opened, one, known)
        said = purposes.details(one.name) if _is_asked_while_running(opened, one.name) else {}
        yield _permission(opened, one, using, is_told=is_told, said=said)
        if one.name == BACKGROUND_LOCATION:
            yield _in_background(opened, one, using, is_told=is_told)
    if opened.kind.is_app:
        yield from _without(opened, found, {one.name for one in manifest.permissions})


def _once(asked: Sequence[UsedPermission]) -> list[UsedPermission]:
    """Return each permission once: the request that goes for most versions of the system."""
    found: dict[str, UsedPermission] = {}
    for one in sorted(asked, key=lambda each: (each.max_sdk > 0, -each.max_sdk, each.from_sdk_23)):
        found.setdefault(one.name, one)
    return [found[name] for name in dict.fromkeys(one.name for one in asked)]


def _has_other_code(opened: Opened) -> bool:
    """Tell whether code may run that is not read: what lies beside, or what own code loads."""
    package = opened.package
    if package.dex_not_loaded or any(one.name.endswith(_CODE) for one in package.nested):
        return True
    return any(
        _runs(opened, site)
        and opened.owners.of(opened.followed.named(site.defined)[0]).kind is OwnerKind.OWN
        for site in loading(opened)
    )


def _is_told(opened: Opened, one: UsedPermission, known: frozenset[str]) -> bool:
    """Tell whether a use would have been seen, if there were one."""
    row = opened.knowledge.permissions.find(one.name)
    if row is None or row.level not in _GRANTED:
        return False
    if one.name in _NATIVE and opened.package.native_libraries:
        return False
    return any(name in known for name in family(one.name))


def _is_asked_while_running(opened: Opened, name: str) -> bool:
    row = opened.knowledge.permissions.find(name)
    return opened.kind.is_app and row is not None and row.asks


def _permission(
    opened: Opened,
    one: UsedPermission,
    using: Sequence[Use],
    *,
    is_told: bool,
    said: Mapping[str, str],
) -> Observation:
    ids = list(dict.fromkeys(use.id for use in sorted(using, key=lambda use: not use.surely)))
    more = len(ids) - _MOST_NAMED
    named = ", ".join(ids[:_MOST_NAMED]) + (f", +{more}" if more > 0 else "")
    row = opened.knowledge.permissions.find(one.name)
    owners = dict.fromkeys(owner for use in using for owner in use.owners)
    kits = sorted({owner.id for owner in owners if owner.kind is OwnerKind.SDK})
    libraries = sorted({owner.id for owner in owners if owner.kind is OwnerKind.LIBRARY})
    by_others = all(owner.kind in _NOT_OWN for owner in owners)
    is_reached = any(_is_reached(opened, use) for use in using)
    # Libraries of the system hold code for every app; what of it nothing leads to, nobody uses.
    idle = not is_reached and not kits and by_others if using else not may_use(opened, one.name)
    return remark(
        Subject.PERMISSION,
        one.name,
        manifest_place(opened, one.line),
        {
            "from_sdk_23": "yes" if one.from_sdk_23 else "",
            "library": ", ".join(libraries) if by_others and not kits else "",
            "level": row.level.value if row else "",
            "reached": "no" if using and not is_reached else "",
            "max_sdk": str(one.max_sdk) if one.max_sdk else "",
            "sdk": ", ".join(kits) if by_others else "",
            "unused": "yes" if is_told and idle else "",
            "used-by": named,
            **said,
        },
        permissions=(one.name,),
    )


_NOT_OWN = frozenset({OwnerKind.SDK, OwnerKind.LIBRARY})


def _is_reached(opened: Opened, use: Use) -> bool:
    """Tell whether some way leads to a use; to what is no call, the system leads by itself."""
    reached = opened.followed.reached
    if reached is None or not use.sites:
        return True
    return any(reached.mark(site.defined) is not Mark.UNREACHABLE for site in use.sites)


def _in_background(
    opened: Opened, one: UsedPermission, using: Sequence[Use], *, is_told: bool
) -> Observation:
    """Return that the place can be read in the background, surely where some code reads it."""
    otherwise = Confidence.LOW if is_told else Confidence.MEDIUM
    return remark(
        Subject.BEHAVIOUR,
        ActSeen.BACKGROUND_LOCATION,
        manifest_place(opened, one.line),
        {"used-by": ", ".join(dict.fromkeys(use.id for use in using[:_MOST_NAMED]))},
        permissions=(one.name,),
        confidence=Confidence.HIGH if using else otherwise,
    )


def _without(opened: Opened, found: Sequence[Use], asked: set[str]) -> Iterator[Observation]:
    """Yield the first place of each call and owner that needs a permission which is not asked for.

    Libraries that no catalogue names ask before they call, as a rule; they are left out.
    """
    for use in found:
        if not (use.surely and use.reads and _is_granted(opened, use)):
            continue
        if use.id.startswith(_SOMETIMES):
            continue
        if any(name in asked for one in use.permissions for name in family(one)):
            continue
        told: set[tuple[OwnerKind, str]] = set()
        for site in use.sites:
            owner = opened.owners.of(opened.followed.named(site.defined)[0])
            key = (owner.kind, owner.id)
            if owner.kind is OwnerKind.LIBRARY or key in told or not _runs(opened, site):
                continue
            told.add(key)
            yield remark_at(
                opened,
                site,
                Subject.BEHAVIOUR,
                ActSeen.CALL_WITHOUT_PERMISSION,
                {"calls": use.id},
                permissions=use.permissions,
                confidence=Confidence.MEDIUM if owner.kind is OwnerKind.OWN else Confidence.LOW,
                key=use.id,
            )


def _is_granted(opened: Opened, use: Use) -> bool:
    """Tell whether the individual grants what a call needs."""
    rows = (opened.knowledge.permissions.find(name) for name in use.permissions)
    return any(row is not None and row.level is ProtectionLevel.DANGEROUS for row in rows)


def _runs(opened: Opened, site: Site) -> bool:
    return opened.followed.moment(site) is not Moment.UNREACHABLE

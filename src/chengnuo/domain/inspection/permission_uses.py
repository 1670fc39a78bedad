"""What uses a permission: calls, addresses of content, actions, parts of the manifest.

A row of the knowledge names the permissions that guard it in some version of the system, of which
any one may do. Permissions that give each other, or ask for the same, are one family: a call that
needs the one uses the other. What no row names cannot be told to be unused.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.observation.api_catalogue import Api, Role
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.observation import Owner
from chengnuo.domain.observation.string_signs import StringSign, Table
from chengnuo.domain.observation.touching import Weight
from chengnuo.engines.program.mutf8 import bytes_of, text_of
from chengnuo.engines.program.sites import Site, calls, reads, references

_A = "android.permission."
_FAMILIES = (
    (f"{_A}ACCESS_FINE_LOCATION", f"{_A}ACCESS_COARSE_LOCATION", f"{_A}ACCESS_BACKGROUND_LOCATION"),
    (
        f"{_A}READ_EXTERNAL_STORAGE",
        f"{_A}WRITE_EXTERNAL_STORAGE",
        f"{_A}READ_MEDIA_IMAGES",
        f"{_A}READ_MEDIA_VIDEO",
        f"{_A}READ_MEDIA_AUDIO",
        f"{_A}READ_MEDIA_VISUAL_USER_SELECTED",
        f"{_A}MANAGE_EXTERNAL_STORAGE",
    ),
    (
        f"{_A}BLUETOOTH",
        f"{_A}BLUETOOTH_ADMIN",
        f"{_A}BLUETOOTH_CONNECT",
        f"{_A}BLUETOOTH_SCAN",
    ),
    (f"{_A}READ_PHONE_STATE", f"{_A}READ_PHONE_NUMBERS", f"{_A}READ_PRIVILEGED_PHONE_STATE"),
    (f"{_A}READ_CONTACTS", f"{_A}WRITE_CONTACTS"),
    (f"{_A}READ_CALENDAR", f"{_A}WRITE_CALENDAR"),
    (f"{_A}READ_CALL_LOG", f"{_A}WRITE_CALL_LOG"),
    (f"{_A}RECEIVE_SMS", f"{_A}RECEIVE_MMS", f"{_A}RECEIVE_WAP_PUSH"),
    (f"{_A}USE_BIOMETRIC", f"{_A}USE_FINGERPRINT"),
    (f"{_A}SCHEDULE_EXACT_ALARM", f"{_A}USE_EXACT_ALARM"),
    (f"{_A}BODY_SENSORS", f"{_A}BODY_SENSORS_BACKGROUND"),
)
"""Permissions of which one gives, narrows or follows another."""
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "android.intent.action.CALL": (f"{_A}CALL_PHONE",),
    "android.intent.action.INSTALL_PACKAGE": (f"{_A}REQUEST_INSTALL_PACKAGES",),
    "android.intent.action.UNINSTALL_PACKAGE": (f"{_A}REQUEST_DELETE_PACKAGES",),
    "android.intent.action.DELETE": (f"{_A}REQUEST_DELETE_PACKAGES",),
    "android.intent.action.SET_ALARM": ("com.android.alarm.permission.SET_ALARM",),
    "android.media.action.IMAGE_CAPTURE": (f"{_A}CAMERA",),
    "android.media.action.VIDEO_CAPTURE": (f"{_A}CAMERA",),
    "android.provider.MediaStore.RECORD_SOUND": (f"{_A}RECORD_AUDIO",),
    "android.settings.REQUEST_IGNORE_BATTERY_OPTIMIZATIONS": (
        f"{_A}REQUEST_IGNORE_BATTERY_OPTIMIZATIONS",
    ),
    "android.settings.action.MANAGE_OVERLAY_PERMISSION": (f"{_A}SYSTEM_ALERT_WINDOW",),
    "android.settings.action.MANAGE_WRITE_SETTINGS": (f"{_A}WRITE_SETTINGS",),
    "application/vnd.android.package-archive": (f"{_A}REQUEST_INSTALL_PACKAGES",),
    "com.android.launcher.action.INSTALL_SHORTCUT": (
        "com.android.launcher.permission.INSTALL_SHORTCUT",
    ),
}
"""Strings by which another app, or the system, is asked for what a permission guards (developer
documentation, "Common intents")."""
_BEHAVIOURS = {
    Behaviour.INSTALL_APP: (f"{_A}REQUEST_INSTALL_PACKAGES",),
    Behaviour.OVERLAY: (f"{_A}SYSTEM_ALERT_WINDOW",),
    Behaviour.PHONE_CALL: (f"{_A}CALL_PHONE",),
    Behaviour.SETTINGS: (f"{_A}WRITE_SETTINGS",),
    Behaviour.SMS: (f"{_A}SEND_SMS",),
}
"""What an act needs where its row names no permission."""
_TYPES: Mapping[str, tuple[str, ...]] = {
    "Landroid/accounts/AccountManager;": (f"{_A}GET_ACCOUNTS",),
    "Landroid/hardware/Camera;": (f"{_A}CAMERA",),
    "Landroid/hardware/SensorManager;": (f"{_A}BODY_SENSORS", f"{_A}ACTIVITY_RECOGNITION"),
    "Landroid/hardware/camera2/CameraManager;": (f"{_A}CAMERA",),
    "Landroid/location/LocationManager;": (f"{_A}ACCESS_FINE_LOCATION",),
    "Landroid/media/AudioRecord;": (f"{_A}RECORD_AUDIO",),
    "Landroid/media/MediaRecorder;": (f"{_A}RECORD_AUDIO", f"{_A}CAMERA"),
    "Landroid/media/audiofx/Visualizer;": (f"{_A}RECORD_AUDIO",),
    "Landroid/speech/SpeechRecognizer;": (f"{_A}RECORD_AUDIO",),
    "Landroid/telecom/TelecomManager;": (f"{_A}CALL_PHONE", f"{_A}ANSWER_PHONE_CALLS"),
    "Landroid/telephony/PhoneStateListener;": (f"{_A}READ_PHONE_STATE",),
    "Landroid/telephony/SmsManager;": (f"{_A}SEND_SMS",),
    "Landroid/telephony/SubscriptionManager;": (f"{_A}READ_PHONE_STATE",),
    "Landroid/telephony/TelephonyCallback;": (f"{_A}READ_PHONE_STATE",),
    "Landroid/webkit/GeolocationPermissions;": (f"{_A}ACCESS_FINE_LOCATION",),
    "Landroid/webkit/PermissionRequest;": (f"{_A}CAMERA", f"{_A}RECORD_AUDIO"),
}
"""Types of the system by which a permission may be used in a way that no row names."""
_BEGINNINGS = {b"content://": Table.URI, b"/": Table.PATH}
_FOREGROUND = f"{_A}FOREGROUND_SERVICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One way in which a permission is used.

    Attributes:
        id: Id of the call, of the string, or name of the part of the manifest.
        permissions: Permissions of which one is needed.
        owners: Whose code or part it is, each once, in their order.
        sites: Places of a call.
        surely: Whether it always needs one; a call whose argument decides may need none.
        reads: Whether it is a call that reads information, and none that every program makes.

    """

    id: str
    permissions: tuple[str, ...]
    owners: tuple[Owner, ...]
    sites: tuple[Site, ...] = ()
    surely: bool = True
    reads: bool = False


def family(name: str) -> tuple[str, ...]:
    """Return the permissions whose uses are uses of one, itself the first."""
    of = next((one for one in _FAMILIES if name in one), ())
    return (name, *(one for one in of if one != name))


def known_uses(opened: Opened) -> frozenset[str]:
    """Return the permissions of which the knowledge names a use."""
    knowledge = opened.knowledge
    rows = [
        *(one.permissions for one in knowledge.apis.apis.values()),
        *(one.permissions for signs in knowledge.strings.texts.values() for one in signs.values()),
        *(one.permissions for one in knowledge.wakes.actions.values()),
        *_TEXTS.values(),
    ]
    return frozenset(name for row in rows for name in row)


def may_use(opened: Opened, name: str) -> bool:
    """Tell whether code names a type by which a permission may be used past every row."""
    types = opened.followed.program.type_ids
    names = family(name)
    return any(
        one.encode() in types and any(each in names for each in needed)
        for one, needed in _TYPES.items()
    )


def uses(opened: Opened) -> Iterator[Use]:
    """Yield the uses, those by calls first."""
    yield from _by_calls(opened)
    yield from _by_constants(opened)
    yield from _by_texts(opened)
    yield from _by_parts(opened)


def _by_calls(opened: Opened) -> Iterator[Use]:
    for api in opened.knowledge.apis.apis.values():
        permissions = api.permissions or _BEHAVIOURS.get(api.behaviour or Behaviour.LOG, ())
        sites = tuple(sites_of(opened, api)) if permissions else ()
        if sites:
            yield Use(
                id=str(api.id),
                permissions=permissions,
                owners=_owners(opened, sites),
                sites=sites,
                surely=api.argument is None,
                reads=api.role is Role.SOURCE and api.touched.alone and api.weight is Weight.HIGH,
            )


def sites_of(opened: Opened, api: Api) -> Iterator[Site]:
    """Yield the places of a call, or of a field that is read."""
    followed = opened.followed
    if api.is_field:
        yield from reads(followed.program, api.class_name, api.member)
        return
    for reference in references(
        followed.hierarchy, api.class_name, api.member, api.proto, below=api.subclasses
    ):
        yield from calls(followed.program, reference)


def _owners(opened: Opened, sites: Collection[Site]) -> tuple[Owner, ...]:
    classes = dict.fromkeys(opened.followed.named(site.defined)[0] for site in sites)
    return tuple(dict.fromkeys(opened.owners.of(one) for one in classes))


def _by_constants(opened: Opened) -> Iterator[Use]:
    """Yield the fields of the system that hold an address which a permission guards."""
    for constant, sign in opened.knowledge.strings.constants.items():
        if sign.permissions:
            owner, _, name = constant.partition("->")
            sites = tuple(reads(opened.followed.program, owner, name))
            if sites:
                owners = _owners(opened, sites)
                yield Use(id=str(sign.id), permissions=sign.permissions, owners=owners, sites=sites)


def _by_texts(opened: Opened) -> Iterator[Use]:
    """Yield the strings of the code that stand for what a permission guards."""
    program = opened.followed.program
    found: dict[int, tuple[str, tuple[str, ...]]] = {}
    named = _by_name(opened)
    for unit, part in zip(program.units, program.parts, strict=True):
        for at, string in enumerate(unit.strings):
            sign = named.get(string)
            if sign is None and string.startswith(tuple(_BEGINNINGS)):
                sign = _address(opened, string)
            if sign is not None:
                found[part.strings + at] = sign
    naming: dict[tuple[str, tuple[str, ...]], dict[int, None]] = {}
    mentions = program.strings_used
    for row, string in enumerate(mentions.what.tolist() if found else ()):
        if string in found:
            naming.setdefault(found[string], {})[int(mentions.caller[row])] = None
    for (key, needed), callers in naming.items():
        classes = dict.fromkeys(opened.followed.named(one)[0] for one in callers)
        owners = tuple(dict.fromkeys(opened.owners.of(one) for one in classes))
        yield Use(id=key, permissions=needed, owners=owners, surely=False)


def _by_name(opened: Opened) -> Mapping[bytes, tuple[str, tuple[str, ...]]]:
    """Return the strings that stand for a use as a whole: texts, and methods called by name."""
    found = {bytes_of(text): (text, needed) for text, needed in _TEXTS.items()}
    names = opened.knowledge.strings.texts.get(Table.METHOD, {})
    for api in opened.knowledge.apis.apis.values():
        if api.member in names and api.permissions:
            key = bytes_of(api.member)
            _, before = found.get(key, ("", ()))
            needed = tuple(dict.fromkeys((*before, *api.permissions)))
            found[key] = (f"{Table.METHOD} {api.member}", needed)
    return found


def _address(opened: Opened, string: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Return what the address of a content provider, or a path, stands for."""
    table = next(table for start, table in _BEGINNINGS.items() if string.startswith(start))
    sign: StringSign | None = opened.knowledge.strings.find(table, text_of(string))
    return (str(sign.id), sign.permissions) if sign and sign.permissions else None


def _by_parts(opened: Opened) -> Iterator[Use]:
    """Yield the parts of the manifest for which the system wants a permission."""
    manifest = opened.manifest
    for part in () if manifest is None else manifest.components:
        owner = opened.owners.of(part.target or part.name)
        for action in dict.fromkeys(each for one in part.filters for each in one.actions):
            sign = opened.knowledge.wakes.by_action(action)
            if sign is not None and sign.permissions:
                yield Use(id=action, permissions=sign.permissions, owners=(owner,), surely=False)
        for kind in part.foreground_types:
            needed = (_FOREGROUND, f"{_FOREGROUND}_{_snake(kind)}")
            yield Use(
                id=f"foregroundServiceType {kind}",
                permissions=needed,
                owners=(owner,),
                surely=False,
            )


def _snake(name: str) -> str:
    """Return `dataSync` as `DATA_SYNC`."""
    return "".join(f"_{one}" if one.isupper() else one.upper() for one in name)

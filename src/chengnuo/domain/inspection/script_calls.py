"""Calls of scripts in a shell by which personal information is read.

Names are those of the platforms' own documents: HTML5+ (`plus.*`), uni-app (`uni.*`), the modules
of React Native, plugins of Cordova and Capacitor, and what every page may ask for (W3C).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.law.ids import CategoryId

_PERMISSION = "android.permission."


@dataclass(frozen=True, slots=True)
class ScriptCall:
    """A call of a script.

    Attributes:
        text: How it is written.
        categories: What it reads, the main one first.
        permissions: Permissions that guard it.

    """

    text: str
    categories: tuple[CategoryId, ...]
    permissions: tuple[str, ...] = ()


def _row(text: str, categories: str, permissions: str = "") -> ScriptCall:
    return ScriptCall(
        text,
        tuple(CategoryId(f"PI-{one}") for one in categories.split()),
        tuple(f"{_PERMISSION}{one}" for one in permissions.split()),
    )


CALLS = (
    _row("plus.device.imei", "DEVICE-IMEI", "READ_PHONE_STATE"),
    _row("plus.device.imsi", "DEVICE-IMSI", "READ_PHONE_STATE"),
    _row("plus.device.uuid", "DEVICE-IMEI", "READ_PHONE_STATE"),
    _row("plus.device.getInfo", "DEVICE-IMEI", "READ_PHONE_STATE"),
    _row("plus.device.getOAID", "DEVICE-OAID"),
    _row("plus.device.getAAID", "DEVICE-OAID"),
    _row("plus.device.getVAID", "DEVICE-OAID"),
    _row("plus.geolocation.getCurrentPosition", "LOC-PRECISE", "ACCESS_FINE_LOCATION"),
    _row("plus.geolocation.watchPosition", "LOC-PRECISE", "ACCESS_FINE_LOCATION"),
    _row("plus.contacts.getAddressBook", "CONTACTS-BOOK", "READ_CONTACTS"),
    _row("plus.gallery.pick", "DEVICE-STORAGE"),
    _row("plus.camera.getCamera", "DEVICE-CAMERA", "CAMERA"),
    _row("plus.audio.getRecorder", "COMM-AUDIO", "RECORD_AUDIO"),
    _row("uni.getLocation", "LOC-PRECISE", "ACCESS_FINE_LOCATION"),
    _row("uni.startLocationUpdate", "LOC-PRECISE", "ACCESS_FINE_LOCATION"),
    _row("uni.chooseLocation", "LOC-PRECISE"),
    _row("uni.chooseImage", "DEVICE-STORAGE"),
    _row("uni.chooseVideo", "DEVICE-STORAGE"),
    _row("uni.getClipboardData", "COMM-CLIP"),
    _row("uni.getRecorderManager", "COMM-AUDIO", "RECORD_AUDIO"),
    _row("uni.startFacialRecognitionVerify", "BIO-FACE", "CAMERA"),
    _row("navigator.geolocation", "LOC-PRECISE", "ACCESS_FINE_LOCATION"),
    _row("navigator.contacts", "CONTACTS-BOOK", "READ_CONTACTS"),
    _row("navigator.camera.getPicture", "DEVICE-CAMERA", "CAMERA"),
    _row("mediaDevices.getUserMedia", "DEVICE-CAMERA COMM-AUDIO", "CAMERA RECORD_AUDIO"),
    _row("getAndroidId", "DEVICE-AID"),
    _row("getImei", "DEVICE-IMEI", "READ_PHONE_STATE"),
    _row("getMacAddress", "DEVICE-MAC"),
    _row("getSubscriberId", "DEVICE-IMSI", "READ_PHONE_STATE"),
    _row("getUniqueId", "DEVICE-AID"),
    _row("RNDeviceInfo", "DEVICE-AID"),
    _row("RNCGeolocation", "LOC-PRECISE", "ACCESS_FINE_LOCATION"),
    _row("RNCClipboard", "COMM-CLIP"),
    _row("Geolocation.getCurrentPosition", "LOC-PRECISE", "ACCESS_FINE_LOCATION"),
    _row("Contacts.getAll", "CONTACTS-BOOK", "READ_CONTACTS"),
    _row("ImagePickerManager", "DEVICE-STORAGE"),
    _row("Clipboard.getString", "COMM-CLIP"),
)
_BY_TEXT = {one.text.encode(): one for one in CALLS}
_ANY = re.compile(
    rb"(?<![\w$])(?:" + b"|".join(re.escape(one) for one in sorted(_BY_TEXT)) + rb")(?![\w$])"
)


def calls_in(script: bytes) -> Iterator[tuple[ScriptCall, int]]:
    """Yield each call that a script names and the line of the first place, in that order."""
    seen: set[bytes] = set()
    line, counted = 1, 0
    for match in _ANY.finditer(script):
        if match[0] not in seen:
            seen.add(match[0])
            line += script.count(b"\n", counted, match.start())
            counted = match.start()
            yield _BY_TEXT[match[0]], line

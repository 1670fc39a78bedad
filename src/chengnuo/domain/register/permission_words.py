"""What system permissions are called by the people who are asked for them.

Names are those of the systems themselves; a permission that is not in the tables is shown by its
own name, never left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.register.activity import Permissions


class Platform(StrEnum):
    """A system that asks for permissions."""

    ANDROID = "Android"
    IOS = "iOS"
    HARMONY = "HarmonyOS"


@dataclass(frozen=True, slots=True)
class AskedPermission:
    """One permission on one platform: what people call it, and its own name."""

    platform: Platform
    words: Text
    name: str

    @property
    def has_dialog(self) -> bool:
        """Tell whether the system asks the individual; some are granted on installing."""
        return self.name.removeprefix("android.permission.") not in _WITHOUT_DIALOG


_LOCATION = Text("位置", "location")
_COARSE = Text("大致位置", "approximate location")
_FINE = Text("精确位置", "precise location")
_BACKGROUND = Text("后台位置", "location in the background")
_CAMERA = Text("相机", "camera")
_MICROPHONE = Text("麦克风", "microphone")
_PHOTOS = Text("照片和视频", "photos and videos")
_CONTACTS = Text("通讯录", "contacts")
_CALENDAR = Text("日历", "calendar")
_PHONE = Text("电话（读取本机识别码）", "telephone state (identifiers of the device)")
_NOTIFY = Text("通知", "notifications")
_STORAGE = Text("存储", "storage")
_WIFI = Text("Wi-Fi 状态", "Wi-Fi state")
_BLUETOOTH = Text("附近的蓝牙设备", "Bluetooth devices nearby")
_MOTION = Text("健身运动信息", "motion and fitness")
_HEALTH = Text("健康数据", "health data")
_BODY = Text("身体传感器", "body sensors")
_SMS = Text("短信", "text messages")
_CALLS = Text("通话记录", "call log")
_APPS = Text("已安装应用列表", "list of installed apps")
_TRACKING = Text("跨应用跟踪", "tracking across apps")
_FACE = Text("面容识别", "Face ID")
_NETWORK = Text("网络", "network")
_OVERLAY = Text("悬浮窗", "windows above other apps")
_ACCESSIBILITY = Text("无障碍服务", "accessibility service")
_CLIPBOARD = Text("剪贴板", "clipboard")
_LOCAL = Text("本地网络", "local network")

_ANDROID: dict[str, Text] = {
    "ACCESS_FINE_LOCATION": _FINE,
    "ACCESS_COARSE_LOCATION": _COARSE,
    "ACCESS_BACKGROUND_LOCATION": _BACKGROUND,
    "CAMERA": _CAMERA,
    "RECORD_AUDIO": _MICROPHONE,
    "READ_MEDIA_IMAGES": _PHOTOS,
    "READ_MEDIA_VIDEO": _PHOTOS,
    "READ_MEDIA_AUDIO": Text("音频文件", "audio files"),
    "READ_EXTERNAL_STORAGE": _STORAGE,
    "WRITE_EXTERNAL_STORAGE": _STORAGE,
    "MANAGE_EXTERNAL_STORAGE": Text("所有文件", "all files"),
    "READ_CONTACTS": _CONTACTS,
    "WRITE_CONTACTS": _CONTACTS,
    "GET_ACCOUNTS": Text("设备上的账户", "accounts on the device"),
    "READ_CALENDAR": _CALENDAR,
    "WRITE_CALENDAR": _CALENDAR,
    "READ_PHONE_STATE": _PHONE,
    "READ_PHONE_NUMBERS": Text("本机号码", "number of this phone"),
    "CALL_PHONE": Text("拨打电话", "make calls"),
    "READ_CALL_LOG": _CALLS,
    "READ_SMS": _SMS,
    "RECEIVE_SMS": _SMS,
    "SEND_SMS": Text("发送短信", "send text messages"),
    "POST_NOTIFICATIONS": _NOTIFY,
    "ACCESS_WIFI_STATE": _WIFI,
    "NEARBY_WIFI_DEVICES": Text("附近的 Wi-Fi 设备", "Wi-Fi devices nearby"),
    "ACCESS_NETWORK_STATE": Text("网络状态", "network state"),
    "INTERNET": _NETWORK,
    "BLUETOOTH_SCAN": _BLUETOOTH,
    "BLUETOOTH_CONNECT": _BLUETOOTH,
    "ACTIVITY_RECOGNITION": _MOTION,
    "BODY_SENSORS": _BODY,
    "QUERY_ALL_PACKAGES": _APPS,
    "SYSTEM_ALERT_WINDOW": _OVERLAY,
    "BIND_ACCESSIBILITY_SERVICE": _ACCESSIBILITY,
    "USE_BIOMETRIC": Text("指纹或面容验证", "fingerprint or face check"),
    "VIBRATE": Text("振动", "vibration"),
}
_IOS: dict[str, Text] = {
    "NSLocationWhenInUseUsageDescription": Text("使用期间的位置", "location while in use"),
    "NSLocationAlwaysAndWhenInUseUsageDescription": Text("始终的位置", "location at all times"),
    "NSLocationAlwaysUsageDescription": Text("始终的位置", "location at all times"),
    "NSCameraUsageDescription": _CAMERA,
    "NSMicrophoneUsageDescription": _MICROPHONE,
    "NSPhotoLibraryUsageDescription": _PHOTOS,
    "NSPhotoLibraryAddUsageDescription": Text("保存到相册", "saving to the photo library"),
    "NSContactsUsageDescription": _CONTACTS,
    "NSCalendarsUsageDescription": _CALENDAR,
    "NSCalendarsFullAccessUsageDescription": _CALENDAR,
    "NSRemindersUsageDescription": Text("提醒事项", "reminders"),
    "NSUserTrackingUsageDescription": _TRACKING,
    "NSFaceIDUsageDescription": _FACE,
    "NSMotionUsageDescription": _MOTION,
    "NSHealthShareUsageDescription": _HEALTH,
    "NSHealthUpdateUsageDescription": _HEALTH,
    "NSBluetoothAlwaysUsageDescription": _BLUETOOTH,
    "NSSpeechRecognitionUsageDescription": Text("语音识别", "speech recognition"),
    "NSLocalNetworkUsageDescription": _LOCAL,
    "NSAppleMusicUsageDescription": Text("媒体资料库", "media library"),
}
_HARMONY: dict[str, Text] = {
    "ohos.permission.LOCATION": _FINE,
    "ohos.permission.APPROXIMATELY_LOCATION": _COARSE,
    "ohos.permission.LOCATION_IN_BACKGROUND": _BACKGROUND,
    "ohos.permission.CAMERA": _CAMERA,
    "ohos.permission.MICROPHONE": _MICROPHONE,
    "ohos.permission.READ_IMAGEVIDEO": _PHOTOS,
    "ohos.permission.WRITE_IMAGEVIDEO": _PHOTOS,
    "ohos.permission.READ_MEDIA": _PHOTOS,
    "ohos.permission.READ_CONTACTS": _CONTACTS,
    "ohos.permission.READ_CALENDAR": _CALENDAR,
    "ohos.permission.WRITE_CALENDAR": _CALENDAR,
    "ohos.permission.ACTIVITY_MOTION": _MOTION,
    "ohos.permission.READ_HEALTH_DATA": _HEALTH,
    "ohos.permission.APP_TRACKING_CONSENT": _TRACKING,
    "ohos.permission.ACCESS_BLUETOOTH": _BLUETOOTH,
    "ohos.permission.READ_PASTEBOARD": _CLIPBOARD,
    "ohos.permission.GET_WIFI_INFO": _WIFI,
    "ohos.permission.GET_NETWORK_INFO": Text("网络状态", "network state"),
    "ohos.permission.INTERNET": _NETWORK,
    "ohos.permission.ACCESS_BIOMETRIC": Text("指纹或面容验证", "fingerprint or face check"),
}
_WITHOUT_DIALOG = frozenset(
    {
        "INTERNET",
        "ACCESS_NETWORK_STATE",
        "ACCESS_WIFI_STATE",
        "VIBRATE",
        "QUERY_ALL_PACKAGES",
        "USE_BIOMETRIC",
        "ohos.permission.INTERNET",
        "ohos.permission.GET_NETWORK_INFO",
        "ohos.permission.GET_WIFI_INFO",
        "ohos.permission.ACCESS_BIOMETRIC",
    }
)
_TABLES = {Platform.ANDROID: _ANDROID, Platform.IOS: _IOS, Platform.HARMONY: _HARMONY}


def asked_permissions(permissions: Permissions) -> Iterator[AskedPermission]:
    """Yield the permissions asked for, by platform in the order written."""
    named = {
        Platform.ANDROID: permissions.android,
        Platform.IOS: permissions.ios,
        Platform.HARMONY: permissions.harmony,
    }
    for platform, names in named.items():
        for name in names:
            words = _TABLES[platform].get(
                name.removeprefix("android.permission."), Text(name, name)
            )
            yield AskedPermission(platform, words, name)


def permissions_by_words(permissions: Permissions) -> dict[Text, tuple[AskedPermission, ...]]:
    """Return the permissions gathered by what people call them, the first asked for first."""
    found: dict[Text, tuple[AskedPermission, ...]] = {}
    for asked in asked_permissions(permissions):
        found[asked.words] = (*found.get(asked.words, ()), asked)
    return found

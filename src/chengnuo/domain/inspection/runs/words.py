"""Words by which tools say what a call reads, where neither the call nor its class is known.

The first word that stands in what the tool says counts, so that the more particular come first.
"""

from typing import Final

from chengnuo.law.ids import CategoryId

_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("PI-DEVICE-IMSI", ("imsi", "iccid", "sim卡", "simserial", "subscriberid")),
    ("PI-DEVICE-IMEI", ("imei", "meid", "序列号", "serial", "deviceid", "设备id", "设备识别")),
    ("PI-DEVICE-AID", ("android_id", "androidid", "安卓id", "android id")),
    ("PI-DEVICE-OAID", ("oaid", "idfa", "广告标识", "advertisingid")),
    ("PI-DEVICE-MAC", ("mac地址", "macaddress", "hardwareaddress", "蓝牙地址", "mac 地址")),
    ("PI-DEVICE-WIFI", ("bssid", "ssid", "wifi", "wi-fi", "无线网络")),
    ("PI-NETID-IP", ("ip地址", "ip 地址", "inetaddress", "ipaddress")),
    ("PI-COMM-CLIP", ("剪贴板", "剪切板", "粘贴板", "clipboard", "pasteboard")),
    ("PI-COMM-CALLLOG", ("通话记录", "calllog", "call_log")),
    ("PI-CONTACTS-BOOK", ("通讯录", "联系人", "contacts")),
    ("PI-CONTACTS-CALENDAR", ("日历", "calendar", "日程")),
    ("PI-COMM-CONTENT", ("短信", "sms")),
    ("PI-BASIC-PHONE", ("手机号", "电话号码", "line1number", "phonenumber")),
    (
        "PI-DEVICE-APPS",
        ("安装列表", "应用列表", "已安装", "安装的", "正在运行", "运行中的", "其他app"),
    ),
    ("PI-LOC-COARSE", ("基站", "celllocation", "cellinfo", "coarse_location")),
    ("PI-LOC-PRECISE", ("位置", "定位", "经纬度", "location")),
    ("PI-DEVICE-CAMERA", ("摄像头", "相机", "拍照", "camera")),
    ("PI-COMM-AUDIO", ("录音", "麦克风", "microphone", "record_audio")),
    ("PI-DEVICE-STORAGE", ("相册", "照片", "图片", "photos", "medialibrary", "read_media")),
    ("PI-DEVICE-SENSOR", ("传感器", "sensor")),
    ("PI-HEALTH-STEP", ("计步", "activity_recognition", "motion")),
    ("PI-NETID-ACCOUNT", ("账号", "账户", "get_accounts", "getaccounts")),
    ("PI-BIO-FACE", ("人脸", "faceid")),
    ("PI-ONLINE-BROWSE", ("浏览记录", "浏览历史", "bookmark")),
)


def category_of_words(*texts: str) -> CategoryId | None:
    """Return the category that the words of a tool name; None where they name none.

    >>> category_of_words("获取系统信息 获取Android_ID")
    'PI-DEVICE-AID'

    """
    said = " ".join(texts).lower()
    found = (category for category, words in _WORDS if any(word in said for word in words))
    return next((CategoryId(one) for one in found), None)

"""What an observation of a package is of, beside calls, permissions, kits and hosts.

The values stand as `what` in observations, in JSON and in baselines: they never change. Each has
the words shown for it. Acts of code are in `behaviour`.
"""

from enum import StrEnum

from chengnuo.base.text import Text


class SettingSeen(StrEnum):
    """A setting of the package as a whole, or a choice of its code about the network."""

    ALLOW_BACKUP = "allow-backup"
    """Data goes into backups of the system."""
    CLEAR_TEXT_ADDRESS = "clear-text-address"
    """An address beginning with `http:` is opened."""
    CLEAR_TEXT_TRAFFIC = "clear-text-traffic"
    """Traffic without encryption is allowed; `detail("domain")` where only to one domain."""
    DEBUGGABLE = "debuggable"
    SIGNATURE_V1_ONLY = "signature-v1-only"
    """Signed as a JAR alone, without an APK Signing Block."""
    TARGET_SDK_OLD = "target-sdk-old"
    """Made for an API level at which a protection of the individual is not in force."""
    TRUST_ALL_CERTIFICATES = "trust-all-certificates"
    """A trust manager that accepts any certificate."""
    TRUST_ALL_HOSTS = "trust-all-hosts"
    """A check of host names that says yes to any."""
    ADDED_CERTIFICATES = "user-certificates"
    """Authorities that somebody added to the phone are trusted."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _SETTINGS[self]


_SETTINGS = {
    SettingSeen.ALLOW_BACKUP: Text("允许系统备份应用数据", "lets the system back its data up"),
    SettingSeen.CLEAR_TEXT_ADDRESS: Text("使用不加密的网址", "opens an address without encryption"),
    SettingSeen.CLEAR_TEXT_TRAFFIC: Text("允许不加密的传输", "allows traffic without encryption"),
    SettingSeen.DEBUGGABLE: Text("可被调试", "can be debugged"),
    SettingSeen.SIGNATURE_V1_ONLY: Text("只有 v1 签名", "has a v1 signature only"),
    SettingSeen.TARGET_SDK_OLD: Text(
        "目标系统版本过低", "is made for an old version of the system"
    ),
    SettingSeen.TRUST_ALL_CERTIFICATES: Text("接受任何证书", "accepts any certificate"),
    SettingSeen.TRUST_ALL_HOSTS: Text("不核对服务器名称", "does not check names of servers"),
    SettingSeen.ADDED_CERTIFICATES: Text(
        "信任手机上自行安装的证书", "trusts certificates added by hand"
    ),
}

PROTECTIONS = {
    23: Text("敏感权限在使用时逐项询问", "permissions are asked for while the app runs"),
    26: Text("限制后台服务和后台定位", "limits on work and location in the background"),
    28: Text("默认禁止明文传输", "no clear text unless allowed"),
    29: Text("分区存储，后台定位单独授权", "scoped storage; background location asked for apart"),
    30: Text("单次授权，应用列表不可见", "one-time grants; other apps are not seen"),
    33: Text("通知需授权，照片和视频分项授权", "notifications and kinds of media asked for apart"),
    34: Text("可仅授权选中的照片", "access to chosen photos alone"),
}
"""What each API level brought for the individual; an app made for a lower one goes without it."""


class ScreenSeen(StrEnum):
    """What a layout or dialog shows, or does when it is answered."""

    PRE_TICKED_CONSENT = "pre-ticked-consent"
    """A box whose text speaks of agreeing is ticked from the start."""
    REFUSAL_EXITS = "refusal-exits"
    """Who refuses is sent out of the app, without a second chance or basic functions."""
    MISSING_RULES_LINK = "missing-rules-link"
    """Neither the screen nor the app names its processing rules."""
    NOT_ANALYSABLE = "not-analysable"
    """Screens are drawn by code, so that no layout tells what they show."""
    AD_WITHOUT_CLOSE = "ad-without-close"
    """An advertisement over or before other screens, with nothing that closes it."""
    AD_CLOSE_SMALL = "ad-close-small"
    """What closes an advertisement is smaller than a finger can be expected to hit."""
    AD_CLOSE_UNSEEN = "ad-close-unseen"
    """Whether an advertisement can be closed, or by how large a thing, code alone decides."""
    AD_CLOSE_WAITS = "ad-close-waits"
    """An advertisement can be closed only after a while."""
    AD_JUMP_ANYWHERE = "ad-jump-anywhere"
    """A touch anywhere on the screen opens what is advertised."""
    AD_SHAKE_JUMP = "ad-shake-jump"
    """Moving the phone can open what is advertised."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _SCREENS[self]


_SCREENS = {
    ScreenSeen.PRE_TICKED_CONSENT: Text("默认勾选同意", "a consent box is ticked beforehand"),
    ScreenSeen.REFUSAL_EXITS: Text("不同意即退出", "refusal leads out of the app"),
    ScreenSeen.MISSING_RULES_LINK: Text("找不到个人信息处理规则", "no way to the processing rules"),
    ScreenSeen.NOT_ANALYSABLE: Text("界面由代码绘制，无法读取", "screens are drawn by code"),
    ScreenSeen.AD_WITHOUT_CLOSE: Text("广告没有关闭按钮", "an advertisement cannot be closed"),
    ScreenSeen.AD_CLOSE_SMALL: Text("广告的关闭按钮过小", "an advertisement is hard to close"),
    ScreenSeen.AD_CLOSE_UNSEEN: Text(
        "广告的关闭方式由代码决定", "code decides how an advertisement is closed"
    ),
    ScreenSeen.AD_CLOSE_WAITS: Text(
        "广告要等待后才能关闭", "an advertisement can be closed only after a while"
    ),
    ScreenSeen.AD_JUMP_ANYWHERE: Text(
        "点击整个屏幕都会跳转", "a touch anywhere opens what is advertised"
    ),
    ScreenSeen.AD_SHAKE_JUMP: Text(
        "晃动手机会跳转", "moving the phone can open what is advertised"
    ),
}


class BlindSpot(StrEnum):
    """Something that cannot be looked into."""

    PACKED = "packed"
    """The app's own code is not in the package in the open; only a shell is."""
    REFLECTION = "reflection"
    """Code calls by a name that it computes."""
    DYNAMIC_LOAD = "dynamic-load"
    """Code loads code that is not in the package, or not in the open."""
    NATIVE_METHOD = "native-method"
    """A method of native code is called."""
    NATIVE_LIBRARY = "native-library"
    """A library of native code is in the package."""
    CROSS_PLATFORM = "cross-platform"
    """The app's own logic is in scripts or in code of another platform."""
    HIDDEN_CODE = "hidden-code"
    """Code at a place from which the system does not load."""
    DEX_AFTER_GAP = "dex-after-gap"
    """A numbered DEX file after a missing number: the system does not load it."""
    ENCRYPTED_STRINGS = "encrypted-strings"
    """Texts of the code are made readable only while it runs."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _BLIND_SPOTS[self]


_BLIND_SPOTS = {
    BlindSpot.PACKED: Text("应用已加固", "the app is packed"),
    BlindSpot.REFLECTION: Text("按运行时得出的名称调用", "calls by names that are computed"),
    BlindSpot.DYNAMIC_LOAD: Text("运行时加载代码", "loads code at run time"),
    BlindSpot.NATIVE_METHOD: Text("调用本地代码", "calls native code"),
    BlindSpot.NATIVE_LIBRARY: Text("含本地代码库", "holds a library of native code"),
    BlindSpot.CROSS_PLATFORM: Text(
        "跨平台框架，逻辑不在 DEX 中", "its logic is in a cross-platform shell"
    ),
    BlindSpot.HIDDEN_CODE: Text("系统不加载的位置有代码", "code where the system loads none"),
    BlindSpot.DEX_AFTER_GAP: Text("编号不连续的 DEX", "a DEX file after a missing number"),
    BlindSpot.ENCRYPTED_STRINGS: Text("字符串被加密", "its texts are encrypted"),
}


class ComponentSeen(StrEnum):
    """A property of a part of the app that matters; the place names its class."""

    EXPORTED = "exported"
    """Other apps may start it or read from it, without holding a permission."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _COMPONENTS[self]


_COMPONENTS = {
    ComponentSeen.EXPORTED: Text("其他应用可以启动", "other apps may start it"),
}


class ActSeen(StrEnum):
    """An act seen by several facts together, which no single call tells."""

    COVERT_CAPTURE = "covert-capture"
    """Microphone, camera or screen are recorded, or the screen or notifications are read, from a
    part without a screen of its own."""
    FACE_WITHOUT_OTHER_WAY = "face-without-other-way"
    """A face is asked for, and no other way was found beside it."""
    FACE_RECOGNITION = "face-recognition"
    """A kit or call that recognises faces is used."""
    BACKGROUND_LOCATION = "background-location"
    """The place can be read while no screen of the app is open."""
    CALL_WITHOUT_PERMISSION = "call-without-permission"
    """A call needs a permission, and none that would do is asked for: it fails, or the system of
    some phones lets it pass."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _ACTS[self]


_ACTS = {
    ActSeen.COVERT_CAPTURE: Text(
        "在后台采集声音、影像或屏幕", "captures sound, images or the screen unseen"
    ),
    ActSeen.FACE_WITHOUT_OTHER_WAY: Text(
        "人脸识别之外没有其他方式", "offers no way beside face recognition"
    ),
    ActSeen.FACE_RECOGNITION: Text("人脸识别", "recognises faces"),
    ActSeen.BACKGROUND_LOCATION: Text("可在后台定位", "can locate in the background"),
    ActSeen.CALL_WITHOUT_PERMISSION: Text(
        "调用未声明权限的接口", "calls what needs a permission that is not asked for"
    ),
}

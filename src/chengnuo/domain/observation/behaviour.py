"""Acts of code that matter beside reading information, with the words shown for them."""

from enum import StrEnum

from chengnuo.base.text import Text


class Behaviour(StrEnum):
    """What a call does; the value stands in the knowledge files."""

    ANTI_DEBUG = "anti-debug"
    ASSOCIATED_START = "associated-start"
    BLUETOOTH_CONNECT = "bluetooth-connect"
    CHANGE_BLUETOOTH = "change-bluetooth"
    CHANGE_WIFI = "change-wifi"
    CLIPBOARD = "clipboard"
    CLIPBOARD_LISTEN = "clipboard-listen"
    CONSENT_GATE = "consent-gate"
    CONTENT_LISTEN = "content-listen"
    CONTENT_PROVIDER = "content-provider"
    CRYPTO = "crypto"
    DEVICE_ADMIN = "device-admin"
    DYNAMIC_LOAD = "dynamic-load"
    ENCODE = "encode"
    FILE = "file"
    FILE_LISTEN = "file-listen"
    HASH = "hash"
    HIDE_ICON = "hide-icon"
    INSTALL_APP = "install-app"
    IPC = "ipc"
    JS_BRIDGE = "js-bridge"
    KEEP_ALIVE = "keep-alive"
    KILL_OTHER_APP = "kill-other-app"
    LOG = "log"
    MEDIA_MODIFY = "media-modify"
    NATIVE_LOAD = "native-load"
    NETWORK = "network"
    NETWORK_LISTEN = "network-listen"
    NFC_READ = "nfc-read"
    OVERLAY = "overlay"
    PERMISSION_CHECK = "permission-check"
    PHONE_CALL = "phone-call"
    POST_NOTIFICATION = "post-notification"
    PRINT = "print"
    RECORD_LISTEN = "record-listen"
    REFLECTION = "reflection"
    REQUEST_PERMISSION = "request-permission"
    SCREENSHOT = "screenshot"
    SCREENSHOT_LISTEN = "screenshot-listen"
    SEARCH = "search"
    SECURE_FLAG = "secure-flag"
    SELF_START = "self-start"
    SETTINGS = "settings"
    SHELL_EXEC = "shell-exec"
    SHORTCUT = "shortcut"
    SIMULATE_INPUT = "simulate-input"
    SMS = "sms"
    STORAGE = "storage"
    VIBRATE = "vibrate"
    VPN = "vpn"
    WEBVIEW = "webview"
    WEBVIEW_SETTING = "webview-setting"
    WIFI_SCAN = "wifi-scan"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _TEXTS[self]


_TEXTS = {
    Behaviour.ANTI_DEBUG: Text("检测调试器", "looks for a debugger"),
    Behaviour.ASSOCIATED_START: Text("启动其他应用或组件", "starts another app or part"),
    Behaviour.BLUETOOTH_CONNECT: Text("连接蓝牙设备", "connects to a Bluetooth device"),
    Behaviour.CHANGE_BLUETOOTH: Text("开关蓝牙", "switches Bluetooth"),
    Behaviour.CHANGE_WIFI: Text("开关 Wi-Fi", "switches Wi-Fi"),
    Behaviour.CLIPBOARD: Text("写入剪贴板", "writes to the clipboard"),
    Behaviour.CLIPBOARD_LISTEN: Text("监听剪贴板", "listens to the clipboard"),
    Behaviour.CONSENT_GATE: Text("向 SDK 声明同意", "tells an SDK of consent"),
    Behaviour.CONTENT_LISTEN: Text("监听数据变化", "listens to changes of stored data"),
    Behaviour.CONTENT_PROVIDER: Text("写入其他应用的数据", "writes to data of another app"),
    Behaviour.CRYPTO: Text("加密", "encrypts"),
    Behaviour.DEVICE_ADMIN: Text("设备管理", "administers the device"),
    Behaviour.DYNAMIC_LOAD: Text("动态加载代码", "loads code at run time"),
    Behaviour.ENCODE: Text("编码", "encodes"),
    Behaviour.FILE: Text("写入文件", "writes to a file"),
    Behaviour.FILE_LISTEN: Text("监听文件变化", "listens to changes of files"),
    Behaviour.HASH: Text("计算摘要", "hashes"),
    Behaviour.HIDE_ICON: Text("隐藏图标或停用组件", "hides its icon or a part"),
    Behaviour.INSTALL_APP: Text("安装应用", "installs an app"),
    Behaviour.IPC: Text("发送给其他应用", "sends to another app"),
    Behaviour.JS_BRIDGE: Text("向网页开放接口", "opens an interface to web pages"),
    Behaviour.KEEP_ALIVE: Text("保持后台运行", "keeps itself running"),
    Behaviour.KILL_OTHER_APP: Text("结束其他应用", "ends other apps"),
    Behaviour.LOG: Text("写入日志", "writes to the log"),
    Behaviour.MEDIA_MODIFY: Text("修改相册", "changes photos and videos"),
    Behaviour.NATIVE_LOAD: Text("加载本地库", "loads a native library"),
    Behaviour.NETWORK: Text("网络发送", "sends over the network"),
    Behaviour.NETWORK_LISTEN: Text("监听网络变化", "listens to changes of the network"),
    Behaviour.NFC_READ: Text("读取 NFC 卡", "reads NFC cards"),
    Behaviour.OVERLAY: Text("悬浮窗", "draws over other apps"),
    Behaviour.PERMISSION_CHECK: Text("检查权限", "checks a permission"),
    Behaviour.PHONE_CALL: Text("拨打电话", "makes a phone call"),
    Behaviour.POST_NOTIFICATION: Text("发送通知", "posts a notification"),
    Behaviour.PRINT: Text("打印", "prints"),
    Behaviour.RECORD_LISTEN: Text("监听录音状态", "listens to recordings"),
    Behaviour.REFLECTION: Text("反射调用", "calls by name at run time"),
    Behaviour.REQUEST_PERMISSION: Text("申请权限", "asks for a permission"),
    Behaviour.SCREENSHOT: Text("截屏", "takes a screenshot"),
    Behaviour.SCREENSHOT_LISTEN: Text("监听截屏", "listens to screenshots"),
    Behaviour.SEARCH: Text("发起搜索", "starts a search"),
    Behaviour.SECURE_FLAG: Text("禁止截屏", "forbids screenshots"),
    Behaviour.SELF_START: Text("自启动", "starts by itself"),
    Behaviour.SETTINGS: Text("修改系统设置", "changes settings of the system"),
    Behaviour.SHELL_EXEC: Text("执行命令", "runs a command"),
    Behaviour.SHORTCUT: Text("创建桌面图标", "adds a shortcut"),
    Behaviour.SIMULATE_INPUT: Text("模拟操作", "acts in the place of the individual"),
    Behaviour.SMS: Text("发送短信", "sends a text message"),
    Behaviour.STORAGE: Text("写入存储", "writes to a store of the app"),
    Behaviour.VIBRATE: Text("振动", "vibrates"),
    Behaviour.VPN: Text("建立 VPN", "opens a VPN"),
    Behaviour.WEBVIEW: Text("交给网页", "hands to a web page"),
    Behaviour.WEBVIEW_SETTING: Text("设置网页组件", "sets up a web view"),
    Behaviour.WIFI_SCAN: Text("扫描 Wi-Fi", "scans for Wi-Fi"),
}

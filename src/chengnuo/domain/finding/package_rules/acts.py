"""Rules about what an app does unseen: waking itself, locating, capturing, recognising faces."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_rule import PackageCheck, PackageRule, one_each
from chengnuo.domain.finding.rule import Hit, duties, figures
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Confidence, Observation, Subject
from chengnuo.domain.observation.seen import ActSeen
from chengnuo.domain.register.watching import CaptureMoment, Sensor

_BACKGROUND = "android.permission.ACCESS_BACKGROUND_LOCATION"


def _done(look: PackageLook, what: str) -> Iterator[Observation]:
    """Yield what was seen of an act, without guesses and code that nothing leads to."""
    for one in look.seen(Subject.BEHAVIOUR, what):
        if one.confidence is not Confidence.LOW and one.moment is not Moment.UNREACHABLE:
            yield one


def _each(what: str) -> PackageCheck:
    return lambda look: one_each(look, _done(look, what))


def _background_location(look: PackageLook) -> Iterator[Hit]:
    if look.register is not None and _BACKGROUND not in look.declared_permissions:
        yield from one_each(look, _done(look, ActSeen.BACKGROUND_LOCATION))


def _background_unjudged(look: PackageLook) -> Iterator[Hit]:
    if look.register is None:
        yield from one_each(look, _done(look, ActSeen.BACKGROUND_LOCATION))


_READING_OTHERS = frozenset({Sensor.ACCESSIBILITY.value, Sensor.NOTIFICATIONS.value})
"""What people switch on in the settings of the system, and by which other apps are read."""


def _covert(look: PackageLook) -> Iterator[Hit]:
    declared = {
        capture.sensor.value
        for activity in look.activities
        for capture in activity.capture
        if capture.moment is CaptureMoment.BACKGROUND and capture.indicator is not None
    }
    yield from _captured(look, lambda sensor: sensor not in declared | _READING_OTHERS)


def _reads_others(look: PackageLook) -> Iterator[Hit]:
    declared = {one.sensor.value for activity in look.activities for one in activity.capture}
    yield from _captured(look, lambda sensor: sensor in _READING_OTHERS - declared)


def _captured(look: PackageLook, is_meant: Callable[[str], bool]) -> Iterator[Hit]:
    return one_each(
        look,
        (one for one in _done(look, ActSeen.COVERT_CAPTURE) if is_meant(_sensor(one))),
        key=_sensor,
        value=lambda one: one.detail("calls") or one.place.class_name,
    )


def _sensor(one: Observation) -> str:
    """Return what is used, as registers call it."""
    return one.detail("kind")


def _face_only(look: PackageLook) -> Iterator[Hit]:
    if not _other_ways(look):
        yield from one_each(look, _done(look, ActSeen.FACE_WITHOUT_OTHER_WAY))


def _face_way_not_found(look: PackageLook) -> Iterator[Hit]:
    if _other_ways(look):
        yield from one_each(look, _done(look, ActSeen.FACE_WITHOUT_OTHER_WAY))


def _other_ways(look: PackageLook) -> bool:
    faces = [one.face for one in look.activities if one.face is not None]
    return bool(faces) and all(face.alternatives for face in faces)


def _face_not_registered(look: PackageLook) -> Iterator[Hit]:
    if look.register is not None and all(one.face is None for one in look.activities):
        yield from one_each(look, _done(look, ActSeen.FACE_RECOGNITION))


def _without_permission(look: PackageLook) -> Iterator[Hit]:
    yield from one_each(
        look,
        _done(look, ActSeen.CALL_WITHOUT_PERMISSION),
        key=lambda one: one.detail("calls"),
        value=lambda one: one.detail("calls"),
    )


def _worth_knowing(look: PackageLook) -> Iterator[Hit]:
    for what in _WORTH_KNOWING:
        for found in one_each(look, _done(look, what), key=lambda one: one.what):
            yield replace(found, words={**found.words, "act": what.text})


_WORTH_KNOWING = (
    Behaviour.CLIPBOARD_LISTEN,
    Behaviour.DEVICE_ADMIN,
    Behaviour.INSTALL_APP,
    Behaviour.KILL_OTHER_APP,
    Behaviour.OVERLAY,
    Behaviour.SCREENSHOT_LISTEN,
    Behaviour.SIMULATE_INPUT,
    Behaviour.VPN,
)
"""Acts that reach beyond the app, or that people would not expect of it."""
_STARTING = duties("164-6", "26-6", "PIPL-6")

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="starts-by-itself",
        duties=_STARTING,
        severity=Severity.MEDIUM,
        title=Text("应用可以自启动", "App can start by itself"),
        message=Text(
            "{owner}可以让应用自启动（{value}），共 {count} 处；"
            "非服务所必需或无合理场景的不得自启动。",
            "{owner} can have the app start by itself ({value}); places: {count}. Without need or "
            "a reasonable scene an app must not.",
        ),
        fix=Text(
            "移除不必要的；必要的写明场景，并给个人关闭的开关。",
            "Remove what is not needed; for the rest tell when and why, and offer a switch.",
        ),
        check=_each(Behaviour.SELF_START),
    ),
    PackageRule(
        id="starts-other-apps",
        duties=_STARTING,
        severity=Severity.MEDIUM,
        title=Text("关联启动其他应用", "Other apps started along"),
        message=Text(
            "{owner}可以启动其他应用或被其他应用带起（{value}），共 {count} 处。",
            "{owner} can start other apps or be started along with them ({value}); places: "
            "{count}.",
        ),
        fix=Text(
            "关闭 SDK 的互相唤醒，只在个人操作时启动其他应用。",
            "Switch mutual waking of SDKs off; start other apps only when people ask for it.",
        ),
        check=_each(Behaviour.ASSOCIATED_START),
    ),
    PackageRule(
        id="keeps-running",
        duties=_STARTING,
        severity=Severity.LOW,
        title=Text("在后台保活", "App keeps itself running"),
        message=Text(
            "{owner}可以让应用在后台保持运行（{value}），共 {count} 处。",
            "{owner} can keep the app running in the background ({value}); places: {count}.",
        ),
        fix=Text(
            "只在功能需要时保持运行，并让个人知道。",
            "Keep it running only while a function needs it, and let people know.",
        ),
        check=_each(Behaviour.KEEP_ALIVE),
    ),
    PackageRule(
        id="background-location-not-registered",
        duties=duties("164-2", "PIPL-6", "191-2.1", "pledge-5"),
        severity=Severity.HIGH,
        title=Text("后台定位未登记", "Background location not registered"),
        message=Text(
            "{owner}可以在没有界面时取得位置（{value}），没有处理活动登记后台定位。",
            "{owner} can locate while no screen is open ({value}); no processing activity "
            "registers it.",
        ),
        fix=Text(
            "不需要就移除；需要就登记 `ACCESS_BACKGROUND_LOCATION`，单独说明场景。",
            "Remove it, or register `ACCESS_BACKGROUND_LOCATION` and tell when and why.",
        ),
        check=_background_location,
    ),
    PackageRule(
        id="background-location-possible",
        duties=duties("164-2", "PIPL-6", "pledge-5"),
        severity=Severity.MEDIUM,
        title=Text("可以在后台定位", "Background location possible"),
        message=Text(
            "{owner}可以在没有界面时取得位置（{value}）；须为功能所必需并告知个人。",
            "{owner} can locate while no screen is open ({value}); a function must need it, and "
            "people must be told.",
        ),
        fix=Text(
            "不需要就移除后台定位权限；需要就单独说明场景。",
            "Remove the permission, or tell people when and why it is used.",
        ),
        check=_background_unjudged,
    ),
    PackageRule(
        id="covert-capture-seen",
        duties=duties("pledge-5", "PIPL-5", "PIPL-10", "164-1"),
        severity=Severity.CRITICAL,
        title=Text("可以在后台暗中采集", "Covert capture possible"),
        message=Text(
            "{owner}可以在没有界面时采集声音、影像或屏幕（{value}），个人可能不知情。",
            "{owner} can capture sound, images or the screen while no screen of it is open "
            "({value}), so that people may not know.",
        ),
        fix=Text(
            "只在个人看得到的界面内采集；后台采集须由个人开启、持续提示并登记。",
            "Capture only while people see it; in the background only when they started it, with a "
            "sign all the time, and register that.",
        ),
        check=_covert,
    ),
    PackageRule(
        id="other-apps-read",
        duties=duties("pledge-5", "PIPL-5", "PIPL-6", "164-3"),
        severity=Severity.HIGH,
        title=Text("可以读取其他应用的内容", "Content of other apps can be read"),
        message=Text(
            "{owner}可以经无障碍服务或通知读取其他应用的内容（{value}），没有处理活动登记。",
            "{owner} can read content of other apps through accessibility or notifications "
            "({value}), and no processing activity registers it.",
        ),
        fix=Text(
            "只为个人要用的功能读取，不作他用；登记在 `capture`。",
            "Read only what the function that people use needs, for nothing else; register it "
            "under `capture`.",
        ),
        check=_reads_others,
    ),
    PackageRule(
        id="face-without-other-way",
        duties=duties("FACE-2025", "PIPL-28"),
        figures=figures("TD-F3"),
        severity=Severity.HIGH,
        title=Text("人脸识别之外未见其他方式", "No other way beside face recognition"),
        message=Text(
            "{owner}要求人脸识别（{value}），没有看到其他验证方式。",
            "{owner} asks for a face ({value}), and no other way of verifying was seen.",
        ),
        fix=Text(
            "在同一处提供密码、短信等方式，并登记在 `face.alternatives`。",
            "Offer a password, a code or the like at the same place, and register it under "
            "`face.alternatives`.",
        ),
        check=_face_only,
    ),
    PackageRule(
        id="face-other-way-not-found",
        duties=duties("FACE-2025", "PIPL-28"),
        figures=figures("TD-F3"),
        severity=Severity.NOTE,
        title=Text("登记的其他方式未在代码中看到", "Registered other way not found in code"),
        message=Text(
            "{owner}要求人脸识别（{value}）；登记了其他方式，代码中没有看到。",
            "{owner} asks for a face ({value}); another way is registered and was not seen in the "
            "code.",
        ),
        fix=Text("在运行中核对其他方式确实可用。", "Check in the running app that it is there."),
        check=_face_way_not_found,
    ),
    PackageRule(
        id="face-recognition-not-registered",
        duties=duties("FACE-2025", "PIPL-28", "PIPL-29", "191-2.1"),
        severity=Severity.HIGH,
        title=Text("人脸识别未登记", "Face recognition not registered"),
        message=Text(
            "{owner}可以识别人脸（{value}），没有处理活动登记 `face`。",
            "{owner} can recognise faces ({value}); no processing activity registers `face`.",
        ),
        fix=Text(
            "登记目的、其他方式和特征存放位置，做影响评估，取得单独同意。",
            "Register purpose, other ways and where templates are kept; assess it; get separate "
            "consent.",
        ),
        check=_face_not_registered,
    ),
    PackageRule(
        id="call-without-permission",
        duties=duties("action524-5.3", "26-10"),
        severity=Severity.NOTE,
        title=Text("调用的接口没有声明权限", "Call without its permission"),
        message=Text(
            "{owner}调用 {value}，安装包没有声明它需要的权限；调用会失败，或在部分手机上被放行。",
            "{owner} calls {value}, but the package asks for no permission that would do; the call "
            "fails, or some phones let it pass.",
        ),
        fix=Text("删去用不到的调用。", "Remove the call if nothing needs it."),
        check=_without_permission,
    ),
    PackageRule(
        id="hides-icon",
        duties=duties("26-3", "pledge-1"),
        severity=Severity.MEDIUM,
        title=Text("可以隐藏图标", "Icon can be hidden"),
        message=Text(
            "{owner}可以隐藏应用图标或停用入口（{value}），个人可能找不到、卸载不了应用。",
            "{owner} can hide the app's icon or switch its entry off ({value}), so that people may "
            "not find or remove it.",
        ),
        fix=Text("不要隐藏入口。", "Do not hide the entry."),
        check=_each(Behaviour.HIDE_ICON),
    ),
    PackageRule(
        id="act-worth-knowing",
        duties=duties("PIPL-6", "PIPL-5", "191-2.1"),
        severity=Severity.NOTE,
        title=Text("个人可能想不到的行为", "Act that people may not expect"),
        message=Text(
            "{owner}含有这样的代码：{act}（{value}），共 {count} 处。",
            "{owner} has code that {act} ({value}); places: {count}.",
        ),
        fix=Text(
            "核对它为哪项功能所需，并在处理规则中说明。",
            "Check which function needs it, and tell of it in the processing rules.",
        ),
        check=_worth_knowing,
    ),
)

"""Rules about face recognition and about sensors that could be covert (pledge item 5)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, figures, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.watching import Capture, CaptureMoment, FaceTemplate, Sensor
from chengnuo.law.ids import CategoryId

_FACE = CategoryId("PI-BIO-FACE")
_WATCHING = frozenset({Sensor.MICROPHONE, Sensor.CAMERA, Sensor.SCREEN, Sensor.ACCESSIBILITY})
_READING_OTHERS = frozenset({Sensor.ACCESSIBILITY, Sensor.NOTIFICATIONS, Sensor.SCREEN})
_SERVING = frozenset({PurposeKind.SERVICE, PurposeKind.CUSTOMER_SERVICE, PurposeKind.LEGAL_DUTY})
_SENSOR_OF = {
    "RECORD_AUDIO": Sensor.MICROPHONE,
    "CAMERA": Sensor.CAMERA,
    "BIND_ACCESSIBILITY_SERVICE": Sensor.ACCESSIBILITY,
    "BIND_NOTIFICATION_LISTENER_SERVICE": Sensor.NOTIFICATIONS,
}


def _activities(facts: Facts) -> tuple[ProcessingActivity, ...]:
    return facts.register.activities


def _captures(facts: Facts) -> Iterator[tuple[ProcessingActivity, str, Capture]]:
    for activity in facts.register.activities:
        for index, capture in enumerate(activity.capture):
            yield activity, f"capture[{index}]", capture


def _other_uses(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.face is not None:
            for index, use in enumerate(activity.face.other_uses):
                yield hit(activity, f"face.other_uses[{index}]", use, key=use.zh)


def _in_background(facts: Facts) -> Iterator[Hit]:
    for activity, where, capture in _captures(facts):
        background = capture.moment is CaptureMoment.BACKGROUND
        if capture.sensor in _WATCHING and background and capture.indicator is None:
            yield hit(activity, f"{where}.indicator", capture.sensor, key=capture.sensor)


def _without_indicator(facts: Facts) -> Iterator[Hit]:
    for activity, where, capture in _captures(facts):
        background = capture.moment is CaptureMoment.BACKGROUND
        if capture.sensor in _WATCHING and not background and capture.indicator is None:
            yield hit(activity, f"{where}.indicator", capture.sensor, key=capture.sensor)


def _starts_by_itself(facts: Facts) -> Iterator[Hit]:
    for activity, where, capture in _captures(facts):
        if capture.starts_with is None:
            yield hit(activity, f"{where}.starts_with", capture.sensor, key=capture.sensor)


def _beyond_purpose(facts: Facts) -> Iterator[Hit]:
    for activity, where, capture in _captures(facts):
        if capture.sensor in _READING_OTHERS and activity.purpose_kind not in _SERVING:
            kind = activity.purpose_kind
            yield hit(activity, f"{where}.sensor", capture.sensor, key=capture.sensor, kind=kind)


def _sensor_not_declared(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        declared = {capture.sensor for capture in activity.capture}
        for index, permission in enumerate(activity.permissions.android):
            sensor = _SENSOR_OF.get(permission.removeprefix("android.permission."))
            if sensor is not None and sensor not in declared:
                where = f"permissions.android[{index}]"
                yield hit(activity, where, permission, key=permission, sensor=sensor)


RULES: tuple[Rule, ...] = (
    Rule(
        id="face-only-way",
        duties=duties("FACE-2025", "PIPL-28"),
        figures=figures("TD-F3"),
        severity=Severity.CRITICAL,
        title=Text("人脸识别是唯一方式", "Face recognition as the only way"),
        message=Text(
            "{row} 用人脸识别（{value}），没有其他同样方便的方式（`alternatives`）。",
            "{row} recognises faces ({value}) and offers no other way as easy.",
        ),
        fix=Text("提供密码、短信等方式，写进 `alternatives`。", "Offer another way, and list it."),
        check=each_row(
            _activities,
            "face.alternatives",
            lambda activity: activity.face is not None and not activity.face.alternatives,
            lambda activity: activity.face and activity.face.purpose,
        ),
    ),
    Rule(
        id="face-for-other-uses",
        duties=duties("FACE-2025", "PIPL-28", "PIPL-6"),
        severity=Severity.CRITICAL,
        title=Text("人脸另作他用", "Face used for something else"),
        message=Text(
            "{row} 把人脸信息另用于“{value}”。",
            "{row} also uses the face for {value}.",
        ),
        fix=Text("只用于登记的一个目的；另有用途另行征得单独同意。", "Keep to the one purpose."),
        check=_other_uses,
    ),
    Rule(
        id="face-template-on-server",
        duties=duties("FACE-2025", "PIPL-28"),
        figures=figures("TD-F4"),
        severity=Severity.HIGH,
        title=Text("人脸特征存在服务器且没有评估", "Face template on the server, not assessed"),
        message=Text(
            "{row} 把人脸特征存在服务器（`template: server`），没有影响评估；默认应存在设备内。",
            "{row} keeps face templates on the server without an assessment; they belong on the "
            "device.",
        ),
        fix=Text(
            "改为只存在设备内；确有必要的先做影响评估。", "Keep it on the device, or assess it."
        ),
        check=each_row(
            _activities,
            "face.template",
            lambda activity: (
                activity.face is not None
                and activity.face.template is FaceTemplate.SERVER
                and activity.assessment is None
            ),
        ),
    ),
    Rule(
        id="face-not-declared",
        duties=duties("FACE-2025", "PIPL-28"),
        severity=Severity.HIGH,
        title=Text("处理人脸却没有人脸识别说明", "Face handled but not described"),
        message=Text(
            "{row} 处理 `{value}`，却没有 `face` 一段，替代方式和存放位置都不明。",
            "{row} handles `{value}` but has no `face` part.",
        ),
        fix=Text(
            "补上 `face`：目的、替代方式、特征存放在哪。", "Add `face`: purpose, other ways, place."
        ),
        check=each_row(
            _activities,
            "face",
            lambda activity: _FACE in activity.categories and activity.face is None,
            lambda _: _FACE,
        ),
    ),
    Rule(
        id="face-item-missing",
        duties=duties("FACE-2025", "PIPL-17"),
        severity=Severity.HIGH,
        title=Text("收了人脸特征却没有列出", "Face template kept but not listed"),
        message=Text(
            "{row} 在服务器保存人脸特征，`items` 里却没有 `{value}`。",
            "{row} keeps face templates on the server, but `{value}` is not among its items.",
        ),
        fix=Text("在 `items` 列出 `{value}`。", "List `{value}` among the items."),
        check=each_row(
            _activities,
            "items",
            lambda activity: (
                activity.face is not None
                and activity.face.template is FaceTemplate.SERVER
                and _FACE not in activity.categories
            ),
            lambda _: _FACE,
        ),
    ),
    Rule(
        id="covert-capture",
        duties=duties("pledge-5", "PIPL-5", "PIPL-10"),
        severity=Severity.CRITICAL,
        title=Text("在后台暗中采集", "Covert capture in the background"),
        message=Text(
            "{row} 在后台使用 `{value}`，没有任何提示（`indicator`）。",
            "{row} uses `{value}` in the background without any sign of it.",
        ),
        fix=Text(
            "只在使用中采集并始终显示提示；做不到就停止。", "Use it on screen only, with a sign."
        ),
        check=_in_background,
    ),
    Rule(
        id="capture-without-indicator",
        duties=duties("pledge-5", "PIPL-7"),
        severity=Severity.HIGH,
        title=Text("采集时没有提示", "Capture without a sign"),
        message=Text(
            "{row} 使用 `{value}` 时，没有写个人会看到或听到什么（`indicator`）。",
            "{row} uses `{value}` without saying what people see or hear of it (`indicator`).",
        ),
        fix=Text("做出提示并写进 `indicator`。", "Show a sign, and write it down."),
        check=_without_indicator,
    ),
    Rule(
        id="capture-starts-by-itself",
        duties=duties("pledge-5", "191-4.4"),
        severity=Severity.MEDIUM,
        title=Text("采集不由本人发起", "Capture that nobody starts"),
        message=Text(
            "{row} 使用 `{value}`，没有写由个人的什么动作发起（`starts_with`）。",
            "{row} uses `{value}` without saying what the person does to start it.",
        ),
        fix=Text("改为由个人动作发起，并写进 `starts_with`。", "Let people start it; say how."),
        check=_starts_by_itself,
    ),
    Rule(
        id="screen-reading-beyond-purpose",
        duties=duties("pledge-5", "PIPL-5", "164-3"),
        severity=Severity.CRITICAL,
        title=Text("无障碍、通知或录屏用于别的目的", "Screen-reading powers for other ends"),
        message=Text(
            "{row} 为 `{kind}` 使用 `{value}`；这类能力只能用于它所服务的功能。",
            "{row} uses `{value}` for `{kind}`; such powers may only serve the function itself.",
        ),
        fix=Text("停止这种使用。", "Stop it."),
        check=_beyond_purpose,
    ),
    Rule(
        id="sensor-not-declared",
        duties=duties("pledge-5", "191-2.3"),
        severity=Severity.MEDIUM,
        title=Text("申请了传感器权限却没有说明使用", "Sensor permission without its use"),
        message=Text(
            "{row} 申请 `{value}`，却没有在 `capture` 写 `{sensor}` 何时使用、怎样提示。",
            "{row} asks for `{value}` but has no `capture` row for `{sensor}`.",
        ),
        fix=Text(
            "补一行 `capture`：`sensor: {sensor}`，写明时机、提示和由什么动作发起。",
            "Add one: `sensor: {sensor}`, with moment, sign and what starts it.",
        ),
        check=_sensor_not_declared,
    ),
)

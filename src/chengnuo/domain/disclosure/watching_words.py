"""Sensors, faces and images from public places, as people are told of them.

Pledge item 5 (nothing covert), PIPL Art. 26 and the rules of 2025 on face recognition.
"""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Line, line, strong
from chengnuo.domain.disclosure.saying import both, fill, joined_texts, sentences
from chengnuo.domain.register.watching import CaptureMoment, FaceTemplate, Sensor

SENSOR: dict[Sensor, Text] = {
    Sensor.MICROPHONE: Text("麦克风", "Microphone"),
    Sensor.CAMERA: Text("相机", "Camera"),
    Sensor.SCREEN: Text("屏幕录制", "Screen recording"),
    Sensor.ACCESSIBILITY: Text("无障碍服务", "Accessibility service"),
    Sensor.NOTIFICATIONS: Text("通知内容", "Contents of notifications"),
    Sensor.CLIPBOARD: Text("剪贴板", "Clipboard"),
}
MOMENT: dict[CaptureMoment, Text] = {
    CaptureMoment.WHILE_USED: Text("仅在您使用该功能时启用", "only while you use the function"),
    CaptureMoment.WHILE_VISIBLE: Text(
        "仅在应用显示于屏幕时启用", "only while the app is on the screen"
    ),
    CaptureMoment.BACKGROUND: Text(
        "应用不在屏幕上显示时也会启用", "also while the app is not on the screen"
    ),
}
TEMPLATE: dict[FaceTemplate, Text] = {
    FaceTemplate.NOT_KEPT: Text("人脸模板用后即删，不保存", "the template is deleted after use"),
    FaceTemplate.DEVICE: Text("人脸模板只保存在您的设备上", "the template stays on your device"),
    FaceTemplate.SERVER: Text("人脸模板保存在服务器上", "the template is kept on a server"),
}


def captures(declared: Declared) -> list[Line]:
    """Return what is told of each sensor."""
    found: list[Line] = []
    for activity in declared.activities:
        for use in activity.capture:
            said = [
                fill(
                    "{moment}，用于{purpose}",
                    "{moment}, for: {purpose}",
                    moment=MOMENT[use.moment],
                    purpose=both(activity.purpose),
                )
            ]
            if use.starts_with is not None:
                said.append(fill("启动方式：{x}", "It starts when: {x}", x=both(use.starts_with)))
            if use.indicator is not None:
                said.append(fill("使用时的提示：{x}", "What you see: {x}", x=both(use.indicator)))
            label = fill("{x}：", "{x}: ", x=SENSOR[use.sensor])
            found.append(line(strong(label), sentences(said)))
    return found


def faces(declared: Declared) -> list[Line]:
    """Return what is told of each face recognition."""
    found: list[Line] = []
    for activity in declared.activities:
        face = activity.face
        if face is None:
            continue
        said = [
            fill("仅用于{x}", "for this alone: {x}", x=both(face.purpose)),
            TEMPLATE[face.template],
        ]
        if face.alternatives:
            others = joined_texts(both(each) for each in face.alternatives)
            said.append(fill("您也可以选择：{x}", "you can also choose: {x}", x=others))
        if face.other_uses:
            uses = joined_texts(both(each) for each in face.other_uses)
            said.append(fill("还用于：{x}", "also used for: {x}", x=uses))
        found.append(line(strong(Text("人脸识别：", "Face recognition: ")), sentences(said)))
    return found


def public_images(declared: Declared) -> list[Line]:
    """Return what is told of images from public places."""
    found: list[Line] = []
    for activity in declared.activities:
        image = activity.public_image
        if image is None:
            continue
        said = [fill("设备安装在{x}", "the equipment stands in {x}", x=both(image.place))]
        said.append(
            Text("已设置显著的提示标识", "a clear sign is up")
            if image.sign
            else Text("现场提示标识见安装处", "see the place for its sign")
        )
        if image.other_use is None:
            said.append(Text("仅用于维护公共安全", "used for public security alone"))
        else:
            said.append(
                fill(
                    "取得您的单独同意后，还用于：{x}",
                    "with your separate consent also used for: {x}",
                    x=both(image.other_use),
                )
            )
        label = Text("公共场所图像：", "Images from public places: ")
        found.append(line(strong(label), sentences(said)))
    return found

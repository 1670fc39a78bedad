"""What watches people: images from public places, faces, and sensors that could be covert."""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicImage:
    """Images or identities taken in public places (PIPL Art. 26).

    Attributes:
        place: Where the equipment stands.
        sign: Whether a clear sign is up.
        other_use: Any use beyond public security; needs separate consent.

    """

    place: Text
    sign: bool
    other_use: Text | None = None


class FaceTemplate(StrEnum):
    """Where a face template is kept."""

    NOT_KEPT = "not-kept"
    DEVICE = "device"
    SERVER = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRecognition:
    """Face recognition (PIPL Arts. 26, 28, 29; rules of 2025 on face recognition).

    Attributes:
        purpose: The one purpose it serves.
        alternatives: Other ways to the same end, each as easy.
        other_uses: Any other purpose the face is used for.
        template: Where the template is kept.

    """

    purpose: Text
    alternatives: tuple[Text, ...] = ()
    other_uses: tuple[Text, ...] = ()
    template: FaceTemplate


class Sensor(StrEnum):
    """What can watch or listen unseen."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    SCREEN = "screen"
    ACCESSIBILITY = "accessibility"
    NOTIFICATIONS = "notifications"
    CLIPBOARD = "clipboard"


class CaptureMoment(StrEnum):
    """When a sensor is used."""

    WHILE_USED = "while-used"
    WHILE_VISIBLE = "while-visible"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Use of a sensor that could be covert (pledge item 5).

    Attributes:
        sensor: Which one.
        moment: When it is used.
        indicator: What the individual sees or hears while it is used.
        starts_with: What the individual does to start it.

    """

    sensor: Sensor
    moment: CaptureMoment
    indicator: Text | None = None
    starts_with: Text | None = None

"""How an APK is signed, where that leaves it open to change.

A signature of scheme v1 covers the files one by one and not the archive: bytes beside them can be
added without breaking it (APK Signature Scheme v2, "Protections"). An app bundle is signed that
way by design and never installed as it is.
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import remark
from chengnuo.domain.observation.inspection import PackageKind
from chengnuo.domain.observation.observation import Observation, Place, Subject
from chengnuo.domain.observation.seen import SettingSeen

_FOLDER = "META-INF"


def signing(opened: Opened) -> Iterator[Observation]:
    """Yield each APK of the package that has a signature of scheme v1 alone."""
    if not opened.kind.is_app or opened.kind is PackageKind.AAB:
        return
    for part in opened.package.parts:
        schemes = {one.scheme for one in part.signatures}
        if schemes == {"v1"}:
            place = Place(file=f"{part.name}!{_FOLDER}" if part.name else _FOLDER)
            yield remark(Subject.SETTING, SettingSeen.SIGNATURE_V1_ONLY, place, {})

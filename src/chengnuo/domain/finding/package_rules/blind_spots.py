"""Rules about what could not be looked into: a package with such parts is never called clean."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_rule import PackageRule, package_hit
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.observation import Observation, Subject
from chengnuo.domain.observation.seen import BlindSpot, ScreenSeen

_MOST_NAMED = 3


def _packed(look: PackageLook) -> Iterator[Hit]:
    seen = look.seen(Subject.BLIND_SPOT, BlindSpot.PACKED)
    if seen:
        value = seen[0].detail("packer") or seen[0].place.file
        yield package_hit(look.app_row, BlindSpot.PACKED, seen, value=value)


def _not_seen(look: PackageLook) -> Iterator[Hit]:
    for spot in BlindSpot:
        seen = look.seen(Subject.BLIND_SPOT, spot)
        if seen and spot is not BlindSpot.PACKED:
            yield _one(look, spot.value, spot.text, seen)
    drawn = look.seen(Subject.SCREEN, ScreenSeen.NOT_ANALYSABLE)
    if drawn:
        yield _one(look, ScreenSeen.NOT_ANALYSABLE.value, ScreenSeen.NOT_ANALYSABLE.text, drawn)


def _one(look: PackageLook, what: str, text: Text, seen: tuple[Observation, ...]) -> Hit:
    value = seen[0].place.class_name or seen[0].place.file
    return package_hit(look.app_row, what, seen, value=value, what=text, count=len(seen))


def _damaged(look: PackageLook) -> Iterator[Hit]:
    unread = look.inspection.unread
    if unread:
        named = "；".join(f"{one.where}：{one.why}" for one in unread[:_MOST_NAMED])
        yield package_hit(look.app_row, "unread", value=named, count=len(unread))


def _not_finished(look: PackageLook) -> Iterator[Hit]:
    stages = look.inspection.not_finished
    if stages:
        yield package_hit(look.app_row, "not-finished", value=", ".join(stages))


_SHOWN = duties("PIPL-9", "PIPL-69", "precheck-1")

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="package-packed",
        duties=_SHOWN,
        severity=Severity.MEDIUM,
        title=Text("应用已加固，只看到外壳", "App is packed, only its shell was seen"),
        message=Text(
            "应用已加固（{value}），静态检查只覆盖外壳，不能据此认为没有问题。",
            "The app is packed ({value}); only its shell was seen, so that nothing follows from "
            "what was not found.",
        ),
        fix=Text("提供加固之前的安装包再检查。", "Give the build before packing."),
        check=_packed,
    ),
    PackageRule(
        id="package-damaged",
        duties=_SHOWN,
        severity=Severity.MEDIUM,
        title=Text("有部分内容损坏或读不出", "Parts damaged or not to be read"),
        message=Text(
            "有 {count} 处读不出（{value}），其中的内容没有检查。",
            "Parts could not be read ({value}) and were not inspected; how many: {count}.",
        ),
        fix=Text("重新构建或重新下载后再检查。", "Build or fetch it again, and inspect it again."),
        check=_damaged,
    ),
    PackageRule(
        id="inspection-not-finished",
        duties=_SHOWN,
        severity=Severity.MEDIUM,
        title=Text("检查没有做完", "Inspection not finished"),
        message=Text(
            "时间或内存用完，没有做完：{value}。",
            "Time or memory ran out before it was done: {value}.",
        ),
        fix=Text("放宽时限再检查一次。", "Inspect it again with more time."),
        check=_not_finished,
    ),
    PackageRule(
        id="part-not-seen",
        duties=_SHOWN,
        severity=Severity.NOTE,
        title=Text("静态检查看不到的部分", "Part that a static inspection cannot see"),
        message=Text(
            "{what}（如 {value}，共 {count} 处），其中做了什么静态检查看不到。",
            "The package {what} (such as {value}; places: {count}); what happens there cannot be "
            "seen by a static inspection.",
        ),
        fix=Text("对这些部分做运行时检测。", "Test these parts in the running app."),
        check=_not_seen,
    ),
)

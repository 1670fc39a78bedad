"""What a package inspection comes to, in one sentence that claims no more than was seen.

A static way proves that code can do something, not that it did; a package that cannot be looked
into is never called clean.
"""

from collections.abc import Iterable

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import Delta, Drift, Side
from chengnuo.domain.finding.package_words import app_title
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, OwnerKind, Subject
from chengnuo.domain.observation.seen import BlindSpot

PACKED = BlindSpot.PACKED.value

CAPABILITY = Text(
    "静态检查只说明代码能做什么，不说明实际做了什么；是否发生须在运行中确认。",
    "A static inspection tells what code can do, not what it did; only running it shows that.",
)

OTHER_APP = Text(
    "两个安装包的应用编号不同，不是同一应用的前后版本，变化不能说明新版本改了什么。",
    "The two packages have different application ids: they are no versions of one app, and the "
    "changes do not tell what a new version changed.",
)
_OTHER_KNOWLEDGE = Text(
    "两次检查所用的检测知识不同，有的变化可能只是因为现在能认出更多内容。",
    "The two were seen with different knowledge, so that some of it may be new only because more "
    "is known.",
)


def read_before_consent(inspection: Inspection) -> tuple[Observation, ...]:
    """Return the observations of information that is read before consent."""
    return tuple(
        one
        for one in inspection.observations
        if one.subject is Subject.INFORMATION and one.moment.is_before_consent
    )


def blind_spots(inspection: Inspection) -> tuple[Observation, ...]:
    """Return the observations of what cannot be looked into."""
    return tuple(one for one in inspection.observations if one.subject is Subject.BLIND_SPOT)


def is_packed(inspection: Inspection) -> bool:
    """Tell whether only the shell of the app was seen, not its own code."""
    return any(one.what == PACKED for one in blind_spots(inspection))


def verdict(inspection: Inspection, findings: Iterable[Finding]) -> Text:
    """Return the outcome in a sentence or two."""
    reads = read_before_consent(inspection)
    parts = [_start(inspection, reads), _todo(sum(1 for one in findings if one.is_open))]
    if is_packed(inspection):
        parts.append(
            Text(
                "应用已加固，结果只覆盖外壳：请提供未加固的安装包。",
                "The app is packed, so that only its shell was seen: give the unpacked build.",
            )
        )
    elif inspection.unread or inspection.not_finished:
        parts.append(
            Text(
                "有一部分没有看到，见下文。", "Some parts could not be seen; they are named below."
            )
        )
    return Text("".join(one.zh for one in parts), " ".join(one.in_lang(Lang.EN) for one in parts))


def drift_words(drift: Drift) -> Text:
    """Return in a sentence how far package and register are apart."""
    if not drift.rows:
        return Text("没有可以对照的内容。", "There is nothing to compare.")
    used = sum(1 for one in drift.rows if one.side is Side.USED_NOT_DECLARED)
    declared = sum(1 for one in drift.rows if one.side is Side.DECLARED_NOT_USED)
    whole, tenths = divmod(drift.per_mille, 10)
    share = f"{whole}.{tenths}%"
    return Text(
        f"共对照 {len(drift.rows)} 项，不一致 {drift.apart} 项（{share}）："
        f"有使用未声明 {used} 项，有声明未发现使用 {declared} 项。",
        f"Of {len(drift.rows)} things compared, {drift.apart} are on one side only ({share}): "
        f"used and not declared {used}; declared, no use seen {declared}.",
    )


def delta_words(delta: Delta) -> Text:
    """Return in a sentence or two how much changed, and from what."""
    before = app_title(delta.before)
    said = Text(
        f"与 {before} 相比有 {len(delta.rows)} 处变化。",
        f"Compared with {before}: changes {len(delta.rows)}.",
    )
    parts = [said]
    if delta.other_app:
        parts.insert(0, OTHER_APP)
    if delta.knowledge_changed:
        parts.append(_OTHER_KNOWLEDGE)
    return Text("".join(one.zh for one in parts), " ".join(one.in_lang(Lang.EN) for one in parts))


def _start(inspection: Inspection, reads: tuple[Observation, ...]) -> Text:
    if not inspection.package.kind.is_app:
        return Text(
            "这是一个代码库，自身没有启动过程，无法判断同意之前运行的内容。",
            "This is a library: nothing in it starts by itself, so that nothing can be told of "
            "what runs before consent.",
        )
    if not reads:
        return Text(
            "没有看到可以在同意之前读取个人信息的代码。",
            "No code was seen that can read personal information before consent.",
        )
    certain = sum(1 for one in reads if one.moment is Moment.CERTAIN)
    sdks = len({one.owner for one in reads if one.owner.kind is OwnerKind.SDK})
    return Text(
        f"有 {len(reads)} 处代码可以在同意之前读取个人信息，其中 {certain} 处必经，"
        f"涉及 {sdks} 个 SDK。",
        f"{_places(len(reads))} in the code can read personal information before consent, "
        f"{certain} of them on every way; SDKs concerned: {sdks}.",
    )


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def _todo(count: int) -> Text:
    if not count:
        return Text("没有需要处理的问题。", "Nothing has to be mended.")
    return Text(f"需要处理的问题：{count} 个。", f"To be mended: {count}.")

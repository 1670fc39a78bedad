"""Rules about the purpose of permissions, told in step with the request (292号文 5.3).

Three answers for each permission that code asks for: a text of the package tells the purpose, none
does, or it cannot be told, as code and texts are elsewhere. Whether the text is shown at the moment
of asking, a run of the app has to show.
"""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook, activity_row, full_name
from chengnuo.domain.finding.package_rule import PackageRule, package_hit
from chengnuo.domain.finding.package_words import joined, short_name
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.register.activity import Permissions, ProcessingActivity
from chengnuo.domain.register.asking_line import Asking, asking_line, items_behind
from chengnuo.domain.register.permission_words import AskedPermission, asked_permissions

NOT_TOLD, UNSEEN = "permission-purpose-not-told", "permission-purpose-unseen"
_TOLD = duties("action524-5.3", "191-2.3", "PIPL-17")
_COMMA = Text("、", ", ")


def _not_told(look: PackageLook) -> Iterator[Hit]:
    for name, seen in look.permissions.items():
        if seen[0].detail("untold") == "yes":
            activity = _activity(look, name)
            asked = _asked(name)
            yield package_hit(
                look.app_row if activity is None else activity_row(activity),
                name,
                seen,
                field="permissions.android",
                value=short_name(name),
                asked=asked.words,
                line=_line(look, activity, asked),
            )


def _unseen(look: PackageLook) -> Iterator[Hit]:
    found = {
        name: seen
        for name, seen in look.permissions.items()
        if seen[0].detail("untold") == "unseen"
    }
    if found:
        yield package_hit(
            look.app_row,
            "permissions",
            (one for seen in found.values() for one in seen),
            value=", ".join(map(short_name, found)),
            names=joined((_asked(name).words for name in found), _COMMA),
        )


def _activity(look: PackageLook, name: str) -> ProcessingActivity | None:
    """Return the activity that asks for a permission, by its full name; None if none does."""
    return next(
        (one for one in look.activities if name in map(full_name, one.permissions.android)), None
    )


def _asked(name: str) -> AskedPermission:
    return next(asked_permissions(Permissions(android=(name,))))


def _line(look: PackageLook, activity: ProcessingActivity | None, asked: AskedPermission) -> Text:
    """Return the line to show: that of the notices at the moment, or one to be filled in."""
    if activity is not None:
        items = items_behind(activity, (asked,), look.catalogue)
        return asking_line(activity, asked.words, items, Asking.ALLOW)
    return Text(
        f"为了“（用途）”，需要使用{asked.words.zh}权限；不允许不影响其他功能。",
        f"For “(purpose)” this needs the permission: {asked.words.en}; everything else works "
        "without allowing it.",
    )


RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id=NOT_TOLD,
        duties=_TOLD,
        severity=Severity.MEDIUM,
        title=Text("申请权限时没有告知用途", "Purpose of a permission not told as it is asked for"),
        message=Text(
            "代码申请权限 `{value}`（{asked}），安装包的文字里没有一句话说明它的用途。",
            "Code asks for `{value}` ({asked}); no text of the package says what it is for.",
        ),
        fix=Text(
            "在申请的同时显示这句话：{line}文字来自服务器的，在运行中核对并留存记录。",
            "Show this line as it is asked for: {line} Where a server gives the text, check it "
            "in the running app and keep the record.",
        ),
        check=_not_told,
    ),
    PackageRule(
        id=UNSEEN,
        duties=_TOLD,
        severity=Severity.NOTE,
        title=Text("看不到权限用途的告知", "Whether purposes of permissions are told is unseen"),
        message=Text(
            "应用的代码或文字不在安装包里明放，{names}的用途是否随申请告知看不到。",
            "Code or texts of the app are not in the package in the open; whether purposes are "
            "told as permissions are asked for is unseen ({names}).",
        ),
        fix=Text(
            "在运行中逐项申请，核对告知的文字并留存记录。",
            "Ask for each in the running app, look at what is told, and keep the record.",
        ),
        check=_unseen,
    ),
)

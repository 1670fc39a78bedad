"""Rules about splash screens and pop-ups that advertise (292号文 5.4, 26号文 item 4).

A layout tells what a screen begins as; whether a control is visible and works, and how strongly
the phone has to be moved, a test of the running app has to show.
"""

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_rule import PackageCheck, PackageRule, package_hit
from chengnuo.domain.finding.package_rules.screens import seen_by_place
from chengnuo.domain.finding.rule import Hit, duties, figures
from chengnuo.domain.observation.seen import ScreenSeen

_CLOSED = duties("action524-5.4", "26-4")
_MOVES = figures("TD-H6")


def _each(what: ScreenSeen) -> PackageCheck:
    """Return a check that finds each screen once, with what was read there."""

    def check(look: PackageLook) -> list[Hit]:
        return [
            package_hit(
                look.app_row,
                where,
                seen,
                value=where,
                sign=seen[0].detail("sign") or where,
                closes=seen[0].detail("closes") or "",
                size=" × ".join(filter(None, map(seen[0].detail, ("width", "height")))),
            )
            for where, seen in seen_by_place(look, what, is_weak=False)
        ]

    return check


RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="ad-without-close",
        duties=_CLOSED,
        severity=Severity.HIGH,
        title=Text("开屏或弹窗广告没有关闭按钮", "Advertisement without a way to close it"),
        message=Text(
            "{value}（{sign}）的布局里没有跳过或关闭按钮。",
            "The layout of {value} ({sign}) has nothing that skips or closes it.",
        ),
        fix=Text(
            "放上一直可见、一次点击即关闭的按钮；若由代码加上，请在运行中核对。",
            "Put in a control that is visible at once and closes by one tap; where code adds it, "
            "check it in the running app.",
        ),
        check=_each(ScreenSeen.AD_WITHOUT_CLOSE),
    ),
    PackageRule(
        id="ad-close-small",
        duties=_CLOSED,
        severity=Severity.MEDIUM,
        title=Text("广告的关闭按钮过小", "Advertisement with a small way to close it"),
        message=Text(
            "{value} 中的“{closes}”为 {size}，小于 24 dp；文件没有规定尺寸，这里用的是 "
            "WCAG 2.2 第 2.5.8 条的最小点击目标。",
            "What closes {value} (`{closes}`) is {size}, below 24 dp; the notices set no size, "
            "and this is the least target of WCAG 2.2, criterion 2.5.8.",
        ),
        fix=Text(
            "把可点击的区域放大到 24 dp 以上，最好 44 dp。",
            "Make what can be tapped at least 24 dp, better 44 dp.",
        ),
        check=_each(ScreenSeen.AD_CLOSE_SMALL),
    ),
    PackageRule(
        id="ad-close-waits",
        duties=_CLOSED,
        severity=Severity.MEDIUM,
        title=Text("广告要等待后才能关闭", "Advertisement that can be closed only later"),
        message=Text(
            "{value} 要等待之后才能关闭（“{closes}”）。",
            "{value} can be closed only after a while (`{closes}`).",
        ),
        fix=Text("让关闭按钮从一开始就可用。", "Let it be closed from the start."),
        check=_each(ScreenSeen.AD_CLOSE_WAITS),
    ),
    PackageRule(
        id="ad-jump-anywhere",
        duties=_CLOSED,
        severity=Severity.HIGH,
        title=Text("点击整个屏幕都会跳转", "Touch anywhere opens what is advertised"),
        message=Text(
            "{value}（{sign}）整个区域都可点击，点击后打开网页或其他应用。",
            "The whole of {value} ({sign}) can be tapped, and opens a page or another app.",
        ),
        fix=Text(
            "只让写明去向的按钮跳转，其余区域不响应。",
            "Let only the button that says where it leads open it.",
        ),
        check=_each(ScreenSeen.AD_JUMP_ANYWHERE),
    ),
    PackageRule(
        id="ad-shake-jump",
        duties=_CLOSED,
        figures=_MOVES,
        severity=Severity.MEDIUM,
        title=Text("晃动手机会打开广告", "Moving the phone can open an advertisement"),
        message=Text(
            "{value} 可以因晃动手机而打开广告；静态检查看不到灵敏度，检测实践要求加速度至少 "
            "15 m/s²、转动至少 35°、持续至少 3 秒。",
            "{value} can open an advertisement when the phone is moved; how easily, a static "
            "inspection cannot tell. Laboratories ask in practice for at least 15 m/s², 35° and "
            "3 s.",
        ),
        fix=Text(
            "改为点击按钮才跳转，或在运行中测出触发参数并留存。",
            "Open it by a button only, or measure in the running app what triggers it, and keep "
            "the record.",
        ),
        check=_each(ScreenSeen.AD_SHAKE_JUMP),
    ),
    PackageRule(
        id="ad-close-unseen",
        duties=_CLOSED,
        severity=Severity.NOTE,
        title=Text("广告的关闭方式看不到", "How an advertisement is closed is unseen"),
        message=Text(
            "{value}（{sign}）能否关闭、关闭按钮多大，由代码或内容决定，静态检查看不到。",
            "Whether {value} ({sign}) can be closed, and by how large a control, its code or "
            "content decides; a static inspection cannot see it.",
        ),
        fix=Text(
            "在运行中打开它，量出关闭按钮并留存记录。",
            "Open it in the running app, measure what closes it, and keep the record.",
        ),
        check=_each(ScreenSeen.AD_CLOSE_UNSEEN),
    ),
)

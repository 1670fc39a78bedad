"""Splash screens and pop-ups of a recorded page (292号文 5.4, 26号文 item 4).

A recording shows what happened while somebody watched; what comes only later, or to others, it does
not show. The notices set no size for what closes: the yardstick is the least target of WCAG 2.2,
criterion 2.5.8. How strongly a phone has to be moved is practice of laboratories.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.rule import Hit, RuleWords, duties, figures
from chengnuo.domain.finding.waivers import NO_WAIVERS
from chengnuo.domain.observation.recorded_page import Control, Jump, JumpBy, Layer, RecordedPage
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.catalogue import Catalogue

LEAST_PX: Final = 24
"""Least width and height of what closes, in CSS pixels."""
_WAIT_MS: Final = 500
"""What is shown within it counts as shown at once: pages draw in steps."""
_MOTION = "TD-H6"
_CLOSED = duties("action524-5.4", "26-4")


def _words(  # noqa: PLR0913, PLR0917  what a rule says
    rule: str, severity: Severity, title: Text, message: Text, fix: Text, figure: str = ""
) -> RuleWords:
    return RuleWords(
        id=rule,
        duties=_CLOSED,
        figures=figures(figure) if figure else (),
        severity=severity,
        title=title,
        message=message,
        fix=fix,
    )


MISSING = _words(
    "page-close-missing",
    Severity.HIGH,
    Text("弹窗或开屏没有关闭按钮", "Nothing closes a pop-up or splash screen"),
    Text("{value} 上没有可点到的关闭或跳过按钮。", "Nothing that can be tapped closes {value}."),
    Text("放上一直可见、一次点击即关闭的按钮。", "Put in a control that closes it by one tap."),
)
SMALL = _words(
    "page-close-small",
    Severity.MEDIUM,
    Text("关闭按钮过小", "What closes is small"),
    Text(
        "{value} 的关闭按钮为 {size}，小于 24 px（WCAG 2.2 第 2.5.8 条）。",
        "What closes {value} is {size}, below 24 px (WCAG 2.2, criterion 2.5.8).",
    ),
    Text("把可点击的区域放大到 24 px 以上，最好 44 px。", "Make it at least 24 px, better 44 px."),
)
WAITS = _words(
    "page-close-waits",
    Severity.MEDIUM,
    Text("要等待后才能关闭", "It can be closed only later"),
    Text(
        "{value} 出现 {wait} 毫秒后才有关闭按钮。",
        "{value} could be closed only {wait} ms after it had appeared.",
    ),
    Text("让关闭按钮从一开始就可用。", "Let it be closed from the start."),
)
BY_ITSELF = _words(
    "page-jumps-by-itself",
    Severity.HIGH,
    Text("没有操作就跳转", "It jumps by itself"),
    Text(
        "打开 {at} 毫秒后，没有任何操作就跳转到 `{value}`。",
        "{at} ms after it had opened, it led to `{value}` though nobody did anything.",
    ),
    Text("只在个人点击后跳转。", "Lead elsewhere only after a tap."),
)
BY_CLOSING = _words(
    "page-close-jumps",
    Severity.HIGH,
    Text("点关闭却跳转", "Closing leads elsewhere"),
    Text("点击关闭按钮后跳转到 `{value}`。", "A tap on what closes it led to `{value}`."),
    Text("关闭按钮只做关闭。", "Let what closes do nothing else."),
)
BEYOND = _words(
    "page-jumps-beyond",
    Severity.HIGH,
    Text("点击任意位置都会跳转", "A tap beside the link leads elsewhere"),
    Text(
        "点击（{x}，{y}）处跳转到 `{value}`，那里没有写明去向的按钮。",
        "A tap at ({x}, {y}) led to `{value}`; nothing there says where it leads.",
    ),
    Text("只让写明去向的按钮跳转。", "Let only what says where it leads open it."),
)
BY_MOTION = _words(
    "page-motion-jumps",
    Severity.MEDIUM,
    Text("轻微晃动就跳转", "A light motion leads elsewhere"),
    Text(
        "晃动手机跳转到 `{value}`：{measured}；检测实践要求加速度至少 15 m/s²、转动至少 35°、"
        "持续至少 3 秒。",
        "Moving the phone led to `{value}`: {measured}. Laboratories ask in practice for at least "
        "15 m/s², 35° and 3 s.",
    ),
    Text("改为点击按钮才跳转，或提高触发参数。", "Open it by a button only, or ask for more."),
    _MOTION,
)
PAGE_RULES = (MISSING, SMALL, WAITS, BY_ITSELF, BY_CLOSING, BEYOND, BY_MOTION)
_ROW = RowRef("app", "")


class _Told(NamedTuple):
    rule: RuleWords
    hit: Hit


def page_findings(page: RecordedPage, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Return what is wrong with a recorded page, the worst first."""
    told = [*_of_layers(page), *_of_jumps(page, catalogue)]
    made = (
        finding
        for rule in PAGE_RULES
        for finding in findings_of(
            rule,
            (one.hit for one in told if one.rule is rule),
            catalogue=catalogue,
            waivers=NO_WAIVERS,
        )
    )
    return tuple(sorted(made, key=lambda one: one.order))


def _of_layers(page: RecordedPage) -> Iterator[_Told]:
    for layer in page.layers:
        closes = [one for one in layer.closes if one.reachable]
        if not closes:
            yield _told(MISSING, page, layer.name)
            continue
        best = max(closes, key=_side)
        if _side(best) < LEAST_PX:
            size = Text(f"{best.box.width:.0f} × {best.box.height:.0f} px")
            yield _told(SMALL, page, layer.name, size=size)
        wait = min(one.shown_ms for one in closes) - layer.appeared_ms
        if wait > _WAIT_MS:
            yield _told(WAITS, page, layer.name, wait=Text(f"{wait:.0f}"))


def _of_jumps(page: RecordedPage, catalogue: Catalogue) -> Iterator[_Told]:
    for jump in page.jumps:
        if jump.by is JumpBy.ITSELF:
            yield _told(BY_ITSELF, page, jump.host, at=Text(f"{jump.at_ms:.0f}"))
        elif jump.by is JumpBy.MOTION:
            if not _is_strong(jump, catalogue):
                yield _told(BY_MOTION, page, jump.host, measured=_measured(jump))
        else:
            yield from _of_tap(page, jump)


def _of_tap(page: RecordedPage, jump: Jump) -> Iterator[_Told]:
    """Hold a tap to what lay under it; one outside every layer is the page's own affair."""
    hit = next((one for one in page.layers if one.box.holds(jump.x, jump.y)), None)
    if hit is None:
        return
    if _is_on(hit.closes, jump):
        yield _told(BY_CLOSING, page, jump.host)
    elif not _is_on(tuple(one for one in hit.leads if _says(one, hit)), jump):
        x, y = Text(f"{jump.x:.0f}"), Text(f"{jump.y:.0f}")
        yield _told(BEYOND, page, jump.host, x=x, y=y)


def _says(one: Control, layer: Layer) -> bool:
    """Tell whether a link says where it leads: it has words, and is not the whole layer."""
    whole = one.box.width * one.box.height >= layer.box.width * layer.box.height / 2
    return bool(one.text.strip()) and not whole


def _is_on(controls: tuple[Control, ...], jump: Jump) -> bool:
    return any(one.box.holds(jump.x, jump.y) for one in controls)


def _is_strong(jump: Jump, catalogue: Catalogue) -> bool:
    """Tell whether a motion is as strong as laboratories ask for; one not measured is not."""
    least = catalogue.figure(_MOTION).values
    return (
        (jump.acceleration or 0) >= least["acceleration-m-s2"]
        and (jump.rotation or 0) >= least["rotation-deg"]
        and (jump.seconds or 0) >= least["duration-s"]
    )


def _measured(jump: Jump) -> Text:
    if jump.acceleration is None and jump.rotation is None and jump.seconds is None:
        return Text("没有测得参数", "nothing was measured")
    said = (jump.acceleration or 0, jump.rotation or 0, jump.seconds or 0)
    return Text("{:g} m/s², {:g}°, {:g} s".format(*said))


def _side(one: Control) -> float:
    return min(one.box.width, one.box.height)


def _told(rule: RuleWords, page: RecordedPage, value: str, **words: Text) -> _Told:
    hit = Hit(row=_ROW, field=page.file, value=value[:80], key=value, words=words)
    return _Told(rule, hit)

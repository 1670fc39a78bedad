"""Rules about the first-run notice: free, unbundled, nothing before the answer."""

from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, figures, hit
from chengnuo.domain.register.app import FirstRun

_HOURS_A_DAY = 24


def _where(field: str, wrong: Callable[[FirstRun], bool]) -> Callable[[Facts], Iterator[Hit]]:
    """Return a check that finds the apps whose first-run notice is wrong in one field."""

    def check(facts: Facts) -> Iterator[Hit]:
        for app in facts.register.apps:
            if wrong(app.first_run):
                value = str(getattr(app.first_run, field)).lower()
                yield hit(app, f"first_run.{field}", value)

    return check


def _asks_again_too_soon(facts: Facts) -> Iterator[Hit]:
    limit = facts.number("TD-C1")
    label = facts.catalogue.figure("TD-C1").standing.label
    for app in facts.register.apps:
        after = app.first_run.asks_again_after
        if after is not None and after.approximate_days() * _HOURS_A_DAY < limit:
            yield hit(app, "first_run.asks_again_after", after, limit=limit, label=label)


RULES: tuple[Rule, ...] = (
    Rule(
        id="first-run-pre-ticked",
        duties=duties("191-3.4", "PIPL-14", "26-9"),
        severity=Severity.CRITICAL,
        title=Text("首次运行默认勾选", "Pre-ticked on first run"),
        message=Text(
            "{row} 的首次运行提示替人勾好了同意（`pre_ticked: {value}`）；同意须由本人主动作出。",
            "The first-run notice of {row} is ticked beforehand (`pre_ticked: {value}`); agreeing "
            "has to be the individual's own act.",
        ),
        fix=Text("去掉默认勾选，再把 `pre_ticked` 改为 `false`。", "Leave the box empty."),
        check=_where("pre_ticked", lambda notice: notice.pre_ticked),
    ),
    Rule(
        id="first-run-unequal-buttons",
        duties=duties("191-3.4", "PIPL-14"),
        severity=Severity.MEDIUM,
        title=Text("同意与拒绝按钮不对等", "Agreeing and refusing not equal"),
        message=Text(
            "{row} 的首次运行提示里，拒绝不如同意醒目或好点（`equal_buttons: {value}`）。",
            "On the first-run notice of {row} refusing is harder to see or press than agreeing "
            "(`equal_buttons: {value}`).",
        ),
        fix=Text(
            "两个按钮同样大小、同样醒目、同在一屏。",
            "Make both buttons the same size and weight, on the same screen.",
        ),
        check=_where("equal_buttons", lambda notice: not notice.equal_buttons),
    ),
    Rule(
        id="first-run-leaves-on-refusal",
        duties=duties("PIPL-16", "191-4.2", "164-5", "337-5"),
        severity=Severity.CRITICAL,
        title=Text("不同意就退出", "Refusing closes the app"),
        message=Text(
            "{row} 在首次运行被拒绝后退出或不可用（`leaves_on_refusal: {value}`）。",
            "{row} closes, or shows nothing, when the first-run notice is refused "
            "(`leaves_on_refusal: {value}`).",
        ),
        fix=Text(
            "提供“不同意，仅用基本功能”，让基本服务在拒绝后仍可使用。",
            "Offer to go on with the basic functions, and let the basic services run.",
        ),
        check=_where("leaves_on_refusal", lambda notice: notice.leaves_on_refusal),
    ),
    Rule(
        id="first-run-collects-before",
        duties=duties("191-3.1", "PIPL-14", "164-1", "337-1"),
        severity=Severity.CRITICAL,
        title=Text("同意前就收集", "Collecting before the answer"),
        message=Text(
            "{row} 在作出选择之前已经收集个人信息（`collects_before: {value}`）。",
            "{row} collects before the first-run notice is answered (`collects_before: {value}`).",
        ),
        fix=Text(
            "把采集、权限申请和各 SDK 的初始化都移到同意之后。",
            "Move collection, permission requests and the start of SDKs behind the answer.",
        ),
        check=_where("collects_before", lambda notice: notice.collects_before),
    ),
    Rule(
        id="first-run-asks-again-too-soon",
        duties=duties("191-3.2", "164-5"),
        figures=figures("TD-C1"),
        severity=Severity.LOW,
        title=Text("拒绝后很快再次征求", "Asking again too soon"),
        message=Text(
            "{row} 在被拒绝 {value} 后就会再次征求同意；通行尺度（{label}）"
            "是至少间隔 {limit} 小时。",
            "{row} asks again {value} after a refusal; the usual yardstick ({label}) is at least "
            "{limit} hours.",
        ),
        fix=Text(
            "拒绝后不再主动弹出，或把 `asks_again_after` 放宽到 {limit} 小时以上。",
            "Do not ask again unasked, or wait at least {limit} hours.",
        ),
        check=_asks_again_too_soon,
    ),
)

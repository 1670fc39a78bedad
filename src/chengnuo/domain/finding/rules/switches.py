"""Rules about the switches with which people turn things off (PIPL Art. 24 para. 2)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, figures, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.governance import Switch, SwitchKind
from chengnuo.law.legal_basis import LegalBasis

_LABELLING = frozenset({SwitchKind.RECOMMENDATION, SwitchKind.ADVERTISING})


def _switches(facts: Facts) -> tuple[Switch, ...]:
    return facts.register.switches


def _controlled(facts: Facts) -> Iterator[tuple[ProcessingActivity, Switch]]:
    for activity in facts.register.activities:
        if activity.automated is not None and activity.automated.off_switch is not None:
            yield activity, facts.register.switch_by_id[activity.automated.off_switch]


def _too_deep(facts: Facts) -> Iterator[Hit]:
    limit = facts.number("TD-C9")
    label = facts.catalogue.figure("TD-C9").standing.label
    for switch in facts.register.switches:
        if switch.taps > limit:
            yield hit(switch, "taps", switch.taps, limit=limit, label=label)


def _on_before_consent(facts: Facts) -> Iterator[Hit]:
    for activity, switch in _controlled(facts):
        if activity.basis is LegalBasis.CONSENT and switch.default_on:
            name = activity.activity
            yield hit(switch, "default_on", "true", key=name, activity=name)


def _advertising_on(facts: Facts) -> Iterator[Hit]:
    on_consent = {
        switch.switch
        for activity, switch in _controlled(facts)
        if activity.basis is LegalBasis.CONSENT
    }
    for switch in facts.register.switches:
        wanted = switch.kind is SwitchKind.ADVERTISING and switch.switch not in on_consent
        if wanted and switch.default_on:
            yield hit(switch, "default_on", "true")


def _unused(facts: Facts) -> Iterator[Hit]:
    used = {switch.switch for _, switch in _controlled(facts)}
    for switch in facts.register.switches:
        if switch.switch not in used:
            yield hit(switch, "", switch.name)


RULES: tuple[Rule, ...] = (
    Rule(
        id="switch-turns-on-again",
        duties=duties("ALG-17", "PIPL-24.2", "26-10", "duty-9"),
        severity=Severity.HIGH,
        title=Text("开关会自己再打开", "Switch turns on again by itself"),
        message=Text(
            "{row}（{value}）关闭后会自行打开（`turns_on_again: true`）。",
            "{row} ({value}) turns on again by itself after it was turned off.",
        ),
        fix=Text("关闭后一直有效，直到本人再打开。", "Keep it off until the person turns it on."),
        check=each_row(
            _switches,
            "turns_on_again",
            lambda switch: switch.turns_on_again,
            lambda switch: switch.name,
        ),
    ),
    Rule(
        id="switch-too-deep",
        duties=duties("NDSR-42", "ALG-17", "duty-9"),
        figures=figures("TD-C9"),
        severity=Severity.LOW,
        title=Text("开关藏得太深", "Switch too deep"),
        message=Text(
            "{row} 在 {value} 次点击之后；参照注销入口的检测尺度（{label}），不宜超过 {limit} 次。",
            "{row} is {value} taps away; by the testing yardstick for cancelling ({label}) it "
            "should be {limit} at the most.",
        ),
        fix=Text("与其他开关放在同一页，并提前入口。", "Put it on one page with the others."),
        check=_too_deep,
    ),
    Rule(
        id="switch-on-before-consent",
        duties=duties("PIPL-14", "191-3.4", "duty-1"),
        severity=Severity.HIGH,
        title=Text("以同意为依据，开关却默认打开", "On before consent is given"),
        message=Text(
            "{row} 默认打开，而它控制的活动 `{activity}` 以同意为依据；默认打开不是同意。",
            "{row} is on by default, but activity `{activity}` rests on consent; a default is no "
            "consent.",
        ),
        fix=Text("改为默认关闭，同意后再打开。", "Let it be off until consent is given."),
        check=_on_before_consent,
    ),
    Rule(
        id="advertising-on-by-default",
        duties=duties("PIPL-24.2"),
        severity=Severity.NOTE,
        title=Text("个性化广告默认打开", "Personalised advertising on by default"),
        message=Text(
            "{row} 默认打开；法律没有禁止，但默认关闭更稳妥。",
            "{row} is on by default; the law does not forbid it, off would be safer.",
        ),
        fix=Text("考虑默认关闭。", "Consider leaving it off."),
        check=_advertising_on,
    ),
    Rule(
        id="labels-cannot-be-cleared",
        duties=duties("ALG-17", "NDSR-42", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("标签不能删除", "Labels cannot be deleted"),
        message=Text(
            "{row}（{value}）处不能删除针对个人特征的标签（`clears_labels: false`）。",
            "Labels kept about a person cannot be deleted at {row} ({value}).",
        ),
        fix=Text("让人看到并删除自己的标签。", "Let people see and delete their labels."),
        check=each_row(
            _switches,
            "clears_labels",
            lambda switch: switch.kind in _LABELLING and not switch.clears_labels,
            lambda switch: switch.name,
        ),
    ),
    Rule(
        id="switch-unused",
        duties=duties("PIPL-24.2"),
        severity=Severity.LOW,
        title=Text("开关什么也没关", "Switch that turns nothing off"),
        message=Text(
            "{row}（{value}）没有任何活动的 `off_switch` 指向它。",
            "{row} ({value}) is the off switch of no activity.",
        ),
        fix=Text("写进它控制的活动，或删去。", "Name it in the activity, or take it away."),
        check=_unused,
    ),
)

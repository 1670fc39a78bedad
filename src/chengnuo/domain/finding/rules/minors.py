"""Rules about children under fourteen and other minors (PIPL Art. 31)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, hit
from chengnuo.domain.register.activity import MinorsRule, ProcessingActivity
from chengnuo.domain.register.app import App, MinorsAudience, UnknownAge
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_UNDER_14 = CategoryId("PI-AGE-U14")


def _with_guardian(app: App, facts: Facts) -> tuple[ProcessingActivity, ...]:
    return tuple(
        activity
        for activity in facts.activities_by_app.get(app.app, ())
        if activity.minors_under_14 is MinorsRule.GUARDIAN_CONSENT
    )


def _expects(app: App) -> bool:
    return app.audience.minors_under_14 is MinorsAudience.EXPECTED


def _rules_missing(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        due = _expects(app) or bool(_with_guardian(app, facts))
        if due and app.access.minors_rules_path is None:
            yield hit(app, "access.minors_rules_path")


def _age_check_missing(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        guarded = _with_guardian(app, facts)
        if guarded and app.audience.age_check is None:
            yield hit(app, "audience.age_check", "", activity=guarded[0].activity)


def _unknown_age(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        possible = app.audience.minors_under_14 is not MinorsAudience.NOT_INTENDED
        if possible and app.audience.unknown_age is None:
            yield hit(app, "audience.unknown_age", app.audience.minors_under_14)


def _unknown_undeclared(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        audience = app.audience
        possible = audience.minors_under_14 is not MinorsAudience.NOT_INTENDED
        if possible and audience.unknown_age_as is None:
            yield hit(app, "audience.unknown_age_as", audience.taken_for)


def _unknown_as_adult(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        audience = app.audience
        if audience.unknown_age_as is not UnknownAge.ADULT:
            continue
        if audience.low_risk is None:
            yield hit(app, "audience.low_risk", audience.unknown_age_as)
        elif _expects(app):
            yield hit(app, "audience.unknown_age_as", audience.minors_under_14)


def _nobody_in_charge(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    for app in facts.register.apps:
        if _with_guardian(app, facts) and handler.protection_officer is None:
            yield hit(handler, "protection_officer", "", app=app.app)
            return


def _without_guardian(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.minors_under_14 is MinorsRule.GUARDIAN_CONSENT:
            continue
        for index, item in enumerate(activity.items):
            if item.category == _UNDER_14:
                yield hit(activity, f"items[{index}].category", item.category, key=item.category)


def _expected_not_handled(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        activities = facts.activities_by_app.get(app.app, ())
        if _expects(app) and activities and not _with_guardian(app, facts):
            yield hit(app, "audience.minors_under_14", app.audience.minors_under_14)


def _handled_not_intended(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        audience = app.audience.minors_under_14
        if audience is MinorsAudience.NOT_INTENDED:
            for activity in _with_guardian(app, facts):
                where = "audience.minors_under_14"
                name = activity.activity
                yield hit(app, where, audience, key=name, activity=name)


def _known_not_said(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.knows_minors:
        return
    for app in facts.register.apps:
        if _expects(app) or _with_guardian(app, facts):
            yield hit(handler, "knows_minors", "false", app=app.app)
            return


def _marketing_to_minors(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        guarded = activity.minors_under_14 is MinorsRule.GUARDIAN_CONSENT
        if guarded and activity.purpose_kind.is_marketing:
            yield hit(activity, "minors_under_14", activity.purpose_kind)


def _other_basis(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        other = activity.minors_under_14 is MinorsRule.OTHER_BASIS
        if other and activity.basis in {LegalBasis.CONSENT, LegalBasis.CONTRACT}:
            yield hit(activity, "minors_under_14", activity.basis)


RULES: tuple[Rule, ...] = (
    Rule(
        id="minors-basis-needs-guardian",
        duties=duties("PIPL-31", "PIPL-13", "duty-11"),
        severity=Severity.HIGH,
        title=Text("该依据不能免除监护人同意", "This basis does not do without a guardian"),
        message=Text(
            "{row} 写 `minors_under_14: other-basis`，但依据是 `{value}`；"
            "儿童不能自行同意，也不能自行订立这样的合同。",
            "{row} says `minors_under_14: other-basis`, but its basis is `{value}`; children can "
            "neither consent nor make such a contract by themselves.",
        ),
        fix=Text(
            "改为 `guardian-consent` 或 `not-collected`；"
            "`other-basis` 只用于法定义务等无须同意的情形。",
            "Write `guardian-consent` or `not-collected`; `other-basis` is for duties of law and "
            "the like.",
        ),
        check=_other_basis,
    ),
    Rule(
        id="minors-rules-missing",
        duties=duties("PIPL-31", "CHILD-8", "duty-11"),
        severity=Severity.HIGH,
        title=Text("没有未成年人专门规则", "No rules for minors"),
        message=Text(
            "{row} 会处理不满十四周岁未成年人的信息，却没有专门处理规则的入口。",
            "{row} handles information of children under fourteen but shows no rules for them.",
        ),
        fix=Text(
            "制定专门规则，把入口写进 `access.minors_rules_path`。",
            "Make such rules, and write the way to them into `access.minors_rules_path`.",
        ),
        check=_rules_missing,
    ),
    Rule(
        id="minors-age-check-missing",
        duties=duties("PIPL-31", "NDSR-22", "duty-11"),
        severity=Severity.HIGH,
        title=Text("没有识别年龄的办法", "No age check"),
        message=Text(
            "{row} 的活动 `{activity}` 要监护人同意，却没有写怎样知道对方的年龄。",
            "Activity `{activity}` of {row} needs a guardian's consent, but how the age is learnt "
            "is not stated.",
        ),
        fix=Text("在 `audience.age_check` 写明。", "Say how under `audience.age_check`."),
        check=_age_check_missing,
    ),
    Rule(
        id="minors-unknown-age-missing",
        duties=duties("PIPL-31", "duty-11"),
        severity=Severity.MEDIUM,
        title=Text("未说明年龄不明时怎么办", "Unknown age not provided for"),
        message=Text(
            "{row} 可能有不满十四周岁的人使用（`{value}`），却没有写年龄不明时怎样处理。",
            "Children under fourteen may use {row} (`{value}`), but what is done while an age is "
            "unknown is not stated.",
        ),
        fix=Text(
            "在 `audience.unknown_age` 写明，例如“按未成年人对待，不做个性化”。",
            "Say under `audience.unknown_age`; such as treating people as minors until known.",
        ),
        check=_unknown_age,
    ),
    Rule(
        id="minors-unknown-age-undeclared",
        duties=duties("PIPL-31", "PIPL-28", "duty-11"),
        severity=Severity.MEDIUM,
        title=Text("未声明年龄不明者按谁对待", "For whom unknown ages are taken is not declared"),
        message=Text(
            "{row} 没有写年龄不明的人按谁对待；判断时按 `{value}` 处理。",
            "{row} does not say for whom somebody of unknown age is taken; decisions take them as "
            "`{value}`.",
        ),
        fix=Text(
            "按风险在 `audience.unknown_age_as` 写 `child`、`child-where-sensitive`，"
            "或者写 `adult` 并在 `low_risk` 说明理由。",
            "Write `child` or `child-where-sensitive` under `audience.unknown_age_as`; or `adult`, "
            "with the reason under `low_risk`.",
        ),
        check=_unknown_undeclared,
    ),
    Rule(
        id="minors-unknown-age-as-adult",
        duties=duties("PIPL-31", "PIPL-28", "duty-11"),
        severity=Severity.HIGH,
        title=Text("无理由地把年龄不明者当成年人", "Unknown ages taken for adults without reason"),
        message=Text(
            "{row} 把年龄不明的人当成年人，却没有写风险为什么低，或者本来就面向儿童（`{value}`）。",
            "{row} takes somebody of unknown age for an adult, without a reason why the risk is "
            "low, or although children are expected (`{value}`).",
        ),
        fix=Text(
            "面向儿童的改为 `child`；风险确实低的，在 `audience.low_risk` 写明可以核对的理由。",
            "Write `child` where children are expected; where the risk is low, give a reason that "
            "can be checked under `audience.low_risk`.",
        ),
        check=_unknown_as_adult,
    ),
    Rule(
        id="minors-nobody-in-charge",
        duties=duties("CHILD-8", "PIPL-31", "duty-11"),
        severity=Severity.HIGH,
        title=Text("儿童信息无专人负责", "Nobody in charge of children's information"),
        message=Text(
            "应用 `{app}` 经监护人同意处理儿童信息，{row} 却没有写由谁负责；监护人找不到人。",
            "App `{app}` handles children's information with guardians' consent, but {row} names "
            "nobody in charge; guardians have nobody to turn to.",
        ),
        fix=Text(
            "在 `protection_officer` 写明职务和联系方式；专门规则会向监护人公布。",
            "Write office and contact under `protection_officer`; the rules for minors publish it.",
        ),
        check=_nobody_in_charge,
    ),
    Rule(
        id="minors-category-without-guardian",
        duties=duties("PIPL-31", "PIPL-28", "duty-11"),
        severity=Severity.CRITICAL,
        title=Text("处理儿童信息没有监护人同意", "Children's information without a guardian"),
        message=Text(
            "{row} 处理 `{value}`，却没有规定征得监护人同意。",
            "{row} handles `{value}` without a guardian's consent.",
        ),
        fix=Text(
            "写 `minors_under_14: guardian-consent` 并做出监护人流程，或停止收集。",
            "Write `minors_under_14: guardian-consent` and build the flow, or stop.",
        ),
        check=_without_guardian,
    ),
    Rule(
        id="minors-expected-not-handled",
        duties=duties("PIPL-31", "duty-11"),
        severity=Severity.MEDIUM,
        title=Text("面向儿童却没有监护人流程", "Children expected, no guardian's consent"),
        message=Text(
            "{row} 写明面向不满十四周岁的人（`{value}`），却没有一项活动征得监护人同意。",
            "{row} expects children under fourteen (`{value}`), but no activity asks a guardian.",
        ),
        fix=Text(
            "在相关活动写 `minors_under_14: guardian-consent`；确实不收集的改正受众。",
            "Write `guardian-consent` on the activities, or correct the audience.",
        ),
        check=_expected_not_handled,
    ),
    Rule(
        id="minors-handled-not-intended",
        duties=duties("PIPL-31", "duty-11"),
        severity=Severity.MEDIUM,
        title=Text("声明不面向儿童，却处理儿童信息", "Not intended for children, yet handled"),
        message=Text(
            "{row} 声明不面向不满十四周岁的人（`{value}`），活动 `{activity}` 却要监护人同意。",
            "{row} is not intended for children (`{value}`), but activity `{activity}` asks a "
            "guardian.",
        ),
        fix=Text("让两处一致。", "Make the two agree."),
        check=_handled_not_intended,
    ),
    Rule(
        id="minors-known-not-said",
        duties=duties("MINOR-37", "duty-11"),
        severity=Severity.MEDIUM,
        title=Text("未承认处理未成年人信息", "Minors handled but not admitted"),
        message=Text(
            "应用 `{app}` 会处理未成年人信息，{row} 却写 `knows_minors: {value}`，"
            "年度审计因此落空。",
            "App `{app}` handles minors' information, but {row} says `knows_minors: {value}`; the "
            "yearly audit is lost.",
        ),
        fix=Text("改为 `knows_minors: true`。", "Write `knows_minors: true`."),
        check=_known_not_said,
    ),
    Rule(
        id="minors-marketing",
        duties=duties("PIPL-31", "PIPL-24.2", "duty-11"),
        severity=Severity.MEDIUM,
        title=Text("向儿童营销", "Marketing to children"),
        message=Text(
            "{row} 的目的是 `{value}`，却把不满十四周岁的人纳入（经监护人同意）。",
            "{row} serves `{value}` and includes children under fourteen with a guardian's "
            "consent.",
        ),
        fix=Text(
            "改为 `minors_under_14: not-collected`。",
            "Write `minors_under_14: not-collected`.",
        ),
        check=_marketing_to_minors,
    ),
)

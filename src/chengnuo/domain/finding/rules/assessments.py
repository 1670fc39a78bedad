"""Rules about impact assessments (PIPL Arts. 55, 56)."""

from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, Word, duties, each_row, hit
from chengnuo.domain.register.assessing import grounds_of
from chengnuo.domain.register.governance import AssessmentGround, Risk

_GROUND_TEXTS = {
    AssessmentGround.SENSITIVE: Text("处理敏感个人信息", "sensitive information"),
    AssessmentGround.AUTOMATED: Text("自动化决策", "automated decision-making"),
    AssessmentGround.ENTRUSTED: Text("委托处理", "entrusted processing"),
    AssessmentGround.PROVISION: Text("向他人提供", "provision to others"),
    AssessmentGround.PUBLICATION: Text("公开", "public disclosure"),
    AssessmentGround.OVERSEAS: Text("向境外提供", "provision abroad"),
    AssessmentGround.MAJOR_EFFECT: Text("对个人有重大影响", "a major effect on people"),
}


def _missing_for(*grounds: AssessmentGround) -> Callable[[Facts], Iterator[Hit]]:
    """Return a check that finds activities with one of some grounds and no assessment."""

    def check(facts: Facts) -> Iterator[Hit]:
        for activity in facts.register.activities:
            if activity.assessment is None and grounds_of(
                activity, facts.register, facts.catalogue
            ) & set(grounds):
                yield hit(activity, "assessment")

    return check


def _ground_missing(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.assessment is None:
            continue
        covered = facts.register.assessment_by_id[activity.assessment].grounds
        for ground in sorted(grounds_of(activity, facts.register, facts.catalogue) - set(covered)):
            if ground is AssessmentGround.MAJOR_EFFECT and AssessmentGround.AUTOMATED in covered:
                continue
            words: dict[str, Word] = {"name": _GROUND_TEXTS[ground], "ground": ground.value}
            yield hit(activity, "assessment", activity.assessment, key=ground, words=words)


def _after_start(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.assessment is None or activity.started is None:
            continue
        done = facts.register.assessment_by_id[activity.assessment].done
        if done > activity.started:
            yield hit(activity, "assessment", done, started=activity.started)


def _expired(facts: Facts) -> Iterator[Hit]:
    for assessment in facts.register.assessments:
        if assessment.valid_until is not None and assessment.valid_until < facts.today:
            yield hit(assessment, "valid_until", assessment.valid_until)


def _incomplete(facts: Facts) -> Iterator[Hit]:
    for assessment in facts.register.assessments:
        for where, text, name in (
            ("lawful", assessment.lawful, Text("合法、正当、必要", "lawfulness and need")),
            ("impact", assessment.impact, Text("对个人的影响和风险", "effect and risk")),
            ("measures", assessment.measures, Text("保护措施是否相适应", "the measures")),
        ):
            if text is None:
                yield hit(assessment, where, "", name=name)


def _unused(facts: Facts) -> Iterator[Hit]:
    register = facts.register
    used = {one.assessment for one in register.activities}
    used |= {one.assessment for one in register.models}
    for assessment in facts.register.assessments:
        if assessment.assessment not in used:
            yield hit(assessment, "", assessment.title)


_ASSESS_FIRST = Text(
    "先做影响评估，登记在 `assessments`，再写进这项活动的 `assessment`。",
    "Assess it first, register the assessment, and name it in the activity.",
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="sensitive-without-assessment",
        duties=duties("PIPL-55", "PIPL-28", "duty-14"),
        severity=Severity.HIGH,
        title=Text("处理敏感信息没有影响评估", "Sensitive information without an assessment"),
        message=Text(
            "{row} 处理敏感个人信息，没有个人信息保护影响评估。",
            "{row} handles sensitive information without an impact assessment.",
        ),
        fix=_ASSESS_FIRST,
        check=_missing_for(AssessmentGround.SENSITIVE),
    ),
    Rule(
        id="automated-without-assessment",
        duties=duties("PIPL-55", "PIPL-24", "duty-14"),
        severity=Severity.HIGH,
        title=Text("自动化决策没有影响评估", "Automated decision without an assessment"),
        message=Text(
            "{row} 有自动化决策，没有个人信息保护影响评估。",
            "{row} decides automatically without an impact assessment.",
        ),
        fix=_ASSESS_FIRST,
        check=_missing_for(AssessmentGround.AUTOMATED),
    ),
    Rule(
        id="sharing-without-assessment",
        duties=duties("PIPL-55", "duty-6", "duty-14"),
        severity=Severity.HIGH,
        title=Text("委托或提供没有影响评估", "Sharing without an assessment"),
        message=Text(
            "{row} 委托他人处理或向他人提供，没有个人信息保护影响评估。",
            "{row} entrusts or provides information to others without an impact assessment.",
        ),
        fix=_ASSESS_FIRST,
        check=_missing_for(AssessmentGround.ENTRUSTED, AssessmentGround.PROVISION),
    ),
    Rule(
        id="publication-without-assessment",
        duties=duties("PIPL-55", "PIPL-25", "duty-10"),
        severity=Severity.HIGH,
        title=Text("公开没有影响评估", "Publication without an assessment"),
        message=Text(
            "{row} 公开个人信息，没有个人信息保护影响评估。",
            "{row} shows information in public without an impact assessment.",
        ),
        fix=_ASSESS_FIRST,
        check=_missing_for(AssessmentGround.PUBLICATION),
    ),
    Rule(
        id="overseas-without-assessment",
        duties=duties("PIPL-55", "PIPL-38", "duty-15"),
        severity=Severity.HIGH,
        title=Text("出境没有影响评估", "Abroad without an assessment"),
        message=Text(
            "{row} 向境外提供个人信息，没有个人信息保护影响评估；豁免路径不免除评估。",
            "{row} provides information abroad without an impact assessment; an exempt route does "
            "not waive it.",
        ),
        fix=_ASSESS_FIRST,
        check=_missing_for(AssessmentGround.OVERSEAS),
    ),
    Rule(
        id="assessment-ground-missing",
        duties=duties("PIPL-55", "duty-14"),
        severity=Severity.MEDIUM,
        title=Text("评估没有覆盖应评估的事项", "Assessment does not cover a ground"),
        message=Text(
            "{row} 涉及{name}，但评估 `{value}` 的事由里没有 `{ground}`。",
            "{row} involves {name}, but assessment `{value}` does not cover `{ground}`.",
        ),
        fix=Text("补评这一事项，再写进评估的 `grounds`。", "Assess it, and add it to `grounds`."),
        check=_ground_missing,
    ),
    Rule(
        id="assessment-after-start",
        duties=duties("PIPL-55", "duty-14"),
        severity=Severity.HIGH,
        title=Text("先处理后评估", "Assessed after the start"),
        message=Text(
            "{row} 于 {started} 开始，评估到 {value} 才完成；评估须在处理之前。",
            "{row} began on {started} but was assessed on {value}; the assessment comes first.",
        ),
        fix=Text(
            "如实记录，查明原因；以后把评估完成作为上线条件。",
            "Record it as it is, and make the assessment a condition of every start.",
        ),
        check=_after_start,
    ),
    Rule(
        id="assessment-expired",
        duties=duties("PIPL-55", "PIPL-56"),
        severity=Severity.MEDIUM,
        title=Text("评估该复核了", "Assessment due for another look"),
        message=Text(
            "{row} 应在 {value} 前复核，已过期。", "{row} was to be looked at again by {value}."
        ),
        fix=Text("复核后更新 `done` 和 `valid_until`。", "Look at it again, and update the days."),
        check=_expired,
    ),
    Rule(
        id="assessment-incomplete",
        duties=duties("PIPL-56", "duty-14"),
        severity=Severity.MEDIUM,
        title=Text("评估内容不全", "Assessment incomplete"),
        message=Text("{row} 没有写“{name}”的结论。", "{row} has no conclusion on {name}."),
        fix=Text("补上结论。", "Write it."),
        check=_incomplete,
    ),
    Rule(
        id="assessment-high-risk",
        duties=duties("PIPL-55", "PIPL-56"),
        severity=Severity.HIGH,
        title=Text("剩余风险为高", "High risk remains"),
        message=Text(
            "{row}（{value}）的剩余风险为高，处理却仍在登记。",
            "{row} ({value}) leaves a high risk, yet the processing is registered.",
        ),
        fix=Text("加强措施后重评；降不下来就不做。", "Add measures and assess again, or stop."),
        check=each_row(
            lambda facts: facts.register.assessments,
            "risk",
            lambda assessment: assessment.risk is Risk.HIGH,
            lambda assessment: assessment.title,
        ),
    ),
    Rule(
        id="assessment-unused",
        duties=duties("PIPL-55"),
        severity=Severity.NOTE,
        title=Text("没有用到的评估", "Assessment not used"),
        message=Text("{row}（{value}）没有活动引用。", "{row} ({value}) is named by no activity."),
        fix=Text("写进活动的 `assessment`；报告仍须保存。", "Name it; keep the report."),
        check=_unused,
    ),
)

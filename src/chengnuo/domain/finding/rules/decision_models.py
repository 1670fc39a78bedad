"""Rules about the models and decision rules behind automated decisions (PIPL Arts. 24, 48, 55)."""

from collections import Counter
from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.decision_model import DecisionModel, ModelInput
from chengnuo.law.ids import CategoryId


def _models(facts: Facts) -> tuple[DecisionModel, ...]:
    return facts.register.models


def _without_model(facts: Facts) -> Iterator[Hit]:
    modelled = {activity for model in facts.register.models for activity in model.activities}
    for activity in facts.register.activities:
        if activity.automated is not None and activity.activity not in modelled:
            yield hit(activity, "automated", activity.automated.kind)


def _served(facts: Facts) -> Iterator[tuple[DecisionModel, int, ProcessingActivity]]:
    """Yield each model with the activities it serves and their places in its list."""
    for model in facts.register.models:
        for index, activity in enumerate(model.activities):
            yield model, index, facts.register.activity_by_id[activity]


def _for_no_decision(facts: Facts) -> Iterator[Hit]:
    for model, index, activity in _served(facts):
        if activity.automated is None:
            yield hit(model, f"activities[{index}]", activity.activity)


def _major_differs(facts: Facts) -> Iterator[Hit]:
    for model, index, activity in _served(facts):
        if model.major_effect and activity.automated and not activity.automated.major_effect:
            yield hit(model, f"activities[{index}]", activity.activity)


def _inputs(
    wrong: Callable[[ProcessingActivity, CategoryId], bool],
) -> Callable[[Facts], Iterator[Hit]]:
    """Return a check that finds inputs whose category an activity served says wrongly."""

    def check(facts: Facts) -> Iterator[Hit]:
        for model, _, activity in _served(facts):
            for index, one in enumerate(model.inputs):
                if one.category is not None and wrong(activity, one.category):
                    yield _input_hit(model, index, one, activity)

    return check


def _input_hit(
    model: DecisionModel, index: int, one: ModelInput, activity: ProcessingActivity
) -> Hit:
    return hit(
        model,
        f"inputs[{index}].category",
        one.category,
        key=f"{activity.activity}/{one.input}",
        activity=activity.activity,
        name=one.name,
    )


def _not_handled(activity: ProcessingActivity, category: CategoryId) -> bool:
    return category not in activity.categories


def _not_a_factor(activity: ProcessingActivity, category: CategoryId) -> bool:
    automated = activity.automated
    return (
        category in activity.categories
        and automated is not None
        and category not in automated.personal_factors
    )


def _name_twice(facts: Facts) -> Iterator[Hit]:
    for model in facts.register.models:
        for where, names in (
            ("versions", [one.version for one in model.versions]),
            ("inputs", [one.input for one in model.inputs]),
            ("outcomes", [one.outcome for one in model.outcomes]),
        ):
            for name, times in Counter(names).items():
                if times > 1:
                    yield hit(model, where, name, key=name)


RULES: tuple[Rule, ...] = (
    Rule(
        id="automated-without-model",
        duties=duties("PIPL-24", "PIPL-55", "ALG-16", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("自动化决策没有登记模型", "Automated decision without a model"),
        message=Text(
            "{row} 有自动化决策（`{value}`），却没有登记由哪个模型或者规则决定。",
            "{row} decides automatically (`{value}`), but no model or decision rule serves it.",
        ),
        fix=Text(
            "在 `models` 登记：版本、输入、结果、是否仅由机器决定、怎样提出异议。",
            "Register it under `models`: versions, inputs, outcomes, whether it decides alone.",
        ),
        check=_without_model,
    ),
    Rule(
        id="model-for-no-automated-decision",
        duties=duties("PIPL-24", "PIPL-55", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("模型所服务的活动没有登记为自动化决策", "Model of an activity not automated"),
        message=Text(
            "{row} 服务于 `{value}`，这项活动却没有 `automated` 一段。",
            "{row} serves `{value}`, which has no `automated` part.",
        ),
        fix=Text("在这项活动补上 `automated`。", "Add `automated` to the activity."),
        check=_for_no_decision,
    ),
    Rule(
        id="model-major-effect-differs",
        duties=duties("PIPL-24.3", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("重大影响的说法不一致", "Two statements on the major effect"),
        message=Text(
            "{row} 有重大影响（`major_effect: true`），它服务的 `{value}` 却写没有。",
            "{row} has a major effect, but `{value}`, which it serves, says it has none.",
        ),
        fix=Text("改正其中一处。", "Correct one of the two."),
        check=_major_differs,
    ),
    Rule(
        id="model-input-not-handled",
        duties=duties("PIPL-7", "PIPL-6"),
        severity=Severity.HIGH,
        title=Text("模型用到活动未登记的信息", "Model input that the activity does not handle"),
        message=Text(
            "{row} 的输入“{name}”是 `{value}`，它服务的活动 `{activity}` 的 `items` 里没有。",
            "Input {name} of {row} is `{value}`, which activity `{activity}` does not handle.",
        ),
        fix=Text("在活动的 `items` 补上，或者不再使用。", "Add the item, or drop the input."),
        check=_inputs(_not_handled),
    ),
    Rule(
        id="model-input-not-a-factor",
        duties=duties("PIPL-24.1", "PIPL-7", "duty-8"),
        severity=Severity.MEDIUM,
        title=Text("模型的输入没有列入考虑因素", "Model input that is not among the factors"),
        message=Text(
            "{row} 的输入“{name}”是 `{value}`，活动 `{activity}` 的 `personal_factors` 没有它。",
            "Input {name} of {row} is `{value}`, not among the factors of `{activity}`.",
        ),
        fix=Text(
            "写进 `automated.personal_factors`，或者不再使用。",
            "Name it in `automated.personal_factors`, or drop the input.",
        ),
        check=_inputs(_not_a_factor),
    ),
    Rule(
        id="model-alone-without-review",
        duties=duties("PIPL-24.3", "duty-9"),
        severity=Severity.HIGH,
        title=Text("仅由机器作出重大决定，没有人工复核", "Major decision by machine, no review"),
        message=Text(
            "{row} 仅由机器决定且有重大影响，却没有写人工复核（`human_review`）。",
            "{row} decides alone with a major effect, and has no human review.",
        ),
        fix=Text("写明怎样申请、谁来复核、多久答复。", "Say how to ask, who reviews, how soon."),
        check=each_row(
            _models,
            "human_review",
            lambda one: one.alone and one.major_effect and one.human_review is None,
        ),
    ),
    Rule(
        id="model-without-explanation",
        duties=duties("PIPL-24", "PIPL-48", "ALG-16", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("模型没有说明", "Model without an explanation"),
        message=Text(
            "{row} 没有写目的和主要机制（`explanation`），无法向个人说明。",
            "{row} has no account of its purpose and main mechanism (`explanation`).",
        ),
        fix=Text("用几句话写明目的和主要运行机制。", "Say in a few sentences how it works."),
        check=each_row(_models, "explanation", lambda one: one.explanation is None),
    ),
    Rule(
        id="model-without-objection",
        duties=duties("PIPL-24.3", "ALG-22", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("没有写怎样提出异议", "No way to object to a major decision"),
        message=Text(
            "{row} 有重大影响，却没有写怎样提出异议（`objection`）。",
            "{row} has a major effect but does not say how to object (`objection`).",
        ),
        fix=Text("写明入口和答复时限。", "Name the way and the time to an answer."),
        check=each_row(
            _models, "objection", lambda one: one.major_effect and one.objection is None
        ),
    ),
    Rule(
        id="model-name-twice",
        duties=duties("PIPL-24", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("模型里有重名", "A name twice in a model"),
        message=Text(
            "{row} 里 `{value}` 写了两次，记录无法分辨是哪一个。",
            "{row} has `{value}` twice, so a record cannot tell which is meant.",
        ),
        fix=Text("每个名称只用一次。", "Use each name once."),
        check=_name_twice,
    ),
)

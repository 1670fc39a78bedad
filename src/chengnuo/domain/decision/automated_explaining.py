"""A recorded automated decision, explained to whom it concerns (PIPL Arts. 24 para. 3, 48).

What is said rests on two things: the register version that the record names, for the words, and
the record, for the values. What counted most is what the operator's system said counted, and is
shown as that; nothing is computed here that the system did not say.
"""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.decision.automated import AutomatedRecord, InputValue
from chengnuo.domain.register.model import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class InputExplained:
    """One input.

    Attributes:
        input: Its name in the register.
        name: What people call it.
        value: What it was for this individual.
        counts: How it counts in general.
        is_personal: Whether it is personal information.
        rank: Its place among what counted, from 1; None where the system did not name it.
        permille: Its part in the outcome, as the system said.

    """

    input: str
    name: Text
    value: InputValue
    counts: Text
    is_personal: bool
    rank: int | None
    permille: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The explanation of one decision.

    Attributes:
        activity: What it was for.
        model: What the model is called.
        outcome: What was decided.
        mechanism: Purpose and main mechanism; None where the register does not say.
        inputs: What it looked at; first what counted, most first, then the others as listed.
        unused: What the model can look at and did not look at here.
        ranked: Whether the system said what counted.
        major: Whether it has a major effect.
        alone: Whether no person took part.
        review: How a person looks at it.
        objection: How to object.
        can_refuse: Whether the individual may refuse that it was made by machine alone.

    """

    activity: Text
    model: Text
    outcome: Text
    mechanism: Text | None
    inputs: tuple[InputExplained, ...]
    unused: tuple[Text, ...]
    ranked: bool
    major: bool
    alone: bool
    review: Text | None
    objection: Text | None
    can_refuse: bool


def explained(record: AutomatedRecord, register: Register) -> Explained | None:
    """Return the explanation of a decision, or None where the register has no words for it."""
    decision = record.decision
    model = register.model_by_id.get(decision.model)
    activity = register.activity_by_id.get(decision.activity)
    outcome = None if model is None else model.outcome_named(decision.outcome)
    if model is None or activity is None or outcome is None:
        return None
    ranks = {one.input: (rank, one) for rank, one in enumerate(decision.reasons, start=1)}
    lines: list[InputExplained] = []
    for given in decision.inputs:
        found = model.input_named(given.input)
        if found is None:
            return None
        rank, reason = ranks.get(given.input, (None, None))
        lines.append(
            InputExplained(
                input=given.input,
                name=found.name,
                value=given.value,
                counts=found.counts,
                is_personal=found.category is not None,
                rank=rank,
                permille=None if reason is None else reason.permille,
            )
        )
    last = len(decision.reasons) + 1
    lines.sort(key=lambda one: one.rank or last)
    given_names = {one.input for one in decision.inputs}
    return Explained(
        activity=activity.purpose,
        model=model.name,
        outcome=outcome.name,
        mechanism=model.explanation,
        inputs=tuple(lines),
        unused=tuple(one.name for one in model.inputs if one.input not in given_names),
        ranked=bool(decision.reasons),
        major=record.major,
        alone=decision.alone,
        review=model.human_review,
        objection=model.objection,
        can_refuse=record.major and decision.alone,
    )

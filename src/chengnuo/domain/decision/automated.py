"""One automated decision about one individual, as the operator's system hands it in.

It names a model of the register, and its inputs by the names that stand there, so that it can be
explained in the register's own words (PIPL Arts. 24, 48). Values are personal information: they
go into the sealed payload of the record and nowhere else; errors name places, never contents.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NewType

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.register.decision_model import DecisionModel
from chengnuo.domain.register.ids import ActivityId, ModelId
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date

AutomatedId = NewType("AutomatedId", str)
"""The operator's own id of one decision."""

InputValue = str | int | bool | tuple[str, ...]
"""What an input was; a number with a fraction is written as text."""

_MOST_LISTED: Final = 20


class Variant(StrEnum):
    """Whether what was given rests on personal traits (PIPL Art. 24 para. 2)."""

    PERSONAL = "personal"
    NOT_PERSONAL = "not-personal"


class AutomatedRefusedError(InvalidInputError):
    """A decision handed in does not fit the register; the message names the place, no content."""

    code = "automated-refused"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"`{field}` of the automated decision is wrong; expected {expected}")
        self.field = field
        self.expected = expected


@dataclass(frozen=True, slots=True, kw_only=True)
class InputGiven:
    """An input of one decision, by its name in the register."""

    input: str
    value: InputValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """How much an input counted, as the operator's system says.

    Attributes:
        input: Its name in the register.
        permille: Its part in the outcome, from -1000 to 1000; None where only the rank is known.

    """

    input: str
    permille: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedDecision:
    """One decision.

    Attributes:
        id: The operator's id; the same id again is the same decision.
        activity: Activity of the register.
        model: Model of the register.
        version: Its version.
        outcome: What was decided, by its name in the register.
        inputs: What the model looked at.
        reasons: What counted, most first; empty where the system does not say.
        alone: Whether no person took part.
        variant: Whether it rests on personal traits.
        at: When, aware.

    """

    id: AutomatedId
    activity: ActivityId
    model: ModelId
    version: str
    outcome: str
    inputs: tuple[InputGiven, ...]
    reasons: tuple[Reason, ...] = ()
    alone: bool
    variant: Variant
    at: datetime


class Alarm(StrEnum):
    """What is wrong with a decision that did happen, and is recorded all the same."""

    PERSONAL_WHILE_OFF = "personal-while-off"
    """It rests on personal traits although the individual turned that off."""
    PERSONAL_INPUT = "personal-input-in-plain-variant"
    """It is said not to rest on personal traits and looks at personal information."""
    ALONE_THOUGH_REFUSED = "alone-though-refused"
    """A machine alone made a decision of major effect although the individual had refused that."""
    DELETED_LABEL = "deleted-label"
    """It rests on a label that the individual had deleted."""


def checked(decision: AutomatedDecision, register: Register) -> DecisionModel:
    """Return the model of a decision that fits a register.

    Raises:
        AutomatedRefusedError: Activity, model, version, outcome or an input is not there, the
            version is not in service that day, or a name stands twice.

    """
    model = register.model_by_id.get(decision.model)
    if decision.activity not in register.activity_by_id:
        raise AutomatedRefusedError("activity", "an activity of the register in force")
    if model is None or decision.activity not in model.activities:
        served = [one.model for one in register.models_of(decision.activity)]
        raise AutomatedRefusedError("model", _one_of(served, "a model that serves the activity"))
    version, day = model.version_named(decision.version), civil_date(decision.at)
    if version is None or not _in_service(version.from_, version.until, day):
        known = [one.version for one in model.versions if _in_service(one.from_, one.until, day)]
        raise AutomatedRefusedError("version", _one_of(known, "a version in service that day"))
    if model.outcome_named(decision.outcome) is None:
        known = [one.outcome for one in model.outcomes]
        raise AutomatedRefusedError("outcome", _one_of(known, "an outcome of the model"))
    names = [one.input for one in model.inputs]
    _check_names("inputs", [one.input for one in decision.inputs], names)
    _check_names("reasons", [one.input for one in decision.reasons], names)
    return model


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What an individual had chosen of automated decisions in an activity at an instant.

    Attributes:
        is_off: They had turned personalisation off.
        refuses_machines: They had refused that machines alone make decisions of major effect.
        deleted: Tells of a text whether it is a label of the model that they had deleted.

    """

    is_off: bool = False
    refuses_machines: bool = False
    deleted: Callable[[str], bool] = lambda _: False


def alarms_of(
    decision: AutomatedDecision, model: DecisionModel, chosen: Choices
) -> tuple[Alarm, ...]:
    """Return what is wrong with a decision that happened.

    Args:
        decision: The decision.
        model: Its model.
        chosen: What the individual had chosen at that instant.

    """
    found: list[Alarm] = []
    if chosen.is_off and decision.variant is Variant.PERSONAL:
        found.append(Alarm.PERSONAL_WHILE_OFF)
    given = {one.input for one in decision.inputs}
    looks = any(one.category is not None and one.input in given for one in model.inputs)
    if looks and decision.variant is Variant.NOT_PERSONAL:
        found.append(Alarm.PERSONAL_INPUT)
    if chosen.refuses_machines and decision.alone and model.major_effect:
        found.append(Alarm.ALONE_THOUGH_REFUSED)
    if any(chosen.deleted(one) for given in decision.inputs for one in _texts(given.value)):
        found.append(Alarm.DELETED_LABEL)
    return tuple(found)


def payload_of(
    decision: AutomatedDecision, model: DecisionModel, *, is_off: bool
) -> dict[str, Tree]:
    """Return the values of the record of a decision; inputs in the order given."""
    return {
        "decision": decision.id,
        "model": decision.model,
        "version": decision.version,
        "outcome": decision.outcome,
        "variant": decision.variant.value,
        "alone": decision.alone,
        "major": model.major_effect,
        "off": is_off,
        "decided_at": from_us(to_us(decision.at)).isoformat().replace("+00:00", "Z"),
        "inputs": [
            {
                "input": one.input,
                "value": list(one.value) if isinstance(one.value, tuple) else one.value,
            }
            for one in decision.inputs
        ],
        "reasons": [
            {"input": one.input} | ({} if one.permille is None else {"permille": one.permille})
            for one in decision.reasons
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedRecord:
    """A decision read back from its record, with what the register said that day."""

    decision: AutomatedDecision
    major: bool
    is_off: bool


def read_payload(payload: bytes, activity: ActivityId) -> AutomatedRecord:
    """Return the decision that a payload holds; the leaf names its activity."""
    values: dict[str, Any] = json.loads(payload)
    return AutomatedRecord(
        decision=AutomatedDecision(
            id=AutomatedId(values["decision"]),
            activity=activity,
            model=ModelId(values["model"]),
            version=values["version"],
            outcome=values["outcome"],
            inputs=tuple(
                InputGiven(
                    input=one["input"],
                    value=tuple(one["value"]) if isinstance(one["value"], list) else one["value"],
                )
                for one in values["inputs"]
            ),
            reasons=tuple(
                Reason(input=one["input"], permille=one.get("permille"))
                for one in values["reasons"]
            ),
            alone=values["alone"],
            variant=Variant(values["variant"]),
            at=datetime.fromisoformat(values["decided_at"]),
        ),
        major=values["major"],
        is_off=values["off"],
    )


def _texts(value: InputValue) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()


def _in_service(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)


def _one_of(known: list[str] | list[ModelId], otherwise: str) -> str:
    listed = ", ".join(f"`{one}`" for one in known[:_MOST_LISTED])
    return f"one of {listed}" if listed else f"{otherwise}; there is none"


def _check_names(field: str, given: list[str], known: list[str]) -> None:
    for index, name in enumerate(given):
        if name not in known:
            raise AutomatedRefusedError(f"{field}[{index}].input", _one_of(known, "an input"))
        if name in given[:index]:
            raise AutomatedRefusedError(f"{field}[{index}].input", "each input once")

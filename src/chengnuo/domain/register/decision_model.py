"""The models and decision rules behind automated decisions about individuals.

An activity says that it decides automatically; here stands by what. Each input has a name, and a
record of one decision names its inputs by these names, so that the decision can be explained in
the same words to whom it concerns (PIPL Arts. 24, 48, 55; 算法推荐管理规定 16, 24).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import NotEmpty, Pattern
from chengnuo.domain.register.ids import ActivityId, AssessmentId, ModelId
from chengnuo.law.ids import CategoryId

_NAME = Pattern(
    r"[a-z0-9]+(?:-[a-z0-9]+)*",
    Text("小写短横线形式的名称，如 `failed-sign-ins`", "a name in kebab-case, `failed-sign-ins`"),
)
_VERSION = Pattern(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}",
    Text("版本号，如 `2026.11-3`", "a version, as `2026.11-3`"),
)
MOST_INPUTS: Final = 200
"""As many inputs as one record may name."""


class ModelKind(StrEnum):
    """What decides."""

    RULES = "rules"
    """Conditions that people wrote."""
    LEARNT = "learnt"
    """A model that was fitted to data."""
    GENERATIVE = "generative"
    """A model that writes text or makes pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    """A version, and the days on which it is in service.

    Attributes:
        version: Its name, as records write it.
        from_: First day in service.
        until: Last day; None while there is none.

    """

    version: Annotated[str, _VERSION]
    from_: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInput:
    """Something that a model looks at.

    Attributes:
        input: Its name, as records write it.
        name: What people call it.
        category: Category of personal information; None if it is none.
        counts: How it counts, in words.

    """

    input: Annotated[str, _NAME]
    name: Text
    category: CategoryId | None = None
    counts: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOutcome:
    """Something that a model can decide.

    Attributes:
        outcome: Its name, as records write it.
        name: What people are told.

    """

    outcome: Annotated[str, _NAME]
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionModel:
    """A model or decision rule (PIPL Arts. 24, 73(2)).

    Attributes:
        model: Its id.
        name: What people call it.
        kind: What it is.
        team: Who answers for it.
        versions: Its versions, with the days in service.
        activities: Activities that decide by it.
        inputs: What it looks at.
        outcomes: What it can decide.
        alone: Whether it decides without a person.
        major_effect: Whether it has a major effect on rights and interests.
        explanation: Its purpose and main mechanism, as people are told.
        human_review: How a person looks at a decision on request.
        objection: How to object to a decision.
        filing: Filing number of the algorithm, where it is to be filed.
        assessment: Impact assessment that covers it.

    """

    model: ModelId
    name: Text
    kind: ModelKind
    team: Text
    versions: Annotated[tuple[ModelVersion, ...], NotEmpty()]
    activities: Annotated[tuple[ActivityId, ...], NotEmpty()]
    inputs: Annotated[tuple[ModelInput, ...], NotEmpty()]
    outcomes: Annotated[tuple[ModelOutcome, ...], NotEmpty()]
    alone: bool
    major_effect: bool = False
    explanation: Text | None = None
    human_review: Text | None = None
    objection: Text | None = None
    filing: str | None = None
    assessment: AssessmentId | None = None

    def version_named(self, version: str) -> ModelVersion | None:
        """Return a version by its name, or None."""
        return next((one for one in self.versions if one.version == version), None)

    def input_named(self, name: str) -> ModelInput | None:
        """Return an input by its name, or None."""
        return next((one for one in self.inputs if one.input == name), None)

    def outcome_named(self, name: str) -> ModelOutcome | None:
        """Return an outcome by its name, or None."""
        return next((one for one in self.outcomes if one.outcome == name), None)

"""Automated decisions about individuals (PIPL Arts. 24, 73(2))."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import NotEmpty
from chengnuo.domain.register.ids import SwitchId
from chengnuo.law.ids import CategoryId


class AutomatedKind(StrEnum):
    """What an automated decision decides."""

    RECOMMENDATION = "recommendation"
    RANKING = "ranking"
    ADVERTISING = "advertising"
    PUSH = "push"
    PRICING = "pricing"
    RISK_CONTROL = "risk-control"
    CREDIT = "credit"
    MODERATION = "moderation"
    DISPATCH = "dispatch"


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedDecisionMaking:
    """An automated decision about individuals (PIPL Arts. 24, 73(2)).

    Attributes:
        kind: What it decides.
        factors: What it looks at, in words.
        personal_factors: Categories among the factors.
        major_effect: Whether it has a major effect on rights and interests.
        off_switch: Switch that turns it off, or to what is not personal.
        explanation: How it decides, as people are told.
        human_review: How a person looks at it on request.
        sets_terms: Whether prices or other terms depend on it.
        fairness: What keeps it fair and how that is checked.

    """

    kind: AutomatedKind
    factors: Annotated[tuple[Text, ...], NotEmpty()]
    personal_factors: tuple[CategoryId, ...] = ()
    major_effect: bool = False
    off_switch: SwitchId | None = None
    explanation: Text | None = None
    human_review: Text | None = None
    sets_terms: bool = False
    fairness: Text | None = None

"""What stands beside the activities: assessments, switches and the operator's own notices."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import AtLeast, NotEmpty
from chengnuo.domain.register.ids import AppId, AssessmentId, NoticeId, SwitchId


class AssessmentGround(StrEnum):
    """Why an impact assessment is due (PIPL Art. 55)."""

    SENSITIVE = "sensitive"
    AUTOMATED = "automated"
    ENTRUSTED = "entrusted"
    PROVISION = "provision"
    PUBLICATION = "publication"
    OVERSEAS = "overseas"
    MAJOR_EFFECT = "major-effect"


class Risk(StrEnum):
    """What remains of the risk after the measures."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactAssessment:
    """An impact assessment (PIPL Arts. 55, 56); kept three years.

    Attributes:
        assessment: Id of the assessment.
        title: Its title.
        done: Day on which it was signed off.
        valid_until: Day by which it is looked at again.
        grounds: Why it was due.
        lawful: Whether purpose and method are lawful, proper and necessary, in words (56(1)).
        impact: Effect on individuals and the risks (56(2)).
        measures: Whether the measures are lawful, effective and in proportion (56(3)).
        risk: What remains.
        reference: Where the report is kept.

    """

    assessment: AssessmentId
    title: Text
    done: date
    valid_until: date | None = None
    grounds: Annotated[tuple[AssessmentGround, ...], NotEmpty()]
    lawful: Text | None = None
    impact: Text | None = None
    measures: Text | None = None
    risk: Risk
    reference: str | None = None


class SwitchKind(StrEnum):
    """What a switch turns off."""

    RECOMMENDATION = "recommendation"
    ADVERTISING = "advertising"
    PUSH = "push"
    PRICING = "pricing"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A switch with which the individual turns something off (PIPL Art. 24 para. 2).

    Attributes:
        switch: Id of the switch.
        app: App in which it stands.
        name: Its label.
        kind: What it turns off.
        path: The way to it.
        taps: Taps from the main screen.
        default_on: Whether what it controls is on before the individual chooses.
        effect: What changes when it is turned off.
        turns_on_again: Whether it ever turns on by itself.
        clears_labels: Whether the labels kept about the individual can be deleted there.

    """

    switch: SwitchId
    app: AppId
    name: Text
    kind: SwitchKind
    path: Text
    taps: Annotated[int, AtLeast(0)]
    default_on: bool
    effect: Text
    turns_on_again: bool = False
    clears_labels: bool = False


class NoticeKind(StrEnum):
    """Where an operator's own words stand in what is derived."""

    INTRODUCTION = "introduction"
    FIRST_RUN = "first-run"
    COOKIES = "cookies"
    CHANGES = "changes"
    MINORS = "minors"
    DISPUTES = "disputes"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNotice:
    """A paragraph in the operator's own words, placed in the derived documents.

    Attributes:
        notice: Id of the paragraph.
        app: App whose documents it stands in.
        kind: Where it stands.
        body: The paragraph.

    """

    notice: NoticeId
    app: AppId
    kind: NoticeKind
    body: Text

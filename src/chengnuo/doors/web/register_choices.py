"""The words for the closed sets of values that a register chooses from."""

from enum import StrEnum

from chengnuo.domain.register.activity import MinorsRule
from chengnuo.domain.register.app import MinorsAudience, UnknownAge
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.decision_model import ModelKind
from chengnuo.domain.register.governance import AssessmentGround, NoticeKind, Risk, SwitchKind
from chengnuo.domain.register.method import Operation, Provider, Trigger
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.recipient import (
    Channel,
    DutyBearer,
    DutyTopic,
    RecipientRole,
    SdkStart,
    SubEntrusting,
    VettingResult,
)
from chengnuo.domain.register.retention import RetentionEnd, RetentionStart
from chengnuo.domain.register.store import About, IdentifierKind, StoreKind, WhenDeleted
from chengnuo.domain.register.watching import CaptureMoment, FaceTemplate, Sensor
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.law.rights import Right
from chengnuo.law.transfer_route import TransferRoute

CHOICE_WORDS: dict[type[StrEnum], str] = {
    Provider: "provider",
    Trigger: "trigger",
    Operation: "operation",
    PurposeKind: "purpose-kind",
    LegalBasis: "basis",
    ConsentForm: "consent",
    RecipientRole: "role",
    Channel: "channel",
    SdkStart: "sdk-start",
    VettingResult: "vetting",
    TransferRoute: "route",
    StoreKind: "store-kind",
    WhenDeleted: "when-deleted",
    AutomatedKind: "automated-kind",
    MinorsRule: "minors-rule",
    MinorsAudience: "minors-audience",
    UnknownAge: "unknown-age",
    Risk: "risk",
    DutyBearer: "borne-by",
    Right: "right",
    ModelKind: "model-kind",
    DutyTopic: "duty-topic",
    SubEntrusting: "sub-entrusting",
    About: "about-whom",
    SwitchKind: "switch-kind",
    IdentifierKind: "identifier-kind",
    RetentionStart: "retention-start",
    RetentionEnd: "retention-end",
    FaceTemplate: "face-template",
    NoticeKind: "notice-kind",
    AssessmentGround: "assessment-ground",
    Sensor: "sensor",
    CaptureMoment: "capture-moment",
}
"""Where the words for the values of a closed set stand among the texts of the pages."""

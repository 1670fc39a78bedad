"""What is done with personal information: one activity, one purpose."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import NotEmpty, Pattern
from chengnuo.domain.register.ids import (
    ActivityId,
    AssessmentId,
    RecipientId,
    ServiceId,
    SwitchId,
    TableRef,
)
from chengnuo.domain.register.scalars import Frequency, Keep
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis


class PurposeKind(StrEnum):
    """What a purpose is for; some kinds never justify forcing (191号文 4.5; 26号文 8)."""

    SERVICE = "service"
    ACCOUNT = "account"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    CUSTOMER_SERVICE = "customer-service"
    SECURITY = "security"
    RISK_CONTROL = "risk-control"
    PERSONALISATION = "personalisation"
    ADVERTISING = "advertising"
    MARKETING = "marketing"
    PUSH = "push"
    ANALYTICS = "analytics"
    IMPROVEMENT = "improvement"
    RESEARCH = "research"
    PUBLICATION = "publication"
    LEGAL_DUTY = "legal-duty"

    @property
    def never_necessary(self) -> bool:
        """Tell whether nobody may be forced for this purpose alone (191号文 4.5; 26号文 8)."""
        return self in {
            PurposeKind.RISK_CONTROL,
            PurposeKind.PERSONALISATION,
            PurposeKind.ADVERTISING,
            PurposeKind.MARKETING,
            PurposeKind.PUSH,
            PurposeKind.ANALYTICS,
            PurposeKind.IMPROVEMENT,
            PurposeKind.RESEARCH,
        }

    @property
    def is_marketing(self) -> bool:
        """Tell whether it pushes or sells to people (PIPL Art. 24 para. 2)."""
        return self in {PurposeKind.ADVERTISING, PurposeKind.MARKETING, PurposeKind.PUSH}


class Provider(StrEnum):
    """Where information comes from."""

    INDIVIDUAL = "individual"
    DEVICE = "device"
    USE = "use"
    THIRD_PARTY = "third-party"
    PUBLIC = "public"


class Trigger(StrEnum):
    """What sets the activity off."""

    USER_ACTION = "user-action"
    APP_START = "app-start"
    CONTINUOUS = "continuous"
    SCHEDULED = "scheduled"
    SERVER = "server"


class Operation(StrEnum):
    """What PIPL Art. 4 counts as handling."""

    COLLECT = "collect"
    STORE = "store"
    USE = "use"
    PROCESS = "process"
    TRANSMIT = "transmit"
    PROVIDE = "provide"
    DISCLOSE = "disclose"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How personal information is handled (PIPL Art. 17(2)).

    Attributes:
        provided_by: Where it comes from.
        trigger: What sets it off.
        at_most: How often at the most, as `1 per minute`.
        background: Whether it goes on while the app is not on the screen.
        operations: What is done.
        description: The method in words, where the fields do not say enough.

    """

    provided_by: Provider
    trigger: Trigger
    at_most: Frequency | None = None
    background: bool = False
    operations: tuple[Operation, ...] = (Operation.COLLECT, Operation.STORE, Operation.USE)
    description: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PIItem:
    """One category of personal information that an activity handles.

    Attributes:
        category: Category of the catalogue (`PI-LOC-PRECISE`).
        detail: Which fields exactly, as people would name them.
        necessary: Whether the function cannot run without it.
        sensitive: Set where the use makes an item sensitive, or not, whose category leaves it open.
        why_necessary: Why it is needed; due for sensitive items (PIPL Art. 30).
        impact: What it means for the individual; due for sensitive items (PIPL Art. 30).
        if_refused: What happens without it; due for items that are not necessary.

    """

    category: CategoryId
    detail: Text | None = None
    necessary: bool
    sensitive: bool | None = None
    why_necessary: Text | None = None
    impact: Text | None = None
    if_refused: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """System permissions that the activity asks for, per platform.

    Attributes:
        android: Names without `android.permission.`.
        ios: Keys of the purpose strings.
        harmony: Names of HarmonyOS permissions.

    """

    android: tuple[str, ...] = ()
    ios: tuple[str, ...] = ()
    harmony: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.android or self.ios or self.harmony)


class RetentionStart(StrEnum):
    """The event from which a retention period runs."""

    COLLECTED = "collected"
    LAST_USED = "last-used"
    TRANSACTION_DONE = "transaction-done"
    ACCOUNT_CANCELLED = "account-cancelled"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    PURPOSE_ACHIEVED = "purpose-achieved"


class RetentionEnd(StrEnum):
    """What happens when the period is over."""

    DELETE = "delete"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long information is kept, and what then (PIPL Arts. 17(2), 19).

    Attributes:
        keep: ISO 8601 duration, or `forever`.
        from_: Event from which it runs (written `from`).
        then: What happens at the end.
        why: Why so long; due where a duty of law asks for it.
        duty: Id of the duty or figure of the catalogue that sets the period.

    """

    keep: Keep
    from_: RetentionStart
    then: RetentionEnd
    why: Text | None = None
    duty: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """How one category is masked where it is shown in public.

    Attributes:
        category: Which category.
        rule: What remains to be seen, in words (`保留姓氏，其余以 * 代替`).

    """

    category: CategoryId
    rule: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDisclosure:
    """Personal information shown to the public (PIPL Art. 25).

    Attributes:
        where: Where it is shown.
        categories: What is shown.
        masks: How each category is masked.
        why: Why it is made public.
        shown_for: How long, as an ISO 8601 duration or `forever`.

    """

    where: Text
    categories: Annotated[tuple[CategoryId, ...], NotEmpty()]
    masks: tuple[Mask, ...] = ()
    why: Text
    shown_for: Keep


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicImage:
    """Images or identities taken in public places (PIPL Art. 26).

    Attributes:
        place: Where the equipment stands.
        sign: Whether a clear sign is up.
        other_use: Any use beyond public security; needs separate consent.

    """

    place: Text
    sign: bool
    other_use: Text | None = None


class FaceTemplate(StrEnum):
    """Where a face template is kept."""

    NOT_KEPT = "not-kept"
    DEVICE = "device"
    SERVER = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRecognition:
    """Face recognition (PIPL Arts. 26, 28, 29; rules of 2025 on face recognition).

    Attributes:
        purpose: The one purpose it serves.
        alternatives: Other ways to the same end, each as easy.
        other_uses: Any other purpose the face is used for.
        template: Where the template is kept.

    """

    purpose: Text
    alternatives: tuple[Text, ...] = ()
    other_uses: tuple[Text, ...] = ()
    template: FaceTemplate


class Sensor(StrEnum):
    """What can watch or listen unseen."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    SCREEN = "screen"
    ACCESSIBILITY = "accessibility"
    NOTIFICATIONS = "notifications"
    CLIPBOARD = "clipboard"


class CaptureMoment(StrEnum):
    """When a sensor is used."""

    WHILE_USED = "while-used"
    WHILE_VISIBLE = "while-visible"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Use of a sensor that could be covert (pledge item 5).

    Attributes:
        sensor: Which one.
        moment: When it is used.
        indicator: What the individual sees or hears while it is used.
        starts_with: What the individual does to start it.

    """

    sensor: Sensor
    moment: CaptureMoment
    indicator: Text | None = None
    starts_with: Text | None = None


class MinorsRule(StrEnum):
    """What the activity does for children under fourteen (PIPL Art. 31)."""

    NOT_COLLECTED = "not-collected"
    GUARDIAN_CONSENT = "guardian-consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoInForce:
    """An earlier text of a consent item that may still be relied on for a while.

    Attributes:
        matter: Matter of the consent item, as `general` or `provision:courier`.
        fingerprint: Material fingerprint of the earlier item.
        until: Last day on which the earlier consent may be used.

    """

    matter: str
    fingerprint: Annotated[
        str, Pattern(r"[0-9a-f]{64}", Text("64 位十六进制摘要", "64 hex digits"))
    ]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingActivity:
    """One processing activity: a purpose, what it needs and what it may (PIPL Arts. 6, 17).

    Attributes:
        activity: Id of the activity.
        service: Service that it belongs to.
        purpose: Definite and reasonable purpose, as people read it.
        purpose_kind: What the purpose is for.
        scene: When it happens, seen by the individual.
        method: How information is handled.
        items: Categories of personal information.
        basis: Legal basis (PIPL Art. 13).
        basis_detail: Which contract, law or public source, in words.
        consent: Form of the general matter's consent; the separate matters follow by themselves.
        permissions: System permissions asked for.
        retention: How long it is kept and what then.
        stores: Tables in which it is kept.
        recipients: Who else gets it.
        automated: Automated decision that it feeds.
        disclosure: What is shown in public.
        public_image: Images from public places.
        face: Face recognition.
        capture: Sensors that could be covert.
        minors_under_14: What it does for children under fourteen.
        assessment: Impact assessment (PIPL Art. 55).
        started: Day on which the activity started.
        if_withdrawn: What withdrawing means for the individual, in one sentence.
        also_in_force: Earlier consent texts that may still be relied on.

    """

    activity: ActivityId
    service: ServiceId
    purpose: Text
    purpose_kind: PurposeKind = PurposeKind.SERVICE
    scene: Text
    method: Method
    items: Annotated[tuple[PIItem, ...], NotEmpty()]
    basis: LegalBasis
    basis_detail: Text | None = None
    consent: ConsentForm | None = None
    permissions: Permissions = Permissions()
    retention: Retention
    stores: tuple[TableRef, ...] = ()
    recipients: tuple[RecipientId, ...] = ()
    automated: AutomatedDecisionMaking | None = None
    disclosure: PublicDisclosure | None = None
    public_image: PublicImage | None = None
    face: FaceRecognition | None = None
    capture: tuple[Capture, ...] = ()
    minors_under_14: MinorsRule
    assessment: AssessmentId | None = None
    started: date | None = None
    if_withdrawn: Text | None = None
    also_in_force: tuple[AlsoInForce, ...] = ()

    @property
    def categories(self) -> tuple[CategoryId, ...]:
        """The categories handled, in the order written."""
        return tuple(item.category for item in self.items)

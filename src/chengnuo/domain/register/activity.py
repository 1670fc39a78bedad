"""What is done with personal information: one activity, one purpose."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.automated import AutomatedDecisionMaking
from chengnuo.domain.register.constraints import NotEmpty, Pattern
from chengnuo.domain.register.ids import (
    ActivityId,
    AssessmentId,
    RecipientId,
    ServiceId,
    TableRef,
)
from chengnuo.domain.register.method import Method
from chengnuo.domain.register.publication import PublicDisclosure
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.retention import Retention
from chengnuo.domain.register.watching import Capture, FaceRecognition, PublicImage
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis


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


class MinorsRule(StrEnum):
    """What the activity does for children under fourteen (PIPL Art. 31)."""

    NOT_COLLECTED = "not-collected"
    GUARDIAN_CONSENT = "guardian-consent"
    OTHER_BASIS = "other-basis"
    """Handled like everybody's, on a basis that needs nobody's consent (Art. 13 para. 2)."""


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

"""Who else gets personal information, under which agreement, and vetted when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import AtLeast, NotEmpty, Pattern
from chengnuo.domain.register.handler import MAINLAND, Country
from chengnuo.domain.register.ids import AgreementId, RecipientId, SdkWaiverId
from chengnuo.domain.register.scalars import Keep
from chengnuo.law.ids import CategoryId
from chengnuo.law.transfer_route import TransferRoute


class RecipientRole(StrEnum):
    """Who decides purpose and method makes the role (PIPL Arts. 20, 21, 23)."""

    ENTRUSTED = "entrusted"
    """Acts on our instructions (Art. 21)."""

    JOINT = "joint"
    """Decides purpose and method together with us (Art. 20)."""

    PROVISION = "provision"
    """A handler of its own (Art. 23)."""


class Channel(StrEnum):
    """How information reaches a recipient (共享方式)."""

    SDK = "sdk"
    API = "api"
    PAGE = "page"
    FILE = "file"
    REMOTE_ACCESS = "remote-access"
    OFFLINE = "offline"


class SdkStart(StrEnum):
    """When an SDK is started."""

    AFTER_CONSENT = "after-consent"
    AT_APP_START = "at-app-start"


@dataclass(frozen=True, slots=True, kw_only=True)
class SDK:
    """A software development kit inside the app package.

    Attributes:
        name: Name as its vendor gives it.
        versions: Version in use per platform, as `android 5.4.0`.
        packages: Code packages it ships, as `com.example.sdk`.
        starts: When it is started.
        catalogue: Its id in the catalogue of SDKs, where it stands there.

    """

    name: str
    versions: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    starts: SdkStart
    catalogue: str | None = None


class VettingResult(StrEnum):
    """How vetting ended."""

    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetting:
    """A check of the recipient before, and while, it is used (pledge item 9; PIPL Art. 21).

    Attributes:
        on: Day of the check.
        until: Last day for which it counts.
        result: How it ended.
        report: Where the report is kept.

    """

    on: date
    until: date
    result: VettingResult
    report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossBorder:
    """Provision outside the mainland (PIPL Arts. 38 to 40).

    Attributes:
        route: What it rests on.
        reference: Number of the filing, certificate or approval.
        until: Last day for which it counts.
        individuals_a_year: People concerned in a calendar year, about.
        sensitive_individuals_a_year: Of these, people whose sensitive information goes abroad.
        important_data: Whether what goes there is or holds important data.
        rights: How individuals exercise their rights against the recipient (Art. 39).
        safeguards: What makes the recipient meet the law's standard (Art. 38 para. 3).

    """

    route: TransferRoute
    reference: str | None = None
    until: date | None = None
    individuals_a_year: Annotated[int, AtLeast(0)] | None = None
    sensitive_individuals_a_year: Annotated[int, AtLeast(0)] | None = None
    important_data: bool = False
    rights: Text | None = None
    safeguards: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One party that gets personal information.

    Attributes:
        recipient: Id of the recipient.
        role: Entrusted, joint or a handler of its own.
        name: Name that people know.
        company: Full name of the legal entity.
        contact: How individuals reach it.
        rules_url: Address of its processing rules.
        country: Country where the information goes; `CN` is the mainland.
        categories: What it gets at the most.
        purpose: What it uses it for.
        method: How it handles it.
        channel: How the information reaches it.
        sdk: The kit, where it gets information through one.
        agreement: Agreement with it.
        vetting: Last check of it.
        cross_border: What provision outside the mainland rests on.
        sub_recipients: Further parties that it uses, in words.

    """

    recipient: RecipientId
    role: RecipientRole
    name: Text
    company: Text
    contact: Text | None = None
    rules_url: str | None = None
    country: Country = MAINLAND
    categories: Annotated[tuple[CategoryId, ...], NotEmpty()]
    purpose: Text
    method: Text | None = None
    channel: Channel
    sdk: SDK | None = None
    agreement: AgreementId | None = None
    vetting: Vetting | None = None
    cross_border: CrossBorder | None = None
    sub_recipients: tuple[Text, ...] = ()

    @property
    def is_overseas(self) -> bool:
        """Tell whether the information leaves the mainland (PIPL Art. 38)."""
        return self.country != MAINLAND


class DutyBearer(StrEnum):
    """Who carries a duty of an agreement."""

    HANDLER = "handler"
    RECIPIENT = "recipient"
    BOTH = "both"


class DutyTopic(StrEnum):
    """What joint handlers have to share out between them (PIPL Arts. 17, 20, 50, 51, 52, 57)."""

    NOTICE = "notice"
    RIGHTS = "rights"
    SECURITY = "security"
    INCIDENT = "incident"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDuty:
    """One line of the duties table.

    Attributes:
        duty: What is to be done.
        borne_by: Who does it.
        topics: What it settles of that which joint handlers have to settle.

    """

    duty: Text
    borne_by: DutyBearer
    topics: tuple[DutyTopic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTerms:
    """What was agreed with one entrusted party (PIPL Arts. 21, 59).

    Attributes:
        recipient: With whom.
        purpose: What for.
        method: How.
        categories: What it may get at the most.
        keep: How long it may keep it.
        protection: How it has to protect it.

    """

    recipient: RecipientId
    purpose: Text
    method: Text | None = None
    categories: Annotated[tuple[CategoryId, ...], NotEmpty()]
    keep: Keep | None = None
    protection: Text | None = None


class SubEntrusting(StrEnum):
    """Whether an entrusted party may entrust others (PIPL Art. 21 para. 3)."""

    FORBIDDEN = "forbidden"
    WITH_CONSENT = "with-our-consent"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement with one or more recipients (PIPL Arts. 20, 21, 23, 38).

    Attributes:
        agreement: Id of the agreement.
        title: Its title.
        version: Which wording of it holds, as `2.1`.
        signed: Day on which it was signed.
        in_force_from: First day for which it holds; absent for the day it was signed.
        expires: Last day for which it holds; absent if open-ended.
        duties: Who does what.
        terms: What was agreed with each entrusted party.
        sub_entrusting: Whether an entrusted party may entrust others.
        return_or_delete: What happens to the information at the end.
        liability: Who answers for what (Art. 20 para. 2).
        supervision: How the handler supervises.
        reference: Where the signed text is kept.
        digest: SHA-256 of the signed text, in hex.

    """

    agreement: AgreementId
    title: Text
    version: str | None = None
    signed: date
    in_force_from: date | None = None
    expires: date | None = None
    duties: tuple[AgreedDuty, ...] = ()
    terms: tuple[AgreedTerms, ...] = ()
    sub_entrusting: SubEntrusting | None = None
    return_or_delete: Text | None = None
    liability: Text | None = None
    supervision: Text | None = None
    reference: str | None = None
    digest: (
        Annotated[str, Pattern(r"[0-9a-f]{64}", Text("64 位十六进制", "64 hex digits"))] | None
    ) = None

    @property
    def first_day(self) -> date:
        """First day for which it holds."""
        return max(self.signed, self.in_force_from or self.signed)

    def is_in_force(self, day: date) -> bool:
        """Tell whether it holds on a civil day."""
        return self.first_day <= day and (self.expires is None or day <= self.expires)

    def terms_with(self, recipient: RecipientId) -> AgreedTerms | None:
        """Return what was agreed with a party, or None where it is not told."""
        return next((one for one in self.terms if one.recipient == recipient), None)

    @property
    def settled(self) -> frozenset[DutyTopic]:
        """What its table of duties settles."""
        return frozenset(topic for one in self.duties for topic in one.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkWaiver:
    """An exception to one rule for one SDK, with a reason and an end.

    Attributes:
        sdk_waiver: Id of the waiver.
        recipient: Recipient whose SDK it concerns.
        rule: Id of the rule that is waived.
        reason: Why.
        granted: Day on which it was granted.
        expires: Last day on which it counts; a register with an expired waiver is refused.
        granted_by: Office that granted it.

    """

    sdk_waiver: SdkWaiverId
    recipient: RecipientId
    rule: str
    reason: Text
    granted: date
    expires: date
    granted_by: Text

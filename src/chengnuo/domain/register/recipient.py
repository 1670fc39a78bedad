"""Who else gets personal information, under which agreement, and vetted when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import AtLeast, NotEmpty
from chengnuo.domain.register.handler import MAINLAND, Country
from chengnuo.domain.register.ids import AgreementId, RecipientId, SdkWaiverId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDuty:
    """One line of the duties table.

    Attributes:
        duty: What is to be done.
        borne_by: Who does it.

    """

    duty: Text
    borne_by: DutyBearer


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
        signed: Day on which it was signed.
        expires: Last day for which it holds; absent if open-ended.
        duties: Who does what.
        sub_entrusting: Whether an entrusted party may entrust others.
        return_or_delete: What happens to the information at the end.
        liability: Who answers for what (Art. 20 para. 2).
        supervision: How the handler supervises.
        reference: Where the signed text is kept.

    """

    agreement: AgreementId
    title: Text
    signed: date
    expires: date | None = None
    duties: tuple[AgreedDuty, ...] = ()
    sub_entrusting: SubEntrusting | None = None
    return_or_delete: Text | None = None
    liability: Text | None = None
    supervision: Text | None = None
    reference: str | None = None


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

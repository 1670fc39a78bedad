"""Who decides: the handler, how it is reached, and who answers for protection."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import AtLeast, Pattern
from chengnuo.domain.register.ids import HandlerId

Country = Annotated[
    str,
    Pattern(
        r"[A-Z]{2}",
        Text(
            "两个大写字母的国家或地区代码（ISO 3166），如 `CN`", "an ISO 3166 country code, as `CN`"
        ),
    ),
]
"""`CN` is the mainland; `HK`, `MO` and `TW` are outside it for cross-border provision."""

MAINLAND = "CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """How people reach the handler about their personal information (PIPL Art. 17(1)).

    Attributes:
        phone: Telephone, as it is printed.
        email: E-mail address of a role, not of a person.
        url: Page or form.
        post: Postal address where it differs from the handler's.

    """

    phone: str | None = None
    email: str | None = None
    url: str | None = None
    post: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """Where complaints go and when they are answered (191号文 6.5; pledge item 8).

    Attributes:
        path: The way there inside the app, as `我 → 设置 → 投诉`.
        contacts: Channels outside the app.
        working_days: Promised time to an answer, in working days.

    """

    path: Text
    contacts: Contacts
    working_days: Annotated[int, AtLeast(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionOfficer:
    """The person in charge of protection (PIPL Art. 52).

    Attributes:
        title: The office, as it is published; a name is not needed.
        contacts: How the office is reached; published.
        filed: When name and contact were filed with the competent department.

    """

    title: Text
    contacts: Contacts
    filed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """The mainland agency or representative of a handler abroad (PIPL Art. 53).

    Attributes:
        name: Name of the agency or representative.
        contacts: How it is reached.
        filed: When it was filed with the competent department.

    """

    name: Text
    contacts: Contacts
    filed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audits:
    """The handler's compliance audits (PIPL Art. 54).

    Attributes:
        last: Day on which the last audit closed.
        next: Day by which the next one closes.
        minors_last: Day of the last yearly audit on minors' information.

    """

    last: date | None = None
    next: date | None = None
    minors_last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """The personal information handler that the register speaks for (PIPL Art. 73(1)).

    Attributes:
        handler: Id of the handler.
        name: Full registered name.
        credit_code: Unified social credit code of 18 characters (GB 32100).
        address: Registered address.
        country: Country in which the handler is established.
        contacts: How people reach it about their personal information.
        complaints: Where complaints go.
        protection_officer: Person in charge of protection.
        representative: Agency in the mainland, if the handler is established abroad.
        individuals: How many people's information is handled, about; thresholds depend on it.
        knows_minors: Whether information of people under eighteen is handled.
        large_platform: Whether PIPL Art. 58 applies (important platform, very many people).
        critical_infrastructure: Whether it operates critical information infrastructure (Art. 40).
        turnover: Last year's turnover in whole yuan; caps of fines depend on it, never published.
        audits: Compliance audits done and planned.
        security: What is done to keep information safe, as it is published (Art. 51).
        incident_plan: How incidents are handled and told (Arts. 51(5), 57).

    """

    handler: HandlerId
    name: Text
    credit_code: str | None = None
    address: Text
    country: Country = MAINLAND
    contacts: Contacts
    complaints: Complaints
    protection_officer: ProtectionOfficer | None = None
    representative: Representative | None = None
    individuals: Annotated[int, AtLeast(0)] | None = None
    knows_minors: bool = False
    large_platform: bool = False
    critical_infrastructure: bool = False
    turnover: Annotated[int, AtLeast(0)] | None = None
    audits: Audits | None = None
    security: Text | None = None
    incident_plan: Text | None = None

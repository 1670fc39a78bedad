"""What a purpose is for; some kinds never justify forcing anybody."""

from enum import StrEnum


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

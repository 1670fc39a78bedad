"""The routes by which personal information may go abroad (PIPL Art. 38; rules of March 2024)."""

from enum import StrEnum


class TransferRoute(StrEnum):
    """What a cross-border provision rests on."""

    ASSESSMENT = "security-assessment"
    """Security assessment by the cyberspace authority (Arts. 38(1), 40)."""

    CERTIFICATION = "certification"
    """Certification of protection by a specialised body (Art. 38(2))."""

    STANDARD_CONTRACT = "standard-contract"
    """The authority's standard contract, filed (Art. 38(3))."""

    EXEMPT_VOLUME = "exempt-volume"
    """Below the head-count of the 2024 rules; notice and consent stay due."""

    EXEMPT_CONTRACT = "exempt-contract"
    """Needed to conclude or perform a contract with the individual (2024 rules)."""

    EXEMPT_HR = "exempt-human-resources"
    """Needed for cross-border human resources management (2024 rules)."""

    EXEMPT_EMERGENCY = "exempt-emergency"
    """Needed to protect life, health or property in an emergency (2024 rules)."""

    EXEMPT_TRANSIT = "exempt-transit"
    """Collected abroad and only passing through, with nothing of the mainland (2024 rules)."""

    EXEMPT_FREE_ZONE = "exempt-free-zone"
    """Outside the negative list of the free trade zone it comes from (2024 rules)."""

    @property
    def needs_filing(self) -> bool:
        """Tell whether the route ends in a document of an authority or body with a number."""
        return self in {
            TransferRoute.ASSESSMENT,
            TransferRoute.CERTIFICATION,
            TransferRoute.STANDARD_CONTRACT,
        }

    @property
    def is_scene(self) -> bool:
        """Tell whether it is exempt by its occasion, whatever the number of people (Arts. 4-6)."""
        return self in {
            TransferRoute.EXEMPT_CONTRACT,
            TransferRoute.EXEMPT_HR,
            TransferRoute.EXEMPT_EMERGENCY,
            TransferRoute.EXEMPT_TRANSIT,
            TransferRoute.EXEMPT_FREE_ZONE,
        }

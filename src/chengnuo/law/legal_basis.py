"""The seven legal bases for handling personal information (PIPL Art. 13).

There is no "legitimate interests" among them.
"""

from enum import StrEnum


class LegalBasis(StrEnum):
    """One of the seven limbs of PIPL Art. 13 para. 1."""

    CONSENT = "consent"
    """(1) The individual's consent."""

    CONTRACT = "contract"
    """(2) Needed for a contract with the individual, or for human resources management."""

    STATUTORY_DUTY = "statutory-duty"
    """(3) Needed for a duty or function set by law."""

    EMERGENCY = "emergency"
    """(4) A public health event, or life, health and property in an emergency."""

    NEWS = "news"
    """(5) News reporting and supervision by public opinion, within reason."""

    ALREADY_PUBLIC = "already-public"
    """(6) Made public by the individual or otherwise lawfully, within reason (Art. 27)."""

    OTHER_LAW = "other-law"
    """(7) Another case that a law or administrative regulation names."""

    @property
    def rests_on_consent(self) -> bool:
        """Tell whether this is the only basis that a withdrawal ends (PIPL Art. 15)."""
        return self is LegalBasis.CONSENT
